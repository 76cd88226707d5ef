"""A file of HTCDS from elsewhere on pages: looked at, and opened case by case with the form that opens every case."""

from __future__ import annotations

from uuid import UUID, uuid5

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from analysis.exports.grids import ForeignFile
from analysis.exports.htcds_proposals import MOST_PROPOSALS
from analysis.exports.htcds_reading import Cell
from domain.codes import Role
from domain.rights.actions import Action
from staff.filing.receiving import IncomingForm
from staff.guard.tokens import is_token
from staff.imports import MOST_BYTES, FileTooLarge, Looked, Proposed, look, whole
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
HERE = "/replay/imports"


@router.get(HERE)
async def form(visit: Here) -> Response:
    """Which file."""
    return await run_in_threadpool(_page, visit)


@router.post(HERE)
async def look_at(request: Request, visit: Here) -> Response:
    """What it would become; nothing is recorded and the file is not kept."""
    await run_in_threadpool(visit.require, Action.OPEN_JOURNEY)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await run_in_threadpool(_page, visit, fault="imports.fault.missing", status=422)
    incoming = IncomingForm(request)
    await incoming.start()
    try:
        content = await whole(incoming.blocks())
    except FileTooLarge:
        return await run_in_threadpool(_page, visit, fault="imports.fault.large", status=413)
    if not is_token(incoming.texts.get("token", ""), visit.session, visit.parts.settings.secret):
        return await run_in_threadpool(_page, visit, fault="form.fault.expired", status=422)
    if not content:
        return await run_in_threadpool(_page, visit, fault="imports.fault.missing", status=422)
    return await run_in_threadpool(_looked, visit, incoming.file_name or "", content)


def _looked(visit: Visit, name: str, content: bytes) -> Response:
    try:
        looked = look(visit, name, content)
    except ForeignFile:
        return _page(visit, fault="imports.fault.foreign", status=422)
    if not looked.reading.columns:
        return _page(visit, fault="imports.fault.no-htcds", status=422)
    return _page(visit, looked=looked)


def _page(visit: Visit, *, looked: Looked | None = None, fault: str | None = None, status: int = 200) -> Response:
    visit.require(Action.OPEN_JOURNEY)
    most = MOST_BYTES // 1024 // 1024
    return page(
        visit,
        "imports.html",
        status,
        looked=looked,
        texts={row.journey: _typed(visit, row) for row in looked.rows} if looked else {},
        unknown=[column for column in looked.reading.columns if column.field is None] if looked else [],
        advice=lambda cell: _advice(visit, cell),
        most=most,
        most_rows=MOST_PROPOSALS,
        fault=visit.words(fault, most=most) if fault else None,
    )


def _typed(visit: Visit, row: Proposed) -> dict[str, str]:
    """The form that opens a case as somebody would have filled it in; a second time it is the same command."""
    proposal, (pin, _) = row.proposal, visit.parts.desk.pathways()[0]
    mine = Role.CASEWORKER.value in visit.person.roles
    return {
        "command_id": str(_command_of(row.journey)),
        "pathway": pin.name,
        "caseworker": str(visit.person.id) if mine else "",
        "client-given": proposal.given,
        "client-family": proposal.family,
        "client-born": proposal.born,
        "note": proposal.note,
    }


def _command_of(journey: UUID) -> UUID:
    return uuid5(journey, "open")


def _advice(visit: Visit, cell: Cell) -> str:
    kind = "unknown" if cell.field is None else cell.field.kind.value
    choices = "" if cell.field is None else ", ".join(list(cell.field.choices.values())[:6])
    return visit.words(f"imports.advice.{kind}", choices=choices)
