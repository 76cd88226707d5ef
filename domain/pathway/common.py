"""What every section of a pathway is written with: titles, lengths, reminders and escalations."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from domain.codes import Role
from domain.values import Value

Words = Annotated[str, StringConstraints(min_length=1, max_length=240, strip_whitespace=True)]


class Title(Value):
    """A text in the languages of the pages. `sr` is Cyrillic: Latin is derived from it, never the reverse."""

    sr: Words
    en: Words


class Unit(StrEnum):
    """Working days leave out weekends and public holidays; only the last of calendar days may roll."""

    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"
    HOURS = "hours"
    MONTHS = "months"


class Span(Value):
    """A length: `{count: 3, unit: working-days}`."""

    count: int = Field(ge=0, le=7300)
    unit: Unit = Unit.WORKING_DAYS


class RemindRung(Value):
    """A reminder so long before the due instant, to the owner and to whom else the ladder names."""

    before: Span
    also: tuple[Role, ...] = ()


class EscalateRung(Value):
    """So long after the due instant without an outcome, this role is told as well."""

    after: Span
    to: Role
