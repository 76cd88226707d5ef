"""Part: an asked approval is owed, by somebody else than who asked; and how its events fold."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Mover, ObligationKind
from domain.copying import replace
from domain.event import Recorded
from domain.journey.approval.events import (
    ApprovalAsked,
    ApprovalGiven,
    ApprovalRefused,
    ApprovalVoided,
    ApprovalWithdrawn,
)
from domain.journey.approval.state import ApprovalState, ApprovalStatus
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, somebody_else
from domain.journey.state import Journey
from domain.stream.obligation import Clockwork, Obligation, stall_of


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    one = next((a for a in journey.approvals.values() if a.key == key), None)
    return journey if one is None else _with(journey, replace(one, clockwork=turn(one.clockwork)))


@owes(ObligationKind.APPROVAL, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    for one in journey.approvals.values():
        if one.status is ApprovalStatus.ASKED:
            yield Obligation(
                one.key,
                ObligationKind.APPROVAL,
                one.clockwork.deadline.due_at,
                somebody_else(journey, one.role, one.asked_by),
                one.clockwork,
                version=one.version,
                what=one.matter.value,
                stall=stall_of(one.clockwork, Mover.US, one.version),
                opened_at=one.asked_at,
            )


@evolves(ApprovalAsked)
def _asked(journey: Journey, recorded: Recorded[ApprovalAsked]) -> Journey:
    event = recorded.event
    one = ApprovalState(
        number=event.number,
        matter=event.matter,
        role=event.role,
        asked_by=recorded.actor,
        asked_at=recorded.recorded_at,
        of_version=event.of_version,
        version=recorded.version,
        clockwork=Clockwork(event.deadline, date_version=recorded.version),
        of=event.of,
        reason=event.reason,
    )
    return _with(journey, one)


@evolves(ApprovalGiven)
def _given(journey: Journey, recorded: Recorded[ApprovalGiven]) -> Journey:
    return _answered(journey, recorded, ApprovalStatus.GIVEN)


@evolves(ApprovalRefused)
def _refused(journey: Journey, recorded: Recorded[ApprovalRefused]) -> Journey:
    journey = _answered(journey, recorded, ApprovalStatus.REFUSED)
    one = journey.approvals[recorded.event.number]
    return _with(journey, replace(one, objection=recorded.event.objection))


def _answered(
    journey: Journey, recorded: Recorded[ApprovalGiven] | Recorded[ApprovalRefused], status: ApprovalStatus
) -> Journey:
    one = journey.approvals[recorded.event.number]
    answered = replace(
        one,
        status=status,
        version=recorded.version,
        answered_by=recorded.actor,
        answered_at=recorded.recorded_at,
    )
    return _with(journey, answered)


@evolves(ApprovalWithdrawn)
def _withdrawn(journey: Journey, recorded: Recorded[ApprovalWithdrawn]) -> Journey:
    one = journey.approvals[recorded.event.number]
    return _with(journey, replace(one, status=ApprovalStatus.WITHDRAWN, version=recorded.version))


@evolves(ApprovalVoided)
def _voided(journey: Journey, recorded: Recorded[ApprovalVoided]) -> Journey:
    one = journey.approvals[recorded.event.number]
    return _with(journey, replace(one, status=ApprovalStatus.VOID, version=recorded.version))


def _with(journey: Journey, one: ApprovalState) -> Journey:
    return replace(journey, approvals={**journey.approvals, one.number: one})
