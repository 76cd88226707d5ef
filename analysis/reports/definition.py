"""What a report is: what it counts, by which dimensions, what puts a thing into the period, and who asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from analysis.exports.answers import Pathways
from analysis.reports.period import Period
from domain.codes import StreamName
from domain.event import Event, Recorded

S = TypeVar("S")
History = Sequence[Recorded[Event]]


class Dimension(StrEnum):
    """By what a report counts. The values are codes: of a closed list, of the pathway, or months."""

    MONTH = "month"
    PATHWAY = "pathway"
    CALLER = "caller"
    TOPIC = "topic"
    CALLING = "calling"
    DUTY = "duty"
    STATUS = "status"
    AGE = "age"
    DECIDER = "decider"
    DECISION = "decision"
    EXPLOITATION = "exploitation"
    SERVICE = "service"
    SERVICE_MOVE = "service-move"
    REFERRAL = "referral"
    PURPOSE = "purpose"
    CONSENT = "consent"
    PLAN = "plan"
    GOAL = "goal"
    PROGRESS = "progress"
    RATING = "rating"
    WOULD_RETURN = "would-return"
    SAFETY_PLAN = "safety-plan"
    ASSESSED = "assessed"
    PERMIT = "permit"
    PERMIT_STATUS = "permit-status"
    DIRECTION = "direction"
    RETURN = "return"
    CHECK = "check"
    CHECKED = "checked"
    MATTER = "matter"
    SITTING = "sitting"
    REASON = "reason"
    PROTECTION = "protection"
    CLAIM = "claim"
    LENGTH = "length"
    OUTCOME = "outcome"
    CLOSING = "closing"
    REOPENING = "reopening"
    MISSION = "mission"
    MISSION_PHASE = "mission-phase"


class Absent(StrEnum):
    """What a cell is called where no code of the domain says it."""

    NEEDED = "needed"
    """Before every move of a service: a need was assessed."""
    NOT_REPORTED = "not-reported"
    """The formal status of whom nobody reported, as far as we know."""
    PENDING = "pending"
    """A report that nobody has answered, as far as we know."""
    NOT_ASKED = "not-asked"
    """No form asked it."""
    NOT_KNOWN = "not-known"
    """It was asked, and the person does not know or does not wish to say."""
    NOT_APPLIED_FOR = "not-applied-for"
    """A protected status for which nobody has asked the court."""
    NOT_SAID = "not-said"
    """What became of a date of which nobody has said it."""


class PeriodBy(StrEnum):
    """What puts a thing into the period. All but the last are of the world's clock; what is known decides on all."""

    HAPPENED = "happened"
    """The event happened in the period."""
    DECIDED = "decided"
    """The day that the decision itself bears lies in the period, however late we came to know it."""
    SCHEDULED = "scheduled"
    """The date that was set lies in the period."""
    OPENED = "opened"
    """The journey was opened in the period."""
    IN_CARE = "in-care"
    """The journey was open on some day of the period; what it was like is as of the end of the period."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The period in the office's zone, the moment as of which is counted, and where pathways are found."""

    period: Period
    at: datetime
    zone: ZoneInfo
    pathways: Pathways
    begins: datetime = field(init=False)
    ends: datetime = field(init=False)

    def __post_init__(self) -> None:
        begins, ends = self.period.instants(self.zone)
        object.__setattr__(self, "begins", begins)
        object.__setattr__(self, "ends", ends)

    def has(self, instant: datetime) -> bool:
        """Whether it lies in the period."""
        return self.begins <= instant < self.ends

    def day(self, instant: datetime) -> date:
        """Its day on the calendar of the office."""
        return instant.astimezone(self.zone).date()

    def month(self, instant: datetime) -> str:
        """Its month: `2026-03`."""
        return f"{self.day(instant):%Y-%m}"

    def until_end(self, history: History) -> list[Recorded[Event]]:
        """What had happened by the end of the period."""
        return [each for each in history if each.occurred_at < self.ends]


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that counts: in which cell, the versions of the events behind it, and where a time is told its days."""

    key: tuple[str, ...]
    versions: tuple[int, ...]
    days: float | None = None


Found = tuple[str, Counted]
"""A stream, and what counts of it."""


@dataclass(frozen=True, slots=True)
class Definition(Generic[S]):
    """One report. `subject`: the kind of streams that it counts of; `count` gives what counts of one of them.

    `source`: who publishes such a figure, or asks for it. `several`: a thing may stand in several cells, so that the
    sum is no total. `across`: makes the cells where those of one stream depend on others.
    """

    code: str
    subject: StreamName
    dimensions: tuple[Dimension, ...]
    by: PeriodBy
    source: str
    count: Callable[[S, History, Scope], Iterator[Counted]]
    several: bool = False
    timed: bool = False
    across: Callable[[Sequence[Found], Scope], Iterator[Found]] | None = None
