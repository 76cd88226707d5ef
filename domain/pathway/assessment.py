"""Section `assessments`: what an organisation assesses, in which domains, and how soon it looks again."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from domain.pathway.common import Span, Title
from domain.pathway.ladder import Ladder
from domain.values import Code, Value


class Level(StrEnum):
    """How much risk, or how much need, in rising order. `none` is a finding; an absent domain is none."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    EXTREME = "extreme"

    @property
    def rank(self) -> int:
        """Its place in the order, 0 for `none`."""
        return tuple(Level).index(self)


class AssessmentDomain(Value):
    """One question that gets a level of its own."""

    domain: Code
    title: Title


class SoonerReview(Value):
    """Where the highest level is at least this, it is looked at again within this span."""

    at_least: Level
    within: Span


class Assessment(Value):
    """`alerts`: whether a level that rises, or a first one of `high` and above, is told to people at once."""

    assessment: Code
    title: Title
    domains: tuple[AssessmentDomain, ...] = Field(min_length=1)
    review: Ladder
    sooner: tuple[SoonerReview, ...] = ()
    alerts: bool = False

    def review_at(self, level: Level) -> Ladder:
        """The ladder of the next review; of the spans that apply, that of the highest level."""
        fitting = [s for s in self.sooner if level.rank >= s.at_least.rank]
        if not fitting:
            return self.review
        soonest = max(fitting, key=lambda s: s.at_least.rank)
        return self.review.model_copy(update={"within": soonest.within})
