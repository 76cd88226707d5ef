"""Terms in hours: counted on instants from the next full hour, over nights in which the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.law import count_hours

BELGRADE = "Europe/Belgrade"
ZONE = ZoneInfo(BELGRADE)


@pytest.mark.parametrize(
    ("event", "hours", "end"),
    [
        # 14:20 lies in the hour from 14 to 15, which is not counted: from 15:00 on, 48 hours.
        ("2026-06-09T14:20", 48, "2026-06-11T15:00"),
        # On the full hour: that hour is the one in which it fell.
        ("2026-06-09T14:00", 24, "2026-06-10T15:00"),
        ("2026-12-31T23:59:59", 2, "2027-01-01T02:00"),
        # Sunday 29 March 2026 has no 02:00 to 03:00: 24 hours from 21:00 end at 22:00.
        ("2026-03-28T20:20", 24, "2026-03-29T22:00"),
        # Sunday 25 October 2026 has that hour twice: 24 hours from 21:00 end at 20:00.
        ("2026-10-24T20:20", 24, "2026-10-25T20:00"),
        # In the hour before the gap: it runs from 03:00 summer time, the next hour there is.
        ("2026-03-29T01:30", 1, "2026-03-29T04:00"),
        # Over a leap day.
        ("2028-02-28T10:05", 48, "2028-03-01T11:00"),
    ],
)
def test_hours_by_hand(event: str, hours: int, end: str) -> None:
    """ZKP 224 (3), in Belgrade's local time."""
    start, wanted = (datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (event, end))
    assert count_hours(start, hours, BELGRADE) == wanted.astimezone(UTC)


def test_the_doubled_hour_counts_as_the_one_it_was() -> None:
    """02:30 on 25 October 2026: the first, in summer time, is 00:30 UTC and ends an hour sooner than the second."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZONE)
    second = first.replace(fold=1)
    assert count_hours(first, 1, BELGRADE) == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert count_hours(second, 1, BELGRADE) == datetime(2026, 10, 25, 3, 0, tzinfo=UTC)


@given(st.datetimes(*map(datetime.fromisoformat, ("2020-01-01", "2040-01-01"))), st.integers(0, 200))
def test_an_hour_is_an_hour(naive: datetime, hours: int) -> None:
    """More than the hours themselves and at most one hour more, in every season and whatever zone it came in."""
    event = naive.replace(tzinfo=UTC)
    end = count_hours(event, hours, BELGRADE)
    assert timedelta(hours=hours) < end - event <= timedelta(hours=hours + 1)
    assert (end.minute, end.second, end.microsecond) == (0, 0, 0)
    assert count_hours(event.astimezone(timezone(timedelta(hours=-9))), hours, BELGRADE) == end


def test_an_event_without_a_zone_is_refused() -> None:
    """Nobody may guess one."""
    with pytest.raises(ValueError, match="zone"):
        count_hours(datetime.fromisoformat("2026-06-09T14:20"), 24, BELGRADE)
