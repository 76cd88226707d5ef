"""Histories for a what-if: read in transactions that can only read, by a role that may only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from psycopg.errors import InsufficientPrivilege

from analysis.what_if.cohort import Cohort
from domain.errors import PutokazError
from domain.journey.state import journey_stream
from eventlog.decision import StoredRow
from eventlog.pool import BoundedConnection
from eventlog.sql_files import query
from projections.reader import Reader
from projections.reading import histories

T = TypeVar("T")
_HERE = "analysis.what_if"
_ROLE = "putokaz_reader"
_AT_ONCE = 100  # journeys


class RoleMayWrite(PutokazError):
    """The database role could change the log or the read models: a what-if asks for one that cannot."""


@dataclass(frozen=True, slots=True)
class Source:
    """The journeys of a cohort as known `at` a moment, up to its log position."""

    reader: Reader
    cohort: Cohort
    at: datetime
    position: int

    def count(self) -> int:
        """How many there are. Raises `Unavailable`."""
        found: int = self._rows("how_many", self._whose)[0][0]
        return found

    def histories(self) -> Iterator[tuple[str, list[StoredRow]]]:
        """Each journey's stream and history, by id; never empty. Raises `Unavailable`."""
        after: UUID | None = None
        while rows := self._rows("journeys", {**self._whose, "after": after, "limit": _AT_ONCE}):
            streams = [journey_stream(row[0]) for row in rows]
            after = rows[-1][0]
            yield from ((stream, found) for stream, found in self._read(streams).items() if found)

    @property
    def _whose(self) -> dict[str, object]:
        cohort = self.cohort
        return {
            "pathway": cohort.pathway,
            "opened_from": cohort.opened_from,
            "opened_before": cohort.opened_before,
            "at": self.at,
        }

    def _read(self, streams: list[str]) -> dict[str, list[StoredRow]]:
        return _reading(self.reader, lambda connection: histories(connection, streams, self.position))

    def _rows(self, name: str, parameters: dict[str, object]) -> list[tuple[Any, ...]]:
        return read(self.reader, name, parameters)


def source_of(reader: Reader, cohort: Cohort, at: datetime) -> Source:
    """Where to read from. Raises `RoleMayWrite`, `Unavailable`."""
    if writable := [row[0] for row in read(reader, "may_write", {})]:
        raise RoleMayWrite(f"a what-if writes nothing, and {_ROLE} may change {', '.join(writable[:3])}")
    return Source(reader, cohort, at, read(reader, "position_at", {"at": at}, package="projections.past")[0][0])


def read(reader: Reader, name: str, parameters: dict[str, object], *, package: str = _HERE) -> list[tuple[Any, ...]]:
    """The rows of a query, in a transaction that can only read. Raises `RoleMayWrite`, `Unavailable`."""
    statement = query(package, name)
    return _reading(reader, lambda c: c.cursor(binary=True).execute(statement, parameters, prepare=False).fetchall())


def _reading(reader: Reader, work: Callable[[BoundedConnection], T]) -> T:
    """`work` as the role that may only read, whoever signed in, in a transaction that can only read."""

    def reading(connection: BoundedConnection) -> T:
        with connection.transaction():
            connection.execute(query(_HERE, "read_only"))
            try:
                connection.execute(query(_HERE, "as_reader"))
            except InsufficientPrivilege as error:
                raise RoleMayWrite(f"a what-if reads as {_ROLE}, and this database role cannot become it") from error
            return work(connection)

    return reader.pool.run(reading)
