"""Part: telling a recipient that a consent was withdrawn, owed until somebody says that it was done."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.codes import ConsentPurpose, ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.standing import ConsentKey
from domain.journey.state import Journey
from domain.journey.timing import Instant, misdated
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Obligation
from domain.values import Count


class WithdrawalNotified(Event, topic="journey.withdrawal-notified"):
    """The recipient knows that the consent holds no longer."""

    purpose: ConsentPurpose
    recipient: UUID
    note: Sealed[Notes] | None = None


class NotifyWithdrawal(Command, kind="notify-withdrawal"):
    """Records that the recipient was told. Taken from a closed journey as well."""

    purpose: ConsentPurpose
    recipient: UUID
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


def refuse_untold(journey: Journey) -> Refused | None:
    """Why a journey may not end yet: somebody goes on under a withdrawn consent, and nobody would be reminded."""
    waiting = next(iter(journey.untold.values()), None)
    if waiting is None:
        return None
    return Refused(
        code=RefusalCode.RECIPIENTS_UNTOLD,
        part=waiting.key.withdrawal,
        part_version=waiting.version,
        other=waiting.key.recipient,
    )


@decides(NotifyWithdrawal, in_every_phase=True)
def _notify(journey: Journey, command: NotifyWithdrawal, surroundings: Surroundings) -> Decision:
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    key = ConsentKey(command.purpose, command.recipient).withdrawal
    waiting = journey.untold.get(key)
    if waiting is None:
        return Refused(code=RefusalCode.NOBODY_TO_TELL, part=key)
    if command.seen is not None and command.seen != waiting.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=key, part_version=waiting.version)
    return (
        WithdrawalNotified(
            purpose=command.purpose,
            recipient=command.recipient,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    waiting = journey.untold.get(key)
    if waiting is None:
        return journey
    return replace(journey, untold={**journey.untold, key: replace(waiting, clockwork=turn(waiting.clockwork))})


@owes(ObligationKind.WITHDRAWAL, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    for key, waiting in journey.untold.items():
        yield Obligation(
            key,
            ObligationKind.WITHDRAWAL,
            waiting.clockwork.deadline.due_at,
            owner(journey, Role.CASEWORKER),
            waiting.clockwork,
            version=waiting.version,
            what=waiting.key.purpose.value,
        )


@evolves(WithdrawalNotified)
def _notified(journey: Journey, recorded: Recorded[WithdrawalNotified]) -> Journey:
    told = ConsentKey(recorded.event.purpose, recorded.event.recipient).withdrawal
    return replace(journey, untold={key: waiting for key, waiting in journey.untold.items() if key != told})
