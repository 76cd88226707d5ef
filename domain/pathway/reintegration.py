"""Section `reintegration`: which goals of the individual plan it is about, its rhythm, and when it is complete."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from domain.codes import Role
from domain.pathway.assessment import Level
from domain.pathway.common import Span
from domain.pathway.proceedings import AlarmLadder
from domain.values import Code, Value


class Criterion(StrEnum):
    """What must hold before reintegration ends because it is complete."""

    GOALS_SETTLED = "goals-settled"
    SAFETY_REASSESSED = "safety-reassessed"
    NO_HEARING_AHEAD = "no-hearing-ahead"
    NO_TERM_RUNNING = "no-term-running"
    NO_REFERRAL_OPEN = "no-referral-open"
    NOBODY_UNTOLD = "nobody-untold"
    RETURN_FOLLOWED_UP = "return-followed-up"


class ReintegrationRules(Value):
    """`goals` are words of the individual plan's catalogue: one plan, of which these count.

    `rhythm`: the reviews, each so long after the one before; the last span repeats. `safety` is the form by which
    safety is assessed again, at most `assessed_within` ago and at most `at_most`.
    """

    role: Role = Role.CASEWORKER
    goals: Annotated[tuple[Code, ...], Field(min_length=1)]
    rhythm: Annotated[tuple[Span, ...], Field(min_length=1)]
    review: AlarmLadder
    criteria: tuple[Criterion, ...] = tuple(Criterion)
    safety: Code | None = None
    assessed_within: Span = Span(count=30)
    at_most: Level = Level.MODERATE

    @model_validator(mode="after")
    def _safety_is_assessed_by_a_form(self) -> ReintegrationRules:
        if Criterion.SAFETY_REASSESSED in self.criteria and self.safety is None:
            raise ValueError("`safety-reassessed` asks for an assessment: name its form in `safety`")
        return self

    def span(self, review: int) -> Span:
        """How long after the one before the review of this number comes, counted from 1."""
        return self.rhythm[min(review, len(self.rhythm)) - 1]
