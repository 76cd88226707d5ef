"""The form to file a document. Its file is read as it comes in; what was typed survives whatever goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.journey.document.codes import DocumentKind
from domain.journey.document.parts import FilePart
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.refusal import Refused
from domain.rights.deciding import Denied
from projections.journey_file.model import JourneyFile
from projections.journey_file.queries import file
from staff.filing.command import filing, parts_to_file_in, right_to_file
from staff.filing.faults import FileFault, FileRefused
from staff.filing.keeping import receive
from staff.filing.receiving import IncomingForm
from staff.forms.draft import command_id_of
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, capital, choices
from staff.forms.scene import pin_of
from staff.guard.permission import RightDenied
from staff.guard.tokens import is_token, session_of
from staff.i18n.words import OFFICE_ZONE
from staff.pages import flash
from staff.pages.acting import seen_by_all, submit
from staff.pages.documents import size_in_words
from staff.pages.explaining import Explanation, explain
from staff.rendering import page
from staff.titles import Titles
from staff.typing_in import typed
from staff.visit import Here, Visit
from vault.documents import LONGEST_TITLE
from workflows.messages import AnswerKind

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, where it will do."""

    part: FilePart
    kind: DocumentKind
    entry: Entry


@router.get("/journeys/{journey}/documents/new")
async def form(journey: UUID, visit: Here) -> Response:
    """The empty form; where there is one part only in which they may file, it is chosen."""
    return await run_in_threadpool(_form, visit, journey, {}, uuid4())


@router.post("/journeys/{journey}/documents/new")
async def file_document(journey: UUID, request: Request, visit: Here) -> Response:
    """Takes the file in, records it and goes back to the case."""
    await run_in_threadpool(_require, visit, journey)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        texts = await typed(request)  # given back by a page of ours that could not keep the file
        return await run_in_threadpool(_again, visit, journey, texts, FileFault.MISSING)
    incoming = IncomingForm(request)
    await incoming.start()
    request.state.typed = texts = dict(incoming.texts)
    asked, faults, expired = await run_in_threadpool(_read, visit, journey, texts)
    if asked is None:
        async for _ in incoming.blocks():
            pass  # a browser shows no answer before it has sent everything
        status = 403 if expired else 422
        again = partial(_form, faults=faults, expired=expired, status=status)
        return await run_in_threadpool(again, visit, journey, texts, command_id_of(texts))
    command_id = command_id_of(texts)
    try:
        received = await receive(
            visit.parts.documents,
            incoming.blocks(),
            journey=journey,
            part=asked.part,
            command_id=command_id,
            name=incoming.file_name or "",
            title=asked.entry.line("name") or "",
            limit=visit.parts.settings.document_limit,
        )
    except FileRefused as refused:
        return await run_in_threadpool(_again, visit, journey, texts, refused.fault)
    command = filing(asked.part, asked.kind, asked.entry.day("dated"), received)
    outcome = await submit(visit, journey, command, command_id)
    if outcome.refusal is not None:
        return await run_in_threadpool(_refused, visit, journey, texts, asked.part, outcome.refusal)
    late = not await run_in_threadpool(seen_by_all, visit, outcome)
    said = flash.NOTHING if outcome.kind is AnswerKind.NOTHING else flash.SAVED
    there = flash.address(
        f"/journeys/{journey}", what=said, late=late, reminders_resume_later=outcome.reminders_resume_later
    )
    return RedirectResponse(there, 303)


def _require(visit: Visit, journey: UUID) -> None:
    """Raises `RightDenied` unless there is a part in which they may file."""
    stream = journey_stream(journey)
    stance = visit.stance(stream)
    if not parts_to_file_in(stance):
        answers = (stance.may(right_to_file(part)) for part in FilePart)
        first = next(answer for answer in answers if isinstance(answer, Denied))
        raise RightDenied(first.reason, right_to_file(FilePart.NOTES), stream)


