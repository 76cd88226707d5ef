"""A rebuild repairs a read model while everything goes on, and killed it has done nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from uuid import UUID, uuid4

import pytest

from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.state import journey_stream
from eventlog.decision import Decision
from projections.comparing import compare
from projections.folded import Folded
from projections.names import ModelName
from projections.read_model import ReadModel, Rows
from projections.rebuilding import Rebuilt, rebuild
from projections.registry import READ_MODELS
from projections.status import parked, wait
from projections.whole_log import Progress
from tests.fix_eventlog import ACTOR, administrator, as_role, pings
from tests.projections.conftest import OF_JOURNEYS, Office
from tests.projections.test_loop import running, until
from tests.projections.test_parking import broken, project, raising_from

MODELS = {model.name: model for model in READ_MODELS}
STALLED = """
import sys, time
from projections.rebuilding import rebuild
from projections.registry import READ_MODELS

def watch(progress):
    if progress.done:
        print("half way", flush=True)
        if sys.argv[3] == "filling":
            time.sleep(60)

rebuild(sys.argv[1], next(m for m in READ_MODELS if m.name == sys.argv[2]), watch=watch)
"""


def rebuilt(office: Office, *names: ModelName) -> list[Rebuilt]:
    """With the rights of a projector."""
    return [rebuild(as_role(office.dsn, "putokaz_projector"), MODELS[name]) for name in names or MODELS]


def differing(office: Office) -> set[str]:
    """The tables that differ from the log."""
    return {each.table for each in compare(as_role(office.dsn, "putokaz_reader")) if not each.is_equal}


def corrupt(office: Office) -> set[str]:
    """Damages every read model: changed, missing and invented rows. Returns the tables."""
    with administrator(office.dsn) as connection:
        connection.execute("UPDATE projections.journey_list_v1 SET code = 'PK-' || code")
        connection.execute("INSERT INTO projections.journey_file_v1 VALUES (gen_random_uuid(), 1, 1, '{}'::jsonb)")
        connection.execute("UPDATE projections.journey_file_step_v1 SET missed = 9")
        connection.execute("DELETE FROM projections.my_day_v2")
    return {"journey_list_v1", "journey_file_v1", "journey_file_step_v1", "my_day_v2"}


def done(office: Office, journey: UUID, step: str = "contact") -> int:
    """Advances a step; the stream's version after it."""
    return office.give(journey, AdvanceStep(step=step, outcome=StepOutcome.DONE)).last_version


@contextmanager
def commands(work: Callable[[], None]) -> Iterator[None]:
    """Somebody works on and on beside the block."""
    stop, faults = Event(), list[BaseException]()

    def go_on() -> None:
        try:
            while not stop.is_set():
                work()
        except BaseException as error:
            faults.append(error)

    thread = Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=20)
    assert faults == []


def test_damage_is_found_and_repaired_while_all_goes_on(office: Office) -> None:
    """A projector follows, commands are decided, a page counts: no row is ever missing, and all are right after."""
    for _ in range(40):
        office.open()
    with running(office.projector(page=20)):
        assert wait(office.reader, tuple(ModelName), office.log.head(), 10.0)
        counts: list[int] = []

        def look() -> None:
            with administrator(office.dsn) as connection:
                counts.extend(connection.execute("SELECT count(*) FROM projections.journey_list_v1").fetchone() or ())

        def work() -> None:
            done(office, office.open())

        with commands(work), commands(look):
            damaged = corrupt(office)
            assert damaged <= differing(office)
            results = rebuilt(office)
            assert differing(office) == set()
        assert wait(office.reader, tuple(ModelName), office.log.head(), 10.0)
    assert sum(result.put for result in results) > 0
    assert min(counts) >= 40
    assert counts == sorted(counts)
    assert differing(office) == set()
    live = office.tables()
    assert office.rebuilt() == live


def test_only_what_differs_is_written(office: Office) -> None:
    """One row was wrong, one row is written; in a sound model none."""
    journeys = [office.open() for _ in range(5)]
    head = office.project()
    with administrator(office.dsn) as connection:
        connection.execute("UPDATE projections.journey_list_v1 SET version = 9 WHERE journey = %s", (journeys[0],))
    first, again = rebuilt(office, ModelName.JOURNEY_LIST, ModelName.JOURNEY_LIST)
    assert (first.position, first.removed, first.put) == (head, 1, 1)
    assert (again.position, again.removed, again.put) == (head, 0, 0)


