"""A table as Parquet. The draft is an Arrow stream, which can be cut off and gone on with, as Parquet itself cannot.

At the end it is written as Parquet in row groups of the same size, whatever the pieces were: constant memory, and the
same draft gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet

from analysis.exports.columns import COLUMNS, ColumnKind
from analysis.exports.making import Cursor, Piece
from analysis.exports.tables import Rows

ROW_GROUP = 65_536
_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"
"""By which an Arrow stream ends (Arrow columnar format, "IPC Streaming Format")."""
_READ: Mapping[ColumnKind, Any] = MappingProxyType(
    {
        ColumnKind.TEXT: pyarrow.string(),
        ColumnKind.NUMBER: pyarrow.int64(),
        ColumnKind.AMOUNT: pyarrow.decimal128(14, 2),
        ColumnKind.DAY: pyarrow.date32(),
        ColumnKind.INSTANT: pyarrow.timestamp("us"),
    }
)


class Parquet:
    """One file, compressed with Zstandard; instants are in UTC."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        columns = COLUMNS[rows.table]
        self._names = [column.name for column in columns]
        self._types = {column.name: _READ[column.kind] for column in columns}
        self._schema = pyarrow.schema([(column.name, _written(column.kind)) for column in columns])

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """The draft: the schema, then batches as they come."""
        if cursor is None:
            yield Piece(self._schema.serialize().to_pybytes(), {"rows": None, "ended": False}, 0, 0.0)
        elif cursor["ended"]:
            return
        for piece in self._rows.pieces(cursor["rows"] if cursor else None):
            batches = self._table(piece.data).to_batches() if piece.rows else []
            data = b"".join(batch.serialize().to_pybytes() for batch in batches)
            yield Piece(data, {"rows": piece.cursor, "ended": False}, piece.rows, piece.share)
        yield Piece(_END, {"rows": None, "ended": True}, 0, 1.0)

    def finish(self, draft: Path, made: Path) -> None:
        """The file of a whole draft."""
        made.touch(mode=0o600)
        with (
            pyarrow.OSFile(str(draft)) as source,
            pyarrow.ipc.open_stream(source) as stream,
            pyarrow.parquet.ParquetWriter(str(made), self._schema, compression="zstd") as writer,
        ):
            held: list[Any] = []
            rows = 0
            for batch in stream:
                held.append(batch)
                rows += batch.num_rows
                while rows >= ROW_GROUP:
                    table = pyarrow.Table.from_batches(held, self._schema)
                    writer.write_table(table.slice(0, ROW_GROUP), row_group_size=ROW_GROUP)
                    held, rows = table.slice(ROW_GROUP).to_batches(), rows - ROW_GROUP
            if rows:
                writer.write_table(pyarrow.Table.from_batches(held, self._schema), row_group_size=ROW_GROUP)

    def _table(self, data: bytes) -> Any:
        read = pyarrow.csv.read_csv(
            pyarrow.BufferReader(data),
            read_options=pyarrow.csv.ReadOptions(column_names=self._names, use_threads=False),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=self._types, strings_can_be_null=True, null_values=[""]
            ),
        )
        return read.cast(self._schema).combine_chunks()


def _written(kind: ColumnKind) -> Any:
    return pyarrow.timestamp("us", tz="UTC") if kind is ColumnKind.INSTANT else _READ[kind]
