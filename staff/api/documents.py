"""Documents over HTTP: listed with their titles, filed as a form with a file, opened with a purpose.

A withdrawal is a command (`withdraw-document`, `withdraw-legal-document`, `withdraw-health-document`).
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from domain.journey.document.codes import DocumentKind
from domain.journey.document.parts import FilePart
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.refusal import RefusalCode
from domain.rights.actions import Action
from domain.rights.parts import opens_document
from domain.values import Day
from projections.journey_file.documents import DocumentRow
from projections.journey_file.queries import file
from projections.names import ModelName
from projections.status import wait
from staff.api.caller import Asking, Caller, Key, Parted
from staff.api.models import CommandAnswer, Listed
from staff.api.problems import Problem, problem, refused
from staff.filing.command import filing, right_to_file
from staff.filing.faults import FileFault, FileRefused
from staff.filing.giving import download
from staff.filing.keeping import receive
from staff.filing.receiving import IncomingForm
from staff.guard.permission import require
from staff.pages.identity import PURPOSES
from vault.accesses import LONGEST_REASON, RevealPurpose
from vault.documents import LONGEST_TITLE

router = APIRouter()
_PROBLEMS: dict[int | str, dict[str, Any]] = {s: {"model": Problem} for s in (403, 404, 409, 413, 422, 503)}
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "description": "The file comes last: what stands after it is not read.",
                    "required": ["part", "kind", "file"],
                    "properties": {
                        "part": {"type": "string", "enum": [part.value for part in FilePart]},
                        "kind": {"type": "string", "enum": [kind.value for kind in DocumentKind]},
                        "title": {"type": "string", "maxLength": LONGEST_TITLE},
                        "dated": {"type": "string", "format": "date"},
                        "file": {"type": "string", "format": "binary"},
                    },
                }
            }
        },
    }
}


class FilingFields(BaseModel):
    """What stands before the file. `part`: which part of the case may read it; `dated`: the day that it bears."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    part: FilePart
    kind: DocumentKind
    title: Annotated[str, Field(max_length=LONGEST_TITLE)] = ""
    dated: Day | None = None


class OpenBody(BaseModel):
    """What it is needed for; `other` needs words. `with_name`: under the name that the file had."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    purpose: RevealPurpose
    reason: Annotated[str | None, Field(max_length=LONGEST_REASON)] = None
    with_name: bool = False


class DocumentAnswer(BaseModel):
    """One document. `title` is None where it has none, or it was erased."""

    document: DocumentRow
    title: str | None


class FiledAnswer(CommandAnswer):
    """What became of it, and under which id it was filed."""

    document: UUID


@router.get("/journeys/{journey}/documents", summary="The documents that the caller may read", responses=_PROBLEMS)
def get_documents(journey: UUID, parts: Parted, asking: Asking) -> Listed[DocumentAnswer]:
    """The latest first, all of them; withdrawn ones too."""
    stream = journey_stream(journey)
    asking.require(Action.READ_DOCUMENTS, stream)
    stance, found = asking.stance(stream), file(parts.reader, journey)
    rows = [r for r in (found.document.documents if found else ()) if opens_document(stance, r.compartment)]
    titles = parts.documents.titles(journey, {row.compartment.value for row in rows}) if rows else {}
    answers = tuple(DocumentAnswer(document=row, title=titles.get(row.document) or None) for row in rows)
    return Listed(rows=answers, total=len(answers), next=None)


@router.post(
    "/journeys/{journey}/documents",
    status_code=201,
    summary="File a document",
    response_model=FiledAnswer,
    responses=_PROBLEMS,
    openapi_extra=_FORM,
)
async def file_document(journey: UUID, request: Request, parts: Parted, person: Caller, key: Key) -> Response:
    """The same key with the same file is filed once; with another file it is refused."""
    stream = journey_stream(journey)
    incoming = IncomingForm(request)
    await incoming.start()
    try:
        fields = FilingFields.model_validate({k: v for k, v in incoming.texts.items() if v})
    except ValidationError as error:
        faults = error.errors(include_input=False, include_context=False, include_url=False)
        return problem(422, "request-invalid", problems=[f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in faults])
    await run_in_threadpool(require, parts.rights, person.id, right_to_file(fields.part), stream)
    try:
        received = await receive(
            parts.documents,
            incoming.blocks(),
            journey=journey,
            part=fields.part,
            command_id=key,
            name=incoming.file_name or "",
            title=fields.title,
            limit=parts.settings.document_limit,
        )
    except FileRefused as error:
        status = {FileFault.TOO_LARGE: 413, FileFault.USED: 409}.get(error.fault, 422)
        return problem(status, "file-refused", problems=[error.fault.value])
    command = filing(fields.part, fields.kind, fields.dated, received)
    outcome = await parts.desk.submit(journey, command, command_id=key, actor=person.id)
    parts.counters.commands.labels(command.kind, outcome.kind.value).inc()
    if outcome.refusal is not None:
        return refused(outcome.refusal, RefusalCode.UNKNOWN_JOURNEY)
    visible = outcome.position is None or await run_in_threadpool(
        wait, parts.reader, frozenset(ModelName), outcome.position, parts.settings.patience
    )
    answer = FiledAnswer(
        journey=journey,
        code=journey_code(journey),
        kind=outcome.kind,
        version=outcome.version,
        position=outcome.position,
        visible=visible,
        reminders_resume_later=outcome.reminders_resume_later,
        document=received.kept.document,
    )
    return JSONResponse(answer.model_dump(mode="json"), 201)


@router.post(
    "/journeys/{journey}/documents/{document}/open",
    summary="Open a document, once that is logged",
    response_class=Response,
    responses={
        **_PROBLEMS,
        200: {"description": "The file", "content": {"application/octet-stream": {}}},
        410: {"model": Problem},
    },
)
def open_document(journey: UUID, document: UUID, body: OpenBody, parts: Parted, asking: Asking) -> Response:
    """As an attachment. A document of a part that is not theirs is as if there were none."""
    stream = journey_stream(journey)
    asking.require(Action.READ_DOCUMENTS, stream)
    if body.purpose not in PURPOSES or (body.purpose is RevealPurpose.OTHER and not (body.reason or "").strip()):
        return problem(422, "request-invalid", problems=["purpose: one that a person has; other needs a reason"])
    found = file(parts.reader, journey)
    row = next((r for r in (found.document.documents if found else ()) if r.document == document), None)
    if row is None or not opens_document(asking.stance(stream), row.compartment) or row.withdrawn_at is not None:
        return problem(404, "not-found")
    opened = parts.documents.open(asking.id, journey, document, body.purpose, body.reason)
    if opened is None or opened.sha256 != row.sha256:
        return problem(410, "document-gone")
    return download(opened, row.media, with_name=body.with_name)
