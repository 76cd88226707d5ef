"""The state of a member of staff's stream. Whether somebody is absent follows from two instants and the clock.

Nothing has to be fired for a cover to begin or to end: it reverts by itself, whatever stands still meanwhile. Why
somebody is absent is nobody's business and is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.codes import StreamName
from domain.pathway.model import Pin
from domain.stream.dispatching import Dispatch
from domain.stream.kind import id_of


class Presence(StrEnum):
    """Whether somebody is at work. A value is never renamed."""

    HERE = "here"
    ABSENT = "absent"
    LEFT = "left"


@dataclass(frozen=True)
class Absence:
    """From `begins_at` (included) to `ends_at` (not included): its two days by the office's clock."""

    number: int
    first_day: date
    last_day: date
    begins_at: datetime
    ends_at: datetime
    cover: UUID | None
    version: int
    cancelled: bool = False

    def is_at(self, now: datetime) -> bool:
        """Whether it is under way."""
        return not self.cancelled and self.begins_at <= now < self.ends_at

    def is_ahead(self, now: datetime) -> bool:
        """Whether it is under way or still to come."""
        return not self.cancelled and now < self.ends_at


@dataclass(frozen=True)
class Attendance:
    """Of one member of staff, from the first thing that was to be said about it. `leavings`: how often they left."""

    stream: str
    version: int
    pin: Pin
    changed_at: datetime
    absences: Mapping[int, Absence] = field(default_factory=dict)
    left_at: datetime | None = None
    leavings: int = 0
    handover: UUID | None = None
    pending: Mapping[UUID, Dispatch] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return id_of(self.stream)

    @property
    def is_open(self) -> bool:
        """Never: an absence owes nothing, it ends by itself. What leaving asks of others is under way all the same."""
        return False

    @property
    def has_left(self) -> bool:
        return self.left_at is not None

    def absence_at(self, now: datetime) -> Absence | None:
        """The absence that is under way."""
        return next((absence for absence in self.absences.values() if absence.is_at(now)), None)

    def presence_at(self, now: datetime) -> Presence:
        """Whether they are at work."""
        if self.has_left:
            return Presence.LEFT
        return Presence.ABSENT if self.absence_at(now) else Presence.HERE

    def ahead(self, now: datetime) -> list[Absence]:
        """The absences under way or to come, earliest first."""
        return sorted((a for a in self.absences.values() if a.is_ahead(now)), key=lambda absence: absence.begins_at)


def attendance_stream(staff: UUID) -> str:
    """The stream, and the workflow id, of a member of staff."""
    return StreamName.STAFF.stream(staff)
