"""Lost replies, cut and frozen lines: nothing is lost, nothing is recorded twice, nobody waits for ever."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import pytest

from domain.errors import Unavailable
from eventlog.log import EventLog
from tests.fix_eventlog import administrator, as_role, pings
from tests.fix_proxy import CuttableProxy, Line


@pytest.fixture
def distant_log(log_database: str, cuttable_proxy: CuttableProxy) -> Iterator[EventLog]:
    """The log behind the proxy, with short patience."""
    dsn = cuttable_proxy.dsn(as_role(log_database, "putokaz_writer"))
    with EventLog(dsn, patience=1.0, reply_timeout=0.5) as log:
        yield log


def test_a_reply_lost_after_the_commit_is_no_conflict(distant_log: EventLog, cuttable_proxy: CuttableProxy) -> None:
    """The append finds its own command on a fresh connection and answers with what was stored."""
    distant_log.append(pings("contact-1", 0))
    cuttable_proxy.line = Line.LOSE_NEXT_REPLY
    outcome = distant_log.append(pings("contact-1", 1, 2))
    assert outcome.repeated  # so the first try had committed, and the reply was lost indeed
    assert (outcome.first_version, outcome.last_version) == (2, 3)
    assert distant_log.load("contact-1").version == 3


def test_a_command_repeated_by_its_caller_after_an_outage_is_recorded_once(
    distant_log: EventLog, cuttable_proxy: CuttableProxy
) -> None:
    """Unavailable does not say whether it was recorded; the same command_id tells."""
    distant_log.head()
    decision = pings("contact-1", 0)
    cuttable_proxy.line = Line.FROZEN
    with pytest.raises(Unavailable):
        distant_log.append(decision)
    cuttable_proxy.line = Line.OPEN
    cuttable_proxy.cut()
    distant_log.append(decision)
    assert distant_log.append(decision).repeated
    assert distant_log.head() == 1


def test_a_frozen_line_ends_in_unavailable(distant_log: EventLog, cuttable_proxy: CuttableProxy) -> None:
    """A server that answers nothing sends no error either; our side keeps the time."""
    distant_log.head()
    cuttable_proxy.line = Line.FROZEN
    started = time.monotonic()
    with pytest.raises(Unavailable):
        distant_log.head()
    assert time.monotonic() - started < 5


def test_connections_that_died_idle_cost_the_next_caller_nothing(
    distant_log: EventLog, cuttable_proxy: CuttableProxy
) -> None:
    """After a restart of the server the first command succeeds."""
    distant_log.append(pings("contact-1", 0))
    cuttable_proxy.cut()
    assert not distant_log.append(pings("contact-1", 1)).repeated


def test_a_follower_hears_of_an_append(event_log: EventLog) -> None:
    """Within milliseconds, not at the next poll."""
    heard: list[float] = []
    listening = threading.Event()

    def follow() -> None:
        listening.set()
        event_log.wait(0, 10)
        heard.append(time.monotonic())

    thread = threading.Thread(target=follow)
    thread.start()
    listening.wait()
    time.sleep(0.3)
    event_log.append(pings("contact-1", 0))
    appended = time.monotonic()
    thread.join(timeout=15)
    assert heard[0] - appended < 1.0


def test_a_wait_that_hears_nothing_ends_in_time(event_log: EventLog) -> None:
    """And says where the head is."""
    event_log.append(pings("contact-1", 0))
    started = time.monotonic()
    assert event_log.wait(1, 0.3) == 1
    assert 0.25 < time.monotonic() - started < 2


def test_a_follower_survives_a_lost_connection(log_database: str, event_log: EventLog) -> None:
    """What was appended while nobody listened is found when it listens again."""
    with EventLog(as_role(log_database, "putokaz_projector"), application_name="follower") as reader:
        follower = reader.follower()
        assert follower.wait(0, 0.05) == 0
        with administrator(log_database) as root:
            ended = root.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'follower'"
            ).fetchone()
        event_log.append(pings("contact-1", 0))
        assert ended is not None
        assert ended[0] >= 1
        assert follower.wait(0, 5) == 1
        follower.close()


def append_in_vain(log: EventLog) -> None:
    """Holds a connection for as long as the lock is waited for."""
    with contextlib.suppress(Unavailable):
        log.append(pings("contact-1", 0))


def test_more_callers_than_connections_wait_their_turn(log_database: str) -> None:
    """And are told when none becomes free."""
    with EventLog(as_role(log_database, "putokaz_writer"), size=1, wait=0.2) as log:
        with administrator(log_database) as other:
            other.execute("SELECT pg_advisory_lock(1347769423, 1262571057)")
            busy = threading.Thread(target=append_in_vain, args=(log,))
            busy.start()
            time.sleep(0.1)
            with pytest.raises(Unavailable, match="no free connection"):
                log.head()
            busy.join(timeout=10)
        assert log.head() == 0
