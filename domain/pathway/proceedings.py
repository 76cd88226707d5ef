"""The section of a pathway on legal proceedings: whose they are, and the ladders of what is owed in them.

Which terms there are, and how they are counted, is law (`domain.law`); how long before them somebody is reminded, and
who is told when nobody answers, is the organisation's.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from domain.codes import Role
from domain.pathway.common import EscalateRung, RemindRung, Span
from domain.values import Code, Value


class AlarmLadder(Value):
    """Reminders before a due day, escalations after it. `tell` are roles told at once, when it arises."""

    tell: tuple[Role, ...] = ()
    remind: tuple[RemindRung, ...] = ()
    stalled_after: Span = Span(count=1)
    escalate: Annotated[tuple[EscalateRung, ...], Field(min_length=1)]


class DutyRule(AlarmLadder):
    """What is to be done within a span of when it arises."""

    within: Span


class DatedSuspension(Value):
    """An act that stopped terms from `starts` to `ends`, both included, which the legal calendar does not list yet.

    `proceedings` are codes of the legal calendar (`criminal`, `civil`); `only` the rules that it names, else all.
    """

    starts: date
    ends: date
    act: Code
    proceedings: Annotated[tuple[Code, ...], Field(min_length=1)]
    only: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _it_ends_after_it_starts(self) -> DatedSuspension:
        if self.ends < self.starts:
            raise ValueError("a suspension ends before it starts")
        return self


class ProceedingsRules(Value):
    """The ladders. `rights` is for our client's terms whose end takes a right away: the highest alarm of terms."""

    role: Role = Role.LAWYER
    terms: AlarmLadder
    rights: AlarmLadder
    limitation: AlarmLadder
    confirmation: DutyRule
    power: DutyRule
    power_at_once: DutyRule
    """Where a hearing or a term lies ahead and nobody may act for the client."""
    fee: AlarmLadder
    suspensions: tuple[DatedSuspension, ...] = ()
