"""Field missions as data: how often a team reports, who is called when it is silent, what is asked before it leaves.

An organisation that has no such section sends nobody out: missions are refused there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from domain.pathway.chain import Chain
from domain.pathway.common import EscalateRung, RemindRung, Span, Title, Unit
from domain.values import Code, Value

Minutes = Annotated[int, Field(ge=1, le=1440)]


class RiskQuestion(Value):
    """One question of the risk check; `clear` is the answer that raises no doubt."""

    question: Code
    title: Title
    clear: Literal["yes", "no"] = "no"


class Prepared(Value):
    """What is owed before departure, counted from it."""

    remind: tuple[RemindRung, ...] = ()
    escalate: tuple[EscalateRung, ...] = ()
    stalled_after: Span = Span(count=4, unit=Unit.HOURS)
    again_after: Span = Span(count=4, unit=Unit.HOURS)


class Report(Value):
    """What is owed after the return. `again_after`: how long after the last rung somebody is told again."""

    within: Span = Span(count=48, unit=Unit.HOURS)
    remind: tuple[RemindRung, ...] = ()
    escalate: tuple[EscalateRung, ...] = ()
    stalled_after: Span = Span(count=1)
    again_after: Span = Span(count=24, unit=Unit.HOURS)


class Missions(Value):
    """By what rules teams go out.

    `silent` is called when a check-in or the return is overdue, `alarm` when help is asked for or a mission is broken
    off. Who acknowledges has `acknowledged_minutes` before the chain begins anew: only the team's word ends it.
    `ride_minutes`: how long before and after a ride its driver sees the places.
    """

    check_in_minutes: Minutes = 120
    acknowledged_minutes: Minutes = 30
    ride_minutes: Minutes = 30
    silent: Chain
    alarm: Chain
    departure: Prepared = Prepared()
    report: Report = Report()
    risk_check: tuple[RiskQuestion, ...] = Field(min_length=1, max_length=30)

    @property
    def check_in_every(self) -> timedelta:
        """From one word of the team to the next."""
        return timedelta(minutes=self.check_in_minutes)

    @property
    def acknowledged_for(self) -> timedelta:
        """What an acknowledgement gives."""
        return timedelta(minutes=self.acknowledged_minutes)

    @property
    def ride_margin(self) -> timedelta:
        """Before and after a ride."""
        return timedelta(minutes=self.ride_minutes)

    def find_question(self, key: str) -> RiskQuestion | None:
        return next((q for q in self.risk_check if q.question == key), None)
