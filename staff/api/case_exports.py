"""Exports of cases over HTTP: begun, made beside the requests, looked after, fetched in as many parts as it takes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from analysis.exports.errors import ExportInvalid, ExportNotLevel
from analysis.exports.register import exports_begun
from domain.export.codes import ExportFormat, ExportPurpose, ExportTable
from domain.refusal import Refused
from domain.rights.actions import Action
from staff.api.caller import Key
from staff.api.models import Listed
from staff.api.problems import Problem, problem, refused
from staff.api.visiting import Visiting
from staff.exports.beginning import NoSuchPathway, Wanted, begin, find_export
from staff.exports.shown import ExportState, Shown, sent, shown
from staff.guard.step_up import require_step_up
from staff.visit import Visit

router = APIRouter()
ADDRESS = "/api/v1/replay/exports"
_BEYOND = {"description": "The file is not that long"}
_BYTES = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


class ExportBody(BaseModel):
    """`known_at`: as known then, now by default. `reason`: why, in your words; it is sealed. `since`, `before`: of
    journeys opened in that period, of a calendar the hearings in it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    format: ExportFormat
    table: ExportTable | None = None
    purpose: ExportPurpose
    reason: Annotated[str | None, Field(max_length=4_000)] = None
    known_at: AwareDatetime | None = None
    since: date | None = None
    before: date | None = None
    pathway: Annotated[str, Field(max_length=64)] = "astra"


class ExportAnswer(BaseModel):
    """`share`: how much of it is made, 0 to 1, where this process makes it. What it is comes with the last byte."""

    export: UUID
    state: ExportState
    by: UUID
    format: ExportFormat
    table: ExportTable | None
    purpose: ExportPurpose
    known_at: datetime
    position: int
    since: date | None
    before: date | None
    begun_at: datetime
    share: float | None
    rows: int | None
    size: int | None
    sha256: str | None
    made_at: datetime | None


@router.post(
    "/replay/exports",
    status_code=202,
    summary="Take cases along as a file, as known at a moment",
    response_model=ExportAnswer,
    responses={403: {"model": Problem}, 409: {"model": Problem}, 422: {"model": Problem}, 503: {"model": Problem}},
)
async def post_export(body: ExportBody, visit: Visiting, key: Key) -> Response:
    """Begun in the log before the first byte; `Location` says how far it is. The same key again is the same export, and
    goes on with it where it was interrupted."""
    await run_in_threadpool(_allow, visit)
    wanted = Wanted(**{name: getattr(body, name) for name in ExportBody.model_fields})
    try:
        begun = await begin(visit, wanted, key)
    except NoSuchPathway:
        return problem(422, "command-invalid", problems=["pathway: unknown"])
    except ExportInvalid as invalid:
        return problem(422, "command-invalid", problems=[f"known_at: {invalid}"])
    except ExportNotLevel as behind:
        return problem(503, "unavailable", problems=[str(behind)])
    if isinstance(begun, Refused):
        return refused(begun)
    answer = _answer(await run_in_threadpool(shown, visit.parts, begun, visit.person.id))
    headers = {"location": f"{ADDRESS}/{begun.id}"}
    return JSONResponse(answer.model_dump(mode="json"), 202, headers=headers)


@router.get("/replay/exports", summary="Every export that was begun, the latest first")
def get_exports(
    visit: Visiting,
    cursor: Annotated[str | None, Query(max_length=400, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Listed[ExportAnswer]:
    """Who took what along, when and what for; also what was interrupted."""
    visit.require(Action.READ_ACCESS_LOG)
    found = exports_begun(visit.parts.reader, cursor=cursor, limit=limit)
    rows = tuple(_answer(shown(visit.parts, export, visit.person.id)) for export in found.rows)
    return Listed(rows=rows, total=found.total, next=found.next)


@router.get(
    "/replay/exports/{export}",
    summary="How far an export is",
    response_model=ExportAnswer,
    responses={404: {"model": Problem}},
)
def get_export(export: UUID, visit: Visiting) -> ExportAnswer | JSONResponse:
    """`ready`: its file can be fetched, for a day, by whoever had it made."""
    visit.require(Action.READ_ACCESS_LOG)
    found = find_export(visit.parts, export)
    return _answer(shown(visit.parts, found, visit.person.id)) if found else problem(404, "not-found")


@router.get(
    "/replay/exports/{export}/file",
    summary="The file of an export, or a part of it",
    response_class=Response,
    responses={
        200: _BYTES,
        206: _BYTES,
        403: {"model": Problem},
        404: {"model": Problem},
        416: {"description": "The file is not that long"},
    },
)
def get_file(export: UUID, visit: Visiting) -> Response:
    """With `Range` and `If-Range` (the ETag) a download that broke off goes on; 416 where the file is not that long."""
    _allow(visit)
    found = find_export(visit.parts, export)
    if found is None or found.by != visit.person.id:
        return problem(404, "not-found")
    return sent(visit.parts, found) or problem(404, "not-found")


def _allow(visit: Visit) -> None:
    visit.require(Action.EXPORT_CASES)
    require_step_up(visit)


def _answer(one: Shown) -> ExportAnswer:
    export, made = one.export, one.export.made
    return ExportAnswer(
        export=export.id,
        state=one.state,
        by=export.by,
        format=export.format,
        table=export.table,
        purpose=export.purpose,
        known_at=export.known_at,
        position=export.last_position,
        since=export.since,
        before=export.before,
        begun_at=export.begun_at,
        share=one.run.share if one.run is not None and one.state is ExportState.UNDER_WAY else None,
        rows=made.rows if made else None,
        size=made.size if made else None,
        sha256=made.sha256 if made else None,
        made_at=made.at if made else None,
    )
