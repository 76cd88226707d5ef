"""Who is absent, who covers, who has left. Whether an absence is under way is asked with the log's clock.

for row in attendance(reader): row.absence_at(now), row.presence_at(now)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.attendance.state import Presence
from projections.reader import Reader

_HERE = "projections.attendance"


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """From `begins_at` (included) to `ends_at` (not included)."""

    number: int
    first_day: date
    last_day: date
    begins_at: datetime
    ends_at: datetime
    cover: UUID | None

    def is_at(self, now: datetime) -> bool:
        """Whether it is under way."""
        return self.begins_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A member of staff of whom something is known; nobody else has ever been absent or left."""

    staff: UUID
    code: str
    version: int
    left_at: datetime | None
    handover: UUID | None
    absences: tuple[AbsenceRow, ...]

    def absence_at(self, now: datetime) -> AbsenceRow | None:
        """The absence that is under way."""
        return next((absence for absence in self.absences if absence.is_at(now)), None)

    def ahead(self, now: datetime) -> tuple[AbsenceRow, ...]:
        """The absences under way or to come."""
        return tuple(absence for absence in self.absences if now < absence.ends_at)

    def presence_at(self, now: datetime) -> Presence:
        """Whether they are at work."""
        if self.left_at is not None:
            return Presence.LEFT
        return Presence.ABSENT if self.absence_at(now) else Presence.HERE


def attendance(reader: Reader, staff: UUID | None = None) -> tuple[AttendanceRow, ...]:
    """Everybody of whom something is known, or one of them; there are as many as people. Raises `Unavailable`."""
    return tuple(_row(columns) for columns in reader.rows(_HERE, "attendance", {"staff": staff}))


def _row(columns: tuple[Any, ...]) -> AttendanceRow:
    staff, code, version, left_at, handover, absences = columns
    return AttendanceRow(staff, code, version, left_at, handover, tuple(_absence(each) for each in absences))


def _absence(body: dict[str, Any]) -> AbsenceRow:
    return AbsenceRow(
        number=body["number"],
        first_day=date.fromisoformat(body["first_day"]),
        last_day=date.fromisoformat(body["last_day"]),
        begins_at=datetime.fromisoformat(body["begins_at"]),
        ends_at=datetime.fromisoformat(body["ends_at"]),
        cover=UUID(body["cover"]) if body["cover"] else None,
    )
