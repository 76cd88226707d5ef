"""Every format by its code: what makes it. A library that is large is loaded with the format that needs it."""

from __future__ import annotations

from analysis.exports.answers import Pathways
from analysis.exports.ctdc import Ctdc
from analysis.exports.cut import LogReader
from analysis.exports.htcds import Htcds
from analysis.exports.making import Maker
from analysis.exports.ocel_json import OcelJson
from analysis.exports.ocel_sqlite import OcelSqlite
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.tables import Csv, Rows
from analysis.exports.xes import Xes
from domain.export.codes import ExportFormat, ExportTable


def maker_of(
    format_: ExportFormat, table: ExportTable | None, log: LogReader, pseudonyms: Pseudonyms, pathways: Pathways
) -> Maker:
    """Raises `ValueError` for a format of tables without a table; the decider has refused that before."""
    match format_:
        case ExportFormat.OCEL_JSON:
            return OcelJson(log, pseudonyms)
        case ExportFormat.OCEL_SQLITE:
            return OcelSqlite(log, pseudonyms)
        case ExportFormat.XES:
            return Xes(log, pseudonyms)
        case ExportFormat.HTCDS:
            return Htcds(log, pseudonyms, pathways)
        case ExportFormat.CTDC:
            return Ctdc(log, pathways)
    if table is None:
        raise ValueError(f"{format_.value} needs a table")
    rows = Rows(table, log, pseudonyms)
    if format_ is ExportFormat.CSV:
        return Csv(rows)
    from analysis.exports.parquet import Parquet

    return Parquet(rows)
