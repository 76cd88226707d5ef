"""Replays parked streams once their cause is mended: a newer release, a corrected handler.

A stream is rendered whole, up to where its read model stands, and then follows the log again. Safe beside a running
projector, which waits meanwhile at the position of that model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from domain.errors import Unavailable
from eventlog.decision import StoredRow
from eventlog.faults import meaning
from eventlog.sql_files import query
from projections.connecting import connect
from projections.folding import Passage, code_of, fold_passage
from projections.page import is_poison
from projections.read_model import ReadModel
from projections.reading import histories
from projections.registry import READ_MODELS
from projections.rendering import render
from projections.writing import Batch, Connection, write


@dataclass(frozen=True, slots=True)
class Replayed:
    """`error` is None where the stream is followed again, else the code of what stops it still."""

    model: str
    stream: str
    error: str | None


def replay_parked(
    dsn: str, *, models: Sequence[ReadModel] = READ_MODELS, stream: str | None = None
) -> tuple[Replayed, ...]:
    """Tries every parked stream of `models`, or only `stream`. Needs the role putokaz_projector.

    Each is a transaction of its own. Raises `Unavailable`; what was replayed until then stays replayed.
    """
    connection = connect(dsn)
    try:
        return tuple(
            _replay(connection, model, parked)
            for model in models
            for parked in _parked(connection, model.table, stream)
        )
    except psycopg.Error as error:
        ours = meaning(error)
        if isinstance(ours, Unavailable):
            raise ours from error
        raise
    finally:
        connection.close()


def _parked(connection: Connection, model: str, stream: str | None) -> list[str]:
    found = connection.execute(query("projections", "lock_parked"), {"model": model, "stream": stream})
    return [row[0] for row in found]


def _replay(connection: Connection, model: ReadModel, stream: str) -> Replayed:
    with connection.transaction():
        # The projector's own lock: no page of this model is committed while its stream changes hands.
        connection.execute(query("projections", "lock"), {"models": [model.table]})
        where = {"model": model.table, "stream": stream}
        parked = connection.execute(query("projections", "lock_parked"), where).fetchone()
        if parked is None:
            return Replayed(model.table, stream, None)
        error = _rendered(connection, model, histories(connection, [stream], parked[1])[stream])
        if error is None:
            connection.execute(query("projections", "unpark"), (model.table, stream))
        else:
            connection.execute(query("projections", "still_parked"), (error, model.table, stream))
        return Replayed(model.table, stream, error)


def _rendered(connection: Connection, model: ReadModel, rows: list[StoredRow]) -> str | None:
    passage = Passage(rows[0].stream, rows)
    fold_passage(passage, None)
    rendering = render(model, passage)
    if rendering.fault is not None or rendering.rows is None:
        return rendering.fault.error if rendering.fault else "unreadable"
    batches = [Batch(table) for table in model.tables]
    for batch in batches:
        batch.replace(passage.steps[-1].id, rendering.rows[batch.table.name])
    try:
        with connection.transaction():
            write(connection, model, batches)
    except psycopg.Error as error:
        if not is_poison(error):
            raise
        return code_of(error)
    return None
