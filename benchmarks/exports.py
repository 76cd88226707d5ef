"""Exports of a large log: decoded ones beside a raw SELECT of the events, tables beside a plain COPY of their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from analysis.exports.cut import Cut, LogReader, cut_at
from analysis.exports.making import ExportFile, Maker
from analysis.exports.ocel_json import OcelJson
from analysis.exports.parquet import Parquet
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.tables import Csv, Rows
from analysis.exports.xes import Xes
from benchmarks.measure import Result, interleave, seconds
from benchmarks.stand import Stand
from benchmarks.whole_log import fill
from domain.export.codes import ExportTable
from projections.loop import Projector
from projections.reader import Reader

JOURNEYS = 1_000
LATEST = datetime(2199, 1, 1, tzinfo=UTC)
SELECT = """
SELECT notification_id, originator_id, originator_version, topic, state, recorded_at, actor, command_id
  FROM eventlog.stored_events ORDER BY notification_id
"""
COPY = "COPY (SELECT * FROM projections.past_flow_v1 ORDER BY stream_id, part, from_position) TO STDOUT (FORMAT csv)"


def run(stand: Stand, rounds: int) -> list[Result]:
    """Events, and rows of the flow, per second."""
    dsn = stand.database()
    events = fill(stand, dsn, JOURNEYS)
    assert Projector(dsn).catch_up() == events
    with Reader(dsn, patience=60.0) as reader, TemporaryDirectory() as folder:
        cut = cut_at(reader, LATEST)
        rows = _counted(dsn)
        key = bytes(32)

        def rate(count: int, maker: Callable[[LogReader], Maker]) -> Callable[[], float]:
            return lambda: count / seconds(lambda: _made(reader, cut, maker, Path(folder) / "file"))

        cases: dict[str, Callable[[], float]] = {
            "select": lambda: events / seconds(lambda: _selected(dsn)),
            "ocel": rate(events, lambda log: OcelJson(log, Pseudonyms(key))),
            "xes": rate(events, lambda log: Xes(log, Pseudonyms(key))),
            "events": rate(events, lambda log: Csv(Rows(ExportTable.EVENTS, log, Pseudonyms(key)))),
            "copy": lambda: rows / seconds(lambda: _copied(dsn)),
            "csv": rate(rows, lambda log: Csv(Rows(ExportTable.FLOW, log, Pseudonyms(key)))),
            "parquet": rate(rows, lambda log: Parquet(Rows(ExportTable.FLOW, log, Pseudonyms(key)))),
        }
        samples = interleave(cases, rounds)
    select, copy = "raw SELECT of the same events, not decoded", "plain COPY of the same table as CSV"
    told = [
        ("ocel", f"OCEL 2.0 as JSON of {events:,} events, with its objects"),
        ("xes", "XES of the same"),
        ("events", "table of events as CSV"),
    ]
    tables = [("csv", f"table of the flow as CSV, {rows:,} rows"), ("parquet", "the same as Parquet")]
    return [
        *(Result("exports", what, select, "events/s", samples[name], samples["select"]) for name, what in told),
        *(Result("exports", what, copy, "rows/s", samples[name], samples["copy"], 0.5) for name, what in tables),
    ]


def _made(reader: Reader, cut: Cut, maker: Callable[[LogReader], Maker], file: Path) -> None:
    export = ExportFile(file)
    export.make(maker(LogReader(reader, cut)), export.begin({}), settle=lambda _: None)


def _selected(dsn: str) -> None:
    with psycopg.connect(dsn) as connection, connection.cursor(name="raw", binary=True) as cursor:
        cursor.itersize = 5_000
        for _ in cursor.execute(SELECT):
            pass


def _copied(dsn: str) -> None:
    with TemporaryDirectory() as folder, (Path(folder) / "copy").open("wb") as file:
        for block in _blocks(dsn):
            file.write(block)


def _blocks(dsn: str) -> Iterator[bytes]:
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for block in copy:
            yield bytes(block)


def _counted(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        found = connection.execute("SELECT count(*) FROM projections.past_flow_v1").fetchone()
    assert found is not None
    return int(found[0])
