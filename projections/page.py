"""One page of the log, applied to all read models that stand before it: rows, parked streams and position, one commit.

Decoding and folding are done once for all of them. Nothing is remembered before the commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

import psycopg

from domain.streams import StreamState
from eventlog.sql_files import query
from projections.ahead import Ahead
from projections.folding import Fault, Passage, code_of
from projections.folds import Folds, Remembered
from projections.parking import BEHIND, Mark, park
from projections.read_model import ReadModel, Rows
from projections.reading import PageRead, fold_page, read_page
from projections.rendering import Rendering, render
from projections.writing import Batch, Connection, write

_TOO_LARGE = "54"  # SQLSTATE class: an index entry or a row beyond what PostgreSQL takes


def is_poison(error: psycopg.Error) -> bool:
    """Whether the database refuses what was to be written, rather than cannot write now."""
    poison = isinstance(error, psycopg.DataError | psycopg.IntegrityError)
    return poison or (error.sqlstate or "").startswith(_TOO_LARGE)


def apply_page(
    connection: Connection,
    models: Sequence[ReadModel],
    folds: Folds,
    after: int,
    until: int,
    ahead: Ahead | None = None,
) -> int:
    """Applies the events after position `after` up to `until` and returns the position reached.

    `ahead` may have read them, and reads the page after them.

    Rows that the database refuses are found one by one and their stream is parked. Raises `PositionMoved`, and
    `psycopg.Error` for what concerns the whole database; then nothing has happened.
    """
    try:
        return _apply(connection, models, folds, after, until, ahead)
    except psycopg.Error as error:
        if not is_poison(error):
            raise
    return _apply(connection, models, folds, after, until, None, one_by_one=True)


def _apply(
    connection: Connection,
    models: Sequence[ReadModel],
    folds: Folds,
    after: int,
    until: int,
    ahead: Ahead | None,
    *,
    one_by_one: bool = False,
) -> int:
    names = [model.table for model in models]
    # One by one, each write has its own savepoint and its own answer; else everything travels without waiting for any.
    travelling = nullcontext() if one_by_one else connection.pipeline()
    with travelling, connection.transaction():
        page = read_page(connection, names, after, until, ahead.take(after, until) if ahead else None)
        if page.last == after:
            return after
        fold_page(connection, page, names, folds, after)
        results = _Results()
        write_model = _write_one_by_one if one_by_one else _write_all
        for model in models:
            write_model(connection, model, page, results)
        park(connection, results.marks)
        connection.execute(query("projections", "advance"), {"position": page.last, "models": names})
        if ahead is not None and page.last == until:
            # All is sent, and the database is at work on it.
            ahead.look(until, until + until - after, lambda stream, version: _before(page, folds, stream, version))
    results.remember(folds, page)
    return page.last


def _before(page: PageRead, folds: Folds, stream: str, version: int) -> StreamState | None:
    """A stream as it will stand after the page, just before `version`, where nothing has to be read for it."""
    passage = page.found.get(stream)
    if passage is not None:
        return passage.state_before(version)
    remembered = folds.before(stream, version)
    return remembered.state if remembered else None


@dataclass(slots=True)
class _Results:
    """What a page comes to, for all models together. `written` has only what is certain to be in the tables."""

    marks: list[Mark] = field(default_factory=list)
    written: dict[str, dict[str, Rows]] = field(default_factory=dict)

    def mark(self, model: ReadModel, passage: Passage, fault: Fault) -> None:
        self.marks.append(Mark(model.table, fault, passage.rows[-1]))

    def keep(self, model: ReadModel, passage: Passage, rendering: Rendering) -> None:
        if rendering.fault is not None:
            self.mark(model, passage, rendering.fault)
        elif rendering.rows is not None and not model.keeps_past:
            for table in model.tables:
                if table.keyed:
                    self.written.setdefault(passage.stream, {})[table.name] = rendering.rows[table.name]

    def remember(self, folds: Folds, page: PageRead) -> None:
        for stream, passage in page.found.items():
            if passage.fault is not None or not passage.steps:
                folds.forget(stream)
            else:
                folds.keep(stream, Remembered(passage.steps[-1].state, self.written.get(stream, {})))


def _renderings(model: ReadModel, page: PageRead, results: _Results) -> list[tuple[Passage, Rendering]]:
    """What there is to write; a stream that is parked gets its mark and no more."""
    found = []
    parked = page.parked_of(model.table)
    for passage in page.found.values():
        if passage.kind not in model.kinds:
            continue
        if passage.stream in parked:
            results.mark(model, passage, Fault(passage.rows[0], BEHIND))
        else:
            found.append((passage, render(model, passage)))
    return found


def _write_all(connection: Connection, model: ReadModel, page: PageRead, results: _Results) -> None:
    batches = [Batch(table) for table in model.tables]
    for passage, rendering in _renderings(model, page, results):
        _add(model, batches, passage, rendering)
        results.keep(model, passage, rendering)
    write(connection, model, batches)


def _write_one_by_one(connection: Connection, model: ReadModel, page: PageRead, results: _Results) -> None:
    for passage, rendering in _renderings(model, page, results):
        batches = [Batch(table) for table in model.tables]
        _add(model, batches, passage, rendering)
        try:
            with connection.transaction():
                write(connection, model, batches)
        except psycopg.Error as error:
            if not is_poison(error):
                raise
            results.mark(model, passage, Fault(passage.rows[0], code_of(error)))
        else:
            results.keep(model, passage, rendering)


def _add(model: ReadModel, batches: Sequence[Batch], passage: Passage, rendering: Rendering) -> None:
    if rendering.rows is None:
        return
    stream = passage.steps[-1].id
    for batch in batches:
        if model.keeps_past:
            batch.add_past(stream, rendering.rows[batch.table.name], rendering.ends[batch.table.name])
            continue
        batch.add(stream, rendering.rows[batch.table.name], passage.held(batch.table.name))
