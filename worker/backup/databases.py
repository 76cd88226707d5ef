"""Databases made beside the ones in use, and put in their place at once.

`ALTER DATABASE … RENAME` wants nobody connected: so a restore under a running process is refused by PostgreSQL itself,
and the four renames of log and vault are one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.errors import BackupFault, TargetRefused
from eventlog.pool import CONNECT_TIMEOUT, reachable
from eventlog.sql_files import query

_MAINTENANCE = "postgres"


@dataclass(frozen=True, slots=True)
class Pair:
    """The two databases, by their administrators' addresses."""

    log: str
    vault: str

    @property
    def names(self) -> tuple[str, str]:
        """Of log and vault."""
        return name_of(self.log), name_of(self.vault)

    def beside(self, suffix: str) -> Pair:
        """The same servers, other databases."""
        return Pair(*(make_conninfo(dsn, dbname=f"{name_of(dsn)}_{suffix}") for dsn in (self.log, self.vault)))


def name_of(dsn: str) -> str:
    """The name of a database. Raises `BackupFault` for an address without one."""
    name = conninfo_to_dict(dsn).get("dbname")
    if not name:
        raise BackupFault("an address without the name of a database: DATABASE_URL and PUTOKAZ_VAULT_ADMIN_URL")
    return str(name)


def server_version(pair: Pair) -> int:
    """The older major version of the two servers. Raises `Unavailable`."""
    with _administrator(pair.log) as log, _administrator(pair.vault) as vault:
        return min(log.info.server_version, vault.info.server_version) // 10000


def create(pair: Pair, like: Pair) -> None:
    """Two empty databases with the rights of `like`; what a killed attempt left under their names goes first."""
    drop(pair)
    for dsn, old in zip((pair.log, pair.vault), (like.log, like.vault), strict=True):
        with _administrator(dsn) as connection:
            name = sql.Identifier(name_of(dsn))
            try:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
            except psycopg.errors.InsufficientPrivilege:
                raise BackupFault(
                    "a restore and a drill make databases: DATABASE_URL and PUTOKAZ_VAULT_ADMIN_URL have to name a "
                    "role with CREATEDB that owns both databases"
                ) from None
            names = {"old": name_of(old), "new": name_of(dsn)}
            for (statement,) in connection.execute(query("worker.backup", "database_grants"), names).fetchall():
                connection.execute(statement.encode())


def drop(pair: Pair) -> None:
    """Removes both databases, if they exist, with whoever is connected."""
    for dsn in (pair.log, pair.vault):
        with _administrator(dsn) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name_of(dsn))))


def filled(dsn: str) -> list[str]:
    """Tables that hold something; none where there is no such database. Raises `Unavailable`."""
    with _administrator(dsn) as connection:
        if not connection.execute(query("worker.backup", "named"), ([name_of(dsn)],)).fetchall():
            return []
    with reachable(), psycopg.connect(dsn, connect_timeout=CONNECT_TIMEOUT) as connection:
        return [row[0] for row in connection.execute(query("worker.backup", "filled_tables"))]


def require_unused(pair: Pair) -> None:
    """Raises `TargetRefused`, naming who is connected."""
    with _administrator(pair.log) as connection:
        found = connection.execute(query("worker.backup", "others"), (list(pair.names),)).fetchall()
    if found:
        who = ", ".join(f"{count} of {what} in {name}" for name, what, count in found)
        raise TargetRefused(f"stop every process first; still connected: {who}. Nothing was changed")


def swap(pair: Pair, new: Pair, at: datetime) -> Pair | None:
    """Puts `new` in the place of `pair`, all at once; the old databases under their new names, None without any.

    Raises `TargetRefused` while somebody is connected: then nothing was changed.
    """
    old = pair.beside(f"before_{at:%Y%m%dt%H%M%S}")
    with _administrator(pair.log) as connection:
        there = {row[0] for row in connection.execute(query("worker.backup", "named"), (list(pair.names),))}
        moves = [*zip(pair.names, old.names, strict=True), *zip(new.names, pair.names, strict=True)]
        try:
            with connection.transaction():
                for name, becomes in moves:
                    if name in there or name in new.names:
                        names = (sql.Identifier(name), sql.Identifier(becomes))
                        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
        except psycopg.errors.ObjectInUse:
            require_unused(pair)
            raise TargetRefused("somebody was connected just then; try again. Nothing was changed") from None
    return old if there else None


def require_one_server(pair: Pair) -> None:
    """Raises `BackupFault` for databases on two servers: they could not be put in place at once."""
    found = set()
    for dsn in (pair.log, pair.vault):
        with _administrator(dsn) as connection:
            row = connection.execute(query("worker.backup", "server")).fetchone()
            found.add(row)
    if len(found) > 1:
        raise BackupFault("log and vault are on two servers; this release restores them on one")


@contextmanager
def _administrator(dsn: str) -> Iterator[psycopg.Connection[Any]]:
    """In the server's maintenance database: nobody can rename the one that they are in."""
    with (
        reachable(),
        psycopg.connect(
            dsn,
            dbname=_MAINTENANCE,
            autocommit=True,
            connect_timeout=CONNECT_TIMEOUT,
            application_name="putokaz-restore",
        ) as connection,
    ):
        yield connection
