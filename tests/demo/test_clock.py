"""The demonstration clock: speeds that people type, and a clock that only ever goes on."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from eventlog.log import EventLog
from tests.fix_eventlog import pings
from worker.demo.clock import SpeedInvalid, parse_speed, start_clock

A_DAY = timedelta(days=1)


@pytest.fixture
def log(log_database: str) -> EventLog:
    """An empty log that lets its clock be set."""
    return EventLog(log_database)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("1d=10s", 8640.0), ("1h=1s", 3600.0), ("7d=1m", 10080.0), ("1w=1m", 10080.0), (" 1D = 0.5m ", 2880.0)],
)
def test_a_speed_says_how_much_passes_in_which_real_time(text: str, rate: float) -> None:
    """In every unit, with or without spaces."""
    assert parse_speed(text) == rate


@pytest.mark.parametrize("text", ["", "fast", "1d", "1d=", "=10s", "1d=10", "1x=1s", "-1d=1s", "1d=1s=1s", "1e9d=1s"])
def test_what_is_no_speed_is_told_how_one_looks(text: str) -> None:
    """The message has an example."""
    with pytest.raises(SpeedInvalid, match="1d=10s"):
        parse_speed(text)


@pytest.mark.parametrize("text", ["0d=1s", "1d=0s", "1s=1d", "500d=1s"])
def test_a_clock_that_stands_creeps_or_flies_is_refused(text: str) -> None:
    """Zero, slower than real time, and too fast for any timer."""
    with pytest.raises(SpeedInvalid):
        parse_speed(text)


def test_a_fast_clock_goes_on_from_the_present_of_the_log(log: EventLog) -> None:
    """It was real before, so it starts at real time, and a day has passed soon after."""
    with log:
        began = start_clock(log, 86_400 * 20.0)
        assert abs(began - datetime.now(UTC)) < A_DAY / 24
        time.sleep(0.1)
        assert log.now() > began + A_DAY
        assert log.clock_rate() == 86_400 * 20.0


def test_back_at_the_usual_speed_the_clock_keeps_its_lead(log: EventLog) -> None:
    """What was reached at a high speed is never taken back behind the last event."""
    with log:
        ahead = datetime.now(UTC) + 40 * A_DAY
        log.set_clock(ahead, 8640.0)
        log.append(pings("stream-1", 0))
        assert start_clock(log) >= ahead
        assert log.clock_rate() == 1.0
        log.append(pings("stream-1", 1))


def test_a_fast_clock_that_ran_on_alone_is_taken_back_to_its_events(log: EventLog) -> None:
    """Nothing of ours ran: a night at a day in ten seconds must not cost eight years."""
    with log:
        log.append(pings("stream-1", 0))
        log.set_clock(datetime.now(UTC) + 3000 * A_DAY, 8640.0)
        assert start_clock(log, 8640.0) < datetime.now(UTC) + 2 * A_DAY


def test_a_clock_that_was_left_standing_in_the_past_comes_back_to_real_time(log: EventLog) -> None:
    """As after a seeding that was cut off and given up."""
    with log:
        log.set_clock(datetime.now(UTC) - 100 * A_DAY, 1e-9)
        start_clock(log)
        assert log.clock_is_real()
        assert abs(log.now() - datetime.now(UTC)) < A_DAY / 24
