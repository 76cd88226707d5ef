"""The calendar against days worked out by hand, the list it rests on, and every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
import pytest
from holidays.version import __version__ as holidays_release
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import add, at_local, calendar_of, local_date, reached
from domain.pathway.model import Country, Span, Unit

CAL = calendar_of(Country.SERBIA)
BELGRADE = "Europe/Belgrade"
DAYS = st.dates(date(2007, 1, 1), date(2049, 12, 31))


def last_day_of(start: date, days: int) -> date:
    """A statutory term in calendar days whose last day rolls (ZKP 224)."""
    return CAL.next_working_day(add(start, Span(count=days, unit=Unit.CALENDAR_DAYS), CAL))


@pytest.mark.parametrize(
    ("served", "days", "last"),
    [
        (date(2027, 4, 16), 15, date(2027, 5, 5)),  # Saturday 1 May, Easter, Easter Monday, substitute of 2 May
        (date(2026, 2, 1), 15, date(2026, 2, 18)),  # Monday 16 February, then the substitute of Sunday the 15th
        (date(2025, 12, 17), 15, date(2026, 1, 5)),  # 1 and 2 January, then a weekend
        (date(2026, 3, 26), 15, date(2026, 4, 14)),  # Good Friday 10 April to Easter Monday
        (date(2026, 9, 1), 15, date(2026, 9, 16)),  # an ordinary Wednesday stays
        (date(2026, 10, 27), 15, date(2026, 11, 12)),  # Armistice Day, a Wednesday
        (date(2026, 7, 20), 15, date(2026, 8, 4)),  # a court's summer recess moves no deadline
    ],
)
def test_the_last_day_of_a_term_rolls_over_every_free_day(served: date, days: int, last: date) -> None:
    """Terms worked out by hand on a wall calendar."""
    assert last_day_of(served, days) == last


@pytest.mark.parametrize(
    "free",
    [
        *(date(2026, 4, d) for d in (10, 11, 12, 13)),
        *(date(2027, 4, 30) + timedelta(days=d) for d in range(4)),
        date(2027, 5, 4),
        date(2026, 1, 7),
        date(2026, 2, 16),
        date(2026, 2, 17),
        date(2026, 11, 11),
        date(2026, 5, 2),
    ],
)
def test_a_holiday_is_no_working_day(free: date) -> None:
    """Orthodox Easter of 2026 and 2027, substitute days and fixed holidays."""
    assert not CAL.is_working_day(free)


@pytest.mark.parametrize("day", [date(2026, 4, 9), date(2026, 4, 14), date(2027, 5, 5), date(2026, 12, 25)])
def test_the_days_beside_a_holiday_are_worked(day: date) -> None:
    """Western Christmas and the days around Orthodox Easter are ordinary days in Serbia."""
    assert CAL.is_working_day(day)


def test_every_day_from_2007_to_2049_agrees_with_the_list_it_rests_on() -> None:
    """No weekday is lost or added by the per-year tables."""
    free = holidays.country_holidays("RS", years=range(2007, 2050))
    day = date(2007, 1, 1)
    while day < date(2050, 1, 1):
        assert CAL.is_working_day(day) is (day.weekday() < 5 and day not in free), day
        day += timedelta(days=1)


@given(DAYS, st.integers(-400, 1200))
def test_between_counts_what_a_person_would_tick_off(after: date, length: int) -> None:
    """Days after the first up to and including the last, one by one."""
    until = after + timedelta(days=length)
    ticked = sum(CAL.is_working_day(after + timedelta(days=d)) for d in range(1, length + 1))
    assert CAL.working_days_between(after, until) == ticked


@given(DAYS, st.integers(1, 700))
def test_adding_working_days_lands_on_the_day_that_closes_the_count(start: date, count: int) -> None:
    """`add_working_days` and `working_days_between` are two sides of one count."""
    end = CAL.add_working_days(start, count)
    assert CAL.is_working_day(end)
    assert CAL.working_days_between(start, end) == count


@given(DAYS, st.integers(1, 700))
def test_counting_back_mirrors_counting_forward(start: date, count: int) -> None:
    """So many working days back, with as many worked days from there up to the day before the start."""
    begin = CAL.add_working_days(start, -count)
    assert CAL.is_working_day(begin)
    assert CAL.working_days_between(begin - timedelta(days=1), start - timedelta(days=1)) == count


@given(DAYS)
def test_the_next_working_day_is_the_nearest(day: date) -> None:
    """A working day is its own; else no worked day lies between."""
    found = CAL.next_working_day(day)
    assert CAL.is_working_day(found)
    assert found == day if CAL.is_working_day(day) else CAL.working_days_between(day, found) == 1


def test_no_working_days_is_the_day_itself() -> None:
    """A span of nothing moves nothing, not even from a Saturday."""
    assert CAL.add_working_days(date(2026, 5, 2), 0) == date(2026, 5, 2)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 15), 0, date(2026, 12, 15)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last(start: date, months: int, end: date) -> None:
    """Month ends are clamped, the 29th of February among them."""
    backwards = Span.model_construct(count=months, unit=Unit.MONTHS)
    assert add(start, backwards, CAL) == end


def test_calendar_days_do_not_roll_by_themselves() -> None:
    """Ninety days of residence end on the ninetieth day, Sunday or not."""
    assert add(date(2026, 3, 2), Span(count=90, unit=Unit.CALENDAR_DAYS), CAL) == date(2026, 5, 31)


def test_hours_are_no_days() -> None:
    """A span in hours belongs on instants; asking for a day of it is a mistake of ours."""
    with pytest.raises(ValueError, match="instants"):
        add(date(2026, 3, 2), Span(count=48, unit=Unit.HOURS), CAL)


def last_sunday(year: int, month: int) -> date:
    """The rule of the European clock changes, without a time-zone database."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_local_time_that_the_clocks_skip_moves_forward(year: int) -> None:
    """In March 02:30 does not exist in Belgrade: it is 03:30 summer time, 01:30 UTC."""
    day = last_sunday(year, 3)
    assert at_local(day, time(1, 59), BELGRADE) == datetime(year, 3, day.day, 0, 59, tzinfo=UTC)
    assert at_local(day, time(2, 30), BELGRADE) == datetime(year, 3, day.day, 1, 30, tzinfo=UTC)
    assert at_local(day, time(3, 0), BELGRADE) == datetime(year, 3, day.day, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_time_that_the_clocks_skip_is_reached_as_they_jump(year: int) -> None:
    """At 02:00 winter time, 01:00 UTC, whatever of the hour it is; any other time when clocks show it."""
    day = last_sunday(year, 3)
    for minute in (0, 1, 30, 59):
        assert reached(day, time(2, minute), BELGRADE) == datetime(year, 3, day.day, 1, 0, tzinfo=UTC)
    for at in (time(1, 59), time(3, 0), time(3, 30), time(0)):
        assert reached(day, at, BELGRADE) == at_local(day, at, BELGRADE)
    autumn = last_sunday(year, 10)
    assert reached(autumn, time(2, 30), BELGRADE) == at_local(autumn, time(2, 30), BELGRADE)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_local_time_that_the_clocks_show_twice_is_the_first(year: int) -> None:
    """In October 02:30 comes twice: the first is still summer time, 00:30 UTC."""
    day = last_sunday(year, 10)
    assert at_local(day, time(2, 30), BELGRADE) == datetime(year, 10, day.day, 0, 30, tzinfo=UTC)
    assert at_local(day, time(2, 30, fold=1), BELGRADE) == datetime(year, 10, day.day, 0, 30, tzinfo=UTC)
    assert at_local(day, time(3, 0), BELGRADE) == datetime(year, 10, day.day, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("year", range(2020, 2041))
@pytest.mark.parametrize(("month", "hours"), [(3, 23), (10, 25)])
def test_the_day_before_is_a_day_of_the_wall_calendar(year: int, month: int, hours: int) -> None:
    """At the same local hour, over a change of the clocks: 23 or 25 hours, and still one local day."""
    hearing = last_sunday(year, month)
    before = add(hearing, Span.model_construct(count=-1, unit=Unit.CALENDAR_DAYS), CAL)
    gap = at_local(hearing, time(9), BELGRADE) - at_local(before, time(9), BELGRADE)
    assert gap == timedelta(hours=hours)


def test_every_instant_is_in_utc() -> None:
    """What is stored carries no local offset that a reader could mistake."""
    assert at_local(date(2026, 7, 1), time(8), BELGRADE).tzinfo is UTC


@given(DAYS, st.times())
def test_a_local_day_comes_back_from_its_instant(day: date, at: time) -> None:
    """No local time, not even one near midnight, changes its day on the way through UTC."""
    assert local_date(at_local(day, at, BELGRADE), BELGRADE) == day


def test_the_local_day_of_an_instant_depends_on_the_zone() -> None:
    """23:30 UTC is already tomorrow in Belgrade."""
    instant = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert local_date(instant, BELGRADE) == date(2026, 7, 1)
    assert local_date(instant.astimezone(timezone(timedelta(hours=-9))), "Europe/London") == date(2026, 7, 1)
    assert local_date(instant, "America/New_York") == date(2026, 6, 30)


def test_a_time_without_a_zone_is_refused() -> None:
    """Nobody may guess a zone."""
    with pytest.raises(ValueError, match="zone"):
        local_date(datetime.fromisoformat("2026-06-30"), BELGRADE)
    with pytest.raises(ZoneInfoNotFoundError):
        at_local(date(2026, 6, 30), time(8), "Europe/Beograd")


def test_the_version_names_country_and_release() -> None:
    """A deadline says by which list it was counted."""
    assert CAL.version == f"rs-{holidays_release}"


def test_the_clock_changes_of_the_hand_rule_are_those_of_the_time_zone_database() -> None:
    """The rule used in these tests is the one that the installed database holds."""
    zone = ZoneInfo(BELGRADE)
    for year in range(2020, 2041):
        for month, before, after in ((3, 1, 2), (10, 2, 1)):
            day = last_sunday(year, month)
            offsets = [datetime(day.year, day.month, day.day, h, tzinfo=zone).utcoffset() for h in (0, 12)]
            assert offsets == [timedelta(hours=before), timedelta(hours=after)]
