"""The projector against a real database: it survives, it doubles nothing, and it is quick."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import psycopg
import pytest

from domain.codes import StepOutcome
from domain.errors import Unavailable
from domain.journey.advancing import AdvanceStep
from projections.connecting import connect
from projections.folds import Folds
from projections.journey_file.queries import file
from projections.loop import Projector
from projections.names import ModelName
from projections.page import apply_page
from projections.reader import Reader
from projections.reading import PositionMoved
from projections.registry import READ_MODELS
from projections.status import Level, status, wait
from projections.versions import VERSIONS
from tests.fix_eventlog import administrator, as_role, pings
from tests.fix_proxy import CuttableProxy, Line
from tests.projections.conftest import Office

ALL = tuple(ModelName)
KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND {}"


@contextmanager
def running(*projectors: Projector) -> Iterator[None]:
    """Each in a thread of its own, ended at the end."""
    stop = Event()
    threads = [Thread(target=projector.run, args=(stop,)) for projector in projectors]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=10)
        assert not any(thread.is_alive() for thread in threads)


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Waits for a condition, and fails without it."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def kill(office: Office, what: str) -> int:
    """Ends every connection of a kind; returns how many there were."""
    with administrator(office.dsn) as connection:
        return len(connection.execute(KILL.format(what)).fetchall())


def test_author_reads_own_write_within_milliseconds(office: Office) -> None:
    """From the commit of a command to `wait` returning: less than 5 ms, where the machine is not busy with others."""
    took = []
    with running(office.projector()):
        journey = office.open()
        assert wait(office.reader, ALL, office.log.head(), 5.0)
        for number in range(50):
            outcome = office.log.append(pings(f"message-{number}", 0))
            started = time.perf_counter()
            assert wait(office.reader, ALL, outcome.position, 5.0)
            took.append(time.perf_counter() - started)
        outcome = office.give(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
        assert wait(office.reader, ALL, outcome.position, 5.0)
        shown = file(office.reader, journey)
    assert shown is not None
    assert shown.version == outcome.last_version
    assert statistics.quantiles(took, n=4)[0] < 0.02, "five on a quick machine"


def test_wait_gives_up_after_its_time(office: Office) -> None:
    """Without a projector nothing advances; the answer is no, and in time."""
    outcome = office.log.append(pings("message-1", 0))
    started = time.monotonic()
    assert not wait(office.reader, ALL, outcome.position, 0.3)
    assert 0.25 < time.monotonic() - started < 2


def test_wait_and_queries_say_unavailable_when_the_database_is_away(
    office: Office, cuttable_proxy: CuttableProxy
) -> None:
    """A page gets one kind of error, in bounded time, and works again once the database is back."""
    with Reader(cuttable_proxy.dsn(as_role(office.dsn, "putokaz_reader")), patience=0.3) as reader:
        office.project()
        assert wait(reader, ALL, 0, 2.0)
        cuttable_proxy.line = Line.FROZEN
        cuttable_proxy.cut()
        with pytest.raises(Unavailable):
            status(reader)
        with pytest.raises(Unavailable):
            wait(reader, ALL, office.log.head() + 1, 0.5)
        cuttable_proxy.line = Line.OPEN
        cuttable_proxy.cut()
        until(lambda: bool(status(reader)))
        assert wait(reader, ALL, office.log.head(), 10.0)


def test_killed_connections_lose_and_double_nothing(office: Office) -> None:
    """Terminated again and again in the middle of its pages, it ends level and equal to a rebuild."""
    journeys = [office.open() for _ in range(40)]
    projector = office.projector(page=3)
    with running(projector):
        for round_number in range(12):
            kill(office, "application_name LIKE 'putokaz-projections%'")
            for journey in journeys[round_number::12]:
                office.give(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
            time.sleep(0.03)
        assert wait(office.reader, ALL, office.log.head(), 20.0)
    live = office.tables()
    assert projector.fault is None
    assert len(live["journey_list_v1"]) == len(journeys)
    assert office.rebuilt() == live


def test_killed_while_a_page_waits_for_its_lock(office: Office) -> None:
    """A page that had been read but not committed is applied again, once."""
    office.open()
    office.project()
    with administrator(office.dsn) as blocker, running(office.projector()), blocker.transaction():
        blocker.execute("LOCK TABLE projections.stalled_board_v3, projections.my_day_v2 IN ACCESS EXCLUSIVE MODE")
        journey = office.open()
        until(lambda: _blocked(office) > 0)
        assert kill(office, "wait_event_type = 'Lock' AND query NOT LIKE '%pg_stat_activity%'") == 1
        until(lambda: _blocked(office) > 0)
    office.project()
    shown = file(office.reader, journey)
    assert shown is not None
    live = office.tables()
    assert office.rebuilt() == live


def _blocked(office: Office) -> int:
    with administrator(office.dsn) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()
    assert found is not None
    return int(found[0])


def test_of_two_projectors_one_idles_and_takes_over(office: Office) -> None:
    """The second does nothing while the first lives, and goes on where it ended."""
    first, second = office.projector(page=2), office.projector(page=2)
    stop = Event()
    thread = Thread(target=first.run, args=(stop,))
    thread.start()
    journey = office.open()
    assert wait(office.reader, ALL, office.log.head(), 10.0)
    with running(second):
        until(second.level)
        leases = "SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND classid <> 0"
        with administrator(office.dsn) as connection:
            held = connection.execute(leases).fetchone()
        assert held == (1,)
        stop.set()
        thread.join(timeout=10)
        outcome = office.give(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
        assert wait(office.reader, ALL, outcome.position, 10.0)
    live = office.tables()
    assert office.rebuilt() == live


def test_lock_on_the_position_alone_keeps_pages_from_doubling(office: Office) -> None:
    """Three that know of no lease apply pages side by side: each page counts once."""
    journeys = [office.open() for _ in range(30)]
    for journey in journeys:
        office.give(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    office.project(page=1_000)
    with administrator(office.dsn) as connection:
        connection.execute('UPDATE projections.positions SET "position" = 0')
    head = office.log.head()
    applied: list[int] = []
    threads = [Thread(target=_apply_all, args=(office, head, size, applied)) for size in (2, 3, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sum(applied) == head
    live = office.tables()
    assert office.rebuilt() == live


def _apply_all(office: Office, head: int, size: int, applied: list[int]) -> None:
    position, folds = 0, Folds(100)
    with connect(as_role(office.dsn, "putokaz_projector")) as connection:
        while position < head:
            try:
                reached = apply_page(connection, READ_MODELS, folds, position, position + size)
            except PositionMoved:
                tracked = connection.execute('SELECT min("position") FROM projections.positions').fetchone()
                assert tracked is not None
                position = tracked[0]
            else:
                applied.append(reached - position)
                position = reached


def test_starts_before_the_database_and_outlives_it(office: Office, cuttable_proxy: CuttableProxy) -> None:
    """While nothing can be reached it pauses and says why; then it works, without anybody's help."""
    cuttable_proxy.line = Line.FROZEN
    projector = Projector(cuttable_proxy.dsn(as_role(office.dsn, "putokaz_projector")))
    office.open()
    with running(projector):
        until(lambda: projector.fault is not None)
        assert not projector.level()
        cuttable_proxy.line = Line.OPEN
        cuttable_proxy.cut()
        until(projector.level, 20)
        assert projector.fault is None
        cuttable_proxy.cut()
        outcome = office.log.append(pings("message-1", 0))
        assert wait(office.reader, ALL, outcome.position, 20.0)


