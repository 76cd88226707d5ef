"""Actions on a contact of the hotline: a form, what it starts, and the command. As `acting` does it for journeys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.codes import StreamName
from domain.command import Command
from domain.contact.naming import contact_code
from domain.contact.state import contact_stream
from domain.refusal import RefusalCode, Refused
from domain.rights.actions import Action as Right
from projections.contacts.queries import one_contact
from staff.forms import contact_owing, contacting
from staff.forms.action import Note
from staff.forms.contact_scene import CONTACT_ACTIONS, ContactAction, ContactScene
from staff.forms.draft import Draft, Intent, command_id_of, intent_of
from staff.forms.entry import Entry
from staff.forms.field import FieldKind
from staff.forms.scene import NothingHere
from staff.guard.tokens import is_token, session_of
from staff.pages import flash
from staff.pages.acting import seen_by_all
from staff.pages.calling import seal_note, submit_contact
from staff.pages.contact_story import foretold, tell_contact
from staff.pages.explaining import Explanation, explain
from staff.pages.story import Line
from staff.rendering import page
from staff.titles import Titles
from staff.typing_in import Typed
from staff.visit import Here, Visit
from workflows.messages import AnswerKind

router = APIRouter()
IN_THE_WAY = frozenset(
    {
        RefusalCode.NO_CALL_BACK_PROMISED,
        RefusalCode.CALL_BACK_ALREADY_PROMISED,
        RefusalCode.CALL_BACK_NOT_PERMITTED,
        RefusalCode.NO_SUCH_DANGER,
        RefusalCode.CONTACT_SETTLED,
    }
)
"""What no entry could help: it is said before a form is filled in."""


@router.get("/contacts/{contact}/{word}")
@router.get("/contacts/{contact}/{word}/{about}")
async def form(contact: UUID, word: str, visit: Here, about: str = "") -> Response:
    """The form as it begins, or why it cannot be filled in now."""
    scene, action = await run_in_threadpool(_scene, contact, word, about, visit)
    if scene is None or action is None:
        return missing(contact, visit)
    defaults = await run_in_threadpool(_defaults, action, scene)
    draft = Draft(defaults, uuid4(), action.seen(scene))
    trial = await run_in_threadpool(_trial, action, scene, draft)
    if trial is not None:
        foreseen = await scene.desk.preview(contact, trial, actor=visit.person.id, kind=StreamName.CONTACT)
        if foreseen.refusal is not None and foreseen.refusal.code in IN_THE_WAY:
            return await run_in_threadpool(_blocked, scene, action, foreseen.refusal)
    return await run_in_threadpool(_form, scene, action, draft)


@router.post("/contacts/{contact}/{word}")
@router.post("/contacts/{contact}/{word}/{about}")
async def act(contact: UUID, word: str, texts: Typed, visit: Here, about: str = "") -> Response:
    """Checks, previews or saves what was typed, as the button wants."""
    scene, action = await run_in_threadpool(_scene, contact, word, about, visit)
    if scene is None or action is None:
        return missing(contact, visit)
    intent, entry = intent_of(texts), Entry(texts, scene.pathway.zone)
    draft = Draft(texts, command_id_of(texts), entry.number("seen"))
    if intent is Intent.EDIT:
        return await run_in_threadpool(_form, scene, action, draft)
    if not is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret):
        return await run_in_threadpool(_form, scene, action, draft, expired=True, status=403)
    note = entry.note("note")
    sealing = note is not None and (intent is Intent.SAVE or action.with_note) and not entry.faults
    sealed = await run_in_threadpool(seal_note, visit, contact, draft.command_id, note or "") if sealing else None
    command = await run_in_threadpool(_command, action, scene, entry, draft, sealed)
    if command is None:
        if intent is Intent.GLANCE:
            return page(visit, "glance.html", what=None)
        return await run_in_threadpool(_form, scene, action, draft, faults=entry.faults, status=422)
    if intent is Intent.SAVE:
        return await _save(scene, action, draft, command)
    return await _foreseen(scene, action, draft, command, intent)


async def _foreseen(
    scene: ContactScene, action: ContactAction, draft: Draft, command: Command, intent: Intent
) -> Response:
    visit = scene.visit
    foreseen = await scene.desk.preview(scene.contact, command, actor=visit.person.id, kind=StreamName.CONTACT)
    what = foretold(foreseen.events, scene.titles, visit)
    if intent is Intent.GLANCE:
        explanation = _explained(foreseen.refusal, scene) if foreseen.refusal else None
        return page(visit, "glance.html", what=what, explanation=explanation)
    if foreseen.refusal is not None:
        return await run_in_threadpool(_refused, scene, action, draft, foreseen.refusal)
    return await run_in_threadpool(
        page,
        visit,
        "contact_check.html",
        scene=scene,
        title=_title(action, scene),
        fields=action.fields(scene),
        draft=draft,
        what=what,
        nothing=not foreseen.events,
    )


async def _save(scene: ContactScene, action: ContactAction, draft: Draft, command: Command) -> Response:
    outcome = await submit_contact(scene.visit, scene.contact, command, draft.command_id)
    if outcome.refusal is not None:
        again = Draft(draft.texts, uuid4(), draft.seen)
        return await run_in_threadpool(_refused, scene, action, again, outcome.refusal)
    late = not await run_in_threadpool(seen_by_all, scene.visit, outcome)
    said = flash.NOTHING if outcome.kind is AnswerKind.NOTHING else flash.SAVED
    later = outcome.reminders_resume_later
    there = flash.address(f"/contacts/{scene.contact}", what=said, late=late, reminders_resume_later=later)
    return RedirectResponse(there, 303)


def _refused(scene: ContactScene, action: ContactAction, draft: Draft, refusal: Refused) -> Response:
    """The form again, with why; where somebody was faster, with what they recorded and the version to go on from."""
    changes: list[Line] = []
    if refusal.code is RefusalCode.PART_CHANGED:
        history = scene.visit.parts.hotline.history(scene.contact)
        since = [recorded for recorded in history if recorded.version > (draft.seen or 0)]
        changes = tell_contact(since, scene.contact, scene.titles, scene.visit)
        draft = Draft(draft.texts, draft.command_id, action.seen(scene))
    return _form(scene, action, draft, refusal=refusal, changes=changes, status=409)


def _form(
    scene: ContactScene,
    action: ContactAction,
    draft: Draft,
    *,
    faults: Mapping[str, str] | None = None,
    refusal: Refused | None = None,
    changes: list[Line] | None = None,
    expired: bool = False,
    status: int = 200,
) -> Response:
    fields, found = action.fields(scene), faults or {}
    return page(
        scene.visit,
        "contact_form.html",
        status,
        scene=scene,
        title=_title(action, scene),
        fields=fields,
        draft=draft,
        faults={field.name: scene.words(found[field.name]) for field in fields if field.name in found},
        explanation=_explained(refusal, scene) if refusal else None,
        changes=changes or [],
        expired=expired,
        warning=None,
    )


def _blocked(scene: ContactScene, action: ContactAction, refusal: Refused) -> Response:
    explanation = _explained(refusal, scene)
    return page(
        scene.visit, "contact_blocked.html", 409, scene=scene, title=_title(action, scene), explanation=explanation
    )


def _explained(refusal: Refused, scene: ContactScene) -> Explanation:
    """Why, in the words of the hotline where those of a journey's steps would mislead."""
    explanation = explain(refusal, Titles(scene.pathway, scene.words))
    if refusal.code is not RefusalCode.NOTHING_TO_CORRECT:
        return explanation
    return replace(explanation, why=scene.words("contact.nothing-to-correct"), do=scene.words("contact.change-first"))


