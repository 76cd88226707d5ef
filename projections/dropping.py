"""Takes away what older releases have left: the tables of read models in versions that this release does not read.

A new version is filled beside the one that is being read, so that a release can go back. Once nobody wants to, the old
tables only cost room.
"""

from __future__ import annotations

from dataclasses import dataclass

from eventlog.pool import reachable
from eventlog.sql_files import query
from projections.connecting import connect
from projections.versions import TABLES


@dataclass(frozen=True, slots=True)
class OldVersion:
    """A version of a read model that this release does not read. `in_use`: a projector of another release keeps it."""

    model: str
    tables: tuple[str, ...]
    in_use: bool


def drop_old(dsn: str, *, dry: bool = False) -> tuple[OldVersion, ...]:
    """What older releases left, and drops of it what nobody keeps; `dry`: drops nothing.

    `dsn` is the owner's. Raises `Unavailable`.
    """
    connection = connect(dsn, "putokaz-drop-old")
    try:
        with reachable():
            models = [
                row[0] for row in connection.execute(query("projections", "old_versions"), (list(TABLES.values()),))
            ]
            found = []
            for model in models:
                name, _, version = model.rpartition("_v")
                place = {"name": name, "version": version}
                drops: dict[str, str] = dict(connection.execute(query("projections", "tables_of"), place).fetchall())
                # Whoever keeps it holds its lease as long as the connection lasts.
                free = bool(connection.execute(query("projections", "lease"), ([model],)).fetchall())
                found.append(OldVersion(model, tuple(drops), in_use=not free))
                if not free:
                    continue
                if not dry:
                    with connection.transaction():
                        for statement in drops.values():
                            connection.execute(statement.encode())
                        connection.execute(query("projections", "forget_version"), {"model": model})
                connection.execute(query("projections", "release_lease"), (model,))
            return tuple(found)
    finally:
        connection.close()
