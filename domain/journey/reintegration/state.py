"""The state of reintegration: one of a journey, which may end and begin again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.codes import Role
from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationStatus, ReviewFinding
from domain.pathway.common import Span
from domain.stream.obligation import Clockwork

REINTEGRATION = "reintegration"
"""The part, and the obligation to review it."""


@dataclass(frozen=True)
class ReintegrationState:
    """`goals` are the words of the individual plan that count. `reviews`: how many since it began or began again.

    `opened_at`: since when the next review is waited for. `times`: how often it began.
    """

    role: Role
    goals: tuple[str, ...]
    started_at: datetime
    opened_at: datetime
    stalled_after: Span
    clockwork: Clockwork
    version: int
    status: ReintegrationStatus = ReintegrationStatus.RUNNING
    reviews: int = 0
    reviewed_at: datetime | None = None
    finding: ReviewFinding | None = None
    end: ReintegrationEnd | None = None
    ended_at: datetime | None = None
    times: int = 1

    @property
    def is_running(self) -> bool:
        return self.status is ReintegrationStatus.RUNNING
