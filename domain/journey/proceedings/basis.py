"""What a term is counted from. It stands in the event with the answer, so that the count can be repeated for ever."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from domain.law import Interruption, Limitation, StatutoryDeadline, Suspension, Trigger
from domain.values import Code, Count, Value

Counted = StatutoryDeadline | Limitation
"""What counting answers: a term of procedure, or a limitation."""


class TriggerDay(Value):
    """An event that a term runs from, and the local day on which it fell."""

    trigger: Trigger
    on: Annotated[date, Field(ge=date(1990, 1, 1), lt=date(2200, 1, 1))]


class TermBasis(Value):
    """The rule and all that it was counted from.

    `frame` is the court's time frame in calendar days, where a rule allows a part of it. Of a limitation:
    `prosecution` is the rule of the crime, for damage by crime; `interruptions` those of the claim, `of_prosecution`
    those of the prosecution; `suspensions` what stopped the clock in this case.
    """

    rule: Code
    days: tuple[TriggerDay, ...]
    frame: Count | None = None
    prosecution: Code | None = None
    interruptions: tuple[Interruption, ...] = ()
    of_prosecution: tuple[Interruption, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
