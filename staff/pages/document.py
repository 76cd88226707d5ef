"""One document: what is known of it; opened once somebody said what for; withdrawn where it was a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.journey.document.codes import FilingMistake
from domain.journey.document.parts import FilePart
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.refusal import Refused
from domain.rights.actions import Action
from domain.rights.parts import opens_document
from projections.journey_file.documents import DocumentRow
from projections.journey_file.queries import file
from staff.filing.command import right_to_file, withdrawal
from staff.filing.giving import download
from staff.forms.draft import command_id_of
from staff.forms.scene import pin_of
from staff.guard.permission import RightDenied
from staff.guard.tokens import is_token, session_of
from staff.pages import flash
from staff.pages.acting import seen_by_all, submit
from staff.pages.documents import shown, titles_of
from staff.pages.explaining import explain
from staff.pages.identity import PURPOSES
from staff.rendering import page
from staff.titles import Titles
from staff.typing_in import Typed
from staff.visit import Here, Visit
from vault.accesses import LONGEST_REASON, RevealPurpose

router = APIRouter()


def find_document(visit: Visit, journey: UUID, document: UUID) -> DocumentRow | None:
    """The document, where there is one that is theirs to read; of another part it is as if there were none.

    Raises `RightDenied` where no document of this journey is theirs.
    """
    visit.require(Action.READ_DOCUMENTS, journey_stream(journey))
    found = file(visit.parts.reader, journey)
    rows = found.document.documents if found else ()
    row = next((row for row in rows if row.document == document), None)
    theirs = row is not None and opens_document(visit.stance(journey_stream(journey)), row.compartment)
    return row if theirs else None


@router.get("/journeys/{journey}/documents/{document}")
async def one(journey: UUID, document: UUID, visit: Here) -> Response:
    """What is known of it, and the form that asks what it is needed for."""
    return await run_in_threadpool(_page, visit, journey, document, {})


@router.post("/journeys/{journey}/documents/{document}")
async def open_document(journey: UUID, document: UUID, texts: Typed, visit: Here) -> Response:
    """The file, once that is logged."""
    return await run_in_threadpool(_open, visit, journey, document, texts)


@router.get("/journeys/{journey}/documents/{document}/withdraw")
async def ask_to_withdraw(journey: UUID, document: UUID, visit: Here) -> Response:
    """The form that asks what is wrong with it."""
    return await run_in_threadpool(_withdrawing, visit, journey, document, {}, uuid4())


@router.post("/journeys/{journey}/documents/{document}/withdraw")
async def withdraw(journey: UUID, document: UUID, texts: Typed, visit: Here) -> Response:
    """Records that it was filed by mistake."""
    row = await run_in_threadpool(find_document, visit, journey, document)
    command_id = command_id_of(texts)
    if row is None:
        return await run_in_threadpool(_page, visit, journey, document, {})
    is_whole = is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret)
    mistake = next((each for each in FilingMistake if each.value == texts.get("mistake")), None)
    if not is_whole or mistake is None:
        faults = {"mistake": "document.fault.mistake"} if is_whole else {"": "form.fault.expired"}
        status = 422 if is_whole else 403
        again = partial(_withdrawing, faults=faults, status=status)
        return await run_in_threadpool(again, visit, journey, document, texts, command_id)
    seen = texts.get("seen", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    outcome = await submit(visit, journey, withdrawal(row, mistake, version), command_id)
    if outcome.refusal is not None:
        again = partial(_withdrawing, refusal=outcome.refusal, status=409)
        return await run_in_threadpool(again, visit, journey, document, texts, uuid4())
    late = not await run_in_threadpool(seen_by_all, visit, outcome)
    there = flash.address(
        f"/journeys/{journey}",
        what=flash.SAVED,
        late=late,
        reminders_resume_later=outcome.reminders_resume_later,
    )
    return RedirectResponse(there, 303)


def _open(visit: Visit, journey: UUID, document: UUID, texts: Mapping[str, str]) -> Response:
    row = find_document(visit, journey, document)
    if row is None or row.withdrawn_at is not None:
        return _page(visit, journey, document, {})
    if not is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret):
        return _page(visit, journey, document, texts, faults={"": "form.fault.expired"}, status=403)
    typed, reason = texts.get("purpose", ""), texts.get("reason", "").strip()
    purpose = next((each for each in PURPOSES if each.value == typed), None)
    faults = {}
    if purpose is None:
        faults["purpose"] = "identity.fault.purpose"
    if purpose is RevealPurpose.OTHER and not reason:
        faults["reason"] = "identity.fault.reason"
    if len(reason) > LONGEST_REASON:
        faults["reason"] = "identity.fault.reason-long"
    if faults or purpose is None:
        return _page(visit, journey, document, texts, faults=faults, status=422)
    opened = visit.parts.documents.open(visit.person.id, journey, document, purpose, reason or None)
    if opened is None or opened.sha256 != row.sha256:
        return _page(visit, journey, document, texts, faults={"": "document.gone"}, status=410)
    return download(opened, row.media, with_name=texts.get("with-name") == "on")


def _page(
    visit: Visit,
    journey: UUID,
    document: UUID,
    texts: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    row = find_document(visit, journey, document)
    if row is None:
        return _missing(visit, journey)
    titles, _ = titles_of(journey, [row], visit)
    return page(
        visit,
        "document.html",
        status,
        journey=journey,
        code=journey_code(journey),
        one=shown(row, titles, visit),
        purposes=PURPOSES,
        texts=texts,
        faults={name: visit.words(key) for name, key in (faults or {}).items()},
        may_withdraw=row.withdrawn_at is None
        and visit.may(right_to_file(FilePart(row.compartment.value)), journey_stream(journey)),
    )


def _withdrawing(
    visit: Visit,
    journey: UUID,
    document: UUID,
    texts: Mapping[str, str],
    command_id: UUID,
    *,
    faults: Mapping[str, str] | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> Response:
    row = find_document(visit, journey, document)
    found = file(visit.parts.reader, journey)
    if row is None or found is None:
        return _missing(visit, journey)
    right, stream = right_to_file(FilePart(row.compartment.value)), journey_stream(journey)
    visit.require(right, stream)
    if refusal is not None and refusal.denial is not None:
        raise RightDenied(refusal.denial, right, stream)
    titles, _ = titles_of(journey, [row], visit)
    explanation = explain(refusal, Titles(visit.parts.desk.pathway(pin_of(found)), visit.words)) if refusal else None
    return page(
        visit,
        "document_withdraw.html",
        status,
        journey=journey,
        code=journey_code(journey),
        one=shown(row, titles, visit),
        mistakes=tuple(FilingMistake),
        texts=texts,
        command_id=command_id,
        faults={name: visit.words(key) for name, key in (faults or {}).items()},
        explanation=explanation,
    )


def _missing(visit: Visit, journey: UUID) -> Response:
    known = file(visit.parts.reader, journey) is not None
    return page(visit, "missing.html", 404, code=journey_code(journey), journey=journey if known else None)
