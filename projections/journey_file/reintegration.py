"""Reintegration as a journey's file shows it; its goals stand with the individual plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationStatus, ReviewFinding
from projections.folded import Folded, code
from projections.read_model import Row


@dataclass(frozen=True, slots=True)
class ReintegrationRow:
    """`version` is `seen`. `reviews`: since it began, or began again; `settled` of `counted` goals are over."""

    version: int
    status: ReintegrationStatus
    started_at: datetime
    times: int
    reviews: int
    counted: int
    settled: int
    review_on: date | None = None
    reviewed_at: datetime | None = None
    finding: ReviewFinding | None = None
    end: ReintegrationEnd | None = None
    ended_at: datetime | None = None


def reintegration(folded: Folded) -> Row | None:
    """None where it never began."""
    state = folded.journey.reintegration
    if state is None:
        return None
    counted = [goal for goal in folded.journey.plan.goals.values() if goal.goal in state.goals]
    return {
        "version": state.version,
        "status": state.status.value,
        "started_at": state.started_at,
        "times": state.times,
        "reviews": state.reviews,
        "counted": len(counted),
        "settled": sum(goal.is_over for goal in counted),
        "review_on": state.clockwork.deadline.due_on if state.is_running else None,
        "reviewed_at": state.reviewed_at,
        "finding": code(state.finding),
        "end": code(state.end),
        "ended_at": state.ended_at,
    }
