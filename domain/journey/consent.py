"""Part: consent, for each purpose on its own, dated, withdrawable as easily as given.

Source: Law on Personal Data Protection 87/2018, art. 15 (provable, freely withdrawable, not retroactive).
"""

from __future__ import annotations

from domain.codes import ConsentGiver, ConsentPurpose
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.state import ConsentState, Journey
from domain.journey.timing import Instant, misdated
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed


class ConsentGiven(Event, topic="journey.consent-given"):
    """The client, or a guardian for them, agreed to one purpose."""

    purpose: ConsentPurpose
    giver: ConsentGiver
    note: Sealed[Notes] | None = None


class ConsentWithdrawn(Event, topic="journey.consent-withdrawn"):
    """The consent holds no longer, from now on; what was done under it stays lawful."""

    purpose: ConsentPurpose
    note: Sealed[Notes] | None = None


class GiveConsent(Command, kind="give-consent"):
    """Records a consent."""

    purpose: ConsentPurpose
    giver: ConsentGiver = ConsentGiver.CLIENT
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class WithdrawConsent(Command, kind="withdraw-consent"):
    """Records a withdrawal."""

    purpose: ConsentPurpose
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


def consent_part(purpose: ConsentPurpose) -> str:
    """The part key of a consent."""
    return f"consent:{purpose.value}"


@decides(GiveConsent)
def _give(journey: Journey, command: GiveConsent, surroundings: Surroundings) -> Decision:
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    known = journey.consents.get(command.purpose)
    if known is not None and known.in_force:
        return Refused(
            code=RefusalCode.CONSENT_ALREADY_GIVEN, part=consent_part(command.purpose), part_version=known.version
        )
    return (
        ConsentGiven(purpose=command.purpose, giver=command.giver, note=command.note, occurred_at=command.occurred_at),
    )


@decides(WithdrawConsent, in_every_phase=True)
def _withdraw(journey: Journey, command: WithdrawConsent, surroundings: Surroundings) -> Decision:
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    known = journey.consents.get(command.purpose)
    if known is None or not known.in_force:
        return Refused(code=RefusalCode.NO_SUCH_CONSENT, part=consent_part(command.purpose))
    return (ConsentWithdrawn(purpose=command.purpose, note=command.note, occurred_at=command.occurred_at),)


@evolves(ConsentGiven)
def _given(journey: Journey, recorded: Recorded[ConsentGiven]) -> Journey:
    event = recorded.event
    consent = ConsentState(event.purpose, event.giver, recorded.occurred_at, recorded.version)
    return replace(journey, consents={**journey.consents, event.purpose: consent})


@evolves(ConsentWithdrawn)
def _withdrawn(journey: Journey, recorded: Recorded[ConsentWithdrawn]) -> Journey:
    purpose = recorded.event.purpose
    consent = replace(journey.consents[purpose], withdrawn_at=recorded.occurred_at, version=recorded.version)
    return replace(journey, consents={**journey.consents, purpose: consent})
