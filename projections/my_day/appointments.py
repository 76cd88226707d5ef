"""The appointments that a person has to keep: what a private calendar shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from projections.reader import Reader


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment. `part_version` grows with every change of its date."""

    journey: UUID
    part: str
    code: str
    part_version: int
    appointment: datetime


def appointments(reader: Reader, staff: UUID) -> list[AppointmentRow]:
    """All that are owed now, earliest first; a settled one is gone. Raises `Unavailable`."""
    return [AppointmentRow(*row) for row in reader.rows("projections.my_day", "appointments", {"staff": staff})]
