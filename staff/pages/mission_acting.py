"""Forms of field missions, in the manner of `acting`: nothing typed is lost, and one form is one command.

The big buttons of a mission's page send the same forms with nothing more typed into them: a tap is a command, a second
tap of the same page is the same command, and so is one more try after the network was gone. A mission's commands start
nothing beyond themselves, so there is no page of consequences between form and command.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.codes import StreamName
from domain.command import Command, parse
from domain.journey.state import journey_stream
from domain.mission.kind import MISSION
from domain.mission.state import mission_stream
from domain.refusal import RefusalCode, Refused
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial, Denied
from domain.sealed import Compartment
from domain.stream.naming import stream_code
from staff.forms import mission_going, mission_planning, mission_reporting
from staff.forms.draft import Draft, command_id_of
from staff.forms.entry import Entry
from staff.forms.mission_action import MISSION_ACTIONS, MissionAction, MissionScene
from staff.guard.permission import RightDenied
from staff.guard.tokens import is_token, session_of
from staff.pages import drafting, flash
from staff.pages.acting import seen_by_all
from staff.pages.explaining import Explanation, explain
from staff.pages.mission_story import mission_story
from staff.pages.mission_texts import report_notes
from staff.pages.story import Line
from staff.ports import Outcome
from staff.rendering import page
from staff.sealing import sealed_mission
from staff.typing_in import Typed
from staff.vehicles import vehicle_name
from staff.visit import Here, Visit
from workflows.messages import AnswerKind

router = APIRouter()
PLAN = mission_planning.PLAN


@router.get("/missions/new")
async def new() -> Response:
    """A mission gets its id with the form, so that planning it twice by accident plans it once."""
    return RedirectResponse(f"/missions/{uuid4()}/{PLAN.word}", 303)


@router.get("/missions/{mission}/{word}")
async def form(mission: UUID, word: str, visit: Here) -> Response:
    """The form, or why it cannot be filled in now."""
    scene, action = await run_in_threadpool(_scene, mission, word, visit)
    if scene is None or action is None:
        return missing(mission, visit)
    if scene.mission is not None and scene.mission.phase not in action.phases:
        return _blocked(scene, action, Refused(code=action.otherwise))
    return await run_in_threadpool(_opened, scene, action)


@router.post("/missions/{mission}/{word}")
async def act(mission: UUID, word: str, texts: Typed, visit: Here) -> Response:
    """Records what was typed or tapped; with `edit` the form as it was, to go on with it."""
    command_id = command_id_of(texts)
    scene, action = await run_in_threadpool(_scene, mission, word, visit, command_id)
    if scene is None or action is None:
        return missing(mission, visit)
    entry = Entry(texts, scene.zone)
    draft = Draft(texts, command_id, entry.number("seen"))
    if texts.get("intent") == "edit":
        return _form(scene, action, draft)
    if not is_token(texts.get("token", ""), session_of(visit.session), visit.parts.settings.secret):
        return _form(scene, action, draft, expired=True, status=403)
    body = await run_in_threadpool(_body, scene, action, entry)
    if entry.faults:
        return _form(scene, action, draft, faults=entry.faults, status=422)
    command = await run_in_threadpool(_sealed, scene, action, draft, body)
    return await _save(scene, action, draft, command)


async def _save(scene: MissionScene, action: MissionAction, draft: Draft, command: Command) -> Response:
    visit = scene.visit
    outcome = await _submit(visit, scene.id, command, draft.command_id)
    if outcome.refusal is not None:
        return await run_in_threadpool(_refused, scene, action, draft, outcome.refusal)
    await run_in_threadpool(drafting.settle, visit, draft.texts, draft.command_id)
    late = not await run_in_threadpool(seen_by_all, visit, outcome)
    there = flash.address(
        await run_in_threadpool(_home, visit, scene.id),
        what=flash.NOTHING if outcome.kind is AnswerKind.NOTHING else flash.SAVED,
        late=late,
        reminders_resume_later=outcome.reminders_resume_later,
    )
    return RedirectResponse(there, 303)


def _home(visit: Visit, mission: UUID) -> str:
    """The mission, unless it is not theirs to read any more: a crew's is, until it is reported on."""
    answer = visit.parts.rights.may(visit.person.id, Action.READ_MISSION, mission_stream(mission))
    return f"/missions/{mission}" if isinstance(answer, Allowed) else "/missions"


async def _submit(visit: Visit, mission: UUID, command: Command, command_id: UUID) -> Outcome:
    counters, desk = visit.parts.counters.commands, visit.parts.desk
    try:
        outcome = await desk.submit(
            mission, command, command_id=command_id, actor=visit.person.id, kind=StreamName.MISSION
        )
    except Exception:
        counters.labels(command.kind, "error").inc()
        raise
    counters.labels(command.kind, outcome.kind.value).inc()
    return outcome


def _scene(
    mission: UUID, word: str, visit: Visit, command_id: UUID | None = None
) -> tuple[MissionScene | None, MissionAction | None]:
    """The scene and its action; None where the address names nothing. Raises `RightDenied`.

    Whoever sends a command again gets its first answer, also where they may not any more: a reported mission is no
    longer its crew's.
    """
    action = MISSION_ACTIONS.get(word)
    if action is None:
        return None, None
    history = visit.parts.desk.history(mission_stream(mission))
    state = MISSION.fold(history)
    again = any(each.command_id == command_id and each.actor == visit.person.id for each in history)
    if action is PLAN:
        _may_plan(visit)
        offered = visit.parts.desk.pathways()
        pin, pathway = next(((pin, each) for pin, each in offered if each.missions is not None), offered[0])
        return MissionScene(visit, mission, None, pathway, pin, again), action
    if not again:
        visit.require(action.right, mission_stream(mission))
    if state is None:
        return None, None
    return MissionScene(visit, mission, state, visit.parts.desk.pathway(state.pin), state.pin, again), action


