"""What a limitation (zastarelost) is, what interrupts it, and what counting it answers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from domain.law.codes import Bite, Duty, Reason, Severity, Trigger, Verification
from domain.pathway.model import Span, Title
from domain.values import Article, CalendarVersion, Code, Value


class Branch(StrEnum):
    """Which law limits: of prosecution (Criminal Code), or of a claim (Obligations Act)."""

    CRIMINAL = "criminal"
    CIVIL = "civil"


class LimitationRule(Value):
    """A limitation: a term that interruptions begin anew, and one that ends it in any case."""

    rule: Code
    branch: Branch
    article: Article
    absolute_article: Article | None = None
    title: Title
    duty: Duty = Duty.CLIENT
    severity: Severity = Severity.ENDS_A_RIGHT
    term: Span
    absolute: Span | None = None
    runs_from: Trigger
    absolute_from: Trigger | None = None
    verification: Verification = Verification.READ_IN_COPY


class InterruptionGround(StrEnum):
    """What interrupts a limitation, so that it begins anew."""

    PROCEDURAL_ACT = "procedural-act"
    """Any act of procedure to detect the crime or prosecute its perpetrator (KZ 104 (3))."""
    NEW_CRIME = "new-crime"
    """The perpetrator committed one as grave (KZ 104 (4))."""
    DEBT_ACKNOWLEDGED = "debt-acknowledged"
    """ZOO 387."""
    CLAIM_FILED = "claim-filed"
    """A claim, or any act before a court to establish, secure or realise it (ZOO 388); lasts until that ended."""
    ENFORCEMENT = "enforcement"
    """Enforcement asked for (ZOO 392 (5)); lasts until that ended."""


LASTING = frozenset({InterruptionGround.CLAIM_FILED, InterruptionGround.ENFORCEMENT})
"""Grounds after which it begins anew only when what was begun has ended (ZOO 392 (3), (5))."""


class Interruption(Value):
    """It was interrupted `on` a day. `ended_on` is for a lasting ground: the day on which the dispute ended.

    Record a lasting one only with an outcome that counts: a claim withdrawn, dismissed or rejected never interrupted
    (ZOO 389), save that a new one within three months keeps the first (ZOO 390).
    """

    on: date
    ground: InterruptionGround
    ended_on: date | None = None

    @property
    def pending(self) -> bool:
        """What was begun has not ended: whether it interrupted will be known then."""
        return self.ground in LASTING and self.ended_on is None

    @property
    def anew_from(self) -> date:
        """The day from which it begins anew."""
        return self.ended_on or self.on

    @model_validator(mode="after")
    def _only_what_lasts_ends_later(self) -> Interruption:
        if self.ended_on is not None and (self.ground not in LASTING or self.ended_on < self.on):
            raise ValueError("only a claim or an enforcement ends on a day of its own, and not before it began")
        return self


class LimitationReading(Value):
    """One reading: the relative end, the absolute one, and which of them comes first."""

    reasons: tuple[Reason, ...]
    article: Article
    relative_on: date
    absolute_on: date | None = None
    ends_on: date
    bites: Bite


class Limitation(Value):
    """The last day before a right is limited, by the earliest reading. Act on that day at the latest."""

    rule: Code
    article: Article
    calendar: CalendarVersion
    ends_on: date
    bites: Bite
    readings: Annotated[tuple[LimitationReading, ...], Field(min_length=1)]
    suspended_by: tuple[Code, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether readings end on different days."""
        return len({reading.ends_on for reading in self.readings}) > 1

    @model_validator(mode="after")
    def _the_alarm_follows_the_earliest(self) -> Limitation:
        if self.ends_on != min(reading.ends_on for reading in self.readings):
            raise ValueError("the alarm follows the earliest reading")
        return self
