"""The registers of the parts of an attendance, and what each of its deciders asks."""

from __future__ import annotations

from domain.attendance.state import Attendance
from domain.codes import StreamName
from domain.refusal import RefusalCode
from domain.stream.simple import Refusals, SimpleKind

ATTENDANCES: SimpleKind[Attendance] = SimpleKind(
    StreamName.STAFF,
    refusals=Refusals(unknown=RefusalCode.NOTHING_PLANNED, ended=RefusalCode.STAFF_HAS_LEFT),
)
decides, opens = ATTENDANCES.decides, ATTENDANCES.opens
evolves, begins = ATTENDANCES.evolves, ATTENDANCES.begins
