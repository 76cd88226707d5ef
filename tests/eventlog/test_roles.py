"""Who may do what in the database: the only way to write is the append function."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from domain.errors import Unavailable
from eventlog.install import install
from eventlog.log import EventLog
from tests.fix_eventlog import as_role, pings

ROLES = ["putokaz_writer", "putokaz_projector", "putokaz_reader", "putokaz_clock"]
TABLES = ["stored_events", "outcomes", "claims", "clock"]
CHANGES = [
    "INSERT INTO eventlog.{} SELECT * FROM eventlog.{}",
    "UPDATE eventlog.{} SET {} = DEFAULT",
    "DELETE FROM eventlog.{}",
    "TRUNCATE eventlog.{}",
    "ALTER TABLE eventlog.{} DISABLE TRIGGER ALL",
    "DROP TABLE eventlog.{}",
    "LOCK TABLE eventlog.{} IN EXCLUSIVE MODE",
]
FIRST_COLUMN = {"stored_events": "topic", "outcomes": "kind", "claims": "stream", "clock": "scale"}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_changes_a_table_directly(log_database: str, role: str) -> None:
    """Neither the log nor outcomes, claims or the clock."""
    tried = 0
    with psycopg.connect(as_role(log_database, role), autocommit=True) as connection:
        for table in TABLES:
            for change in CHANGES:
                statement = change.format(table, FIRST_COLUMN[table] if "UPDATE" in change else table)
                with pytest.raises(InsufficientPrivilege), connection.transaction():
                    connection.execute(statement.encode())
                tried += 1
    assert tried == len(TABLES) * len(CHANGES)


@pytest.mark.parametrize("role", ["putokaz_projector", "putokaz_reader", "putokaz_clock"])
def test_only_the_writer_appends(log_database: str, role: str) -> None:
    """Projections, relay and pages read."""
    with EventLog(as_role(log_database, role)) as log, pytest.raises(InsufficientPrivilege):
        log.append(pings("contact-1", 0))


@pytest.mark.parametrize("role", ["putokaz_writer", "putokaz_projector", "putokaz_reader"])
def test_who_works_with_the_log_may_read_it(log_database: str, event_log: EventLog, role: str) -> None:
    """Pages, history, outcome and clock need SELECT and nothing else."""
    outcome = event_log.append(pings("contact-1", 0))
    with EventLog(as_role(log_database, role)) as log:
        assert log.load("contact-1", outcome.command_id).version == 1
        assert log.page(0)[0].stream == "contact-1"
        assert log.clock_is_real()


@pytest.mark.parametrize(
    "call", ["take_order_lock()", "append_one('s',0,null,null,'{}','{}',null,0,'','','{}','{}','{}','{}','{}')"]
)
def test_the_inner_functions_are_not_for_callers(log_database: str, call: str) -> None:
    """The core of an append, called without the lock, would break the order."""
    with (
        psycopg.connect(as_role(log_database, "putokaz_writer"), autocommit=True) as connection,
        pytest.raises(InsufficientPrivilege),
    ):
        connection.execute(f"SELECT eventlog.{call}".encode())


def test_a_stranger_sees_nothing(log_database: str) -> None:
    """A role that was granted nothing cannot even look into the schema."""
    with psycopg.connect(log_database, autocommit=True) as connection:
        connection.execute("SET ROLE pg_monitor")
        with pytest.raises(InsufficientPrivilege):
            connection.execute("SELECT * FROM eventlog.stored_events")


def test_a_second_install_does_nothing(log_database: str) -> None:
    """So every start may run it."""
    assert install(log_database) == ()


def test_a_database_that_is_away_is_unavailable() -> None:
    """At once where the server refuses, so that the person at the screen is not kept waiting."""
    with EventLog("host=127.0.0.1 port=1 dbname=x user=x", patience=0.3) as log, pytest.raises(Unavailable):
        log.head()
