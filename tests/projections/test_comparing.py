"""Comparing finds what differs from the log, names it, and disturbs nobody."""

from __future__ import annotations

from threading import Event, Thread
from uuid import UUID, uuid4

import pytest

from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from eventlog.decision import Decision
from projections.comparing import TableComparison, compare
from projections.names import ModelName
from projections.registry import READ_MODELS
from projections.whole_log import Progress
from tests.fix_eventlog import ACTOR, administrator, as_role, pings
from tests.projections.conftest import OF_JOURNEYS, TABLES, Office
from tests.projections.test_parking import broken, project, raising_from


def done(office: Office, journey: UUID, step: str = "contact") -> None:
    """Advances a step."""
    office.give(journey, AdvanceStep(step=step, outcome=StepOutcome.DONE))


def compared(office: Office, first: int = 20) -> dict[str, TableComparison]:
    """By table, with the rights of a reader."""
    return {each.table: each for each in compare(as_role(office.dsn, "putokaz_reader"), first=first)}


def unequal(office: Office) -> dict[str, tuple[UUID, ...]]:
    """The journeys that differ, of the tables that differ."""
    return {name: each.journeys for name, each in compared(office).items() if not each.is_equal}


def corrupt(office: Office, statement: str, journey: UUID) -> None:
    """Changes what nobody but a projector may."""
    with administrator(office.dsn) as connection:
        assert connection.execute(statement.encode(), (journey,)).rowcount > 0


def test_tables_that_follow_the_log_are_equal(office: Office) -> None:
    """Row for row, with every journey and whatever streams lie between."""
    journeys = [office.open() for _ in range(30)]
    for journey in journeys[::2]:
        done(office, journey)
    office.log.append(pings("message-1", 0))
    office.project()
    found = compared(office)
    assert set(found) == set(TABLES)
    assert all(each.is_equal and each.rows_of_log == each.rows_of_table for each in found.values())
    assert found["journey_list_v1"].rows_of_table == 30
    assert {each.position for each in found.values()} == {office.log.head()}
    of_journeys = [found[table.name] for model in OF_JOURNEYS for table in model.tables]
    of_journeys = [each for each in of_journeys if each.rows_of_table]  # two empty tables are alike
    assert len({each.sha256_of_table for each in of_journeys}) == len(of_journeys)


def test_an_empty_log_equals_empty_tables(office: Office) -> None:
    """Before the first projector as well."""
    assert unequal(office) == {}


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("journey_list_v1", "UPDATE projections.journey_list_v1 SET version = version + 1 WHERE journey = %s"),
        ("journey_list_v1", "DELETE FROM projections.journey_list_v1 WHERE journey = %s"),
        ("journey_file_v1", "UPDATE projections.journey_file_v1 SET document = '{}' WHERE journey = %s"),
        ("journey_file_step_v1", "UPDATE projections.journey_file_step_v1 SET missed = 9 WHERE journey = %s"),
        ("my_day_v2", "UPDATE projections.my_day_v2 SET due_at = due_at + '1us' WHERE stream_id = %s"),
        ("my_day_v2", "DELETE FROM projections.my_day_v2 WHERE stream_id = %s"),
    ],
)
def test_a_row_that_differs_names_its_journey(office: Office, table: str, statement: str) -> None:
    """Changed by as little as a microsecond, or gone: this journey and no other, this table and no other."""
    journeys = [office.open() for _ in range(5)]
    office.project()
    corrupt(office, statement, journeys[2])
    assert unequal(office) == {table: (journeys[2],)}


def test_rows_of_a_journey_that_the_log_does_not_know_are_found(office: Office) -> None:
    """Before, between and beyond the real ones; only the first are named, all are counted."""
    office.open()
    office.project()
    ghosts = sorted([UUID(int=0), uuid4(), UUID(int=2**128 - 1)])
    with administrator(office.dsn) as connection:
        for ghost in ghosts:
            connection.execute(
                "INSERT INTO projections.journey_file_v1 VALUES (%s, 1, 1, '{}'::jsonb)",
                (ghost,),
            )
    assert unequal(office) == {"journey_file_v1": tuple(ghosts)}
    found = compared(office, first=1)["journey_file_v1"]
    assert (found.differing, found.journeys) == (3, (ghosts[0],))
    assert (found.rows_of_log, found.rows_of_table) == (1, 4)


def test_models_are_judged_where_they_stand(office: Office) -> None:
    """One that is behind is equal to the log as it was there."""
    journeys = [office.open() for _ in range(3)]
    office.project()
    behind = office.log.head()
    done(office, journeys[0])
    office.open()
    assert unequal(office) == {}
    with administrator(office.dsn) as connection:
        connection.execute("UPDATE projections.positions SET \"position\" = 0 WHERE model = 'my_day_v2'")
        connection.execute("TRUNCATE projections.my_day_v2")
    found = compared(office)
    assert all(each.is_equal for each in found.values())
    assert (found["my_day_v2"].position, found["journey_list_v1"].position) == (0, behind)
    assert found["my_day_v2"].rows_of_table == 0


def test_parked_streams_are_judged_by_what_came_before(office: Office) -> None:
    """Their tables hold the state before the event that was refused, and that is no difference."""
    sick, unreadable = office.open(), office.open()
    before = office.journey(sick).version
    done(office, sick)
    office.log.append(pings(f"journey-{unreadable}", office.journey(unreadable).version))
    misnamed = office.log.load(f"journey-{sick}").history[0].event
    office.log.append(Decision("journey-of-nobody", 0, uuid4(), ACTOR, (misnamed,)))
    project(office, broken(raising_from(before + 1, sick), ModelName.JOURNEY_LIST))
    found = compared(office)
    assert all(each.is_equal for each in found.values())
    assert (found["journey_list_v1"].parked, found["my_day_v2"].parked) == (3, 2)


def test_an_event_that_was_altered_since_shows(office: Office) -> None:
    """The tables were made from an event that can no longer be read: that is a difference."""
    journey = office.open()
    done(office, journey)
    office.project()
    with administrator(office.dsn) as connection:
        connection.execute("UPDATE eventlog.stored_events SET state = '{}' WHERE topic LIKE 'journey.step-advanced@%'")
    assert unequal(office)["journey_list_v1"] == (journey,)


def test_comparing_beside_a_projector_and_commands_sees_one_moment(office: Office) -> None:
    """While all of it moves, nothing ever seems to differ."""
    office.open()
    office.project()
    stop = Event()
    projector = Thread(target=office.projector(page=5).run, args=(stop,))
    projector.start()

    def command() -> None:
        while not stop.is_set():
            done(office, office.open())

    hand = Thread(target=command)
    hand.start()
    try:
        positions = set()
        for _ in range(20):
            assert hand.is_alive()
            found = compared(office)
            assert all(each.is_equal for each in found.values())
            positions.add(found["journey_list_v1"].position)
    finally:
        stop.set()
        hand.join(timeout=20)
        projector.join(timeout=20)
    assert len(positions) > 1


def test_progress_ends_with_all_events(office: Office) -> None:
    """Counted in events of journeys; the last word is the whole."""
    for _ in range(3):
        office.open()
    office.log.append(pings("message-1", 0))
    head = office.project()
    seen: list[Progress] = []
    compare(as_role(office.dsn, "putokaz_reader"), models=READ_MODELS[:1], watch=seen.append)
    assert (seen[0].done, seen[0].remaining) == (0, None)
    assert (seen[-1].done, seen[-1].total, seen[-1].remaining) == (head - 1, head - 1, 0.0)
    assert seen[-1].per_second > 0
