"""The journey list: filters and paging in the address, the count and the list of one query."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.codes import Phase, StreamName
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.parts import opens_file
from domain.stream.naming import MARKS, whole_code
from domain.streams import OWING
from projections.handovers.queries import find_handovers_by_code
from projections.journey_list.queries import JourneyFilter, JourneyRow, find_by_code, list_journeys
from projections.names import ModelName
from staff.guard.scope import scope_of
from staff.pages.asking import code, ident, link
from staff.pages.notices import notices
from staff.rendering import page
from staff.titles import titles_of
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 50
ANY = "any"
"""The phase in the address that stands for all of them; without one, open journeys are listed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A journey as the list shows it."""

    row: JourneyRow
    stages: tuple[str, ...]
    next: str | None
    caseworker: str | None
    overdue: bool


_HANDOVER = f"{MARKS[StreamName.HANDOVER]}-"


@router.get("/journeys")
async def journeys(visit: Here) -> Response:
    """The list, filtered as the address says."""
    return await run_in_threadpool(_page, visit)


@router.get("/j/{typed}")
async def by_code(typed: str, visit: Here) -> Response:
    """Where reminders lead, and people who type a code: to the file of a journey, else to what the stream owes.

    A hand-over has a page of its own. To the list of journeys where there is not exactly one.
    """
    if typed.upper().startswith(_HANDOVER):
        await run_in_threadpool(visit.require, Action.READ_SUPERVISION)
        handovers = await run_in_threadpool(find_handovers_by_code, visit.parts.reader, typed[:40])
        there = f"/handovers/{handovers[0].handover}" if len(handovers) == 1 else ""
        return RedirectResponse(f"/supervision{there}", 303)
    found = await run_in_threadpool(_readable, visit, typed[:40])
    if len(found) == 1:
        return RedirectResponse(f"/journeys/{found[0].journey}", 303)
    match whole_code(typed[:40]):
        case (kind, whole) if kind in OWING and kind is not StreamName.JOURNEY:
            return RedirectResponse(link("/day", code=whole), 303)
    return RedirectResponse(link("/journeys", code=typed[:40], phase=ANY), 303)


def _readable(visit: Visit, typed: str) -> list[JourneyRow]:
    """The journeys so called that the person may read: a code tells nobody else whether there is one."""
    found = find_by_code(visit.parts.reader, typed)
    return [row for row in found if opens_file(visit.stance(journey_stream(row.journey)))]


def _page(visit: Visit) -> Response:
    query = visit.request.query_params
    typed = query.get("code", "").strip()[:40]
    phase = None if query.get("phase") == ANY else code(query, "phase", Phase) or (None if typed else Phase.OPEN)
    stalled = {"yes": True, "no": False}.get(query.get("stalled", ""))
    chosen = JourneyFilter(
        phase=phase,
        stage=query.get("stage") or None,
        caseworker=ident(query, "caseworker"),
        stalled=stalled,
        code=typed or None,
    )
    only, after = scope_of(visit.parts, visit.person.id).streams, query.get("after") or None
    found = list_journeys(visit.parts.reader, chosen, only=only, cursor=after, limit=AT_ONCE)
    titles = titles_of(found.rows, visit.parts, visit.words)
    listed = [
        Listed(
            row=row,
            stages=tuple(titles[row.journey].stage(stage) for stage in row.stages),
            next=titles[row.journey].step(row.next_step) if row.next_part else None,
            caseworker=visit.name(row.caseworker),
            overdue=row.next_due_at is not None and row.next_due_at < visit.now,
        )
        for row in found.rows
    ]
    asked = {
        "code": typed,
        "phase": ANY if phase is None and not typed else phase and phase.value,
        "stage": chosen.stage,
        "caseworker": chosen.caseworker,
        "stalled": query.get("stalled") if stalled is not None else None,
    }
    return page(
        visit,
        "journeys.html",
        notices=notices(visit, ModelName.JOURNEY_LIST),
        found=found,
        listed=listed,
        asked=asked,
        phases=tuple(Phase),
        stages={
            stage.stage: visit.words.title(stage.title)
            for _, pathway in visit.parts.desk.pathways()
            for stage in pathway.stages
        },
        people=sorted(visit.people.values(), key=lambda p: p.name),
        next=found.next and link("/journeys", **asked, after=found.next),
        is_later_page=bool(query.get("after")),
    )
