"""Part: opening a case in an emergency, and the review that is owed until somebody else has done it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.codes import Mover, ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, emergency_deadline
from domain.event import Event, Recorded
from domain.journey.approval.needing import refuse_nobody
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.emergency.state import EmergencyAccess, EmergencyFinding, EmergencyReason, emergency_key
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, somebody_else
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation, stall_of
from domain.values import Count, Instant

LASTS = timedelta(minutes=60)


class EmergencyAccessOpened(Event, topic="journey.emergency-access-opened"):
    """The actor may read this one journey until `ends_at`; two people are told at once; the review is due.

    `role` owes the review; `note`: why, in their own words.
    """

    number: Count
    reason: EmergencyReason
    ends_at: Instant
    role: Role
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return emergency_key(self.number)


class EmergencyAccessReviewed(Event, topic="journey.emergency-access-reviewed"):
    """Somebody else than who opened it has looked at why, and at what was read."""

    number: Count
    finding: EmergencyFinding
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return emergency_key(self.number)


class OpenEmergencyAccess(Command, kind="open-emergency-access"):
    """Opens the journey to the actor for 60 minutes, for reading. On a page `note`, why, is required."""

    reason: EmergencyReason
    note: Sealed[Notes] | None = None


class ReviewEmergencyAccess(Command, kind="review-emergency-access"):
    """Says what became of it. Never by who opened it; `seen` is the version of the access on the form."""

    number: Count
    finding: EmergencyFinding
    seen: Count | None = None
    note: Sealed[Notes] | None = None


@decides(OpenEmergencyAccess)
def _open(journey: Journey, command: OpenEmergencyAccess, surroundings: Surroundings) -> Decision:
    if refused := refuse_nobody(surroundings):
        return refused
    now = surroundings.now
    if any(one.staff == surroundings.actor and one.is_open(now) for one in journey.emergencies.values()):
        return ()
    opened = EmergencyAccessOpened(
        number=len(journey.emergencies) + 1,
        reason=command.reason,
        ends_at=now + LASTS,
        role=surroundings.pathway.emergency_access.review_by,
        deadline=emergency_deadline(surroundings.pathway, now=now),
        note=command.note,
    )
    return (opened,)


@decides(ReviewEmergencyAccess)
def _review(journey: Journey, command: ReviewEmergencyAccess, surroundings: Surroundings) -> Decision:
    known = journey.emergencies.get(command.number)
    if known is None:
        return Refused(code=RefusalCode.NO_EMERGENCY_ACCESS, part=emergency_key(command.number))
    if command.seen is not None and command.seen != known.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=known.key, part_version=known.version)
    if known.finding is not None:
        return Refused(code=RefusalCode.NO_EMERGENCY_ACCESS, part=known.key, part_version=known.version)
    if refused := refuse_nobody(surroundings):
        return refused
    if surroundings.actor == known.staff:
        return Refused(code=RefusalCode.SECOND_PERSON_REQUIRED, part=known.key, other=known.staff)
    return (EmergencyAccessReviewed(number=known.number, finding=command.finding, note=command.note),)


def refuse_unreviewed(journey: Journey) -> Refused | None:
    """A journey does not end over an access that nobody has reviewed: its review would never be owed again."""
    waiting = next((one for one in journey.emergencies.values() if one.finding is None), None)
    if waiting is None:
        return None
    return Refused(code=RefusalCode.EMERGENCY_UNREVIEWED, part=waiting.key, part_version=waiting.version)


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    one = next((each for each in journey.emergencies.values() if each.key == key), None)
    return journey if one is None else _with(journey, replace(one, clockwork=turn(one.clockwork)))


@owes(ObligationKind.EMERGENCY_REVIEW, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    for one in journey.emergencies.values():
        if one.finding is None:
            yield Obligation(
                one.key,
                ObligationKind.EMERGENCY_REVIEW,
                one.clockwork.deadline.due_at,
                somebody_else(journey, one.role, one.staff),
                one.clockwork,
                version=one.version,
                what=one.reason.value,
                stall=stall_of(one.clockwork, Mover.US, one.version),
                opened_at=one.opened_at,
            )


@evolves(EmergencyAccessOpened)
def _opened(journey: Journey, recorded: Recorded[EmergencyAccessOpened]) -> Journey:
    event = recorded.event
    opened = EmergencyAccess(
        number=event.number,
        staff=recorded.actor,
        reason=event.reason,
        opened_at=recorded.recorded_at,
        ends_at=event.ends_at,
        role=event.role,
        version=recorded.version,
        clockwork=Clockwork(event.deadline, date_version=recorded.version),
    )
    return _with(journey, opened)


@evolves(EmergencyAccessReviewed)
def _reviewed(journey: Journey, recorded: Recorded[EmergencyAccessReviewed]) -> Journey:
    reviewed = replace(
        journey.emergencies[recorded.event.number],
        finding=recorded.event.finding,
        reviewed_by=recorded.actor,
        reviewed_at=recorded.recorded_at,
        version=recorded.version,
    )
    return _with(journey, reviewed)


def _with(journey: Journey, one: EmergencyAccess) -> Journey:
    return replace(journey, emergencies={**journey.emergencies, one.number: one})
