"""The list of holidays against the Orthodox computus and the law on holidays, worked out without it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.domain.law.wall import ONE, SERBIA, day, free_days, is_free, orthodox_easter


@pytest.mark.parametrize(
    "easter",
    [
        "Sun 24 Apr 2011",  # the same Sunday as in the West
        "Sun 5 May 2013",
        "Sun 1 May 2016",  # on Labour Day
        "Sun 28 Apr 2019",
        "Sun 19 Apr 2020",
        "Sun 2 May 2021",  # on the second day of Labour Day
        "Sun 24 Apr 2022",
        "Sun 16 Apr 2023",
        "Sun 5 May 2024",
        "Sun 20 Apr 2025",
        "Sun 12 Apr 2026",
        "Sun 2 May 2027",
        "Sun 16 Apr 2028",
        "Sun 8 Apr 2029",
        "Sun 28 Apr 2030",
    ],
)
def test_orthodox_easter_of_published_years(easter: str) -> None:
    """The computus of these tests gives the Sundays that the Church's calendar prints."""
    assert orthodox_easter(day(easter).year) == day(easter)


@pytest.mark.parametrize("year", range(2012, 2050))
def test_easter_is_free_from_friday_to_monday_and_no_longer(year: int) -> None:
    """Never moved, whatever falls on it; the Tuesday is worked unless it stands for a state holiday."""
    easter = orthodox_easter(year)
    assert all(SERBIA.is_holiday(easter + timedelta(days=d)) for d in (-2, -1, 0, 1))
    tuesday = easter + timedelta(days=2)
    assert SERBIA.is_holiday(tuesday) == (tuesday in free_days(year))


@pytest.mark.parametrize("year", range(2012, 2050))
def test_every_day_agrees_with_the_law_on_holidays(year: int) -> None:
    """Two independent ways to the same working days, substitutes among them."""
    on = date(year, 1, 1)
    while on.year == year:
        assert SERBIA.is_working_day(on) is not is_free(on), on
        assert SERBIA.is_holiday(on) is (on in free_days(year)), on
        on += ONE
