"""Part: consent, for each purpose and recipient on its own, dated, withdrawable as easily as given.

Its events and commands and how they fold; the deciders are in `consenting`.

Source: Law on Personal Data Protection 87/2018, art. 15 (provable, freely withdrawable, not retroactive).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, model_validator

from domain.codes import ConsentGiver, ConsentPurpose, ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.standing import ConsentKey, ConsentState, Untold
from domain.journey.state import Journey
from domain.journey.timing import Day, Instant
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Count


class WithdrawalScope(StrEnum):
    """How far a withdrawal goes: for this recipient, or for everybody to whom this purpose was agreed."""

    THIS = "this"
    EVERYBODY = "everybody"


class ConsentGiven(Event, topic="journey.consent-given"):
    """The client, or a guardian for them, agreed to one purpose, towards one recipient or ourselves.

    `deadline`: by when to ask again, where it holds until an instant only.
    """

    purpose: ConsentPurpose
    giver: ConsentGiver
    recipient: UUID | None = None
    guardian: UUID | None = None
    valid_until: AwareDatetime | None = None
    deadline: Deadline | None = None
    note: Sealed[Notes] | None = None

    @property
    def key(self) -> ConsentKey:
        return ConsentKey(self.purpose, self.recipient)

    @property
    def part(self) -> str:
        """The part, and the obligation to renew it."""
        return self.key.part


class ConsentWithdrawn(Event, topic="journey.consent-withdrawn"):
    """The consent holds no longer, from now on; what was done under it stays lawful.

    `deadline`: by when the recipient must be told, where something was disclosed to them under it.
    """

    purpose: ConsentPurpose
    recipient: UUID | None = None
    deadline: Deadline | None = None
    note: Sealed[Notes] | None = None

    @property
    def key(self) -> ConsentKey:
        return ConsentKey(self.purpose, self.recipient)

    @property
    def part(self) -> str:
        """The part that its deadline belongs to: telling the recipient."""
        return self.key.withdrawal if self.deadline else self.key.part


class GiveConsent(Command, kind="give-consent"):
    """Records a consent. `valid_until` is its last day; a consent that ends may be given again before it does."""

    purpose: ConsentPurpose
    giver: ConsentGiver = ConsentGiver.CLIENT
    recipient: UUID | None = None
    guardian: UUID | None = None
    valid_until: Day | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None

    @model_validator(mode="after")
    def _a_guardian_gives_it(self) -> GiveConsent:
        if self.guardian is not None and self.giver is not ConsentGiver.GUARDIAN:
            raise ValueError("`guardian` names who gave it for a child: set `giver` to guardian, or leave it out")
        return self


class WithdrawConsent(Command, kind="withdraw-consent"):
    """Records a withdrawal. `seen` is the version of the consent on the form."""

    purpose: ConsentPurpose
    recipient: UUID | None = None
    scope: WithdrawalScope = WithdrawalScope.THIS
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


def consent_part(purpose: ConsentPurpose, recipient: UUID | None = None) -> str:
    """The part key of a consent."""
    return ConsentKey(purpose, recipient).part


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    for consent in journey.consents.values():
        if consent.key.part == key and consent.clockwork is not None:
            return _with(journey, replace(consent, clockwork=turn(consent.clockwork)))
    return journey


@owes(ObligationKind.CONSENT_RENEWAL, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    for consent in journey.consents.values():
        if consent.clockwork is not None and consent.withdrawn_at is None:
            yield Obligation(
                consent.key.part,
                ObligationKind.CONSENT_RENEWAL,
                consent.clockwork.deadline.due_at,
                owner(journey, Role.CASEWORKER),
                consent.clockwork,
                version=consent.version,
                what=consent.key.purpose.value,
            )


@evolves(ConsentGiven)
def _given(journey: Journey, recorded: Recorded[ConsentGiven]) -> Journey:
    event = recorded.event
    consent = ConsentState(
        event.key,
        event.giver,
        given_at=min(recorded.occurred_at, recorded.recorded_at),
        given_version=recorded.version,
        version=recorded.version,
        guardian=event.guardian,
        valid_until=event.valid_until,
        clockwork=Clockwork(event.deadline, date_version=recorded.version) if event.deadline else None,
    )
    # Who was to be told that it is withdrawn has it again: nothing is left to tell.
    untold = {key: waiting for key, waiting in journey.untold.items() if key != event.key.withdrawal}
    return replace(_with(journey, consent), untold=untold)


@evolves(ConsentWithdrawn)
def _withdrawn(journey: Journey, recorded: Recorded[ConsentWithdrawn]) -> Journey:
    event = recorded.event
    at = min(recorded.occurred_at, recorded.recorded_at)
    withdrawn = replace(journey.consents[event.key], withdrawn_at=at, version=recorded.version)
    after = _with(journey, withdrawn)
    if event.deadline is None:
        return after
    waiting = Untold(event.key, recorded.version, Clockwork(event.deadline, date_version=recorded.version))
    return replace(after, untold={**after.untold, event.key.withdrawal: waiting})


def _with(journey: Journey, consent: ConsentState) -> Journey:
    return replace(journey, consents={**journey.consents, consent.key: consent})
