"""Every format by its code: what makes it. A library that is large is loaded with the format that needs it."""

from __future__ import annotations

from analysis.exports.answers import Pathways
from analysis.exports.ctdc import Ctdc
from analysis.exports.cut import Cut, LogReader
from analysis.exports.hearing_calendar import CalendarOf, HearingCalendar
from analysis.exports.htcds import Htcds
from analysis.exports.making import Maker
from analysis.exports.ocel_json import OcelJson
from analysis.exports.ocel_sqlite import OcelSqlite
from analysis.exports.period import OpenedIn
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.tables import Csv, Rows
from analysis.exports.xes import Xes
from analysis.what_if.cohort import ALWAYS, Period
from domain.export.codes import ExportFormat, ExportTable
from projections.reader import Reader


def log_of(reader: Reader, cut: Cut, format_: ExportFormat, period: Period = ALWAYS) -> LogReader:
    """What a format reads of a period: the journeys opened in it, but for the calendar, which looks at its hearings."""
    if period == ALWAYS or format_ is ExportFormat.ICAL:
        return LogReader(reader, cut)
    return OpenedIn(reader, cut, period)


def maker_of(
    format_: ExportFormat,
    table: ExportTable | None,
    log: LogReader,
    pseudonyms: Pseudonyms,
    pathways: Pathways,
    calendar: CalendarOf,
    period: Period = ALWAYS,
) -> Maker:
    """`log` is what `log_of` gives for the period; `calendar` writes iCalendar.

    Raises `ValueError` for a format of tables without a table; the decider has refused that before."""
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
        case ExportFormat.ICAL:
            return HearingCalendar(log, period, calendar)
    if table is None:
        raise ValueError(f"{format_.value} needs a table")
    rows = Rows(table, log, pseudonyms)
    if format_ is ExportFormat.CSV:
        return Csv(rows)
    from analysis.exports.parquet import Parquet

    return Parquet(rows)