def _read(visit: Visit, journey: UUID, texts: Mapping[str, str]) -> tuple[_Asked | None, Mapping[str, str], bool]:
    """What was typed, or what is wrong with it, or that the form is of another session."""
    if not is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret):
        return None, {}, True
    entry = Entry(texts, OFFICE_ZONE)
    part, kind, dated = entry.code("part", FilePart), entry.code("kind", DocumentKind), entry.day("dated")
    if part is None:
        entry.faults["part"] = "document.fault.part"
    if kind is None:
        entry.faults["kind"] = "document.fault.kind"
    if "dated" in entry.faults or (dated and dated > visit.words.local(visit.now).date()):
        entry.faults["dated"] = "document.fault.dated"
    if len(entry.text("name")) > LONGEST_TITLE:
        entry.faults["name"] = "document.fault.name"
    if part is not None:
        visit.require(right_to_file(part), journey_stream(journey))
    if entry.faults or part is None or kind is None:
        return None, entry.faults, False
    return _Asked(part, kind, entry), {}, False


def _again(visit: Visit, journey: UUID, texts: Mapping[str, str], fault: FileFault) -> Response:
    """The form with what was typed, and what to do about the file."""
    command_id = uuid4() if fault is FileFault.USED else command_id_of(texts)
    status = 413 if fault is FileFault.TOO_LARGE else 422
    return _form(visit, journey, texts, command_id, faults={"file": f"document.fault.{fault.value}"}, status=status)


def _refused(visit: Visit, journey: UUID, texts: Mapping[str, str], part: FilePart, refusal: Refused) -> Response:
    if refusal.denial is not None:
        raise RightDenied(refusal.denial, right_to_file(part), journey_stream(journey))
    return _form(visit, journey, texts, uuid4(), refusal=refusal, status=409)


def _form(
    visit: Visit,
    journey: UUID,
    texts: Mapping[str, str],
    command_id: UUID,
    *,
    faults: Mapping[str, str] | None = None,
    expired: bool = False,
    refusal: Refused | None = None,
    status: int = 200,
) -> Response:
    _require(visit, journey)
    found = file(visit.parts.reader, journey)
    if found is None:
        return page(visit, "missing.html", 404, code=journey_code(journey), journey=None)
    limit = size_in_words(visit.parts.settings.document_limit, visit.words)
    return page(
        visit,
        "document_new.html",
        status,
        journey=journey,
        code=found.header.code,
        fields=_fields(visit, journey),
        texts={**_only_part(visit, journey), **texts},
        command_id=command_id,
        faults={name: visit.words(key, limit=limit) for name, key in (faults or {}).items()},
        expired=expired,
        explanation=_explanation(visit, found, refusal),
        limit=limit,
        again=bool(texts),
    )


def _explanation(visit: Visit, found: JourneyFile, refusal: Refused | None) -> Explanation | None:
    if refusal is None:
        return None
    return explain(refusal, Titles(visit.parts.desk.pathway(pin_of(found)), visit.words))


def _only_part(visit: Visit, journey: UUID) -> Mapping[str, str]:
    parts = parts_to_file_in(visit.stance(journey_stream(journey)))
    return {"part": parts[0].value} if len(parts) == 1 else {}


def _fields(visit: Visit, journey: UUID) -> tuple[Field, ...]:
    t = visit.words
    parts = parts_to_file_in(visit.stance(journey_stream(journey)))
    offered = tuple(Choice(part.value, capital(t.label(part))) for part in parts)
    today = t.local(visit.now).date()
    return (
        Field("part", FieldKind.RADIOS, t("document.part"), t("document.part-hint"), choices=offered),
        Field("kind", FieldKind.SELECT, t("document.kind"), choices=choices(list(DocumentKind), t)),
        Field("name", FieldKind.LINE, t("document.name"), t("document.name-hint")),
        Field("dated", FieldKind.DAY, t("document.dated"), t("document.dated-hint"), latest=today),
    )
