"""How long a step stands still, in working days, against the limit of its pathway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.calendar import add, calendar_of
from domain.pathway.model import Country, Span, Unit

_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Standstill:
    """Both in working days."""

    days: int
    limit: int


def standstill(limit: Span, *, reached_on: date | None, since: date, today: date, country: Country) -> Standstill:
    """The working days of standing still until `today`, and the limit in working days.

    Where the clock called it stalled, the limit was reached on `reached_on`: counting starts one limit before, so that
    the day of the stall counts as exactly the limit. Where a person called it stalled, counting starts `since` then.
    """
    calendar = calendar_of(country)
    end = reached_on if reached_on is not None else _later(since, limit, country)
    start = _earlier(reached_on, limit, country) if reached_on is not None else since
    return Standstill(days=calendar.working_days_between(start, today), limit=calendar.working_days_between(start, end))


def _later(day: date, limit: Span, country: Country) -> date:
    return add(day, _in_days(limit, 1), calendar_of(country))


def _earlier(day: date, limit: Span, country: Country) -> date:
    return add(day, _in_days(limit, -1), calendar_of(country))


def _in_days(limit: Span, sign: int) -> Span:
    """The span, in whole days where it is in hours, to be counted on in the direction of `sign`."""
    if limit.unit is Unit.HOURS:
        return Span.model_construct(count=sign * -(-limit.count // _HOURS_A_DAY), unit=Unit.CALENDAR_DAYS)
    return Span.model_construct(count=sign * limit.count, unit=limit.unit)
