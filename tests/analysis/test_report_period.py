"""A period as somebody writes it, and which days belong to it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from analysis.reports.errors import ReportInvalid
from analysis.reports.period import Period

_WRITTEN = [
    ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
    ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ("2026-07-01/2026-09-15", date(2026, 7, 1), date(2026, 9, 15)),
]


@pytest.mark.parametrize(("text", "first", "last"), _WRITTEN)
def test_a_period_is_read_and_written_the_same(text: str, first: date, last: date) -> None:
    period = Period.of(text)
    assert (period.first, period.last, str(period)) == (first, last, text)
    assert first in period
    assert last in period
    assert date(2020, 1, 1) not in period


@pytest.mark.parametrize(
    "text", ["", "26", "2026-13", "2026-Q5", "0000", "9999-99", "2026-09-15/2026-07-01", "spring", "1989", "9999"]
)
def test_what_is_no_period_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ReportInvalid, match="period"):
        Period.of(text)


def test_its_days_are_those_of_the_office() -> None:
    begins, after = Period.of("2026-03").instants(ZoneInfo("Europe/Belgrade"))
    assert (begins.isoformat(), after.isoformat()) == ("2026-03-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00")
