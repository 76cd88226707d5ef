"""The attendance as a kind of stream. Importing this module registers every part."""

from __future__ import annotations

from domain.attendance import absence, leaving
from domain.attendance.register import ATTENDANCES
from domain.attendance.state import Attendance
from domain.stream.kind import StreamKind, register

PARTS = (absence, leaving)
STAFF: StreamKind[Attendance] = register(ATTENDANCES.kind())
