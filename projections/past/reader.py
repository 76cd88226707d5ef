"""Reads the boards as they stood at a position of the log: the queries of the boards, unchanged, over their past.

    then = PastReader(reader, position_at(reader, instant))
    page = list_journeys(then, JourneyFilter(phase=Phase.OPEN))

Some streams can be given as they are to be shown `instead`: with the rows of each table, made by its own handler. A
journey's file has no past of its own and is shown of those alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from domain.codes import StreamName
from eventlog.pool import BoundedConnection
from eventlog.sql_files import query
from projections.names import ModelName
from projections.past.names import BOARDS
from projections.read_model import Row
from projections.reader import Reader
from projections.versions import TABLES

_HERE = "projections.past"
_FILE = TABLES[ModelName.JOURNEY_FILE]
_SHOWN = (*(TABLES[board] for board in BOARDS), _FILE, _FILE.replace("_v", "_step_v"))
_NOW = re.compile(rb"\bprojections\.(?=(?:" + b"|".join(name.encode() for name in _SHOWN) + rb")\b)")


class PastReader(Reader):
    """Shares the connections of `reader`. `instead`: the rows of each table for the streams in `streams`."""

    def __init__(
        self,
        reader: Reader,
        position: int,
        *,
        streams: Sequence[UUID] = (),
        instead: Mapping[str, Sequence[Row]] | None = None,
    ) -> None:
        self._pool = reader.pool
        self.listening = reader.listening
        self._place = (str(position), list(streams), to_json(instead or {}).decode())

    def rows(self, package: str, name: str, parameters: dict[str, object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of `queries/<name>.sql` in `package`, as they were. Raises `Unavailable`."""
        statement = _then(package, name)

        def work(connection: BoundedConnection) -> list[tuple[Any, ...]]:
            with connection.transaction():
                connection.execute(query(_HERE, "place"), self._place)
                return connection.cursor(binary=True).execute(statement, parameters, prepare=False).fetchall()

        return self._pool.run(work)


@cache
def _then(package: str, name: str) -> bytes:
    return _NOW.sub(b"past.", query(package, name))


def position_at(reader: Reader, at: datetime) -> int:
    """The last position that was recorded by `at`; 0 before the first. Raises `Unavailable`."""
    found: int = reader.rows(_HERE, "position_at", {"at": at})[0][0]
    return found


def unknown_at(reader: Reader, at: datetime) -> tuple[str, ...]:
    """The streams of which something had happened by `at` that was recorded later only. Raises `Unavailable`."""
    return tuple([StreamName(kind).stream(id_) for kind, id_ in reader.rows(_HERE, "unknown_at", {"at": at})])