def _may_plan(visit: Visit) -> None:
    """Whether their role ever plans missions: for whom, the form says. Raises `RightDenied`."""
    answer = visit.parts.rights.may(visit.person.id, Action.PLAN_MISSION)
    if isinstance(answer, Denied) and answer.reason is not Denial.NOT_INVOLVED:
        raise RightDenied(answer.reason, Action.PLAN_MISSION)


def _body(scene: MissionScene, action: MissionAction, entry: Entry) -> dict[str, Any]:
    """The plain fields of the command. Raises `RightDenied` for a mission for a client who is not theirs."""
    entry.check(action.fields(scene))
    body = action.body(scene, entry)
    if action is PLAN and not entry.faults and not scene.again:
        # Who could plan one for anybody would go on it, and read who they are.
        streams: list[str | None] = [journey_stream(UUID(each)) for each in body["journeys"]]
        for stream in streams or [None]:
            scene.visit.require(Action.PLAN_MISSION, stream)
    return body


def _sealed(scene: MissionScene, action: MissionAction, draft: Draft, body: dict[str, Any]) -> Command:
    def seal(owner: StreamName, stream: UUID, compartment: Compartment, field: str, text: str) -> str:
        desk = scene.visit.parts.desk
        return desk.seal(stream, compartment, field=field, command_id=draft.command_id, text=text, kind=owner)

    fields = sealed_mission(scene.id, body, seal)
    if draft.seen is not None and "seen" in action.command.model_fields:
        fields["seen"] = draft.seen
    return parse(action.command.kind, fields)


def _opened(scene: MissionScene, action: MissionAction) -> Response:
    """The form as it is first drawn, or with the draft that the person goes on with."""
    kept = drafting.kept(scene.visit) if action.drafted else None
    if kept is not None and kept.resumed:
        return _form(scene, action, Draft(kept.texts, kept.command_id, kept.seen), kept=kept)
    texts = dict(action.defaults(scene))
    if action is mission_reporting.CORRECT:
        texts |= report_notes(scene)
    return _form(scene, action, Draft(texts, uuid4(), _seen(scene, action)), kept=kept)


def _seen(scene: MissionScene, action: MissionAction) -> int | None:
    return action.seen(scene.mission) if scene.mission else None


def _refused(scene: MissionScene, action: MissionAction, draft: Draft, refusal: Refused) -> Response:
    """The form again, with why, under an id of its own: the answer to the old one stands in the log for ever."""
    changes: list[Line] = []
    seen = draft.seen
    if refusal.code is RefusalCode.PART_CHANGED and scene.mission is not None:
        lines = mission_story(scene.visit, scene.id)
        changes = [line for line in lines if line.version > (seen or 0)]
        seen = _seen(scene, action)
    if refusal.code is RefusalCode.UNKNOWN_MISSION:
        return missing(scene.id, scene.visit)
    again = Draft(draft.texts, uuid4(), seen)
    who = _busy(scene, refusal)
    explanation = explain(refusal, scene.titles)
    return _form(scene, action, again, explanation=explanation, changes=changes, who=who, status=409)


def _busy(scene: MissionScene, refusal: Refused) -> str | None:
    """Whom or what the refusal is about, and until when they are taken."""
    if refusal.other is None or refusal.code not in {RefusalCode.RESOURCE_BUSY, RefusalCode.NOT_OF_THE_TEAM}:
        return None
    words, person = scene.words, scene.visit.people.get(refusal.other)
    name = person.name if person else vehicle_name(refusal.other, scene.visit)
    if refusal.until is None:
        return name
    return words("missions.busy-until", who=name, moment=words.near_moment(refusal.until, scene.visit.now))


def _form(
    scene: MissionScene,
    action: MissionAction,
    draft: Draft,
    *,
    faults: Mapping[str, str] | None = None,
    explanation: Explanation | None = None,
    changes: list[Line] | None = None,
    who: str | None = None,
    expired: bool = False,
    kept: drafting.Kept | None = None,
    status: int = 200,
) -> Response:
    groups, found = action.groups(scene), faults or {}
    return page(
        scene.visit,
        "mission_form.html",
        status,
        scene=scene,
        action=action,
        title=scene.words(f"missions.form.{action.word}"),
        groups=groups,
        draft=draft,
        faults={
            field.name: scene.words(found[field.name])
            for group in groups
            for field in group.fields
            if field.name in found
        },
        explanation=explanation,
        changes=changes or [],
        who=who,
        expired=expired,
        kept=kept,
    )


def _blocked(scene: MissionScene, action: MissionAction, refusal: Refused) -> Response:
    title = scene.words(f"missions.form.{action.word}")
    explanation = explain(refusal, scene.titles)
    return page(scene.visit, "mission_blocked.html", 409, scene=scene, title=title, explanation=explanation)


def missing(mission: UUID, visit: Visit) -> Response:
    """There is no such mission, or nothing on it by that name."""
    return page(visit, "mission_missing.html", 404, code=stream_code(StreamName.MISSION, mission))


__all__ = ["missing", "mission_going", "router"]
