"""One example of every event of attendances and hand-overs, with every field filled: ids and dates never change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from domain.attendance.absence import AbsenceCancelled, AbsencePlanned, AbsenceShortened, AttendanceBegun
from domain.attendance.leaving import StaffLeft, StaffRejoined
from domain.codes import Role, StreamName
from domain.contact.handing import ContactTakenOver
from domain.deadline import Deadline
from domain.event import Event
from domain.handover.begun import HandoverBegun, HandoverStopped
from domain.handover.finding import HandoverCompleted, WorkFound
from domain.handover.values import HandoverReason, Item, Successor
from domain.mission.handing import MissionTakenOver
from domain.pathway.model import Pin

MILA = UUID("00000000-0000-4000-8000-00000000a001")
VERA = UUID("00000000-0000-4000-8000-00000000a002")
JOURNEY = UUID("7f3e0000-0000-4000-8000-000000000001")
AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
PIN = Pin(name="astra", version=2, sha256="ab" * 32)
FIRST, LAST, BACK = date(2026, 3, 2), date(2026, 3, 13), date(2026, 3, 6)


def supervision_events(ladder: Deadline) -> tuple[Event, ...]:
    """Every event of these kinds."""
    begins, ends = datetime(2026, 3, 1, 23, tzinfo=UTC), datetime(2026, 3, 13, 23, tzinfo=UTC)
    successors = (Successor(staff=VERA, roles=(Role.CASEWORKER, Role.LAWYER)),)
    item = Item(
        stream_kind=StreamName.JOURNEY, stream_id=JOURNEY, part="caseworker", role=Role.CASEWORKER, successor=VERA
    )
    return (
        AttendanceBegun(occurred_at=AT, pin=PIN),
        AbsencePlanned(
            occurred_at=AT, number=1, first_day=FIRST, last_day=LAST, begins_at=begins, ends_at=ends, cover=VERA
        ),
        AbsenceShortened(occurred_at=AT, number=1, last_day=BACK, ends_at=ends),
        AbsenceCancelled(occurred_at=AT, number=1),
        StaffLeft(occurred_at=AT, successors=successors),
        StaffRejoined(occurred_at=AT),
        HandoverBegun(
            occurred_at=AT,
            pin=PIN,
            leaver=MILA,
            successors=successors,
            reason=HandoverReason.LEAVING,
            asked_by=VERA,
            deadline=ladder,
        ),
        WorkFound(occurred_at=AT, number=1, items=(item,)),
        HandoverCompleted(occurred_at=AT, number=2, moved=1, left_behind=0),
        HandoverStopped(occurred_at=AT),
        ContactTakenOver(occurred_at=AT, part="call-back:1", staff=VERA),
        MissionTakenOver(occurred_at=AT, part="supervisor", leaver=MILA, successor=VERA),
    )
