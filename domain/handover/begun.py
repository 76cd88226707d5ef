"""Part: the beginning of a hand-over, and what it owes until it has come to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from domain.codes import Mover, ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, ladder_deadline
from domain.event import Event, Recorded
from domain.handover.register import HANDOVERS, begins, decides, evolves, looking, opens
from domain.handover.state import Handover
from domain.handover.values import MOST_SUCCESSORS, HandoverPhase, HandoverReason, Successor
from domain.pathway.common import EscalateRung, Span, Unit
from domain.pathway.ladder import Ladder
from domain.pathway.model import Pathway, Pin
from domain.refusal import RefusalCode, Refused
from domain.stream.debts import Turn
from domain.stream.deciding import Decision, Surroundings
from domain.stream.facts import asks_who_left, gives_work
from domain.stream.obligation import Clockwork, Obligation, Owner, stall_of
from domain.values import StaffId

HANDOVER = "handover"
"""What a hand-over owes is called: itself."""
LADDER = Ladder(
    within=Span(count=4, unit=Unit.HOURS),
    escalate=(
        EscalateRung(after=Span(count=20, unit=Unit.HOURS), to=Role.SUPERVISOR),
        EscalateRung(after=Span(count=44, unit=Unit.HOURS), to=Role.ON_CALL),
    ),
)
"""A machine does the work, in seconds: one that is not done after hours is held up, and a person has to know."""
AGAIN = timedelta(days=1)


class HandoverBegun(Event, topic="handover.begun"):
    """What `leaver` holds goes to the successors. `deadline`: by when it is to be done, else whoever asked is told."""

    pin: Pin
    leaver: StaffId
    successors: tuple[Successor, ...]
    reason: HandoverReason
    asked_by: StaffId | None = None
    deadline: Deadline


class HandoverStopped(Event, topic="handover.stopped"):
    """Nothing more is looked for. What was asked for gets its receipt; another hand-over goes on from there."""


class BeginHandover(Command, kind="begin-handover"):
    """Begins a hand-over. `asked_by` where it is not whoever gives this command."""

    pin: Pin
    leaver: StaffId
    successors: Annotated[tuple[Successor, ...], Field(min_length=1, max_length=MOST_SUCCESSORS)]
    reason: HandoverReason
    asked_by: StaffId | None = None


class StopHandover(Command, kind="stop-handover"):
    """Stops a hand-over that is under way; not that of somebody who has left, who would keep what is not moved yet."""


gives_work(BeginHandover, lambda command: (successor.staff for successor in command.successors))


@opens(BeginHandover)
def _begin(command: BeginHandover, surroundings: Surroundings) -> Decision:
    if any(successor.staff == command.leaver for successor in command.successors):
        return Refused(code=RefusalCode.SUCCESSOR_LEAVES, other=command.leaver)
    return (
        HandoverBegun(
            pin=command.pin,
            leaver=command.leaver,
            successors=command.successors,
            reason=command.reason,
            asked_by=command.asked_by,
            deadline=ladder_deadline(LADDER, surroundings.pathway, now=surroundings.now),
        ),
    )


asks_who_left(StopHandover, lambda handover, _: (handover.leaver,))


@decides(StopHandover)
def _stop(handover: Handover, _: StopHandover, surroundings: Surroundings) -> Decision:
    if handover.leaver in surroundings.facts.left:
        return Refused(code=RefusalCode.STAFF_HAS_LEFT, other=handover.leaver)
    return (HandoverStopped(),)


def _wind(handover: Handover, _: str, turn: Turn) -> Handover:
    return replace(handover, clockwork=turn(handover.clockwork))


def _again(_: Handover, __: Obligation, ___: Pathway) -> timedelta:
    return AGAIN


@HANDOVERS.owes(ObligationKind.HANDOVER, winding=_wind, again=_again)
def _owed(handover: Handover) -> Iterator[Obligation]:
    if handover.is_open:
        yield Obligation(
            HANDOVER,
            ObligationKind.HANDOVER,
            handover.clockwork.deadline.due_at,
            Owner(Role.SUPERVISOR, handover.asked_by),
            handover.clockwork,
            version=1,
            what=handover.reason.value,
            stall=stall_of(handover.clockwork, Mover.US, 1),
            opened_at=handover.begun_at,
        )


@begins(HandoverBegun)
def _begun(recorded: Recorded[HandoverBegun]) -> Handover:
    event = recorded.event
    handover = Handover(
        stream=recorded.stream,
        version=recorded.version,
        pin=event.pin,
        begun_at=recorded.occurred_at,
        changed_at=recorded.recorded_at,
        leaver=event.leaver,
        successors=event.successors,
        reason=event.reason,
        asked_by=event.asked_by or recorded.actor,
        clockwork=Clockwork(event.deadline),
    )
    return looking(handover)


@evolves(HandoverStopped)
def _stopped(handover: Handover, recorded: Recorded[HandoverStopped]) -> Handover:
    return replace(handover, phase=HandoverPhase.STOPPED, ended_at=recorded.recorded_at)
