"""An emergency access as it is known from its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.codes import Role
from domain.stream.obligation import Clockwork
from domain.values import ObligationKey


class EmergencyReason(StrEnum):
    """Why somebody had to look into a case that is not theirs. A value is never renamed."""

    DANGER = "danger"
    """Somebody is in danger now."""
    CLIENT_CALLS = "client-calls"
    """The client, or somebody for them, is on the line or at the door."""
    DEADLINE = "deadline"
    """A hearing or a term would be missed, and nobody of the case can be reached."""
    OTHER = "other"


class EmergencyFinding(StrEnum):
    """What the review has found. A value is never renamed."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not-justified"
    """It goes to whoever leads the organisation's data protection."""


def emergency_key(number: int) -> ObligationKey:
    """The key of what an access owes, and the name of its part."""
    return f"emergency-access:{number}"


@dataclass(frozen=True)
class EmergencyAccess:
    """`staff` read from `opened_at` (included) to `ends_at` (not included), both of the log's clock; `role` reviews."""

    number: int
    staff: UUID
    reason: EmergencyReason
    opened_at: datetime
    ends_at: datetime
    role: Role
    version: int
    clockwork: Clockwork
    finding: EmergencyFinding | None = None
    reviewed_by: UUID | None = None
    reviewed_at: datetime | None = None

    @property
    def key(self) -> ObligationKey:
        return emergency_key(self.number)

    def is_open(self, now: datetime) -> bool:
        """Whether it opens the journey at `now`."""
        return self.opened_at <= now < self.ends_at
