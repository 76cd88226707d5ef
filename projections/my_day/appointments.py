"""The appointments that a person has to keep: what a private calendar shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.codes import StreamName
from projections.reader import Reader


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment, on the wall clock of `zone`. `date_version` grows with every change of its date."""

    stream_kind: StreamName
    stream_id: UUID
    part: str
    code: str
    date_version: int
    appointment: datetime
    zone: str

    @property
    def stream(self) -> str:
        return self.stream_kind.stream(self.stream_id)


def appointments(reader: Reader, staff: UUID) -> list[AppointmentRow]:
    """All that are owed now, earliest first; a settled one is gone. Raises `Unavailable`."""
    found = reader.rows("projections.my_day", "appointments", {"staff": staff})
    return [AppointmentRow(StreamName(kind), *row) for kind, *row in found]
