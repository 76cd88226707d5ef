"""Brings a database to the state that the `.sql` files of a package describe.

    install(admin_dsn)                    # the event log
    install(admin_dsn, "projections")     # any package that has a folder `sql/`

Two kinds of file. A numbered one (`0003_stored_events.sql`: tables, types, roles) runs once; it never changes after a
release, a new number follows it. The others (functions and views, all `CREATE OR REPLACE`) run again whenever their
text differs from what was run last. All of it is one transaction under a lock: whole or not at all, and two
processes that start together do not meet. The caller must own the database and may make roles, or be superuser.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from hashlib import sha256

import psycopg
from psycopg.rows import TupleRow

from domain.errors import DefinitionError
from eventlog.pool import CONNECT_TIMEOUT, reachable
from eventlog.sql_files import is_numbered, objects, query


class MigrationChanged(DefinitionError):
    """A numbered file is not the one that made this database. Put the old text back and add a new number."""


@dataclass(frozen=True)
class _File:
    name: str
    script: bytes
    sha256: str


def install(dsn: str, package: str = "eventlog", *, only: Container[str] | None = None) -> tuple[str, ...]:
    """Runs what is missing or changed and returns the names of those files. Repeating it does nothing.

    `only`: no other files than these; a restore makes the tables as they were when the backup was taken.

    Raises `MigrationChanged`, and `Unavailable` when the database cannot be reached.
    """
    with reachable(), psycopg.connect(dsn, connect_timeout=CONNECT_TIMEOUT) as connection:
        connection.execute(query("eventlog", "install_begin"))
        due = [file for file in _due(connection, package) if only is None or file.name in only]
        for file in due:
            connection.execute(file.script, prepare=False)
            connection.execute(query("eventlog", "install_done"), (package, file.name, file.sha256))
        return tuple(file.name for file in due)


def pending(dsn: str, package: str = "eventlog") -> tuple[str, ...]:
    """The files that `install` would run; empty when the database is level with this release. Changes nothing."""
    with reachable(), psycopg.connect(dsn, connect_timeout=CONNECT_TIMEOUT, autocommit=True) as connection:
        known = connection.execute(query("eventlog", "install_known")).fetchone()
        if known is None or known[0] is None:
            return tuple(name for name, _ in objects(package))
        return tuple(file.name for file in _due(connection, package))


def _due(connection: psycopg.Connection[TupleRow], package: str) -> list[_File]:
    rows = connection.execute(query("eventlog", "install_state"), (package,)).fetchall()
    done: dict[str, str] = dict(rows)
    due = []
    for name, script in objects(package):
        digest = sha256(script).hexdigest()
        if done.get(name) == digest:
            continue
        if name in done and is_numbered(name):
            raise MigrationChanged(f"{package}/sql/{name} has changed since it made this database")
        due.append(_File(name, script, digest))
    return due
