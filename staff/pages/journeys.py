"""The journey list: filters, order, paging in the address, count and list of one query, saved views above."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.codes import Phase, StallCause, StreamName
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.parts import opens_file
from domain.stream.naming import MARKS, whole_code
from domain.streams import OWING
from projections.handovers.queries import find_handovers_by_code
from projections.journey_list.queries import JourneyRow, JourneySort, find_by_code
from projections.names import ModelName
from staff.lists.journeys import JOURNEYS, find, listed
from staff.pages import journey_filters
from staff.pages.asking import link
from staff.pages.journey_filters import Asked, DueWithin
from staff.pages.notices import notices
from staff.pages.views import SHARING, shown_views, view_address
from staff.rendering import page
from staff.visit import Here, Visit
from vault.saved_views import LONGEST_NAME

router = APIRouter()
AT_ONCE = 50
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
    return RedirectResponse(link("/journeys", code=typed[:40], phase=journey_filters.ANY), 303)


def _readable(visit: Visit, typed: str) -> list[JourneyRow]:
    """The journeys so called that the person may read: a code tells nobody else whether there is one."""
    found = find_by_code(visit.parts.reader, typed)
    return [row for row in found if opens_file(visit.stance(journey_stream(row.journey)))]


def _page(visit: Visit) -> Response:
    query = visit.request.query_params
    views = shown_views(visit)
    if not query and views is not None and (first := next((v for v in views if v.is_default), None)):
        return RedirectResponse(view_address(first), 303)
    asked = journey_filters.read(query)
    found = find(visit, asked, cursor=query.get("after") or None, limit=AT_ONCE)
    pathways = [pathway for _, pathway in visit.parts.desk.pathways()]
    stages = {s.stage: visit.words.title(s.title) for pathway in pathways for s in pathway.stages}
    named = {pin.name: visit.words.title(pathway.title) for pin, pathway in visit.parts.desk.pathways()}
    return page(
        visit,
        "journeys.html",
        notices=notices(visit, ModelName.JOURNEY_LIST),
        found=found,
        listed=listed(found.rows, visit),
        columns=JOURNEYS.nested(),
        asked=asked,
        chosen=[(said(name, asked, visit, stages, named), asked.without(name).address()) for name in asked.narrowing],
        sorts=tuple(JourneySort),
        dues=tuple(DueWithin),
        causes=tuple(StallCause),
        phases=tuple(Phase),
        stages=stages,
        pathways=named,
        people=sorted(visit.people.values(), key=lambda p: p.name),
        views=views,
        view=next((v for v in views or () if v.id == asked.view), None),
        view_address=view_address,
        longest=LONGEST_NAME,
        may_share=views is not None and visit.may(SHARING),
        query=urlencode(asked.query()),
        form=uuid4(),
        next=found.next and asked.address(after=found.next),
        is_later_page=bool(query.get("after")),
        start=asked.address(),
    )


def said(name: str, asked: Asked, visit: Visit, stages: Mapping[str, str], pathways: Mapping[str, str]) -> str:
    """One filter in words: `Stage: Support`."""
    t, unknown = visit.words, visit.words("titles.unknown")
    match name:
        case "code":
            value = asked.code
        case "phase":
            value = t.label(asked.phase) if asked.phase else ""
        case "stage":
            value = stages.get(asked.stage or "", unknown)
        case "pathway":
            value = pathways.get(asked.pathway or "", unknown)
        case "caseworker":
            value = _who(asked, visit)
        case "stalled":
            value = t("list.only-stalled" if asked.stalled else "list.not-stalled")
        case "cause":
            value = t.label(asked.cause) if asked.cause else ""
        case "due":
            value = t(f"lists.due-{asked.due.value}") if asked.due else ""
        case _:
            day = asked.opened_from if name == "opened_from" else asked.opened_to
            value = t.day(day) if day else ""
    return t("lists.chosen", what=t(_HEADINGS[name]), value=value)


def _who(asked: Asked, visit: Visit) -> str:
    match asked.caseworker:
        case journey_filters.ME:
            return visit.words("lists.me")
        case journey_filters.NOBODY:
            return visit.words("person.nobody")
        case who:
            return visit.name(UUID(who)) or "" if who else ""


_HEADINGS = {
    "code": "list.code",
    "phase": "list.phase",
    "stage": "list.stage",
    "pathway": "file.pathway",
    "caseworker": "list.caseworker",
    "stalled": "list.stalled",
    "cause": "lists.cause",
    "due": "list.due",
    "opened_from": "lists.opened-from",
    "opened_to": "lists.opened-to",
}
