"""Actions: a form, a page that says what it starts, and the command. One engine for every action.

Nothing typed is ever lost: a fault, a refusal, a change by somebody else or an outage gives the form back as it was.
The `command_id` is made when the form is first drawn, so that a double click, the back button and a second try after an
outage are one command. Only after a refusal is a new one made: the old one's answer stands in the log for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.command import Command
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.refusal import RefusalCode, Refused
from domain.rights.parts import hidden_topics, opens_file
from projections.journey_file.queries import file, timeline
from projections.names import PRESENT
from projections.status import wait
from staff.forms import approving, case, emergency, journeying, nudging, stepping
from staff.forms.action import ACTIONS, Action
from staff.forms.draft import Draft, Intent, command_id_of, intent_of
from staff.forms.entered import command_of, sealed_command
from staff.forms.entry import Entry
from staff.forms.rights import require_form, right_of
from staff.forms.scene import NothingHere, Scene, pin_of
from staff.forms.trial import is_in_the_way, trial
from staff.guard.permission import RightDenied
from staff.guard.step_up import require_step_up
from staff.guard.tokens import is_token, session_of
from staff.matches import Matches
from staff.pages import drafting, flash
from staff.pages.consequences import consequences
from staff.pages.duplicates import LOOKED, duplicates, keep_client
from staff.pages.explaining import Explanation, explain
from staff.pages.story import Line, tell
from staff.ports import Foreseen, Outcome
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit
from workflows.messages import AnswerKind

router = APIRouter()
CHANGES_SHOWN = 40


@router.get("/journeys/new")
async def new() -> Response:
    """A journey gets its id with the form, so that opening it twice by accident opens it once."""
    return RedirectResponse(f"/journeys/{uuid4()}/{journeying.OPENING.word}", 303)


@router.get("/journeys/{journey}/{word}")
@router.get("/journeys/{journey}/{word}/{about}")
async def form(journey: UUID, word: str, visit: Here, about: str = "") -> Response:
    """The empty form, or why it cannot be filled in now."""
    scene, action = await run_in_threadpool(_scene, journey, word, about, visit)
    await run_in_threadpool(require_form, visit, journey, word)
    if scene is None or action is None:
        return await run_in_threadpool(_missing, journey, visit)
    if action is emergency.OPENING:
        await run_in_threadpool(require_step_up, visit)
    command = trial(action, scene)
    if command is not None:
        refusal = (await scene.desk.preview(journey, command, actor=visit.person.id)).refusal
        if refusal is not None and is_in_the_way(refusal):
            return await run_in_threadpool(_blocked, scene, action, refusal)
    return await run_in_threadpool(_empty, scene, action)


@router.post("/journeys/{journey}/{word}")
@router.post("/journeys/{journey}/{word}/{about}")
async def act(journey: UUID, word: str, texts: Typed, visit: Here, about: str = "") -> Response:
    """Checks, previews or saves what was typed, as the button wants; the recorder asks whether they may save it."""
    scene, action = await run_in_threadpool(_scene, journey, word, about, visit)
    if scene is None or action is None:
        await run_in_threadpool(require_form, visit, journey, word)
        return await run_in_threadpool(_missing, journey, visit)
    intent, entry = intent_of(texts), Entry(texts, scene.pathway.zone)
    draft = Draft(texts, command_id_of(texts), entry.number("seen"))
    note = entry.note("note")
    is_whole = is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret)
    command = await run_in_threadpool(command_of, action, scene, entry, draft, None) if is_whole else None
    if intent is not Intent.SAVE or command is None:
        await run_in_threadpool(require_form, visit, journey, word)
    if intent is Intent.EDIT:
        return await run_in_threadpool(_form, scene, action, draft)
    if action is emergency.OPENING and intent is Intent.SAVE:
        await run_in_threadpool(require_step_up, visit)
    if not is_whole:
        return await run_in_threadpool(_form, scene, action, draft, expired=True, status=403)
    if command is None:
        if intent is Intent.GLANCE:
            return page(visit, "glance.html", what=None)
        return await run_in_threadpool(_form, scene, action, draft, faults=entry.faults, status=422)
    alike = None
    if action is journeying.OPENING and intent is not Intent.GLANCE:
        alike = await run_in_threadpool(duplicates, visit, journey, texts)
        if alike is not None:
            draft, intent = replace(draft, texts={**texts, LOOKED: "1"}), Intent.CHECK
    if intent is not Intent.SAVE:
        return await _foreseen(scene, action, draft, command, intent, alike)
    if note is not None or action.sealed:
        command = await run_in_threadpool(sealed_command, action, scene, entry, draft, note)
    return await _save(scene, action, draft, command)


async def _foreseen(
    scene: Scene, action: Action, draft: Draft, command: Command, intent: Intent, alike: Matches | None = None
) -> Response:
    foreseen = await scene.desk.preview(scene.journey, command, actor=scene.visit.person.id)
    refusal = foreseen.refusal
    if intent is Intent.GLANCE:
        explanation = explain(refusal, scene.titles) if refusal else None
        what = consequences(foreseen, scene.titles, scene.visit)
        return page(scene.visit, "glance.html", what=what, explanation=explanation)
    if refusal is not None:
        return await _refused(scene, action, draft, refusal)
    return await run_in_threadpool(_checked, scene, action, draft, foreseen, alike)


def _checked(scene: Scene, action: Action, draft: Draft, foreseen: Foreseen, alike: Matches | None) -> Response:
    return page(
        scene.visit,
        "check.html",
        scene=scene,
        action=action,
        title=action.title(scene),
        fields=action.fields(scene),
        draft=draft,
        what=consequences(foreseen, scene.titles, scene.visit),
        nothing=not foreseen.events,
        alike=alike,
    )


async def _save(scene: Scene, action: Action, draft: Draft, command: Command) -> Response:
    visit = scene.visit
    outcome = await submit(visit, scene.journey, command, draft.command_id)
    if outcome.refusal is not None:
        again = Draft(draft.texts, uuid4(), draft.seen)
        return await _refused(scene, action, again, outcome.refusal)
    await run_in_threadpool(drafting.settle, visit, draft.texts, draft.command_id)
    late = not await run_in_threadpool(seen_by_all, visit, outcome)
    if action is journeying.OPENING:
        unsaved = await run_in_threadpool(keep_client, visit, scene.journey, draft.texts)
        if unsaved is not None:
            return unsaved
    said = flash.NOTHING if outcome.kind is AnswerKind.NOTHING else flash.SAVED
    home = await run_in_threadpool(_home, visit, scene.journey) if action.back is None else action.back
    there = flash.address(home, what=said, late=late, reminders_resume_later=outcome.reminders_resume_later)
    return RedirectResponse(there, 303)


def _home(visit: Visit, journey: UUID) -> str:
    """The file, unless it is not theirs to read, as of who opened it for somebody else."""
    visit.stances.clear()  # the command may have changed how they stand to it
    return f"/journeys/{journey}" if opens_file(visit.stance(journey_stream(journey))) else "/journeys"


async def submit(visit: Visit, journey: UUID, command: Command, command_id: UUID) -> Outcome:
    """Records a command of the person who visits, and counts it."""
    counters = visit.parts.counters.commands
    try:
        outcome = await visit.parts.desk.submit(journey, command, command_id=command_id, actor=visit.person.id)
    except Exception:
        counters.labels(command.kind, "error").inc()
        raise
    counters.labels(command.kind, outcome.kind.value).inc()
    return outcome


def seen_by_all(visit: Visit, outcome: Outcome) -> bool:
    """Whether every read model shows the outcome within our patience: authors read their own writes."""
    if outcome.position is None:
        return True
    level = wait(visit.parts.reader, PRESENT, outcome.position, visit.parts.settings.patience)
    if not level:
        visit.parts.counters.late_views.inc()
    return level


async def _refused(scene: Scene, action: Action, draft: Draft, refusal: Refused) -> Response:
    """The form again, with why; where somebody was faster, with what they recorded and the version to go on from."""
    if refusal.code is RefusalCode.NOT_PERMITTED and refusal.denial is not None:
        raise RightDenied(refusal.denial, right_of(action.word), journey_stream(scene.journey))
    explanation = explain(refusal, scene.titles)
    changes: list[Line] = []
    if refusal.code is RefusalCode.PART_CHANGED:
        changes = await run_in_threadpool(_changes, scene, action, draft.seen or 0)
        draft = Draft(draft.texts, draft.command_id, action.seen(scene))
    return await run_in_threadpool(_form, scene, action, draft, explanation=explanation, changes=changes, status=409)


def _changes(scene: Scene, action: Action, seen: int) -> list[Line]:
    """What has been recorded about this part since the form was drawn."""
    hidden = hidden_topics(scene.visit.stance(journey_stream(scene.journey)))
    found = timeline(scene.visit.parts.reader, scene.journey, hidden=hidden, limit=CHANGES_SHOWN)
    part = action.part(scene)
    step = scene.about if scene.pathway.find_step(scene.about) else None
    rows = [
        row
        for row in found.rows
        if row.version > seen
        and not row.is_system  # the clock makes no form stale: its reminders may be older than the form
        and (row.step == step if step else getattr(row.body, "part", part) == part)
    ]
    return tell(rows, scene.journey, scene.titles, scene.visit)


def _form(
    scene: Scene,
    action: Action,
    draft: Draft,
    *,
    faults: Mapping[str, str] | None = None,
    explanation: Explanation | None = None,
    changes: list[Line] | None = None,
    expired: bool = False,
    kept: drafting.Kept | None = None,
    status: int = 200,
) -> Response:
    fields, found = action.fields(scene), faults or {}
    return page(
        scene.visit,
        "form.html",
        status,
        scene=scene,
        action=action,
        title=action.title(scene),
        fields=fields,
        draft=draft,
        faults={field.name: scene.words(found[field.name]) for field in fields if field.name in found},
        explanation=explanation,
        changes=changes or [],
        expired=expired,
        kept=kept,
        warning=action.warning(scene),
    )


def _empty(scene: Scene, action: Action) -> Response:
    """The form as it is first drawn, or as somebody left it."""
    kept = drafting.kept(scene.visit)
    if kept is not None and kept.resumed:
        return _form(scene, action, Draft(kept.texts, kept.command_id, kept.seen), kept=kept)
    defaults = {field.name: field.default for field in action.fields(scene) if field.default}
    return _form(scene, action, Draft(defaults, uuid4(), action.seen(scene)), kept=kept)


def _blocked(scene: Scene, action: Action, refusal: Refused) -> Response:
    explanation = explain(refusal, scene.titles)
    return page(scene.visit, "blocked.html", 409, scene=scene, title=action.title(scene), explanation=explanation)


def _scene(journey: UUID, word: str, about: str, visit: Visit) -> tuple[Scene | None, Action | None]:
    """The scene and its action; None where the address names nothing that is there."""
    action = ACTIONS.get(word)
    found = file(visit.parts.reader, journey)
    if action is None or (found is None and action is not journeying.OPENING):
        return None, None
    if action is journeying.OPENING:
        found = None  # sent twice, it is there already: the same command gives the first answer again
    pathways = visit.parts.desk.pathways()
    pathway = visit.parts.desk.pathway(pin_of(found)) if found else pathways[0][1]
    scene = Scene(visit, journey, about, found, pathway)
    try:
        action.title(scene)
    except NothingHere:
        return None, None
    return scene, action


def _missing(journey: UUID, visit: Visit) -> Response:
    """Says which of the two is not there: the journey, or what the address names in it."""
    known = file(visit.parts.reader, journey) is not None
    return page(visit, "missing.html", 404, code=journey_code(journey), journey=journey if known else None)


__all__ = ["approving", "case", "emergency", "nudging", "router", "seen_by_all", "stepping", "submit"]
