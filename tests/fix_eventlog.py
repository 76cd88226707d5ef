"""Databases with the log or the vault installed: made once a session, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from domain.event import Event
from eventlog.decision import Decision
from eventlog.install import install
from eventlog.log import EventLog
from tests.fix_services import DatabaseFactory
from vault.database import install as install_vault

ACTOR = UUID("00000000-0000-4000-8000-0000000000aa")


class Pinged(Event, topic="test.pinged", version=1):
    """The plainest event, for tests that look at envelopes."""

    number: int = 0


def as_role(dsn: str, role: str) -> str:
    """The same database, with the rights of `role`."""
    return make_conninfo(dsn, options=f"-c role={role}")


def administrator(dsn: str) -> psycopg.Connection[psycopg.rows.TupleRow]:
    """A superuser's connection in autocommit."""
    return psycopg.connect(dsn, autocommit=True)


def pings(stream: str, expected_version: int, count: int = 1, command_id: UUID | None = None) -> Decision:
    """A decision of `count` plain events."""
    events = tuple(Pinged(number=expected_version + i + 1) for i in range(count))
    return Decision(stream, expected_version, command_id or uuid4(), ACTOR, events)


@pytest.fixture(scope="session")
def log_template(database_factory: DatabaseFactory) -> str:
    """A database with an empty log, to be copied."""
    dsn = database_factory.create()
    install(dsn)
    return dsn


@pytest.fixture
def log_database(database_factory: DatabaseFactory, log_template: str) -> Iterator[str]:
    """An administrator's address of a database with an empty log."""
    dsn = database_factory.copy(log_template)
    yield dsn
    database_factory.drop(dsn)


@pytest.fixture
def event_log(log_database: str) -> Iterator[EventLog]:
    """The log with the writer's rights, as activities have it."""
    with EventLog(as_role(log_database, "putokaz_writer")) as log:
        yield log


@pytest.fixture(scope="session")
def vault_template(database_factory: DatabaseFactory) -> str:
    """A database with an empty vault, to be copied."""
    dsn = database_factory.create()
    install_vault(dsn)
    return dsn


@pytest.fixture
def vault_database(database_factory: DatabaseFactory, vault_template: str) -> Iterator[str]:
    """The address of an empty vault with the rights of the role `putokaz_vault`."""
    dsn = database_factory.copy(vault_template)
    yield as_role(dsn, "putokaz_vault")
    database_factory.drop(dsn)
