"""Emergency accesses, as a journey's file shows them: who opened it, why, until when, and who reviews that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.codes import Role
from domain.journey.emergency.state import EmergencyAccess, EmergencyFinding, EmergencyReason
from projections.folded import Folded, code
from projections.read_model import Row


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """`version` is what a form sends back as `seen`. The owner owes the review, while there is none."""

    part: str
    number: int
    version: int
    staff: UUID
    reason: EmergencyReason
    opened_at: datetime
    ends_at: datetime
    due_on: date
    owner_role: Role | None = None
    owner_staff: UUID | None = None
    finding: EmergencyFinding | None = None
    reviewed_by: UUID | None = None
    reviewed_at: datetime | None = None


def emergencies(folded: Folded) -> list[Row]:
    """Every access, newest first."""
    return [_row(folded, one) for _, one in sorted(folded.journey.emergencies.items(), reverse=True)]


def _row(folded: Folded, one: EmergencyAccess) -> Row:
    owed = next((o for o in folded.obligations if o.key == one.key), None)
    return {
        "part": one.key,
        "number": one.number,
        "version": one.version,
        "staff": one.staff,
        "reason": one.reason.value,
        "opened_at": one.opened_at,
        "ends_at": one.ends_at,
        "due_on": one.clockwork.deadline.due_on,
        "owner_role": owed.owner.role.value if owed else None,
        "owner_staff": owed.owner.staff if owed else None,
        "finding": code(one.finding),
        "reviewed_by": one.reviewed_by,
        "reviewed_at": one.reviewed_at,
    }