def test_status_tells_how_far_behind_each_one_is(office: Office) -> None:
    """Position, head, lag in events and in seconds of the log's clock; level is remembered from the first question."""
    office.open()
    office.project()
    level = Level(office.reader)
    assert level.reached()
    first = office.log.append(pings("message-1", 0, count=3))
    fresh = Level(office.reader)
    assert level.reached()
    assert not fresh.reached()
    for each in status(office.reader):
        assert (each.version, each.head) == (VERSIONS[each.name], first.position)
        assert (each.lag_events, each.parked) == (3, 0)
        assert each.position == first.position - 3
        assert each.lag_seconds > 0
    office.project()
    assert fresh.reached()
    assert {each.name for each in status(office.reader)} == set(ModelName)
    assert all((each.lag_events, each.lag_seconds) == (0, 0.0) for each in status(office.reader))


def test_model_that_is_behind_joins_the_others_without_stopping_them(office: Office) -> None:
    """A read model that begins anew catches up beside the live ones, and then shares their work."""
    journeys = [office.open() for _ in range(20)]
    office.project()
    with administrator(office.dsn) as connection:
        connection.execute("DELETE FROM projections.positions WHERE model = 'my_day_v2'")
        connection.execute("TRUNCATE projections.my_day_v2")
    for journey in journeys[:10]:
        office.give(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    office.project(page=4)
    live = office.tables()
    assert office.rebuilt() == live


def test_reader_may_read_and_not_write(office: Office) -> None:
    """The role of the pages has no right to change a read model."""
    with psycopg.connect(as_role(office.dsn, "putokaz_reader"), autocommit=True) as connection:
        for table in ("journey_list_v1", "positions", "parked"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"DELETE FROM projections.{table}")


def test_projector_remembers_no_more_journeys_than_it_may(office: Office) -> None:
    """With room for two of thirty journeys the result is the same."""
    journeys = [office.open() for _ in range(30)]
    for journey in journeys:
        office.give(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    office.projector(page=5, journeys=2).catch_up()
    small = office.tables()
    assert office.rebuilt(page=1000) == small
