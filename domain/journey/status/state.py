"""What is known of the state's decisions about a person, in the order in which they were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.pathway.formal_status import FormalStatus
from domain.values import Code

STATUS = "formal-status"
"""The part key."""


@dataclass(frozen=True)
class StatusDecision:
    """`version` is that of the event by which it was recorded: what a correction names.

    `decided_on` and `learned_on` are local days: of the decision, and of the day on which we came to know it.
    """

    version: int
    status: FormalStatus
    decider: Code
    decided_on: date
    learned_on: date
    document: UUID | None = None


@dataclass(frozen=True)
class FormalStatusState:
    """`version` is that of the last event about formal status; 0 where nothing is known."""

    version: int = 0
    decisions: tuple[StatusDecision, ...] = ()

    @property
    def current(self) -> FormalStatus | None:
        """The last of the decisions; None where the person was never reported, as far as we know."""
        return self.decisions[-1].status if self.decisions else None

    @property
    def reports(self) -> int:
        """How often the person was reported, as far as we know."""
        return sum(d.status is FormalStatus.REPORTED for d in self.decisions)
