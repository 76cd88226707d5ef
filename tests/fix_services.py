"""Real servers for the tests: one PostgreSQL and one Temporal a session, started only when a test asks for them.

``database`` is a fresh empty database a test; ``database_factory`` makes more, also as copies of a template:
fill one database per module (``scope="module"``), close its connections, and copy it for each test (~60 ms).

The servers' folder lies in memory where there is room: a copy is some hundred files, on a disk most of what it costs.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from worker.development.postgres import Copying, Durability, PostgresServer
from worker.development.processes import Children
from worker.development.temporal import TemporalServer, find_test_server

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that have to be free there: a server keeps up to 1 GB of its write-ahead log, and each process has one."""


def in_memory() -> Path | None:
    """A folder in memory with room for the servers, or none: containers often have 64 MB there, macOS has none."""
    if not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    place = os.statvfs(MEMORY)
    return MEMORY if place.f_bavail * place.f_frsize >= ROOM else None


@dataclass
class DatabaseFactory:
    """Makes databases on the session's server; each is dropped when the session ends at the latest."""

    server: PostgresServer
    copying: Copying
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def create(self, template: str | None = None) -> str:
        """A new database, empty or a copy of the *name* of another; returns its address."""
        return self.server.create_database(f"test_{next(self._numbers)}", template, copying=self.copying)

    def copy(self, dsn: str) -> str:
        """A copy of the database at this address, to which nobody may be connected; returns the copy's address."""
        return self.create(template=self.name(dsn))

    def drop(self, dsn: str) -> None:
        """Delete the database at this address and disconnect whoever uses it."""
        self.server.drop_database(self.name(dsn))

    @staticmethod
    def name(dsn: str) -> str:
        """The database's name in an address of ours."""
        return dsn.rpartition("/")[2]


@pytest.fixture(scope="session")
def session_children() -> Iterator[Children]:
    """Supervisor of the session's servers: none outlives the session, not even a killed one."""
    folder = Path(tempfile.mkdtemp(prefix="putokaz-tests-", dir=in_memory()))
    folder.chmod(0o711)  # as root, PostgreSQL's account must get through
    with Children(folder / "run") as children:
        children.remove_at_end(folder)
        yield children


@pytest.fixture(scope="session")
def postgres_server(session_children: Children) -> Iterator[PostgresServer]:
    """The session's PostgreSQL: real, but without fsync."""
    server = PostgresServer(session_children.records.parent / "postgres", session_children, durability=Durability.NONE)
    server.remove_at_end()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def database_factory(postgres_server: PostgresServer) -> DatabaseFactory:
    """Makes databases, for fixtures of any scope."""
    is_in_memory = postgres_server.data.is_relative_to(MEMORY)
    return DatabaseFactory(postgres_server, Copying.BY_FILE if is_in_memory else Copying.BY_LOG)


@pytest.fixture
def database(database_factory: DatabaseFactory) -> Iterator[str]:
    """Address (with superuser's password) of an empty database for one test."""
    dsn = database_factory.create()
    yield dsn
    database_factory.drop(dsn)


@pytest.fixture(scope="session")
def temporal_server(session_children: Children) -> Iterator[TemporalServer]:
    """The session's Temporal dev server, in memory, with our search attributes; see ``.address``."""
    server = TemporalServer(session_children.records.parent / "temporal", session_children, headless=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def time_skipping_server() -> Path:
    """Program for ``WorkflowEnvironment.start_time_skipping(test_server_existing_path=str(path))``."""
    return find_test_server()
