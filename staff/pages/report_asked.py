"""Which period, and as known when: what the address of a report says. A wrong value is this year, and today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from analysis.reports.definition import Definition
from analysis.reports.errors import NothingRecorded, PeriodAhead, PeriodBefore, PeriodInvalid, ReportInvalid
from analysis.reports.making import read_reports
from analysis.reports.period import Period
from analysis.reports.table import ReportTable
from analysis.travel.asking import instant_of
from staff.i18n.words import OFFICE_ZONE
from staff.pages.asking import link
from staff.parts import Parts

PARTS_OF_YEAR = ("Q1", "Q2", "Q3", "Q4", *(f"{month:02}" for month in range(1, 13)))
_FAULTS: tuple[tuple[type[ReportInvalid], str], ...] = (
    (PeriodInvalid, "period"),
    (PeriodAhead, "future"),
    (PeriodBefore, "before"),
    (NothingRecorded, "empty"),
)


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """`known` and `against` are days as typed, empty for none; `at` and `other` their last instants."""

    period: Period
    at: datetime
    known: str = ""
    other: datetime | None = None
    against: str = ""
    is_wrong: bool = False

    @property
    def year(self) -> int:
        return self.period.first.year

    @property
    def part(self) -> str:
        """The part of the year, empty for the whole of it and for a period of other days."""
        return str(self.period)[5:] if str(self.period)[5:] in PARTS_OF_YEAR else ""

    def address(self, path: str, **more: object) -> str:
        """Where the same is asked of another page."""
        return link(path, period=str(self.period), known=self.known, **more)


def report_asked(query: Mapping[str, str], now: datetime) -> ReportAsked:
    """`?period=2026-Q3`, or `?year=2026&part=Q3` of the form; `?known=…` and `?against=…` are days or moments."""
    year, part = query.get("year", "").strip(), query.get("part", "").strip()
    typed = query.get("period", "").strip() or (f"{year}-{part}" if year and part else year)
    period, is_wrong = Period.of(f"{now.astimezone(ZoneInfo(OFFICE_ZONE)).year}"), False
    if typed:
        try:
            period = Period.of(typed)
        except PeriodInvalid:
            is_wrong = True
    known, against = query.get("known", "").strip(), query.get("against", "").strip()
    at = instant_of(known, OFFICE_ZONE, now)
    other = instant_of(against, OFFICE_ZONE, now)
    return ReportAsked(
        period,
        min(at, now) if at else now,
        known if at else "",
        min(other, now) if other else None,
        against if other else "",
        is_wrong,
    )


def tables_of(
    parts: Parts, reports: Sequence[Definition[Any]], period: Period, at: datetime
) -> tuple[dict[str, ReportTable], int]:
    """The exact tables, for whoever may see what is of single people. Raises what `read_reports` raises."""
    desk = parts.desk
    return read_reports(parts.reader, reports, period, at=at, zone=OFFICE_ZONE, pathways=desk.pathway)


def fault_of(error: ReportInvalid) -> str:
    """The message that says it: `report.fault.<this>`."""
    return next(name for kind, name in _FAULTS if isinstance(error, kind))
