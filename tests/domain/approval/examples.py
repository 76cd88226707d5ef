"""One example of every event of approvals, with every field filled."""

from __future__ import annotations

from datetime import datetime

from domain.codes import ClosingReason, Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.approval.events import (
    ApprovalAsked,
    ApprovalGiven,
    ApprovalRefused,
    ApprovalVoided,
    ApprovalWithdrawn,
)
from domain.journey.approval.state import Objection, VoidCause
from domain.pathway.approvals import ApprovalMatter
from domain.sealed import Notes, Sealed


def approval_events(at: datetime, note: Sealed[Notes], ladder: Deadline) -> tuple[Event, ...]:
    """Ids and dates never change."""
    return (
        ApprovalAsked(
            occurred_at=at,
            number=1,
            matter=ApprovalMatter.CLOSURE,
            role=Role.SUPERVISOR,
            of_version=17,
            deadline=ladder,
            of=2,
            reason=ClosingReason.GOALS_REACHED,
            note=note,
        ),
        ApprovalGiven(occurred_at=at, number=1, matter=ApprovalMatter.CLOSURE, of_version=17, note=note),
        ApprovalRefused(
            occurred_at=at, number=2, matter=ApprovalMatter.PLAN, objection=Objection.CLIENT_NOT_HEARD, note=note
        ),
        ApprovalWithdrawn(occurred_at=at, number=3, matter=ApprovalMatter.RETURN, note=note),
        ApprovalVoided(occurred_at=at, number=4, matter=ApprovalMatter.PLAN, cause=VoidCause.THING_CHANGED),
    )
