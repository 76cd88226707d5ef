"""The call form, its blank for paper, and saving a call: one command, whatever is pressed how often.

The address holds the id of the contact from the first drawing on: who goes back, or sends the form again, is led to the
call that is logged. A number goes to the vault after the call is in the log, and again with every repetition: an
outage between the two is mended by trying again.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.codes import StreamName
from domain.command import Command
from domain.event import Event
from domain.refusal import Refused
from domain.rights.actions import Action as Right
from domain.sealed import Compartment, Notes, Sealed
from projections.contacts.queries import one_contact
from staff.forms.action import Note
from staff.forms.calling import Call, CallForm, call_form, chain, read_call
from staff.forms.draft import Draft, Intent, command_id_of, intent_of
from staff.forms.entry import Entry
from staff.guard.tokens import is_token, session_of
from staff.pages import flash
from staff.pages.acting import seen_by_all
from staff.pages.contact_story import foretold
from staff.pages.explaining import Explanation, explain
from staff.ports import Outcome
from staff.rendering import page
from staff.titles import Titles
from staff.typing_in import Typed
from staff.visit import Here, Visit

router = APIRouter()


@router.get("/contacts/new")
async def new(visit: Here) -> Response:
    """A call gets its id with the form, so that saving it twice by accident logs it once."""
    await run_in_threadpool(visit.require, Right.LOG_CONTACT)
    return RedirectResponse(f"/contacts/{uuid4()}/log", 303)


@router.get("/contacts/blank")
async def blank(visit: Here) -> Response:
    """The same form for paper, when the computers are down: one page, nothing filled in."""
    form = await run_in_threadpool(_form, visit, uuid4())
    if form is None:
        return _no_hotline(visit)
    return page(visit, "call_blank.html", form=form, called=chain(form))


@router.get("/contacts/{contact}/log")
async def form(contact: UUID, visit: Here) -> Response:
    """The empty form; where the call is logged already, the call."""
    found = await run_in_threadpool(_form, visit, contact)
    if found is None:
        return _no_hotline(visit)
    if await run_in_threadpool(one_contact, visit.parts.reader, contact) is not None:
        return RedirectResponse(flash.address(f"/contacts/{contact}", what=flash.NOTHING), 303)
    defaults = {field.name: field.default for field in found.fields if field.default}
    return _drawn(found, Draft(defaults, uuid4(), None))


@router.post("/contacts/{contact}/log")
async def log(contact: UUID, texts: Typed, visit: Here) -> Response:
    """Checks, shows what would start, or saves, as the button wants."""
    found = await run_in_threadpool(_form, visit, contact)
    if found is None:
        return _no_hotline(visit)
    intent, draft = intent_of(texts), Draft(texts, command_id_of(texts), None)
    if intent is Intent.EDIT:
        return _drawn(found, draft)
    if not is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret):
        return _drawn(found, draft, expired=True, status=403)
    entry = Entry(texts, found.pathway.zone)
    note = entry.note("note")
    call = await run_in_threadpool(read_call, found, entry, None)
    if call is None:
        if intent is Intent.GLANCE:
            return page(visit, "glance.html", what=None)
        return _drawn(found, draft, faults=entry.faults, status=422)
    if intent is not Intent.SAVE:
        return await _glance(found, call)
    if note is not None:
        call = await run_in_threadpool(_sealed, found, texts, draft.command_id, note)
    return await _save(found, draft, call)


async def _glance(form: CallForm, call: Call) -> Response:
    visit = form.visit
    foreseen = await visit.parts.desk.preview(
        form.contact, call.command, actor=visit.person.id, kind=StreamName.CONTACT
    )
    explanation = explain(foreseen.refusal, Titles(form.pathway, visit.words)) if foreseen.refusal else None
    events: tuple[Event, ...] = foreseen.events
    what = foretold(events, form.titles, visit)
    agreed = call.promise.until_at if call.promise else None
    return page(visit, "call_glance.html", what=what, explanation=explanation, agreed=agreed)


async def _save(form: CallForm, draft: Draft, call: Call) -> Response:
    visit = form.visit
    outcome = await submit_contact(visit, form.contact, call.command, draft.command_id)
    if outcome.refusal is not None:
        return _drawn(form, Draft(draft.texts, uuid4(), None), refusal=outcome.refusal, status=409)
    if call.number is not None:
        await run_in_threadpool(visit.parts.hotline.keep, form.contact, call.number)
    last = outcome
    if call.promise is not None:
        last = await submit_contact(visit, form.contact, call.promise, call.promise_id(draft.command_id))
    late = not await run_in_threadpool(seen_by_all, visit, last if last.position else outcome)
    there = flash.address(
        f"/contacts/{form.contact}",
        what=flash.SAVED,
        late=late,
        reminders_resume_later=outcome.reminders_resume_later or last.reminders_resume_later,
    )
    recognised = "&look=earlier" if call.number and call.command.may_recognise else ""
    return RedirectResponse(there + recognised, 303)


async def submit_contact(visit: Visit, contact: UUID, command: Command, command_id: UUID) -> Outcome:
    """Records a command for a contact, of the person who visits, and counts it."""
    counters, desk = visit.parts.counters.commands, visit.parts.desk
    try:
        outcome = await desk.submit(
            contact, command, command_id=command_id, actor=visit.person.id, kind=StreamName.CONTACT
        )
    except Exception:
        counters.labels(command.kind, "error").inc()
        raise
    counters.labels(command.kind, outcome.kind.value).inc()
    return outcome


def _form(visit: Visit, contact: UUID) -> CallForm | None:
    visit.require(Right.LOG_CONTACT)
    return call_form(visit, contact)


def _no_hotline(visit: Visit) -> Response:
    return page(visit, "call_none.html", 404)


def seal_note(visit: Visit, contact: UUID, command_id: UUID, text: str) -> Note:
    """The note, sealed with the key of the contact. Raises `TextTooLong`, `VaultUnavailable`."""
    desk = visit.parts.desk
    sealed = desk.seal(
        contact, Compartment.NOTES, field="note", command_id=command_id, text=text, kind=StreamName.CONTACT
    )
    return Sealed[Notes](sealed)


def _sealed(form: CallForm, texts: Mapping[str, str], command_id: UUID, note: str) -> Call:
    sealed = seal_note(form.visit, form.contact, command_id, note)
    call = read_call(form, Entry(texts, form.pathway.zone), sealed)
    assert call is not None, "the same entry was a call a moment ago"
    return call


def _drawn(
    form: CallForm,
    draft: Draft,
    *,
    faults: Mapping[str, str] | None = None,
    refusal: Refused | None = None,
    expired: bool = False,
    status: int = 200,
) -> Response:
    found, words = faults or {}, form.visit.words
    explanation: Explanation | None = explain(refusal, Titles(form.pathway, words)) if refusal else None
    return page(
        form.visit,
        "call.html",
        status,
        form=form,
        draft=draft,
        faults={field.name: words(found[field.name]) for field in form.fields if field.name in found},
        explanation=explanation,
        expired=expired,
        called=chain(form),
        more_is_open=any(field.name in found for field in form.more),
    )
