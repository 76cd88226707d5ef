"""Reports for supervisors: exact figures of a period as known at a moment, each with the events behind it.

Whoever may read aggregates only is refused in plain words: in small figures somebody could be recognised.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from analysis.reports.behind import behind_cell, read_behind
from analysis.reports.comparing import Revised, revised
from analysis.reports.definition import Definition
from analysis.reports.errors import ReportInvalid
from analysis.reports.published import FORMS, Form, PublishedCode, group_finder
from analysis.reports.registry import REPORTS, NotRecorded
from analysis.reports.table import Figure, ReportTable
from analysis.travel.moment import Moment
from domain.codes import StreamName
from domain.event import Event, Recorded
from domain.rights.actions import Action
from domain.stream.naming import stream_code
from domain.streams import id_of, kind_of
from staff.pages.moment_asked import address
from staff.pages.report_asked import PARTS_OF_YEAR, ReportAsked, fault_of, report_asked, tables_of
from staff.pages.report_words import CellWords
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
PATH = "/replay/reports"
MOST = 200
"""Events behind a figure that a page shows."""
_PLACES = {StreamName.JOURNEY: "journeys", StreamName.CONTACT: "contacts", StreamName.MISSION: "missions"}


@dataclass(frozen=True, slots=True)
class CellLine:
    """A row of the table: the words of its key, the figure, and where the events behind it are listed."""

    names: tuple[str, ...]
    figure: Figure
    behind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the drawing; `wide` of 100."""

    name: str
    count: int
    wide: float


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event behind a figure, and where what it is of is opened."""

    code: str
    where: str
    recorded: Recorded[Event]


@router.get(PATH)
async def index(visit: Here) -> Response:
    """Every report that there is, and what is asked for and not recorded."""
    return await run_in_threadpool(_index, visit)


@router.get(f"{PATH}/{{code}}")
async def report(code: str, visit: Here) -> Response:
    """`?year=2026&part=Q3&known=2026-09-30`; with `&against=2026-11-30` what was revised between the two days."""
    return await run_in_threadpool(_report, visit, code)


@router.get(f"{PATH}/{{code}}/behind")
async def behind(code: str, visit: Here) -> Response:
    """The events behind one figure: `?period=2026&cell=2026-03&cell=client`."""
    return await run_in_threadpool(_behind, visit, code)


def refused(visit: Visit) -> Response | None:
    """The answer to whoever reads aggregates only. Raises `RightDenied` for whoever may read none at all."""
    if visit.may(Action.READ_SUPERVISION):
        return None
    visit.require(Action.READ_AGGREGATES)
    return page(visit, "reports_refused.html", 403)


def _index(visit: Visit) -> Response:
    return refused(visit) or page(
        visit,
        "reports.html",
        asked=report_asked(visit.request.query_params, visit.now),
        path=PATH,
        reports=tuple(REPORTS),
        published=tuple(PublishedCode),
        missing=tuple(NotRecorded),
    )


def _report(visit: Visit, code: str) -> Response:
    if (answer := refused(visit)) is not None:
        return answer
    asked = report_asked(visit.request.query_params, visit.now)
    if code in set(PublishedCode):
        return _published(visit, asked, PublishedCode(code))
    if code not in REPORTS:
        raise HTTPException(404)
    fault, table, left_out, changed = "period" if asked.is_wrong else None, None, 0, None
    try:
        tables, left_out = tables_of(visit.parts, [REPORTS[code]], asked.period, asked.at)
        table = tables[code]
        changed = _revised(visit, asked, table)
    except ReportInvalid as error:
        fault = fault_of(error)
    words = words_of(visit)
    return page(
        visit,
        "report.html",
        **_frame(asked, code, fault, left_out),
        report=REPORTS[code],
        table=table,
        lines=lines_of(table, asked, words) if table else [],
        bars=_bars(table, words) if table else [],
        changed=None if changed is None else [(_named(words, REPORTS[code], each.key), each) for each in changed],
        moments=sorted((asked.at, asked.other)) if asked.other else (),
    )


def _frame(asked: ReportAsked, code: str, fault: str | None, left_out: int) -> dict[str, Any]:
    """What both kinds of pages have."""
    return {
        "asked": asked,
        "code": code,
        "path": PATH,
        "here": f"{PATH}/{code}",
        "parts_of_year": PARTS_OF_YEAR,
        "fault": fault,
        "left_out": left_out,
    }


def _published(visit: Visit, asked: ReportAsked, code: PublishedCode) -> Response:
    form: Form = FORMS[code]
    fault, lines, left_out = "period" if asked.is_wrong else None, [], 0
    try:
        tables, left_out = tables_of(visit.parts, [REPORTS[each] for each in form.reports], asked.period, asked.at)
        lines = form.lines(tables, group_finder([pathway for _, pathway in visit.parts.desk.pathways()]))
    except ReportInvalid as error:
        fault = fault_of(error)
    return page(visit, "report_published.html", **_frame(asked, code.value, fault, left_out), lines=lines)


def _revised(visit: Visit, asked: ReportAsked, table: ReportTable) -> tuple[Revised, ...] | None:
    if asked.other is None:
        return None
    other = tables_of(visit.parts, [REPORTS[table.code]], asked.period, asked.other)[0][table.code]
    earlier, later = sorted((table, other), key=lambda each: each.as_known_at)
    return revised(earlier, later)


def words_of(visit: Visit) -> CellWords:
    """The words of cells, for this visit."""
    return CellWords([pathway for _, pathway in visit.parts.desk.pathways()], visit.words)


def lines_of(table: ReportTable, asked: ReportAsked, words: CellWords) -> list[CellLine]:
    """The rows of the table in the order of its cells."""
    found = []
    for key, figure in table.cells.items():
        where = f"{asked.address(f'{PATH}/{table.code}/behind')}&{urlencode([('cell', part) for part in key])}"
        found.append(CellLine(_named(words, REPORTS[table.code], key), figure, where))
    return found


def _named(words: CellWords, report: Definition[Any], key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(words, report.dimensions, key))


def _bars(table: ReportTable, words: CellWords) -> list[Bar]:
    """By the first dimension alone, so that a drawing has few of them."""
    firsts = groupby(table.cells.items(), key=lambda cell: cell[0][0])
    counts = {first: sum(figure.count for _, figure in cells) for first, cells in firsts}
    most = max(counts.values(), default=1)
    return [
        Bar(words(table.dimensions[0], first), count, round(100 * count / most, 1)) for first, count in counts.items()
    ]


def _behind(visit: Visit, code: str) -> Response:
    if (answer := refused(visit)) is not None:
        return answer
    if code not in REPORTS:
        raise HTTPException(404)
    asked = report_asked(visit.request.query_params, visit.now)
    key = tuple(visit.request.query_params.getlist("cell"))
    try:
        table = tables_of(visit.parts, [REPORTS[code]], asked.period, asked.at)[0][code]
    except ReportInvalid as error:
        raise HTTPException(404) from error
    if len(key) != len(table.dimensions):
        raise HTTPException(404)
    found = read_behind(visit.parts.reader, behind_cell(table, key), limit=MOST)
    words = words_of(visit)
    return page(
        visit,
        "report_behind.html",
        **_frame(asked, code, None, 0),
        names=_named(words, REPORTS[code], key),
        found=found,
        most=MOST,
        lines=[_event_line(each) for each in found.events],
    )


def _event_line(recorded: Recorded[Event]) -> EventLine:
    kind, id_ = kind_of(recorded.stream).name, id_of(recorded.stream)
    return EventLine(stream_code(kind, id_), _opened_at(kind, id_, recorded), recorded)


def _opened_at(kind: StreamName, id_: UUID, recorded: Recorded[Event]) -> str:
    """A case as it was known just after the event; a contact or a mission as it is."""
    if kind is StreamName.JOURNEY:
        return address(f"/journeys/{id_}/replay", Moment(recorded.recorded_at))
    return f"/{_PLACES[kind]}/{id_}"
