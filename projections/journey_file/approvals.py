"""Approvals, as a journey's file shows them: what was proposed by whom, and who answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.codes import ClosingReason, Role
from domain.journey.approval.state import ApprovalState, ApprovalStatus, Objection
from domain.pathway.approvals import ApprovalMatter
from projections.folded import Folded, code
from projections.read_model import Row


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """`version` is what a form sends back as `seen`. The owner owes the answer, while it is asked."""

    part: str
    number: int
    version: int
    matter: ApprovalMatter
    status: ApprovalStatus
    asked_by: UUID
    asked_at: datetime
    of_version: int
    due_on: date
    of: int | None = None
    reason: ClosingReason | None = None
    owner_role: Role | None = None
    owner_staff: UUID | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    objection: Objection | None = None


def approvals(folded: Folded) -> list[Row]:
    """Every approval, newest first."""
    return [_row(folded, one) for _, one in sorted(folded.journey.approvals.items(), reverse=True)]


def _row(folded: Folded, one: ApprovalState) -> Row:
    owed = next((o for o in folded.obligations if o.key == one.key), None)
    return {
        "part": one.key,
        "number": one.number,
        "version": one.version,
        "matter": one.matter.value,
        "status": one.status.value,
        "asked_by": one.asked_by,
        "asked_at": one.asked_at,
        "of_version": one.of_version,
        "due_on": one.clockwork.deadline.due_on,
        "of": one.of,
        "reason": code(one.reason),
        "owner_role": owed.owner.role.value if owed else None,
        "owner_staff": owed.owner.staff if owed else None,
        "answered_by": one.answered_by,
        "answered_at": one.answered_at,
        "objection": code(one.objection),
    }
