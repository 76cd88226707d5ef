"""Exports of a country's caseload: decoded events a second, the memory of the process, tables beside a plain COPY."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from analysis.exports.cut import Cut, LogReader, cut_at
from analysis.exports.making import ExportFile, Maker
from analysis.exports.ocel_json import OcelJson
from analysis.exports.parquet import Parquet
from analysis.exports.pseudonyms import KEY_BYTES, Pseudonyms
from analysis.exports.tables import Csv, Rows
from analysis.exports.xes import Xes
from benchmarks.measure import Better, Claim, Result, seconds
from domain.export.codes import ExportTable
from projections.reader import Reader
from worker.collecting import collect_rarely

PART = "replay"
DECODED, SHARE, GROWTH = 40_000, 0.5, 1.1
"""Events a second, of a plain COPY, and memory for all beside memory for a quarter (issue 5)."""
_LATEST = datetime(2199, 1, 1, tzinfo=UTC)
_PATIENCE = 600.0
_COPY = b"COPY (SELECT * FROM projections.past_flow_v1) TO STDOUT (FORMAT csv)"
_SELECT = b"SELECT * FROM eventlog.stored_events ORDER BY notification_id"


class _Form(StrEnum):
    """What is made."""

    EVENTS = "table of events as CSV"
    OCEL = "OCEL 2.0 as JSON, with its objects"
    XES = "XES"
    CSV = "table of the flow as CSV"
    PARQUET = "table of the flow as Parquet"


_EVENTS, _TABLES = (_Form.EVENTS, _Form.OCEL, _Form.XES), (_Form.CSV, _Form.PARQUET)


def measured(dsn: str, rounds: int) -> list[Result]:
    """All forms in turn, in every round; the memory once, each in a process of its own."""
    with Reader(dsn, patience=_PATIENCE) as reader:
        cut = cut_at(reader, _LATEST)
        rates: dict[str, list[float]] = {form: [] for form in _Form}
        bare: dict[str, list[float]] = {"select": [], "copy": []}
        for _ in range(rounds):
            bare["select"].append(_rate(partial(_selected, dsn)))
            bare["copy"].append(_rate(partial(_copied, dsn)))
            for form in _Form:
                rates[form].append(_rate(partial(_made, reader, cut, form)))
                print(f"  {form}: {rates[form][-1]:,.0f}/s", flush=True)
    select, copy = "raw SELECT of the same events, not decoded", "plain COPY of the same table as CSV"
    return [
        *(
            Result(PART, form, select, "events/s", rates[form], bare["select"], DECODED, claim=Claim.OURS)
            for form in _EVENTS
        ),
        *(Result(PART, form, copy, "rows/s", rates[form], bare["copy"], SHARE) for form in _TABLES),
        *_memory(dsn, cut),
    ]


def _memory(dsn: str, cut: Cut) -> list[Result]:
    found = []
    for form in _EVENTS:
        some, whole = _peak_of(dsn, replace(cut, position=cut.position // 4), form), _peak_of(dsn, cut, form)
        print(f"  {form}: {whole:,.0f} MB at most, {some:,.0f} for a quarter", flush=True)
        what = f"{form}: memory of the process at most, {cut.position:,} events"
        found.append(Result(PART, what, "for the first quarter of them", "MB", [whole], [some], GROWTH, Better.LOWER))
    return found


def _peak_of(dsn: str, cut: Cut, form: _Form) -> float:
    """In MB, of a process that does nothing else."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(_peak, dsn, cut, form).result()


def _peak(dsn: str, cut: Cut, form: _Form) -> float:
    collect_rarely()
    with Reader(dsn, patience=_PATIENCE) as reader:
        _made(reader, cut, form)
    # Not `getrusage`: what that says begins with the memory of the process that started this one.
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _rate(work: Callable[[], int]) -> float:
    count = 0

    def counted() -> None:
        nonlocal count
        count = work()

    took = seconds(counted)
    return count / took


def _made(reader: Reader, cut: Cut, form: _Form) -> int:
    """How many events, or rows of a table, were gone through; the file is written and thrown away."""
    with TemporaryDirectory() as folder:
        export = ExportFile(Path(folder) / "file")
        made = export.make(_maker(form, LogReader(reader, cut)), export.begin({}), settle=lambda _: None)
    return made.rows


def _maker(form: _Form, log: LogReader) -> Maker:
    pseudonyms = Pseudonyms(bytes(KEY_BYTES))
    match form:
        case _Form.OCEL:
            return OcelJson(log, pseudonyms)
        case _Form.XES:
            return Xes(log, pseudonyms)
        case _Form.EVENTS:
            return Csv(Rows(ExportTable.EVENTS, log, pseudonyms))
        case _Form.CSV:
            return Csv(Rows(ExportTable.FLOW, log, pseudonyms))
        case _Form.PARQUET:
            return Parquet(Rows(ExportTable.FLOW, log, pseudonyms))


def _selected(dsn: str) -> int:
    count = 0
    with psycopg.connect(dsn) as connection, connection.cursor(name="raw", binary=True) as cursor:
        cursor.itersize = 5_000
        for _ in cursor.execute(_SELECT):
            count += 1
    return count


def _copied(dsn: str) -> int:
    """Rows, each of which is a line: no cell of the table has a line break."""
    lines = 0
    with (
        TemporaryDirectory() as folder,
        (Path(folder) / "copy").open("wb") as file,
        psycopg.connect(dsn) as connection,
        connection.cursor() as cursor,
        cursor.copy(_COPY) as copy,
    ):
        for block in copy:
            lines += bytes(block).count(b"\n")
            file.write(block)
    return lines
