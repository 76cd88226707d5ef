"""What the ladders of a journey say in the course of time: what stands still from when to when, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from domain.codes import ObligationKind, Role, StallCause


class Part(NamedTuple):
    """One date of a step's occurrence, or of a review. `step` is None for a review."""

    key: str
    date_version: int


@dataclass(frozen=True)
class StallSpan:
    """`until` is None where it still stands still at the moment up to which is looked."""

    part: Part
    step: str
    stage: str
    cause: StallCause
    since: datetime
    until: datetime | None = None

    def days(self, at: datetime) -> int:
        """How long, in whole days of the clock; up to `at` where it lasts."""
        return ((self.until or at) - self.since).days


@dataclass(frozen=True, slots=True)
class Escalation:
    """Somebody beyond the owner is told. `turn` counts those of the same role within one date."""

    part: Part
    kind: ObligationKind
    step: str | None
    to: tuple[Role, ...]
    turn: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that happened by one set of rules. `unexplained` are the dates kept as they were recorded.

    `fired` are the rungs of steps and reviews, by obligation, version of its date, and name.
    """

    stalls: tuple[StallSpan, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    fired: frozenset[tuple[str, int, str]] = frozenset()
    unexplained: int = 0
