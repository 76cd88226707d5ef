"""Makes reports of the log as known at a moment: stream by stream, in memory that does not grow with the log.

    tables = read_reports(reader, [REPORTS["calls"]], Period.of("2026"), scope_of(…))

What is counted is what stands after the events known by then; so a fact that was learned late, or corrected, changes
the later report of the same period and not the earlier one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from analysis.exports.answers import Pathways
from analysis.exports.cut import Cut, LogReader
from analysis.reports.definition import Definition, Found, History, Scope
from analysis.reports.errors import NothingRecorded, PeriodAhead, PeriodBefore
from analysis.reports.period import Period
from analysis.reports.table import Figure, ReportTable
from analysis.unfoldable import UNFOLDABLE
from domain.codes import ClosingReason, Phase, StreamName
from domain.journey import Journey
from domain.streams import KINDS
from projections.past.reader import position_at
from projections.reader import Reader

Reports = Sequence[Definition[Any]]


def read_reports(
    reader: Reader, reports: Reports, period: Period, *, at: datetime, zone: str, pathways: Pathways
) -> tuple[dict[str, ReportTable], int]:
    """The tables by the codes of the reports as known at `at`, and how much of the log could not be read for them.

    Days are those of `zone`. Raises `NothingRecorded`, `PeriodAhead`, `PeriodBefore`, `Unavailable`.
    """
    scope = Scope(period, at, ZoneInfo(zone), pathways)
    position = position_at(reader, at)
    begins = _beginning(reader, scope, position)
    log = LogReader(reader, Cut(position, at))
    found: dict[str, list[Found]] = {report.code: [] for report in reports}
    for kind in sorted({report.subject for report in reports}):
        of_kind = [report for report in reports if report.subject is kind]
        for stream, state, history in _folded(log, kind):
            for report in of_kind:
                found[report.code] += [(stream, counted) for counted in report.count(state, history, scope)]
    tables = {report.code: _table(report, found[report.code], scope) for report in reports}
    if scope.ends <= begins and not any(table.cells for table in tables.values()):
        raise PeriodBefore(f"{period} lies before the first event, which is of {_told(begins, scope)}")
    return tables, log.left_out


def _beginning(reader: Reader, scope: Scope, position: int) -> datetime:
    """When the log begins. Raises `NothingRecorded`, `PeriodAhead`."""
    first = reader.rows("analysis.exports", "recorded_at", {"position": 1})
    if not first or position == 0:
        since = f"its first event is of {_told(first[0][0], scope)}" if first else "it is empty"
        raise NothingRecorded(f"nothing had been recorded by {_told(scope.at, scope)}: {since}")
    if scope.begins > scope.at:
        raise PeriodAhead(f"{scope.period} had not begun by {_told(scope.at, scope)}, as of which is counted")
    begins: datetime = first[0][0]
    return begins


def _told(instant: datetime, scope: Scope) -> str:
    return f"{instant.astimezone(scope.zone):%Y-%m-%d %H:%M}"


def _folded(log: LogReader, kind: StreamName) -> Iterator[tuple[str, Any, History]]:
    fold = KINDS[kind].fold
    for streams in log.streams(kind):
        for stream, history in streams.histories.items():
            try:
                state = fold(history)
            except UNFOLDABLE:
                log.left_out += 1
                continue
            if state is not None and not _is_nobody(state):
                yield stream, state, history


def _is_nobody(state: object) -> bool:
    """A duplicate is counted with the journey that it was merged into; what was opened by mistake never was."""
    if not isinstance(state, Journey):
        return False
    mistaken = state.closing is not None and state.closing.reason is ClosingReason.OPENED_BY_MISTAKE
    return mistaken or state.phase is Phase.MERGED


def _table(report: Definition[Any], found: Sequence[Found], scope: Scope) -> ReportTable:
    if report.across is not None:
        found = list(report.across(found, scope))
    by_cell: dict[tuple[str, ...], list[Found]] = defaultdict(list)
    for stream, counted in found:
        by_cell[counted.key].append((stream, counted))
    cells: Mapping[tuple[str, ...], Figure] = {key: _figure(by_cell[key]) for key in sorted(by_cell)}
    dimensions = tuple(dimension.value for dimension in report.dimensions)
    return ReportTable(report.code, scope.period, scope.at, dimensions, cells)


def _figure(found: Sequence[Found]) -> Figure:
    behind = sorted((stream, version) for stream, counted in found for version in counted.versions)
    days = [counted.days for _, counted in found if counted.days is not None]
    return Figure(len(found), tuple(behind), median(days) if days else None)
