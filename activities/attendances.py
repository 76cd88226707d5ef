"""Who is at work, and who stands in: asked when a letter goes out, so that a cover reverts by itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from activities.states import StreamStates
from domain.attendance.covering import stand_in
from domain.attendance.state import Attendance, Presence, attendance_stream


class Attendances:
    """Safe for many threads; every call raises `Unavailable` while the log is away."""

    def __init__(self, states: StreamStates) -> None:
        self._states = states

    def presence(self, staff: UUID, now: datetime) -> Presence:
        """Whether somebody is at work at `now`, an instant of the log's clock. Of whom nothing is known, is."""
        attendance = self._of(staff)
        return Presence.HERE if attendance is None else attendance.presence_at(now)

    def has_left(self, staff: UUID) -> bool:
        """Whether somebody works here no more."""
        attendance = self._of(staff)
        return attendance is not None and attendance.has_left

    def stand_in(self, staff: UUID, now: datetime) -> UUID | None:
        """Who hears in place of somebody: they themselves, their cover, or the cover's cover; None: nobody by name.

        Covers in a ring stand for nobody, as does the cover of somebody who has left.
        """
        return stand_in(staff, self._of, now)

    def _of(self, staff: UUID) -> Attendance | None:
        attendance = self._states.current(attendance_stream(staff))
        return attendance if isinstance(attendance, Attendance) else None
