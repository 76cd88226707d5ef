"""Part: leaving. Who has left keeps no work and receives none; a hand-over of what they hold begins by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID, uuid5

from pydantic import Field

from domain.attendance.absence import AttendanceBegun
from domain.attendance.register import decides, evolves, opens
from domain.attendance.state import Attendance
from domain.codes import StreamName
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.handover.begun import BeginHandover
from domain.handover.values import MOST_SUCCESSORS, HandoverReason, Successor
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision, Surroundings
from domain.stream.dispatching import with_dispatch
from domain.stream.facts import gives_work
from domain.stream.kind import id_of


class StaffLeft(Event, topic="staff.left"):
    """They do not work here any more. Everything that they hold goes to the successors."""

    successors: tuple[Successor, ...]


class StaffRejoined(Event, topic="staff.rejoined"):
    """They work here again, or had not left at all. What was handed over stays where it is."""


class Leave(Command, kind="leave"):
    """Says that somebody leaves, from now on, and to whom their work goes."""

    pin: Pin
    successors: Annotated[tuple[Successor, ...], Field(min_length=1, max_length=MOST_SUCCESSORS)]


class Rejoin(Command, kind="rejoin"):
    """Takes a leaving back, or says that somebody is here again."""


gives_work(Leave, lambda command: (successor.staff for successor in command.successors))


def leaving_handover(staff: UUID, leaving: int) -> UUID:
    """The id of the hand-over with which somebody's n-th leaving begins: the same for every repetition."""
    return uuid5(staff, f"leaving-{leaving}")


@opens(Leave)
def _leave_unmentioned(command: Leave, surroundings: Surroundings) -> Decision:
    if refused := _to_themselves(command.successors, surroundings):
        return refused
    return (AttendanceBegun(pin=command.pin), StaffLeft(successors=command.successors))


@decides(Leave, in_every_phase=True)
def _leave(attendance: Attendance, command: Leave, surroundings: Surroundings) -> Decision:
    if attendance.has_left:
        return ()
    refused = _to_themselves(command.successors, surroundings)
    return refused or (StaffLeft(successors=command.successors),)


@decides(Rejoin, in_every_phase=True)
def _rejoin(attendance: Attendance, _: Rejoin, __: Surroundings) -> Decision:
    return (StaffRejoined(),) if attendance.has_left else ()


def _to_themselves(successors: Iterable[Successor], surroundings: Surroundings) -> Refused | None:
    leaver = id_of(surroundings.stream)
    if any(successor.staff == leaver for successor in successors):
        return Refused(code=RefusalCode.SUCCESSOR_LEAVES, other=leaver)
    return None


@evolves(StaffLeft)
def _left(attendance: Attendance, recorded: Recorded[StaffLeft]) -> Attendance:
    leavings = attendance.leavings + 1
    handover = leaving_handover(attendance.id, leavings)
    begin = BeginHandover(
        pin=attendance.pin,
        leaver=attendance.id,
        successors=recorded.event.successors,
        reason=HandoverReason.LEAVING,
        asked_by=recorded.actor,
    )
    left = replace(attendance, left_at=recorded.occurred_at, leavings=leavings, handover=handover)
    return with_dispatch(left, recorded, handover, begin, StreamName.HANDOVER)


@evolves(StaffRejoined)
def _rejoined(attendance: Attendance, _: Recorded[StaffRejoined]) -> Attendance:
    return replace(attendance, left_at=None)
