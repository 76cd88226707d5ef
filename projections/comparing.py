"""Compares read models with the log: every row made anew, in memory, and held against the row that is there.

    found = compare(dsn)             # the role putokaz_reader is enough: nothing is written

All of it sees one snapshot (REPEATABLE READ): tables, positions, parked streams and log. So projectors and commands
go on meanwhile, and each model is judged at the position where it stood when the comparison began. A parked stream is
judged by the events before the one that it was parked for: that is what its tables promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import IsolationLevel
from pydantic_core import to_json

from domain.codes import StreamName
from domain.streams import id_of, kind_of
from eventlog.pool import reachable
from eventlog.sql_files import query
from projections.connecting import connect
from projections.folding import Passage
from projections.read_model import ReadModel, Row, Table
from projections.registry import READ_MODELS
from projections.rendering import render
from projections.whole_log import STATEMENT, Watch, chunks, unwatched
from projections.writing import Connection


@dataclass(frozen=True, slots=True)
class TableComparison:
    """One table at log `position`. The SHA-256 (hexadecimal) run over all journeys in their order.

    `differing` counts journeys, of which `journeys` are the first.
    """

    model: str
    table: str
    position: int
    parked: int
    rows_of_log: int
    rows_of_table: int
    sha256_of_log: str
    sha256_of_table: str
    differing: int
    journeys: tuple[UUID, ...]

    @property
    def is_equal(self) -> bool:
        return self.sha256_of_log == self.sha256_of_table


def compare(
    dsn: str,
    *,
    models: Sequence[ReadModel] = READ_MODELS,
    first: int = 20,
    at: int | None = None,
    watch: Watch = unwatched,
) -> tuple[TableComparison, ...]:
    """Compares all tables of `models`; of each, at most `first` journeys that differ are named.

    With `at`, the log is read up to that position and no further: `sha256_of_log` is then that of a rebuild at that
    moment, for a comparison with another database; what the tables hold was written since and says nothing.

    Holds a snapshot all the while, so the database cannot clean up after updates: not for every minute on a large
    log. Raises `Unavailable`.
    """
    connection = connect(dsn, "putokaz-compare", statement=STATEMENT)
    try:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with reachable(), connection.transaction():
            return _compare(connection, models, first, at, watch)
    finally:
        connection.close()


class Span(NamedTuple):
    """The rows of one kind whose ids lie after `after`, up to and with `until`; None: without such a bound."""

    kind: StreamName
    after: UUID | None
    until: UUID | None


@dataclass(slots=True)
class _Side:
    """What one side holds: the log, or the table."""

    rows: int = 0
    sum: Any = field(default_factory=sha256)

    def add(self, journey: UUID, rows: int, digest: bytes | None) -> None:
        if digest is not None:
            self.rows += rows
            self.sum.update(journey.bytes + digest)


@dataclass(slots=True)
class _Running:
    """One table so far."""

    model: ReadModel
    table: Table
    log: _Side = field(default_factory=_Side)
    live: _Side = field(default_factory=_Side)
    differing: int = 0
    journeys: list[UUID] = field(default_factory=list)

    def add(self, found: Iterable[tuple[Any, ...]], first: int) -> None:
        for journey, wanted, wanted_digest, held, held_digest in found:
            self.log.add(journey, wanted, wanted_digest)
            self.live.add(journey, held, held_digest)
            if wanted_digest != held_digest:
                self.differing += 1
                if len(self.journeys) < first:
                    self.journeys.append(journey)


def _compare(
    connection: Connection, models: Sequence[ReadModel], first: int, at: int | None, watch: Watch
) -> tuple[TableComparison, ...]:
    names = [model.table for model in models]
    positions: dict[str, int] = dict(connection.execute(query("projections", "current"), (names,)).fetchall())
    if at is not None:
        positions = dict.fromkeys(names, at)
    parked: dict[str, dict[str, int]] = {name: {} for name in names}
    for name, stream, version in connection.execute(query("projections", "parked_since"), (names,)):
        parked[name][stream] = version
    running = [_Running(model, table) for model in models for table in model.tables]
    ends: dict[StreamName, UUID] = {}
    kinds = frozenset(kind for model in models for kind in model.kinds)
    for kind, passages in chunks(connection, max(positions.values(), default=0), watch, kinds):
        streams = [passage for stream, passage in passages.items() if _is_well_named(stream)]
        if not streams:
            continue
        span = Span(kind, ends.get(kind), max(id_of(passage.stream) for passage in streams))
        for model in models:
            if kind in model.kinds:
                rows = _rows(model, streams, positions.get(model.table, 0), parked[model.table])
                for each in running:
                    if each.model is model:
                        each.add(_differences(connection, each, rows[each.table.name], span), first)
        assert span.until is not None
        ends[kind] = span.until
    for each in running:  # ids beyond the last stream of the log: all of an empty log's
        for kind in sorted(each.model.kinds):
            each.add(_differences(connection, each, [], Span(kind, ends.get(kind), None)), first)
    return tuple(
        TableComparison(
            model=each.model.table,
            table=each.table.name,
            position=positions.get(each.model.table, 0),
            parked=len(parked[each.model.table]),
            rows_of_log=each.log.rows,
            rows_of_table=each.live.rows,
            sha256_of_log=each.log.sum.hexdigest(),
            sha256_of_table=each.live.sum.hexdigest(),
            differing=each.differing,
            journeys=tuple(each.journeys),
        )
        for each in running
    )


def _differences(connection: Connection, each: _Running, rows: list[Row], span: Span) -> list[tuple[Any, ...]]:
    parameters = {
        "rows": to_json(rows).decode(),
        "kind": span.kind.value,
        "after": span.after,
        "until": span.until,
    }
    return connection.execute(query(each.model.package, f"compare_{each.table.name}"), parameters).fetchall()


def _rows(
    model: ReadModel, streams: Sequence[Passage], position: int, parked: Mapping[str, int]
) -> dict[str, list[Row]]:
    """The rows of every table of a model, of the streams as this model has followed them."""
    found: dict[str, list[Row]] = {table.name: [] for table in model.tables}
    for passage in streams:
        rows = render(model, _followed(passage, position, parked.get(passage.stream))).rows
        for name, keyed in (rows or {}).items():
            found[name].extend(keyed.values())
    return found


def _followed(passage: Passage, position: int, parked: int | None) -> Passage:
    """The beginning of a passage: up to `position`, and before version `parked`."""
    rows = [row for row in passage.rows if row.position <= position and (parked is None or row.version < parked)]
    if len(rows) == len(passage.rows):
        return passage
    return Passage(passage.stream, rows, passage.steps[: len(rows)])


def _is_well_named(stream: str) -> bool:
    """Whether a stream's name has the one form that the order of the log's walk relies on."""
    try:
        return kind_of(stream).name.stream(id_of(stream)) == stream
    except ValueError:
        return False
