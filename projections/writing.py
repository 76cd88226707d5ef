"""The rows of journeys into the tables of a read model: a batch a table, only what differs from what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow
from pydantic_core import to_json

from eventlog.sql_files import query
from projections.intervals import Ended
from projections.read_model import ReadModel, Row, Rows, Table

Connection = psycopg.Connection[TupleRow]


@dataclass(slots=True)
class Batch:
    """What becomes of one table: whole journeys cleared, rows dropped or, of the past, ended, then rows put."""

    table: Table
    clears: list[UUID] = field(default_factory=list)
    drops: list[tuple[UUID, str]] = field(default_factory=list)
    puts: list[Row] = field(default_factory=list)
    ends: list[tuple[UUID, Ended]] = field(default_factory=list)

    def add(self, journey: UUID, rows: Rows, held: Rows | None) -> None:
        """`held`: the rows that the table has of this journey; None where that is not known."""
        if held is None or not self.table.keyed:
            self.replace(journey, rows)
        elif held != rows:
            self.drops.extend([(journey, key) for key in held if key not in rows])
            self.puts.extend([row for key, row in rows.items() if held.get(key) != row])

    def replace(self, journey: UUID, rows: Rows) -> None:
        """All rows of it instead of whatever the table holds."""
        if self.table.keyed:
            self.clears.append(journey)
        self.puts.extend(rows.values())

    def add_past(self, stream: UUID, rows: Rows, ends: Sequence[Ended]) -> None:
        """Spans that begin, and ends of those that began before."""
        self.ends.extend([(stream, ended) for ended in ends])
        self.puts.extend(rows.values())


def write(connection: Connection, model: ReadModel, batches: Sequence[Batch]) -> None:
    """Sends the batches of one read model; within a pipeline, without waiting for the replies."""
    for batch in batches:
        name = batch.table.name
        if batch.clears:
            connection.execute(query(model.package, f"clear_{name}"), (batch.clears,))
        if batch.drops:
            journeys: list[Any] = [journey for journey, _ in batch.drops]
            connection.execute(query(model.package, f"drop_{name}"), (journeys, [key for _, key in batch.drops]))
        if batch.ends:
            ended: list[list[Any]] = [[stream for stream, _ in batch.ends]]
            ended += [list(column) for column in zip(*[each for _, each in batch.ends], strict=True)]
            connection.execute(query(model.package, f"end_{name}"), ended)
        if batch.puts:
            connection.execute(query(model.package, f"put_{name}"), (to_json(batch.puts).decode(),))
