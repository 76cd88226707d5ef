"""Every event of a case, decision by decision: who, when, by which rules, what caused it and what it brought about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from analysis.browsing.log import cause, decisions, receipts
from domain.codes import SYSTEM_ACTOR
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.parts import FILE, parts_of_event
from staff.event_groups import OF_JOURNEYS, EventGroup, group_of
from staff.guard.decision_portion import DecisionPortion, cause_portion
from staff.guard.portion import missing_parts, require_file
from staff.pages.asking import code, ident, link
from staff.pages.decision_lines import Course, DecisionLines, course_of, decision_lines
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 25
"""Decisions of a page."""
CLOCK = "clock"
"""Stands for whoever decided in the address where nobody did."""


@router.get("/journeys/{journey}/events")
async def journey_events(journey: UUID, visit: Here) -> Response:
    """The latest first; by `?kind=…`, `?who=…` (a person or `clock`) and `?part=…` of the file.

    On from `?before=…` a version, or from the decision around the event of version `?around=…`.
    """
    return await run_in_threadpool(_page, journey, visit)


def _page(journey: UUID, visit: Visit) -> Response:
    stream = journey_stream(journey)
    stance, query = visit.stance(stream), visit.request.query_params
    require_file(stance, stream)
    found = decisions(visit.parts.reader, stream)
    if not found:
        raise HTTPException(404)
    course = course_of(found, stance)
    kind, part, who = code(query, "kind", EventGroup), code(query, "part", Action), _who(query.get("who", ""), visit)
    wanted = [each for each in reversed(course.portions) if _is_wanted(each, kind, part, who)]
    until = _until(query, course)
    rest = [each for each in wanted if until is None or each.decided.version < until]
    shown, here = rest[:AT_ONCE], f"/journeys/{journey}/events"
    asked = {"kind": kind and kind.value, "part": part and part.value, "who": _typed(who)}
    return page(
        visit,
        "journey_events.html",
        code=journey_code(journey),
        base=f"/journeys/{journey}",
        here=here,
        lines=_lines(shown, course, visit),
        total=len(wanted),
        kinds=OF_JOURNEYS,
        file_parts=[each for each in FILE if visit.may(each, stream)],
        people=_people(course, visit),
        asked=asked,
        older=link(here, **asked, before=shown[-1].decided.version) if len(rest) > len(shown) else None,
        newest=link(here, **asked) if until is not None else None,
        missing=[each.value for each in missing_parts(stance)],
    )


def _until(query: Mapping[str, str], course: Course) -> int | None:
    """Before which version the page begins: that of the address, or that after the decision around an event."""
    around = course.decision_of.get(_number(query.get("around", "")))
    return around + 1 if around is not None else _number(query.get("before", "")) or None


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _is_wanted(portion: DecisionPortion, kind: EventGroup | None, part: Action | None, who: UUID | None) -> bool:
    events = [type(each.event) for each in portion.events]
    return (
        (who is None or portion.decided.actor == who)
        and (kind is None or any(group_of(event) is kind for event in events))
        and (part is None or any(part in parts_of_event(event) for event in events))
    )


def _who(typed: str, visit: Visit) -> UUID | None:
    return SYSTEM_ACTOR if typed == CLOCK else ident({"who": typed}, "who")


def _typed(who: UUID | None) -> str | None:
    return CLOCK if who == SYSTEM_ACTOR else str(who) if who else None


def _people(course: Course, visit: Visit) -> Sequence[tuple[str, str]]:
    """Whoever decided anything here that is shown, by name; the clock last."""
    actors = {each.decided.actor for each in course.portions}
    named = sorted((visit.name(actor) or "", str(actor)) for actor in actors - {SYSTEM_ACTOR})
    clock = [(CLOCK, visit.words("person.clock"))] if SYSTEM_ACTOR in actors else []
    return [*((key, name) for name, key in named), *clock]


def _lines(shown: Sequence[DecisionPortion], course: Course, visit: Visit) -> list[DecisionLines]:
    reader = visit.parts.reader
    settled = receipts(reader, [message for each in shown for message in each.messages])
    stance = visit.stance(shown[0].decided.stream) if shown else None
    found = []
    for each in shown:
        assert stance is not None
        because = cause_portion(cause(reader, each.decided), each.decided, stance)
        found.append(decision_lines(each, because, settled, course, visit))
    return found
