"""Released tables over HTTP: those that left, what would, and letting one leave."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from analysis.disclosure.catalogue import TABLES, Population
from analysis.disclosure.errors import DisclosureInvalid
from analysis.reports.definition import Dimension
from analysis.reports.errors import ReportInvalid
from domain.release.state import Release
from domain.release.values import ReleasedCell, ReleasePeriod
from domain.rights.actions import Action
from staff.api.caller import Key
from staff.api.problems import Problem, problem, refused
from staff.api.visiting import Visiting
from staff.table_releases import EARLIEST, all_left, left, prepared, release

router = APIRouter(prefix="/replay")


class ReleasableTable(BaseModel):
    """A table that may leave, and by what it counts."""

    code: str
    dimensions: list[Dimension]
    population: Population


class ReleasedTable(BaseModel):
    """A table that left, as it left. A cell without a count is hidden: it is not nought."""

    table: str
    period: str
    known_at: datetime
    cells: list[ReleasedCell]
    hidden: int
    sha256: str
    by: UUID
    at: datetime


class Released(BaseModel):
    """What may leave, and what has: the newest first."""

    tables: list[ReleasableTable]
    items: list[ReleasedTable]


class ReleaseBody(BaseModel):
    """`period`: 2026 or 2026-Q3, once it is over. `known_at`: as known then, now by default."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    table: Annotated[str, Field(max_length=64)]
    period: Annotated[str, Field(max_length=7)]
    known_at: AwareDatetime | None = None


@router.get("/releases", summary="Tables of counts that have left the house", responses={403: {"model": Problem}})
def get_releases(visit: Visiting) -> Released:
    """For those who read aggregates: all of them, a few dozen in a year."""
    visit.require(Action.READ_AGGREGATES)
    tables = [
        ReleasableTable(code=each.code, dimensions=list(each.dimensions), population=each.population)
        for each in TABLES.values()
    ]
    return Released(tables=tables, items=[_shown(each) for each in all_left(visit.parts)])


@router.post(
    "/releases",
    summary="Let a table of counts leave, hidden and rounded",
    response_model=ReleasedTable,
    responses={403: {"model": Problem}, 409: {"model": Problem}, 422: {"model": Problem}, 503: {"model": Problem}},
)
async def post_release(body: ReleaseBody, visit: Visiting, key: Key) -> Response:
    """The same table once more, under whichever key, is the release that it was."""
    await run_in_threadpool(visit.require, Action.RELEASE_TABLES)
    try:
        period = ReleasePeriod.of(body.period)
    except ValueError as invalid:
        return problem(422, "command-invalid", problems=[f"period: {invalid}"])
    if body.table not in TABLES:
        return problem(422, "command-invalid", problems=["table: none that may leave"])
    at = max(EARLIEST, min(body.known_at or visit.now, visit.now))
    try:
        ready = await run_in_threadpool(prepared, visit.parts, TABLES[body.table], period, at)
    except (ReportInvalid, DisclosureInvalid) as invalid:
        return problem(422, "command-invalid", problems=[str(invalid)])
    refusal = await release(visit.parts, visit.person.id, ready, key)
    if refusal is not None:
        return refused(refusal)
    found = await run_in_threadpool(left, visit.parts, ready)
    if found is None:
        return problem(503, "unavailable", problems=["recorded, and not to be read yet: ask for the list"])
    return JSONResponse(_shown(found).model_dump(mode="json"))


def _shown(each: Release) -> ReleasedTable:
    return ReleasedTable(
        table=each.table,
        period=str(each.period),
        known_at=each.known_at,
        cells=[ReleasedCell(key=key, count=count) for key, count in each.cells.items()],
        hidden=len(each.hidden),
        sha256=each.sha256,
        by=each.by,
        at=each.at,
    )
