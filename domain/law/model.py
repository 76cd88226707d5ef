"""What a rule of the legal calendar is, and what counting by it answers.

A `TermRule` is data of ours. A `StatutoryDeadline` is a value for events: dates, codes and articles only, so that a
deadline can say years later which rule, which article and which list of holidays made it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from domain.law.codes import Direction, Duty, Proceedings, Reason, Severity, Trigger, Verification, Weight
from domain.pathway.model import Span, Title, Unit
from domain.values import Article, CalendarVersion, Code, Value


class Share(Value):
    """A part of a span that the court has set: 'no longer than a third of the original time frame' (ZPP 108)."""

    parts: Annotated[int, Field(ge=2, le=12)]


class TermReading(Value):
    """One way to read a rule: how long, from when, and why one may read it so. `article` where it is not the rule's."""

    reason: Reason = Reason.TEXT
    within: Span | Share
    runs_from: Trigger
    article: Article | None = None
    weight: Weight = Weight.ARGUABLE


class Cap(Value):
    """After so long, nothing is possible whatever the reading ('not after three months')."""

    within: Span
    runs_from: Trigger
    article: Article


class TermRule(Value):
    """A term of law. Its first reading is the plain text of the article; all of them are counted where they can be."""

    rule: Code
    proceedings: Proceedings
    article: Article
    title: Title
    duty: Duty
    severity: Severity = Severity.ORDINARY
    readings: Annotated[tuple[TermReading, ...], Field(min_length=1)]
    cap: Cap | None = None
    direction: Direction = Direction.AFTER
    verification: Verification = Verification.READ_IN_COPY

    @model_validator(mode="after")
    def _only_days_are_counted_back(self) -> TermRule:
        if self.direction is Direction.BEFORE:
            spans = [reading.within for reading in self.readings]
            if self.cap or any(isinstance(s, Share) or s.unit is not Unit.CALENDAR_DAYS for s in spans):
                raise ValueError("only calendar days are counted back, and nothing caps them")
        return self

    @property
    def triggers(self) -> frozenset[Trigger]:
        """The events that the rule may run from: what a form asks for."""
        caps = {self.cap.runs_from} if self.cap else set()
        return frozenset({reading.runs_from for reading in self.readings} | caps)


class CountedReading(Value):
    """One reading, counted: `last_day` before anything rolled, `due_on` after it. Days are local days in Serbia."""

    reasons: tuple[Reason, ...]
    weight: Weight
    article: Article
    runs_from: Trigger
    from_on: date
    last_day: date
    due_on: date


class StatutoryDeadline(Value):
    """A term of law on the calendar. The alarm follows `due_on`, the earliest of the arguable readings.

    `article` is that of the reading which the alarm follows. `readings` are in the order in which a page shows them: by
    date, those that only explain last. `missing` are events that the rule may run from and that nobody entered: a page
    asks for them. `suspended_by` are the acts that stopped the clock in some reading.
    """

    rule: Code
    article: Article
    calendar: CalendarVersion
    due_on: date
    readings: Annotated[tuple[CountedReading, ...], Field(min_length=1)]
    suspended_by: tuple[Code, ...] = ()
    missing: tuple[Trigger, ...] = ()

    @property
    def arguable(self) -> tuple[CountedReading, ...]:
        """The readings that may move the alarm, earliest first."""
        return tuple(reading for reading in self.readings if reading.weight is Weight.ARGUABLE)

    @property
    def disputed(self) -> bool:
        """Whether arguable readings end on different days: then the page shows all of them, with their reasons."""
        return len({reading.due_on for reading in self.arguable}) > 1

    @model_validator(mode="after")
    def _the_alarm_follows_the_earliest(self) -> StatutoryDeadline:
        if self.due_on != min((reading.due_on for reading in self.arguable), default=None):
            raise ValueError("the alarm follows the earliest arguable reading")
        return self