def _title(action: ContactAction, scene: ContactScene) -> str:
    about = action.about(scene)
    return f"{scene.words(action.title)}: {about}" if about else scene.words(action.title)


def _scene(contact: UUID, word: str, about: str, visit: Visit) -> tuple[ContactScene | None, ContactAction | None]:
    """The scene and its action; None where the address names nothing that is there. Asks for the right first."""
    action = CONTACT_ACTIONS.known.get(word)
    visit.require(action.right if action else Right.READ_CONTACT, contact_stream(contact))
    found = one_contact(visit.parts.reader, contact)
    if action is None or found is None:
        return None, None
    details = found.details
    pathway = visit.parts.desk.published(details["pathway"], details["pathway_version"])
    scene = ContactScene(visit, contact, about, found, pathway)
    try:
        _title(action, scene)
    except NothingHere:
        return None, None
    return scene, action


def missing(contact: UUID, visit: Visit) -> Response:
    """There is no such contact, or nothing of this kind to do about it."""
    return page(visit, "contact_missing.html", 404, code=contact_code(contact), just_logged=flash.is_late(visit))


def _command(action: ContactAction, scene: ContactScene, entry: Entry, draft: Draft, note: Note) -> Command | None:
    entry.check(action.fields(scene))
    command = action.command(scene, entry, draft.seen, note)
    return None if entry.faults else command


def _trial(action: ContactAction, scene: ContactScene, draft: Draft) -> Command | None:
    """What the form would command as it begins, or the plainest command of its kind."""
    if action.word in contact_owing.PLAIN:
        return contact_owing.PLAIN[action.word]
    entry = Entry(draft.texts, scene.pathway.zone)
    return action.command(scene, entry, draft.seen, None)


def _defaults(action: ContactAction, scene: ContactScene) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in action.fields(scene):
        if field.kind is FieldKind.CHECKS:
            chosen = field.default.split()
            found |= {box: "1" for c, box in zip(field.choices, field.inputs, strict=True) if c.value in chosen}
        elif field.default:
            found[field.name] = field.default
    return found


__all__ = ["contacting", "missing", "router"]
