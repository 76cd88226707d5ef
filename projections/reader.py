"""Connections for reading read models: sync, bounded, for many threads.

    reader = Reader(dsn)                    # signs in as, or becomes, putokaz_reader
    page = list_journeys(reader, JourneyFilter(phase=Phase.OPEN))

Built on the log's pool, whose bounds (wait, patience, reply) hold here as well. Statements are planned anew with the
values of each call: a filter that is left out must not cost the index of one that is given.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from eventlog.pool import BoundedConnection, Pool
from eventlog.sql_files import query
from projections.listening import Listening

WHOLE = 30.0
"""Seconds that a query may take that counts a whole caseload."""
_MEMORY = "64MB"  # for each sort: two of them hold a country's states


class Reader:
    """Raises `Unavailable` from every call while the database cannot be reached. `size` bounds the connections."""

    def __init__(self, dsn: str, *, size: int = 4, patience: float = 2.0, application_name: str = "putokaz-read"):
        self._pool = Pool(dsn, size=size, patience=patience, application_name=application_name)
        self.listening = Listening(self._pool)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pool(self) -> Pool:
        """Its connections, for a reader of another kind beside it."""
        return self._pool

    def close(self) -> None:
        """Ends the listener and closes every connection that is not at work."""
        self.listening.close()
        self._pool.close()

    def rows(self, package: str, name: str, parameters: dict[str, object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of `queries/<name>.sql` in `package`. Raises `Unavailable`."""
        statement = query(package, name)

        def work(connection: BoundedConnection) -> list[tuple[Any, ...]]:
            return connection.cursor(binary=True).execute(statement, parameters, prepare=False).fetchall()

        return self._pool.run(work)

    def rows_of_all(self, package: str, name: str, parameters: dict[str, object]) -> list[tuple[Any, ...]]:
        """The same of a query that counts a whole caseload: it has `WHOLE` seconds and sorts in memory.

        A country's is more than what a page may wait for otherwise, and would be refused. Raises `Unavailable`.
        """
        statement = query(package, name)

        def work(connection: BoundedConnection) -> list[tuple[Any, ...]]:
            usual, connection.reply_timeout = connection.reply_timeout, WHOLE + 1
            try:
                with connection.transaction():
                    connection.execute(query("projections", "room"), (f"{WHOLE:.0f}s", _MEMORY))
                    return connection.cursor(binary=True).execute(statement, parameters, prepare=False).fetchall()
            finally:
                connection.reply_timeout = usual

        return self._pool.run(work)
