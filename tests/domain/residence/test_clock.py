"""The days of a permit, worked by hand: the last day, the mornings before it, the alarm after it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.codes import RungEffect
from domain.journey.residence.clock import alarm_again, last_day, permit_deadline
from domain.pathway.residence import PermitKind
from tests.pathway_examples import small_pathway
from tests.pathway_standing import residence

PATHWAY, RULES = small_pathway(), residence()


def kind(key: str) -> PermitKind:
    """Of the small pathway."""
    found = RULES.find_kind(key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("key", "valid_from", "until"),
    [
        # Ninety days, the first of them counted: 2 March is day 1; March gives 30, April 30, so 30 May is day 90.
        ("short", date(2026, 3, 2), date(2026, 5, 30)),
        # Over the end of a year: 31 in December, 31 in January, 28 in February.
        ("short", date(2026, 12, 1), date(2027, 2, 28)),
        # The same in a leap year ends on its 29 February.
        ("short", date(2027, 12, 2), date(2028, 2, 29)),
        # A year ends on the day before its anniversary.
        ("long", date(2026, 3, 2), date(2027, 3, 1)),
        ("long", date(2027, 1, 1), date(2027, 12, 31)),
        # From 1 March: the day before the next one is 29 February where there is one, else the 28th.
        ("long", date(2027, 3, 1), date(2028, 2, 29)),
        ("long", date(2028, 3, 1), date(2029, 2, 28)),
        # From 29 February: the next year has none. Of two readings (27 and 28 February) the earlier.
        ("long", date(2028, 2, 29), date(2029, 2, 27)),
    ],
)
def test_the_last_day_follows_from_the_first(key: str, valid_from: date, until: date) -> None:
    """Where the paper names none."""
    assert last_day(kind(key), valid_from, PATHWAY) == until


def _ladder(until: date, now: datetime) -> list[tuple[str, datetime]]:
    deadline = permit_deadline(kind("short"), RULES, PATHWAY, valid_until=until, now=now)
    assert (deadline.due_on, deadline.article, deadline.zone) == (until, "ZS 62", "Europe/Belgrade")
    return [(r.rung, r.at) for r in deadline.rungs]


def test_the_whole_ladder() -> None:
    """Eight in the morning on the wall thirty, fourteen, seven and three days before; the end in the last minute."""
    assert _ladder(date(2026, 7, 31), datetime(2026, 5, 1, 9, tzinfo=UTC)) == [
        ("before-30-calendar-days", datetime(2026, 7, 1, 6, tzinfo=UTC)),
        ("before-14-calendar-days", datetime(2026, 7, 17, 6, tzinfo=UTC)),
        ("before-7-calendar-days", datetime(2026, 7, 24, 6, tzinfo=UTC)),
        ("before-3-calendar-days", datetime(2026, 7, 28, 6, tzinfo=UTC)),
        ("due", datetime(2026, 7, 31, 21, 59, tzinfo=UTC)),
        ("alarm", datetime(2026, 7, 31, 21, 59, tzinfo=UTC)),
    ]


def test_over_the_night_when_clocks_go_forward() -> None:
    """29 March 2026: eight o'clock is 7 UTC before it and 6 UTC after it; the last minute of the short day is 21:59."""
    ladder = dict(_ladder(date(2026, 3, 29), datetime(2026, 2, 1, 9, tzinfo=UTC)))
    assert ladder["before-3-calendar-days"] == datetime(2026, 3, 26, 7, tzinfo=UTC)
    assert ladder["due"] == datetime(2026, 3, 29, 21, 59, tzinfo=UTC)
    after = dict(_ladder(date(2026, 4, 1), datetime(2026, 2, 1, 9, tzinfo=UTC)))
    assert after["before-3-calendar-days"] == datetime(2026, 3, 29, 6, tzinfo=UTC)


def test_over_the_night_when_clocks_go_back() -> None:
    """25 October 2026 has 25 hours: its last minute is 22:59 UTC."""
    ladder = dict(_ladder(date(2026, 10, 25), datetime(2026, 9, 1, 9, tzinfo=UTC)))
    assert ladder["before-3-calendar-days"] == datetime(2026, 10, 22, 6, tzinfo=UTC)
    assert ladder["due"] == datetime(2026, 10, 25, 22, 59, tzinfo=UTC)


def test_over_29_february_and_the_end_of_the_year() -> None:
    """Days are counted on the calendar."""
    leap = dict(_ladder(date(2028, 3, 1), datetime(2028, 1, 1, 9, tzinfo=UTC)))
    assert leap["before-3-calendar-days"] == datetime(2028, 2, 27, 7, tzinfo=UTC)
    assert leap["before-30-calendar-days"] == datetime(2028, 1, 31, 7, tzinfo=UTC)
    new_year = dict(_ladder(date(2027, 1, 2), datetime(2026, 11, 1, 9, tzinfo=UTC)))
    assert new_year["before-7-calendar-days"] == datetime(2026, 12, 26, 7, tzinfo=UTC)


def test_a_reminder_whose_moment_has_passed_was_never_owed() -> None:
    """Entered nine days before the end: seven and three remain. The end stays, also where it has passed."""
    assert [r for r, _ in _ladder(date(2026, 3, 11), datetime(2026, 3, 2, 9, tzinfo=UTC))] == [
        "before-7-calendar-days",
        "before-3-calendar-days",
        "due",
        "alarm",
    ]
    assert [r for r, _ in _ladder(date(2026, 3, 1), datetime(2026, 3, 2, 9, tzinfo=UTC))] == ["due", "alarm"]


@pytest.mark.parametrize(
    ("now", "following"),
    [
        # Ended on Saturday 30 May: the next working morning is Monday.
        (datetime(2026, 5, 30, 21, 59, tzinfo=UTC), datetime(2026, 6, 1, 6, tzinfo=UTC)),
        (datetime(2026, 6, 1, 6, tzinfo=UTC), datetime(2026, 6, 2, 6, tzinfo=UTC)),
        # Good Friday to Easter Monday 2027 and Labour Day: from Thursday 29 April to Wednesday 5 May.
        (datetime(2027, 4, 29, 21, 59, tzinfo=UTC), datetime(2027, 5, 5, 6, tzinfo=UTC)),
        # New Year: 1 and 2 January are holidays, the 3rd is a Sunday, so Monday 4 January 2027.
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), datetime(2027, 1, 4, 7, tzinfo=UTC)),
    ],
)
def test_the_alarm_comes_again_on_the_next_working_morning(now: datetime, following: datetime) -> None:
    """Always later than now: firing at one instant ends."""
    deadline = permit_deadline(kind("short"), RULES, PATHWAY, valid_until=date(2026, 5, 30), now=now)
    (rung,) = alarm_again(deadline, RULES, PATHWAY, now=now).rungs
    assert (rung.at, rung.effect) == (following, RungEffect.ESCALATE)
