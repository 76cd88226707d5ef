"""The tables of a read model once more, empty, beside the live ones: temporary tables of one session.

They vanish with their session, whatever ends it: a rebuild that was killed leaves nothing behind, and the next one
begins anew. They have the constraints and indexes of the live tables, so a row that those would refuse is refused
while the shadow is filled, and its stream is parked, as a projector would.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import psycopg
from pydantic_core import to_json

from domain.streams import KINDS, id_of, name_of
from eventlog.sql_files import query
from projections.folding import Fault, Passage, code_of
from projections.page import is_poison
from projections.parking import Mark, park
from projections.read_model import ReadModel, Rows
from projections.rendering import render
from projections.writing import Connection


@dataclass(frozen=True, slots=True)
class Swapped:
    """Live rows that were removed since the shadow has them not or otherwise, and rows that were put."""

    removed: int
    put: int


class Shadow:
    """For one connection and one thread. Makes the tables."""

    def __init__(self, connection: Connection, model: ReadModel) -> None:
        self._connection = connection
        self._model = model
        self._marks: dict[str, Mark] = {}
        for table in model.tables:
            connection.execute(query(model.package, f"shadow_{table.name}"))

    @property
    def parked(self) -> int:
        """Streams that cannot be followed."""
        return len(self._marks)

    def put(self, passages: Iterable[Passage]) -> None:
        """Adds the rows of whole streams that the shadow does not have."""
        rendered = [(passage, self._rendered(passage)) for passage in passages]
        try:
            self._write([rows for _, rows in rendered])
        except psycopg.Error as error:
            if not is_poison(error):
                raise
            for passage, rows in rendered:
                self._write_one(passage, rows)

    def forget(self, streams: Iterable[str]) -> None:
        """Takes streams out, to be put again as they are now."""
        ids = []
        for stream in streams:
            self._marks.pop(stream, None)
            if name_of(stream) in KINDS:  # others have no rows
                ids.append(id_of(stream))
        for table in self._model.tables:
            self._connection.execute(query(self._model.package, f"shadow_clear_{table.name}"), (ids,))

    def swap(self) -> Swapped:
        """Makes live tables and parked streams equal to the shadow; within the caller's transaction."""
        removed, put = 0, 0
        self._connection.execute(query("projections", "whole_tables"))
        for table in self._model.tables:
            removed += self._connection.execute(query(self._model.package, f"sweep_{table.name}")).rowcount
            put += self._connection.execute(query(self._model.package, f"fill_{table.name}")).rowcount
        marks = list(self._marks.values())
        firsts = [mark.fault.row.version for mark in marks]
        self._connection.execute(query("projections", "unpark_others"), (self._model.table, list(self._marks), firsts))
        park(self._connection, marks)
        return Swapped(removed, put)

    def _rendered(self, passage: Passage) -> Mapping[str, Rows]:
        rendering = render(self._model, passage)
        if rendering.fault is not None:
            self._mark(passage, rendering.fault)
        return rendering.rows or {}

    def _mark(self, passage: Passage, fault: Fault) -> None:
        self._marks[passage.stream] = Mark(self._model.table, fault, passage.rows[-1])

    def _write(self, rendered: list[Mapping[str, Rows]]) -> None:
        with self._connection.transaction():
            for table in self._model.tables:
                rows = [row for tables in rendered for row in tables.get(table.name, {}).values()]
                if rows:
                    statement = query(self._model.package, f"shadow_put_{table.name}")
                    self._connection.execute(statement, (to_json(rows).decode(),))

    def _write_one(self, passage: Passage, rows: Mapping[str, Rows]) -> None:
        try:
            self._write([rows])
        except psycopg.Error as error:
            if not is_poison(error):
                raise
            self._mark(passage, Fault(passage.rows[0], code_of(error)))
