"""Who stands in for whom. Asked anew each time, so that a cover reverts by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from domain.attendance.state import Attendance, Presence


def stand_in(staff: UUID, attendance_of: Callable[[UUID], Attendance | None], now: datetime) -> UUID | None:
    """Who acts in place of somebody: they themselves, their cover, or the cover's cover; None: nobody by name.

    Covers in a ring stand for nobody, as does the cover of somebody who has left. Of whom nothing is known, is here.
    """
    passed: set[UUID] = set()
    person: UUID | None = staff
    while person is not None and person not in passed:
        passed.add(person)
        attendance = attendance_of(person)
        if attendance is None or attendance.presence_at(now) is Presence.HERE:
            return person
        absence = attendance.absence_at(now)
        person = absence.cover if absence is not None and not attendance.has_left else None
    return None


def covered_by(staff: UUID, attendances: Mapping[UUID, Attendance], now: datetime) -> frozenset[UUID]:
    """The absent people in whose place somebody acts."""
    return frozenset(
        absent for absent in attendances if absent != staff and stand_in(absent, attendances.get, now) == staff
    )
