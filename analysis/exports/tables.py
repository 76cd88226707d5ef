"""Read models and the decoded log as rows of CSV: what stands in the CSV file, and what Parquet is made of.

Read models come straight from PostgreSQL (`COPY`), a slice of all ids at a time; hearings, services and events are made
of the log. A slice depends on the position alone, so a resumed file goes on at the same place.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from analysis.exports.cells import harmless
from analysis.exports.columns import COLUMNS
from analysis.exports.cut import LogReader, require_level
from analysis.exports.making import Cursor, Piece, Streamed
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.rows import OF_JOURNEYS, EventRows, Row, folded
from domain.codes import StreamName
from domain.export.codes import ExportTable
from domain.streams import id_of
from eventlog.pool import BoundedConnection
from eventlog.sql_files import query

_HERE = "analysis.exports"
_COPIED = frozenset({ExportTable.JOURNEYS, ExportTable.STEPS, ExportTable.FLOW})
_IDS = 2**128
_SLICE = 20_000  # events of the log for each slice of its ids: some ten thousand rows
_MOST_SLICES = 4_096
_CALCULATED = re.compile(r'(?:^|,)"?[=+\-@\t\r＝＋－＠]'.encode(), re.MULTILINE)


class Rows:
    """The rows of a table without their heading, as CSV."""

    def __init__(self, table: ExportTable, log: LogReader, pseudonyms: Pseudonyms) -> None:
        self.table = table
        self._log = log
        self._pseudonyms = pseudonyms

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """As `Maker.pieces`. Raises `ExportNotLevel` where the read models are behind."""
        if self.table in _COPIED:
            return self._copied(cursor)
        return self._events(cursor) if self.table is ExportTable.EVENTS else self._journeys(cursor)

    def _copied(self, cursor: Cursor | None) -> Iterator[Piece]:
        require_level(self._log.reader, self._log.cut)
        slices = min(_MOST_SLICES, 1 + self._log.cut.position // _SLICE)
        statement = query(_HERE, f"copy_{self.table.value}")
        for number in range(cursor["slice"] if cursor else 0, slices):
            place: dict[str, object] = {
                "first": UUID(int=_IDS * number // slices),
                "last": UUID(int=_IDS * (number + 1) // slices - 1),
                "position": self._log.cut.position,
                "inner": self._pseudonyms.inner,
                "outer": self._pseudonyms.outer,
            }
            data = self._log.reader.pool.run(partial(_copied, statement, place))
            yield Piece(escaped(data), {"slice": number + 1}, data.count(b"\n"), (number + 1) / slices)

    def _journeys(self, cursor: Cursor | None) -> Iterator[Piece]:
        rows_of = OF_JOURNEYS[self.table]
        for streams in self._log.streams(StreamName.JOURNEY, cursor["after"] if cursor else None):
            rows: list[Row] = []
            for stream, history in streams.histories.items():
                journey = folded(self._log, history)
                if journey is not None:
                    rows += rows_of(self._pseudonyms.of(id_of(stream)), journey, self._pseudonyms)
            yield Piece(_lines(rows), {"after": streams.last}, len(rows), streams.share)

    def _events(self, cursor: Cursor | None) -> Iterator[Piece]:
        until, maker = self._log.cut.position, EventRows(self._pseudonyms)
        for page in self._log.events(cursor["event"] if cursor else 0):
            rows = [row for recorded in page.events if (row := maker.row(recorded)) is not None]
            yield Piece(_written(rows), {"event": page.last}, len(rows), page.last / until)


class Csv(Streamed):
    """A table as CSV in UTF-8 (RFC 4180, but with LF), with a heading; instants are UTC, cells never formulas."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """As `Maker.pieces`."""
        if cursor is None:
            heading = ",".join(column.name for column in COLUMNS[self._rows.table]) + "\n"
            yield Piece(heading.encode(), {"rows": None}, 0, 0.0)
        for piece in self._rows.pieces(cursor["rows"] if cursor else None):
            yield Piece(piece.data, {"rows": piece.cursor}, piece.rows, piece.share)


def _copied(statement: bytes, place: dict[str, object], connection: BoundedConnection) -> bytes:
    with connection.cursor() as cursor, cursor.copy(statement, place) as copy:
        return b"".join(bytes(block) for block in copy)


def escaped(data: bytes) -> bytes:
    """Codes begin with a letter, so this looks once over all of it and nearly always that is all."""
    if _CALCULATED.search(data) is None:
        return data
    return _lines(list(csv.reader(io.StringIO(data.decode(), newline=""))))


def _lines(rows: Iterable[Row]) -> bytes:
    return _written([[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])


def _written(rows: Iterable[Row]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
