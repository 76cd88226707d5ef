"""A period of the calendar that a report is of: a year, a quarter, a month, or from one day to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from analysis.reports.errors import PeriodInvalid

_YEAR = re.compile(r"(\d{4})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_FIRST, _LAST = 1990, 2199  # what lies beyond is a slip
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to the last one, both of them in it, as days of the office's calendar."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not _FIRST <= self.first.year <= self.last.year <= _LAST:
            raise PeriodInvalid(f"a period lies between {_FIRST} and {_LAST}")

    @classmethod
    def of(cls, text: str) -> Self:
        """`2026`, `2026-Q3`, `2026-07` or `2026-07-01/2026-09-15`. Raises `PeriodInvalid` for anything else."""
        try:
            if found := _YEAR.fullmatch(text):
                return cls._months(int(found[1]), 1, 12)
            if found := _QUARTER.fullmatch(text):
                return cls._months(int(found[1]), 3 * int(found[2]) - 2, 3)
            if found := _MONTH.fullmatch(text):
                return cls._months(int(found[1]), int(found[2]), 1)
            if found := _DAYS.fullmatch(text):
                first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
                if first <= last:
                    return cls(first, last)
        except ValueError as error:
            raise _no_period(text) from error
        raise _no_period(text)

    @classmethod
    def _months(cls, year: int, first: int, count: int) -> Self:
        begins, after = date(year, first, 1), first + count
        ends = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1)
        return cls(begins, ends - timedelta(days=1))

    def __str__(self) -> str:
        """The shortest way to write it, which `of` reads."""
        ways = (f"{self.first:%Y}", f"{self.first:%Y}-Q{(self.first.month + 2) // 3}", f"{self.first:%Y-%m}")
        return next((way for way in ways if Period.of(way) == self), f"{self.first}/{self.last}")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its beginning, and the beginning of what is after it."""
        after = self.last + timedelta(days=1)
        return datetime.combine(self.first, time.min, zone), datetime.combine(after, time.min, zone)


def _no_period(text: str) -> PeriodInvalid:
    return PeriodInvalid(f"no period: {text!r:.40} (2026, 2026-Q3, 2026-07, or 2026-07-01/2026-09-15)")
