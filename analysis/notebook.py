"""The caseload in a notebook: polars and DuckDB over the Parquet of `putokaz export` (`docs/notebook.md`).

    with open_caseload("exports") as caseload:
        caseload.frame("steps")                                      # polars.DataFrame
        caseload.sql("select state, count(*) from steps group by 1")  # DuckDB, as polars.DataFrame

Needs the dependency group `analysis` (polars, duckdb; both MIT), which a running system never does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Self

from analysis.exports.columns import COLUMNS
from domain.errors import PutokazError
from domain.export.codes import ExportTable

if TYPE_CHECKING:
    import duckdb
    import polars

_ENDING = ".parquet"
_ADDRESS = re.compile(r"^postgres(ql)?://|\bdbname=")
_COPIED = (ExportTable.JOURNEYS, ExportTable.STEPS, ExportTable.FLOW, ExportTable.EVENTS)
"""The tables that need no pathway to be made."""
_QUIET = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
"""DuckDB fetches nothing from anywhere."""


class NotebookInvalid(PutokazError):
    """There is nothing to open: no folder, no table of ours in it, or the group `analysis` is not installed."""


class Caseload:
    """The tables that there are, each as a file. Close it, or use it in a `with`."""

    def __init__(self, files: Mapping[ExportTable, Path], kept: ExitStack | None = None) -> None:
        self._files = files
        self._kept = kept or ExitStack()
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def files(self) -> Mapping[ExportTable, Path]:
        """Which tables there are, and where."""
        return MappingProxyType(self._files)

    def scan(self, table: str) -> polars.LazyFrame:
        """A table that is read when it is needed, as far as it is. Raises `NotebookInvalid` where there is none."""
        found: polars.LazyFrame = _polars().scan_parquet(self._file(table))
        return found

    def frame(self, table: str) -> polars.DataFrame:
        """A table in memory. Raises `NotebookInvalid` where there is none."""
        return self.scan(table).collect()

    def sql(self, query: str) -> polars.DataFrame:
        """The answer of DuckDB; the tables are there under their names. Raises `duckdb.Error` for a wrong query."""
        if self._connection is None:
            self._connection = _connected(self._files)
        answer: polars.DataFrame = self._connection.sql(query).pl()
        return answer

    def close(self) -> None:
        """Lets go of everything; what was made for this only is deleted."""
        if self._connection is not None:
            self._connection.close()
        self._kept.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _file(self, table: str) -> Path:
        if table not in self._files:
            raise NotebookInvalid(f"no table {table!r:.40} here; there are: {', '.join(self._files)}")
        return self._files[ExportTable(table)]


def open_caseload(where: str | Path, *, at: datetime | None = None) -> Caseload:
    """A folder of Parquet files, or with `postgresql://…` the house itself, by its reading role, as known `at`.

    Two exports have other pseudonyms each, so their tables cannot be joined by an id; those of the house can. Of the
    house nothing leaves: its tables are files of this machine until the caseload is closed, and no export is recorded,
    so it is for whoever runs the house. Raises `NotebookInvalid`, `ExportInvalid`, `ExportNotLevel`, `Unavailable`.
    """
    if isinstance(where, str) and _ADDRESS.search(where):
        return _of_the_house(where, at)
    folder = Path(where)
    if not folder.is_dir():
        raise NotebookInvalid("there is no such folder, nor is it the address of a database")
    if at is not None:
        raise NotebookInvalid("a file is as known when it was made; say --as-known-at to `putokaz export make`")
    found: dict[ExportTable, Path] = {}
    for file in sorted(folder.glob(f"*{_ENDING}")):
        table = _table_of(file)
        if table in found:
            raise NotebookInvalid(f"{found[table].name} and {file.name} are both {table.value}: leave one of them here")
        if table is not None:
            found[table] = file
    if not found:
        raise NotebookInvalid(f"no table of `putokaz export make --format parquet` in {folder}")
    return Caseload(found)


def _table_of(file: Path) -> ExportTable | None:
    """By its columns: a file may be called anything."""
    import pyarrow
    import pyarrow.parquet

    try:
        names = pyarrow.parquet.read_schema(file).names
    except pyarrow.ArrowInvalid:
        raise NotebookInvalid(f"{file.name} is no Parquet file") from None
    return next((table for table, columns in COLUMNS.items() if names == [each.name for each in columns]), None)


def _of_the_house(reader_dsn: str, at: datetime | None) -> Caseload:
    from datetime import UTC

    from analysis.exports.cut import LogReader, cut_at
    from analysis.exports.making import ExportFile
    from analysis.exports.parquet import Parquet
    from analysis.exports.pseudonyms import Pseudonyms, new_key
    from analysis.exports.tables import Rows
    from projections.reader import Reader

    with ExitStack() as kept:
        folder = Path(kept.enter_context(TemporaryDirectory(prefix="putokaz-notebook-")))
        pseudonyms = Pseudonyms(new_key())
        files = {table: folder / f"{table.value}{_ENDING}" for table in _COPIED}
        with Reader(reader_dsn, size=1, patience=60.0, application_name="putokaz-notebook") as reader:
            cut = cut_at(reader, at or datetime.now(UTC))
            for table, file in files.items():
                maker = Parquet(Rows(table, LogReader(reader, cut), pseudonyms))
                made = ExportFile(file)
                made.make(maker, made.begin({}), settle=lambda _: None)
        return Caseload(files, kept.pop_all())


def _connected(files: Mapping[ExportTable, Path]) -> duckdb.DuckDBPyConnection:
    try:
        import duckdb
    except ImportError:
        raise NotebookInvalid(_MISSING) from None
    _polars()
    connection = duckdb.connect(config=dict(_QUIET))
    for table, file in files.items():
        connection.from_parquet(str(file)).create_view(table.value)
    return connection


def _polars() -> ModuleType:
    try:
        import polars
    except ImportError:
        raise NotebookInvalid(_MISSING) from None
    return polars


_MISSING = "polars and duckdb are not installed: `uv sync --group analysis`, or make test once"
