"""Where the relay stands, kept beside the positions of the read models. Lost, it begins anew: repeating is harmless."""

from __future__ import annotations

from eventlog.pool import BoundedConnection, Pool
from eventlog.sql_files import query


class RelayPosition:
    """Needs the role putokaz_projector. Raises `Unavailable`."""

    def __init__(self, dsn: str) -> None:
        self._pool = Pool(dsn, size=1, application_name="putokaz-relay")

    def read(self) -> int:
        def work(connection: BoundedConnection) -> int:
            row = connection.execute(query("worker", "relay_position")).fetchone()
            return int(row[0]) if row else 0

        return self._pool.run(work)

    def write(self, position: int) -> None:
        def work(connection: BoundedConnection) -> None:
            connection.execute(query("worker", "relay_advance"), (position,))

        self._pool.run(work)

    def close(self) -> None:
        self._pool.close()
