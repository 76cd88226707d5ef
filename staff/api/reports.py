"""Reports over HTTP: exact figures of a period as known at a moment, each with the events behind it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel
from starlette.responses import JSONResponse, Response

from analysis.reports.definition import Dimension, PeriodBy
from analysis.reports.errors import ReportInvalid
from analysis.reports.period import Period
from analysis.reports.published import FORMS, PublishedCode, group_finder
from analysis.reports.registry import REPORTS, NotRecorded
from analysis.reports.table import Figure, ReportTable
from domain.rights.actions import Action
from staff.api.caller import Asking, Parted
from staff.api.problems import Problem, problem
from staff.pages.report_asked import tables_of

router = APIRouter(prefix="/replay")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_PERIOD = Query(max_length=24, description="`2026`, `2026-Q3`, `2026-07` or `2026-07-01/2026-09-15`, days included")
PeriodTyped = Annotated[str, _PERIOD]
KnownAt = Annotated[AwareDatetime | None, Query(description="By what had been recorded by then; else now")]
_PROBLEMS: dict[int | str, dict[str, Any]] = {403: {"model": Problem}, 404: {"model": Problem}, 422: {"model": Problem}}


class ReportDefined(BaseModel):
    """A report that there is. `several`: a thing may stand in several cells. `timed`: figures have medians."""

    code: str
    dimensions: list[Dimension]
    by: PeriodBy
    source: str
    several: bool
    timed: bool


class PublishedDefined(BaseModel):
    """A table that is published elsewhere, and the reports that its lines are made of."""

    code: PublishedCode
    source: str
    reports: list[str]


class ReportsKnown(BaseModel):
    """What there is, and what is asked for and not recorded."""

    reports: list[ReportDefined]
    published: list[PublishedDefined]
    not_recorded: list[NotRecorded]


class EventBehind(BaseModel):
    """An event, by its stream and its version there."""

    stream: str
    version: int


class Cell(BaseModel):
    """A figure; `key` has a value for each dimension. `median_days` of 24 hours."""

    key: list[str]
    count: int
    median_days: float | None
    behind: list[EventBehind]


class ReportMade(BaseModel):
    """A report of a period. `left_out`: records that this release cannot read."""

    code: str
    period: str
    as_known_at: AwareDatetime
    dimensions: list[Dimension]
    cells: list[Cell]
    left_out: int


class PublishedLineMade(BaseModel):
    """`figure` is ours, `published` that of the source; without a figure `not_recorded` says what is missing."""

    name: str
    published: str
    report: str | None
    figure: Cell | None
    share: float | None
    not_recorded: NotRecorded | None


class PublishedMade(BaseModel):
    """A published table in form, with our figures."""

    code: PublishedCode
    period: str
    as_known_at: AwareDatetime
    lines: list[PublishedLineMade]
    left_out: int


@router.get("/reports", summary="The reports that there are", responses={403: {"model": Problem}})
def get_reports(asking: Asking) -> ReportsKnown:
    asking.require(Action.READ_SUPERVISION)
    return ReportsKnown(
        reports=[
            ReportDefined(
                code=each.code,
                dimensions=list(each.dimensions),
                by=each.by,
                source=each.source,
                several=each.several,
                timed=each.timed,
            )
            for each in REPORTS.values()
        ],
        published=[
            PublishedDefined(code=code, source=form.source, reports=list(form.reports)) for code, form in FORMS.items()
        ],
        not_recorded=list(NotRecorded),
    )


@router.get("/reports/{code}", summary="A report, exact", response_model=ReportMade, responses=_PROBLEMS)
def get_report(
    code: str, parts: Parted, asking: Asking, period: PeriodTyped, as_known_at: KnownAt = None
) -> ReportMade | Response:
    """For supervisors. Whoever reads aggregates only has released tables, and no exact figures."""
    asking.require(Action.READ_SUPERVISION)
    if code not in REPORTS:
        return problem(404, "not-found")
    at = _moment(as_known_at, parts.clock())
    try:
        tables, left_out = tables_of(parts, [REPORTS[code]], Period.of(period), at)
    except ReportInvalid as error:
        return _invalid(error)
    table: ReportTable = tables[code]
    return ReportMade(
        code=code,
        period=str(table.period),
        as_known_at=at,
        dimensions=list(REPORTS[code].dimensions),
        cells=[_cell(key, figure) for key, figure in table.cells.items()],
        left_out=left_out,
    )


@router.get(
    "/published-reports/{code}",
    summary="A published table in form, with our figures",
    response_model=PublishedMade,
    responses=_PROBLEMS,
)
def get_published_report(
    code: PublishedCode, parts: Parted, asking: Asking, period: PeriodTyped, as_known_at: KnownAt = None
) -> PublishedMade | Response:
    """For supervisors."""
    asking.require(Action.READ_SUPERVISION)
    form, at = FORMS[code], _moment(as_known_at, parts.clock())
    try:
        wanted = Period.of(period)
        tables, left_out = tables_of(parts, [REPORTS[each] for each in form.reports], wanted, at)
    except ReportInvalid as error:
        return _invalid(error)
    lines = [
        PublishedLineMade(
            name=line.name,
            published=line.published,
            report=line.report,
            figure=None if line.figure is None else _cell((), line.figure),
            share=line.share,
            not_recorded=line.missing,
        )
        for line in form.lines(tables, group_finder([pathway for _, pathway in parts.desk.pathways()]))
    ]
    return PublishedMade(code=code, period=str(wanted), as_known_at=at, lines=lines, left_out=left_out)


def _moment(asked: datetime | None, now: datetime) -> datetime:
    """Years in which nothing can have been recorded are all the same to a report."""
    return now if asked is None else max(_EARLIEST, min(asked, now))


def _invalid(error: ReportInvalid) -> JSONResponse:
    return problem(422, "report-invalid", problems=[str(error)])


def _cell(key: tuple[str, ...], figure: Figure) -> Cell:
    behind = [EventBehind(stream=stream, version=version) for stream, version in figure.behind]
    return Cell(key=list(key), count=figure.count, median_days=figure.median_days, behind=behind)
