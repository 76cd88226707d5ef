"""The state of the individual plan of services; changed by `copying.replace`, so nothing here has slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.codes import Role
from domain.pathway.plan import Approval
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork


class GoalProgress(StrEnum):
    """How far a goal has come. Dropping one never counts against the client."""

    NOT_BEGUN = "not-begun"
    UNDER_WAY = "under-way"
    PARTLY_REACHED = "partly-reached"
    REACHED = "reached"
    DROPPED = "dropped"


OVER = frozenset({GoalProgress.REACHED, GoalProgress.DROPPED})
"""What ends a goal: nothing is owed for it any more."""


@dataclass(frozen=True)
class GoalState:
    """`number` counts from 1 within the journey. `command_id` is that of the command which sealed `text`."""

    number: int
    goal: str
    measures: tuple[str, ...]
    role: Role
    target_on: date
    set_at: datetime
    version: int
    clockwork: Clockwork
    command_id: UUID
    text: Sealed[Notes] | None = None
    progress: GoalProgress = GoalProgress.NOT_BEGUN

    @property
    def key(self) -> str:
        """The part, and the obligation."""
        return f"goal:{self.number}"

    @property
    def is_over(self) -> bool:
        return self.progress in OVER


@dataclass(frozen=True)
class IndividualPlan:
    """Goals may be gathered before the plan is agreed. `clockwork`: the next review, once it is.

    `approval` is whether that needs a second person; how it stands is `approval.needing.plan_approval`.
    """

    goals: Mapping[str, GoalState] = field(default_factory=dict)
    agreed_at: datetime | None = None
    reviewed_at: datetime | None = None
    approval: Approval = Approval.NONE
    version: int = 0
    agreed_version: int = 0
    clockwork: Clockwork | None = None


NO_PLAN = IndividualPlan()
