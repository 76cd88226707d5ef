"""A report as a file: to print (PDF), as a spreadsheet (XLSX) or text (CSV); the figures are those of its page."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from analysis.reports.errors import ReportInvalid
from analysis.reports.registry import REPORTS
from analysis.reports.table import ReportTable
from staff.lists.column import Cell, Column, List, Table
from staff.lists.files import MEDIA_TYPES, FileKind, file_of
from staff.pages.exporting import attached
from staff.pages.printing import MEDIA_TYPE
from staff.pages.report_asked import report_asked, tables_of
from staff.pages.reports import PATH, CellLine, lines_of, refused, words_of
from staff.printing.paper import Entry, Paper, Section
from staff.printing.setting import pdf
from staff.visit import Here, Visit

router = APIRouter()


class ReportFile(StrEnum):
    """What a report can be had as."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


@router.get(f"{PATH}/{{code}}/file.{{kind}}")
async def report_file(code: str, kind: str, visit: Here) -> Response:
    """The report as its page is asked: `?period=2026-Q3&known=2026-09-30`."""
    return await run_in_threadpool(_file, visit, code, kind)


def _file(visit: Visit, code: str, kind: str) -> Response:
    if (answer := refused(visit)) is not None:
        return answer
    if code not in REPORTS or kind not in set(ReportFile):
        raise HTTPException(404)
    asked = report_asked(visit.request.query_params, visit.now)
    try:
        table = tables_of(visit.parts, [REPORTS[code]], asked.period, asked.at)[0][code]
    except ReportInvalid as error:
        raise HTTPException(404) from error
    lines = lines_of(table, asked, words_of(visit))
    name = f"{code}-{str(table.period).replace('/', '-')}.{kind}"
    if kind == ReportFile.PDF:
        return Response(pdf(_paper(visit, table, lines)), media_type=MEDIA_TYPE, headers=attached(name))
    wanted, of = _list(table, lines), FileKind(kind)
    content = file_of(of, wanted, lines, visit.words, asked.at)
    return Response(content, media_type=MEDIA_TYPES[of], headers=attached(name))


def _list(table: ReportTable, lines: list[CellLine]) -> List[CellLine]:
    columns: list[Column[CellLine]] = [
        Column(dimension, f"report.dim.{dimension}", _name(place), 30)
        for place, dimension in enumerate(table.dimensions)
    ]
    columns.append(Column("count", "report.count", lambda line: line.figure.count, 10))
    if REPORTS[table.code].timed:
        columns.append(Column("median", "report.median", _median, 16))
    return List(f"report.title.{table.code}", columns, lambda *_: Table(lines, len(lines)))


def _name(place: int) -> Callable[[CellLine], Cell]:
    return partial(_name_at, place)


def _name_at(place: int, line: CellLine) -> Cell:
    return line.names[place]


def _median(line: CellLine) -> Cell:
    return None if line.figure.median_days is None else round(line.figure.median_days)


def _paper(visit: Visit, table: ReportTable, lines: list[CellLine]) -> Paper:
    """A section for each value of the first dimension where there are two; else one of all."""
    t, report = visit.words, REPORTS[table.code]
    sections: dict[str, list[Entry]] = {}
    for line in lines:
        first = line.names[0] if len(line.names) > 1 else t(f"report.dim.{table.dimensions[0]}")
        days = _median(line)
        details = () if days is None else (f"{t('report.median')}: {days}",)
        sections.setdefault(first, []).append(Entry(f"{line.names[-1]}: {line.figure.count}", details))
    whole = t("report.several") if report.several else f"{t('report.total')}: {table.total}"
    return Paper(
        title=t(f"report.title.{table.code}"),
        footer=_known(visit, table),
        page_of=t("paper.page-of", page="{page}", pages="{pages}"),
        language=t.locale.language,
        facts=[(t("report.count"), whole)],
        sections=[Section(title, entries) for title, entries in sections.items()],
        remarks=(t(f"report.says.{table.code}"), t(f"report.by.{report.by.value}")),
    )


def _known(visit: Visit, table: ReportTable) -> str:
    return visit.words("report.known", period=str(table.period), moment=visit.words.moment(table.as_known_at))
