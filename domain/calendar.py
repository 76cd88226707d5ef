"""Working days, local days and instants: the only place that turns a rule into a date.

    cal = calendar_of(Country.SERBIA)
    cal.next_working_day(date(2027, 5, 1))        # 2027-05-05: Labour Day and Orthodox Easter fall together
    add(date(2026, 1, 31), Span(count=1, unit=Unit.MONTHS), cal)  # 2026-02-28
    at_local(date(2026, 3, 29), time(8), "Europe/Belgrade")       # 2026-03-29T06:00Z

A *day* here is a local calendar day, never 24 hours. "The day before the hearing" is the day before on the wall
calendar at the office's local hour: over a change of the clocks that is 23 or 25 hours before, and it is what a person
means by it. Only spans in hours are counted on instants.

Pure: the same release of `holidays` gives the same answer for ever, and its number stands in every deadline.
"""

from __future__ import annotations

import calendar as month_lengths
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from holidays.version import __version__ as holidays_release

from domain.pathway.model import Country, Span, Unit
from domain.values import CalendarVersion

_SATURDAY = 5
_MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=512)
def _holiday_ordinals(country: Country, year: int) -> frozenset[int]:
    """The proleptic ordinals of the public holidays of a year, on whatever weekday."""
    return frozenset(day.toordinal() for day in holidays.country_holidays(country.value.upper(), years=year))


@lru_cache(maxsize=512)
def _working_ordinals(country: Country, year: int) -> tuple[int, ...]:
    """The proleptic ordinals of the working days of a year, ascending."""
    free = _holiday_ordinals(country, year)
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return tuple(o for o in range(first, last + 1) if o not in free and date.fromordinal(o).weekday() < _SATURDAY)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of a country: Monday to Friday without its public holidays and their substitute days.

    Serbia: a state holiday that falls on a Sunday is kept on the next working day, Good Friday to Easter Monday never
    move (Ministry of Labour, list of state and religious holidays). Saturday is no working day (ZKP 224). A court's
    recess is no rule of counting and moves no deadline.
    """

    country: Country

    @property
    def version(self) -> CalendarVersion:
        """Country and release of the holiday list, as stored in every deadline: `rs-0.109`."""
        return f"{self.country.value}-{holidays_release}"

    def is_working_day(self, day: date) -> bool:
        days, ordinal = _working_ordinals(self.country, day.year), day.toordinal()
        index = bisect_left(days, ordinal)
        return index < len(days) and days[index] == ordinal

    def is_holiday(self, day: date) -> bool:
        """Whether it is a public holiday or its substitute day; a mere Saturday or Sunday is none."""
        return day.toordinal() in _holiday_ordinals(self.country, day.year)

    def next_working_day(self, day: date) -> date:
        """The day itself where it is a working day, else the first one after it."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it, where negative). Zero is `day` itself, working or not.

        The start is never counted (ZKP 224), so a span that starts on a Saturday counts from Monday.
        """
        if not count:
            return day
        days, year, ordinal = _working_ordinals(self.country, day.year), day.year, day.toordinal()
        # The index of the wanted day within this year's list; outside it, walk on by whole years.
        index = count + (bisect_right(days, ordinal) - 1 if count > 0 else bisect_left(days, ordinal))
        while index < 0:
            year -= 1
            days = _working_ordinals(self.country, year)
            index += len(days)
        while index >= len(days):
            index -= len(days)
            year += 1
            days = _working_ordinals(self.country, year)
        return date.fromordinal(days[index])

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and including `until`; 0 where `until` is not later."""
        if until <= after:
            return 0
        first = _working_ordinals(self.country, after.year)
        last = first if until.year == after.year else _working_ordinals(self.country, until.year)
        before = sum(len(_working_ordinals(self.country, year)) for year in range(after.year, until.year))
        return before + bisect_right(last, until.toordinal()) - bisect_right(first, after.toordinal())


@lru_cache(maxsize=8)
def calendar_of(country: Country) -> WorkingCalendar:
    """The working calendar of a country."""
    return WorkingCalendar(country)


def add(start: date, span: Span, calendar: WorkingCalendar) -> date:
    """The local day at the end of a span that starts after `start`; `span.count` may be negative to count back.

    Months end on the same day of the month, or on its last where that day is missing: 31 January and one month is
    28 or 29 February. Nothing rolls here: a rule that moves a last day says so (`Due.roll`).

    Raises `ValueError` for hours: those are counted on instants, as a day of a clock change has 23 or 25.
    """
    match span.unit:
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(start, span.count)
        case Unit.CALENDAR_DAYS:
            return start + timedelta(days=span.count)
        case Unit.MONTHS:
            return _add_months(start, span.count)
        case Unit.HOURS:
            raise ValueError("hours are counted on instants, not on days")


def _add_months(start: date, count: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    length = month_lengths.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, length))


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def at_local(day: date, at: time, zone: str) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show `at` on `day`.

    A local time that the clocks skip moves forward by the gap (02:30 becomes 03:30); one that they show twice is the
    first. Raises `zoneinfo.ZoneInfoNotFoundError` for an unknown zone.
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=_zone(zone)).astimezone(UTC)


def reached(day: date, at: time, zone: str) -> datetime:
    """The first instant at which clocks in `zone` show `at` or a later time of `day`, in UTC.

    As `at_local`, but for a time that the clocks skip: it is reached in the minute in which they jump over it, so that
    hours which end there are not open beyond it. Raises `zoneinfo.ZoneInfoNotFoundError` for an unknown zone.
    """
    instant, wall = at_local(day, at, zone), datetime.combine(day, at.replace(fold=0))
    while (before := instant - _MINUTE).astimezone(_zone(zone)).replace(tzinfo=None) >= wall:
        instant = before
    return instant


def local_date(instant: datetime, zone: str) -> date:
    """The day on the wall calendar in `zone` at an instant. Raises `ValueError` for a datetime without a zone."""
    if instant.tzinfo is None:
        raise ValueError("a datetime without a zone is no instant")
    return instant.astimezone(_zone(zone)).date()
