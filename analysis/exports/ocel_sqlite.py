"""OCEL 2.0 as an SQLite database: the tables of the specification, chapter 5.

The draft has the events and objects one a line. The database is made of it at the end, in one go: whatever was
interrupted before, the same draft gives the same database.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from analysis.exports.cut import LogReader
from analysis.exports.making import Cursor, Piece
from analysis.exports.ocel import ObjectCentric, event_types, object_types
from analysis.exports.pseudonyms import Pseudonyms
from eventlog.sql_files import query

_HERE = "analysis.exports"
_LINES = 2_000  # put into the database at once
_SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "float": "REAL", "boolean": "BOOLEAN", "time": "TIMESTAMP"}
_OF_EVENTS = {"ocel_id": "TEXT PRIMARY KEY", "ocel_time": "TIMESTAMP NOT NULL"}
_OF_OBJECTS = {"ocel_id": "TEXT NOT NULL", "ocel_time": "TIMESTAMP NOT NULL", "ocel_changed_field": "TEXT"}
_BEGINNING = "1970-01-01T00:00:00+00:00"
"""Since when an object is there, where no change of it says so: every object has such a row (section 5.3)."""


class OcelSqlite:
    """One database."""

    def __init__(self, log: LogReader, pseudonyms: Pseudonyms) -> None:
        self._source = ObjectCentric(log, pseudonyms)

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """The draft: each event and object on a line."""
        if cursor is not None and cursor["source"] is None:
            return
        for batch in self._source.batches(cursor["source"] if cursor else None):
            rows = batch.events or batch.objects
            data = b"".join([to_json(row) + b"\n" for row in rows])
            yield Piece(data, {"source": batch.cursor}, len(batch.events), batch.share)
        yield Piece(b"", {"source": None}, 0, 1.0)

    def finish(self, draft: Path, made: Path) -> None:
        """The database of a whole draft."""
        made.unlink(missing_ok=True)
        made.touch(mode=0o600)
        with closing(sqlite3.connect(made, isolation_level=None)) as database:
            database.executescript(query(_HERE, "ocel_begin").decode())
            database.execute("BEGIN")
            tables = _Tables(database)
            with draft.open("rb") as lines:
                while some := list(islice(lines, _LINES)):
                    for line in some:
                        tables.put(json.loads(line))
            database.execute("COMMIT")


class _Tables:
    """The tables of each type: `event_JourneyOpened`, `object_Step`."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._columns: dict[str, Sequence[str]] = {}
        for each in event_types():
            self._create("event", each, _OF_EVENTS)
        for each in object_types():
            self._create("object", each, _OF_OBJECTS)

    def put(self, row: Mapping[str, Any]) -> None:
        """An event, which has a time, or an object, which has changes."""
        side = "event" if "time" in row else "object"
        self._insert(side, (row["id"], row["type"]))
        for tie in row["relationships"]:
            self._insert(f"{side}_object", (row["id"], tie["objectId"], tie["qualifier"]))
        table = f"{side}_{_mapped(row['type'])}"
        if side == "event":
            values = {each["name"]: each["value"] for each in row["attributes"]}
            self._typed(table, {"ocel_id": row["id"], "ocel_time": row["time"], **values})
            return
        self._typed(table, {"ocel_id": row["id"], "ocel_time": _BEGINNING})
        for each in row["attributes"]:
            changed = {"ocel_time": each["time"], "ocel_changed_field": each["name"], each["name"]: each["value"]}
            self._typed(table, {"ocel_id": row["id"], **changed})

    def _create(self, side: str, type_: Mapping[str, Any], columns: Mapping[str, str]) -> None:
        mapped = _mapped(type_["name"])
        typed = {each["name"]: _SQL_TYPES[each["type"]] for each in type_["attributes"]}
        self._insert(f"{side}_map_type", (type_["name"], mapped))
        table, all_ = f"{side}_{mapped}", {**columns, **typed}
        described = ", ".join(f'"{name}" {kind}' for name, kind in all_.items())
        self._database.execute(_statement("ocel_type", table=table, columns=described))
        self._columns[table] = list(all_)

    def _typed(self, table: str, values: Mapping[str, Any]) -> None:
        self._insert(table, tuple([values.get(column) for column in self._columns[table]]))

    def _insert(self, table: str, values: Sequence[Any]) -> None:
        marks = ", ".join("?" * len(values))
        self._database.execute(_statement("ocel_insert", table=table, marks=marks), values)


def _statement(name: str, **parts: str) -> str:
    """The names of tables and columns are those of our own classes: SQLite takes no parameters for them."""
    return query(_HERE, name).decode().format(**parts)


def _mapped(type_: str) -> str:
    """`journey.step-opened` as a part of a table's name: `JourneyStepOpened`."""
    return "".join(word.capitalize() for word in type_.replace(".", "-").split("-"))
