"""The log's clock: real in production, movable in demo and tests, and never running backwards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from eventlog.log import EventLog
from tests.fix_eventlog import administrator, as_role, pings

THEN = datetime(2025, 5, 23, 9, tzinfo=UTC)


@pytest.fixture
def hand(log_database: str) -> Iterator[EventLog]:
    """The log with the right to set its clock."""
    with EventLog(as_role(log_database, "putokaz_clock")) as log:
        yield log


def test_production_runs_on_real_time(event_log: EventLog) -> None:
    """Rate 1, and the time of this machine."""
    assert event_log.clock_is_real()
    assert event_log.clock_rate() == 1.0
    assert abs(event_log.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_set_clock_goes_on_from_there_at_its_rate(event_log: EventLog, hand: EventLog) -> None:
    """A demonstration lets a day pass in ten seconds."""
    hand.set_clock(THEN, 8640.0)
    first = event_log.now()
    time.sleep(0.2)
    second = event_log.now()
    assert not event_log.clock_is_real()
    assert event_log.clock_rate() == 8640.0
    assert THEN <= first < THEN + timedelta(days=1)
    assert timedelta(minutes=25) < second - first < timedelta(hours=5)
    assert THEN < event_log.append(pings("contact-1", 0)).decided_at < THEN + timedelta(days=1)


def test_the_writer_may_not_set_the_clock(event_log: EventLog) -> None:
    """Whoever moves the clock moves deadlines."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        event_log.set_clock(THEN)


def test_the_clock_is_not_set_before_the_last_event(event_log: EventLog, hand: EventLog) -> None:
    """The log would stand still until the clock has come level."""
    hand.set_clock(THEN)
    event_log.append(pings("contact-1", 0))
    with pytest.raises(psycopg.Error, match="cannot go back"):
        hand.set_clock(THEN - timedelta(days=1))
    hand.set_clock(None)
    assert event_log.clock_is_real()


def test_recorded_times_never_run_backwards(log_database: str, event_log: EventLog, hand: EventLog) -> None:
    """A server whose clock is put back records at the time of the last event, and so decides."""
    hand.set_clock(THEN, 1.0)
    first = event_log.append(pings("contact-1", 0))
    with administrator(log_database) as root:
        root.execute("UPDATE eventlog.clock SET anchor_log = anchor_log - interval '3 hours'")
    second = event_log.append(pings("contact-2", 0))
    refused_now = event_log.load("contact-1").now
    assert event_log.now() < first.decided_at
    assert second.decided_at == first.decided_at
    assert refused_now == first.decided_at


@pytest.mark.parametrize("rate", [0.0, -1.0, float("inf"), float("nan")])
def test_a_clock_that_does_not_run_forward_is_refused(hand: EventLog, rate: float) -> None:
    """Sleeps are divided by the rate."""
    with pytest.raises(psycopg.errors.CheckViolation):
        hand.set_clock(THEN, rate)
