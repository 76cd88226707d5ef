"""One example of every event of emergency access, with every field filled."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.codes import Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.emergency.access import EmergencyAccessOpened, EmergencyAccessReviewed
from domain.journey.emergency.state import EmergencyFinding, EmergencyReason
from domain.sealed import Notes, Sealed


def emergency_events(at: datetime, note: Sealed[Notes], ladder: Deadline) -> tuple[Event, ...]:
    """Ids and dates never change."""
    return (
        EmergencyAccessOpened(
            occurred_at=at,
            number=1,
            reason=EmergencyReason.CLIENT_CALLS,
            ends_at=at + timedelta(minutes=60),
            role=Role.SUPERVISOR,
            deadline=ladder,
            note=note,
        ),
        EmergencyAccessReviewed(occurred_at=at, number=1, finding=EmergencyFinding.JUSTIFIED, note=note),
    )
