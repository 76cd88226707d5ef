"""A file of HTCDS from elsewhere over HTTP: what each row would open. It is opened as any other case, one by one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from analysis.exports.grids import ForeignFile
from analysis.exports.htcds_proposals import advice
from domain.rights.actions import Action
from staff.api.problems import Problem, problem
from staff.api.visiting import Visiting
from staff.imports import MOST_BYTES, FileTooLarge, Looked, Proposed, look, whole

router = APIRouter()
_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class CellAnswer(BaseModel):
    """A cell that was not understood, and what to do about it."""

    column: int
    heading: str
    text: str
    advice: str


class ProposalAnswer(BaseModel):
    """`journey`: the id under which to open it, always the same for this row of this file. `twin`: an earlier row of
    the same client. `alike`: cases that may be the same client, None where the search is away; `hidden`: how many more
    there are that are not yours to see."""

    row: int
    journey: UUID
    opened: bool
    given: str
    family: str
    born: str
    note: str
    twin: int | None
    alike: tuple[UUID, ...] | None
    hidden: int
    left: tuple[CellAnswer, ...]


class ImportAnswer(BaseModel):
    """`problems` are those of the file as a whole."""

    rows: tuple[ProposalAnswer, ...]
    total: int
    problems: tuple[str, ...]


@router.post(
    "/replay/imports",
    summary="What each row of a file of HTCDS would open",
    response_model=ImportAnswer,
    responses={403: {"model": Problem}, 413: {"model": Problem}, 422: {"model": Problem}},
    openapi_extra=_FILE,
)
async def post_import(request: Request, visit: Visiting) -> ImportAnswer | Response:
    """CSV or XLSX as the body. Nothing is recorded, and the file is not kept."""
    await run_in_threadpool(visit.require, Action.OPEN_JOURNEY)
    try:
        content = await whole(request.stream())
        looked = await run_in_threadpool(look, visit, "body", content)
    except FileTooLarge:
        return problem(413, "request-too-long", problems=[f"at most {MOST_BYTES} bytes"])
    except ForeignFile as foreign:
        return problem(422, "request-invalid", problems=[str(foreign)])
    if not looked.reading.columns:
        return problem(422, "request-invalid", problems=list(looked.reading.problems))
    return _answer(looked)


def _answer(looked: Looked) -> ImportAnswer:
    rows = tuple(_row(row) for row in looked.rows)
    return ImportAnswer(rows=rows, total=len(looked.reading.rows), problems=looked.reading.problems)


def _row(row: Proposed) -> ProposalAnswer:
    proposal, alike = row.proposal, row.alike
    is_away = alike is not None and alike.away
    return ProposalAnswer(
        row=proposal.row,
        journey=row.journey,
        opened=row.opened,
        given=proposal.given,
        family=proposal.family,
        born=proposal.born,
        note=proposal.note,
        twin=proposal.twin,
        alike=None if is_away else tuple(one.journey for one in alike.rows) if alike else (),
        hidden=alike.hidden + alike.more if alike else 0,
        left=tuple(
            CellAnswer(column=cell.column, heading=cell.heading, text=cell.text, advice=advice(cell))
            for cell in proposal.left
        ),
    )
