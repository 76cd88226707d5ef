"""The projector against raw writes of the same rows into the same tables, 100 events a commit.

What the raw side writes was taken down from the projector's own statements; reading, decoding, folding and rendering
are what it leaves out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql
from psycopg.abc import Params
from psycopg.rows import TupleRow

from benchmarks.caseload import Desk, scheduling
from benchmarks.measure import Result, interleave, seconds
from benchmarks.stand import Stand
from eventlog.log import EventLog
from projections.folds import Folds
from projections.loop import Projector
from projections.page import apply_page
from projections.registry import READ_MODELS
from projections.tracking import Tracking

JOURNEYS = 300
COMMANDS = 12
PAGE = 100
WRITING = (b"INSERT", b"UPDATE", b"DELETE", b"WITH")
TABLES = [table.name for model in READ_MODELS for table in model.tables]

Statements = list[tuple[bytes, Any]]


def run(stand: Stand, rounds: int) -> list[Result]:
    """Events per second into all read models of this release."""
    dsn = stand.database()
    with EventLog(dsn) as log:
        events = _fill(Desk(stand, log))
    pages = _statements(dsn, events)
    cases: dict[str, Callable[[], float]] = {
        "raw": lambda: events / _emptied(dsn, lambda: _raw(dsn, pages)),
        "ours": lambda: events / _emptied(dsn, lambda: _ours(dsn, PAGE, events)),
        "ours, usual page": lambda: events / _emptied(dsn, lambda: _ours(dsn, 200, events)),
    }
    samples = interleave(cases, rounds)
    bare_is = f"the same rows, written raw, {PAGE} events a commit"
    what = f"{len(READ_MODELS)} read models, {events} events of {JOURNEYS} journeys"
    return [
        Result("projection", f"{what}, {PAGE} a commit", bare_is, "events/s", samples["ours"], samples["raw"], 0.6),
        Result(
            "projection", "the same, 200 a commit", bare_is, "events/s", samples["ours, usual page"], samples["raw"]
        ),
    ]


def _fill(desk: Desk) -> int:
    """Journeys side by side, so that a page of the log touches many of them."""
    journeys = [desk.open() for _ in range(JOURNEYS)]
    commands = [scheduling(journey) for journey in journeys]
    for number in range(COMMANDS):
        journeys = [desk.give(journey, command(number)) for journey, command in zip(journeys, commands, strict=True)]
    return desk.log.head()


class _Writing(psycopg.Connection[TupleRow]):
    """Takes down every statement that writes."""

    taken: Statements

    def execute(self, query: Any, params: Params | None = None, **options: Any) -> psycopg.Cursor[TupleRow]:
        if isinstance(query, bytes) and _without_comments(query).startswith(WRITING):
            self.taken.append((query, params))
        return super().execute(query, params, **options)


def _without_comments(query: bytes) -> bytes:
    lines = [line for line in query.splitlines() if line.strip() and not line.lstrip().startswith(b"--")]
    return lines[0].lstrip() if lines else b""


def _statements(dsn: str, events: int) -> list[Statements]:
    """What the projector writes for each page of 100 events."""
    _empty(dsn)
    pages = []
    with _Writing.connect(dsn, autocommit=True, prepare_threshold=0) as connection:
        folds, position = Folds(JOURNEYS), 0
        while position < events:
            connection.taken = []
            position = apply_page(connection, READ_MODELS, folds, position, min(position + PAGE, events))
            pages.append(connection.taken)
    return pages


def _raw(dsn: str, pages: list[Statements]) -> None:
    with psycopg.connect(dsn, autocommit=True, prepare_threshold=0) as connection:
        for page in pages:
            with connection.transaction(), connection.pipeline():
                for statement, parameters in page:
                    connection.execute(statement, parameters)


def _ours(dsn: str, page: int, events: int) -> None:
    assert Projector(dsn, page=page).catch_up() == events


def _emptied(dsn: str, work: Callable[[], None]) -> float:
    _empty(dsn)
    return seconds(work)


def _empty(dsn: str) -> None:
    """Empty tables, every model at position 0."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        names = [sql.Identifier("projections", name) for name in (*TABLES, "positions", "parked")]
        connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(names)))
        Tracking(connection, READ_MODELS).lease()