def test_models_that_never_began_are_filled_to_the_head(office: Office) -> None:
    """Position and rows come together; who waits hears of it, and a projector goes on from there."""
    journey = office.open()
    done(office, journey)
    head = office.log.head()
    assert {result.position for result in rebuilt(office)} == {head}
    assert wait(office.reader, tuple(ModelName), head, 0.5)
    assert differing(office) == set()
    done(office, journey, "plan")
    office.project()
    live = office.tables()
    assert office.rebuilt() == live


def test_projector_that_remembers_goes_on_after_a_rebuild(office: Office) -> None:
    """Its memory and the tables agree still, whether its position was moved or not."""
    journeys = [office.open() for _ in range(6)]
    projector = office.projector()
    projector.catch_up()
    with running(projector):
        corrupt(office)
        rebuilt(office)
        for journey in journeys:
            done(office, journey)
        assert wait(office.reader, tuple(ModelName), office.log.head(), 10.0)
        assert differing(office) == set()


def test_parked_streams_are_followed_again_or_stay_parked(office: Office) -> None:
    """What this release can follow is shown again; what it cannot keeps its place and its time."""
    sick, unreadable = office.open(), office.open()
    before = office.journey(sick).version
    done(office, sick)
    office.log.append(pings(journey_stream(unreadable), office.journey(unreadable).version))
    event = office.log.load(journey_stream(sick)).history[0].event
    office.log.append(Decision("journey-of-nobody", 0, uuid4(), ACTOR, (event,)))
    project(office, broken(raising_from(before + 1, sick), ModelName.JOURNEY_LIST))
    entries = {(entry.model, entry.stream): entry for entry in parked(office.reader)}
    del entries["journey_list_v1", journey_stream(sick)]
    assert {result.parked for result in rebuilt(office, *(model.name for model in OF_JOURNEYS))} == {2}
    assert {(entry.model, entry.stream): entry for entry in parked(office.reader)} == entries
    assert differing(office) == set()


def test_row_that_the_database_refuses_parks_its_stream(office: Office) -> None:
    """Found among all rows of the shadow, before anything live is touched."""
    journeys = [office.open() for _ in range(5)]
    office.project()

    def handle(rows: Callable[[Folded], Rows], folded: Folded) -> Rows:
        return {key: {**row, "phase": None} if folded.id == journeys[2] else row for key, row in rows(folded).items()}

    model: ReadModel = broken(handle, ModelName.JOURNEY_LIST)[0]
    result = rebuild(as_role(office.dsn, "putokaz_projector"), model)
    assert (result.removed, result.put, result.parked) == (1, 0, 1)
    (entry,) = parked(office.reader)
    assert (entry.stream, entry.error) == (journey_stream(journeys[2]), "SQLSTATE 23502")
    (mended,) = rebuilt(office, ModelName.JOURNEY_LIST)
    assert (mended.put, mended.parked, parked(office.reader)) == (1, 0, ())


@pytest.mark.parametrize("moment", ["filling", "swapping"])
def test_killed_in_the_middle_it_has_done_nothing(office: Office, moment: str) -> None:
    """kill -9 while the shadow is filled, or when one of two tables is swapped already: all live rows are as before."""
    for _ in range(10):
        office.open()
    office.project()
    corrupt(office)
    before = office.tables()
    arguments = (as_role(office.dsn, "putokaz_projector"), ModelName.JOURNEY_FILE.value, moment)
    with administrator(office.dsn) as blocker, blocker.transaction():
        blocker.execute("LOCK TABLE projections.journey_file_step_v1 IN SHARE ROW EXCLUSIVE MODE")
        with subprocess.Popen(
            [sys.executable, "-c", STALLED, *arguments], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "half way\n"
            if moment == "swapping":
                until(lambda: _sessions(office, "wait_event_type = 'Lock' AND query LIKE '%DELETE FROM%'") == 1)
            process.kill()
            assert process.wait(timeout=10) == -signal.SIGKILL
    until(lambda: _sessions(office, "true") == 0)
    assert office.tables() == before
    with administrator(office.dsn) as connection:
        left = connection.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'shadow%'").fetchone()
    assert left == (0,)
    rebuilt(office)
    assert differing(office) == set()


def _sessions(office: Office, condition: str) -> int:
    statement = f"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND ({condition})"
    with administrator(office.dsn) as connection:
        found = connection.execute(f"{statement} AND application_name = 'putokaz-rebuild'").fetchone()
    assert found is not None
    return int(found[0])


def test_progress_is_told_while_the_shadow_is_filled(office: Office) -> None:
    """Events of journeys, to the last one."""
    office.open()
    seen: list[Progress] = []
    rebuild(as_role(office.dsn, "putokaz_projector"), MODELS[ModelName.MY_DAY], watch=seen.append)
    assert seen[0].done == 0
    assert seen[-1].done == seen[-1].total == office.log.head()
