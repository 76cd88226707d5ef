"""Section `plan`: the individual plan of services, its catalogue of goals and measures, and its rhythm."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from domain.pathway.common import Span, Title
from domain.pathway.ladder import Ladder, days_before
from domain.values import Code, Value


class Approval(StrEnum):
    """How it stands with the word of a second person. `void`: the plan changed since, or nobody is asked any longer."""

    NONE = "none"
    PENDING = "pending"
    GIVEN = "given"
    REFUSED = "refused"
    VOID = "void"


class GoalKind(Value):
    """A goal of the catalogue; what it means for this client stands in a sealed text."""

    goal: Code
    title: Title


class Measure(Value):
    """What is done for a goal."""

    measure: Code
    title: Title


class PlanRules(Value):
    """`review`: the rhythm. `target`: the ladder of a goal, counted back from its target day."""

    goals: tuple[GoalKind, ...] = Field(min_length=1)
    measures: tuple[Measure, ...] = ()
    review: Ladder
    target: Ladder = Ladder(within=Span(count=0), remind=days_before(14, 3))
