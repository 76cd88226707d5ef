"""Field missions: those that are mine first, then the team's; and one of them, with the buttons that a team needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.calendar import local_date
from domain.codes import Role, StreamName
from domain.journey.naming import journey_code
from domain.mission.codes import OPEN, OUT, AbortReason, MissionPhase
from domain.mission.kind import MISSION
from domain.mission.owing import rings
from domain.mission.rides import Ride, rides
from domain.mission.state import Mission, mission_stream
from domain.mission.values import JourneyReport, Leg
from domain.rights.actions import Action
from domain.stream.naming import stream_code
from projections.missions.queries import MissionFilter, MissionRow, list_missions
from projections.names import ModelName
from staff.forms.mission_action import MISSION_ACTIONS
from staff.guard.scope import scope_of
from staff.i18n.words import OFFICE_ZONE
from staff.pages import flash
from staff.pages.asking import link
from staff.pages.mission_acting import missing
from staff.pages.mission_story import tell_mission
from staff.pages.mission_texts import Opening, Places, notes_of_cases, places_of_ride
from staff.pages.notices import notices
from staff.pages.proceedings import dinars
from staff.pages.sealed_note import Note
from staff.rendering import page
from staff.vehicles import vehicle_name
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 50
MINE_AT_MOST = 200
ENDED = frozenset(MissionPhase) - OPEN
TAPS = frozenset({"check-risk", "depart", "check-in", "return", "abort", "acknowledge", "report"})
"""What has a button of its own; everything else that may be done is among the other actions."""


class Heap(StrEnum):
    """Where a mission stands in a list, the most pressing first."""

    OUT = "out"
    TODAY = "today"
    TO_REPORT = "to-report"
    AHEAD = "ahead"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Row:
    """A mission in a list. `rides`: of a driver, who sees nothing else of it."""

    row: MissionRow
    heap: Heap
    rides: Sequence[Ride] = ()
    narrow: bool = False


@router.get("/missions")
async def missions(visit: Here) -> Response:
    """The list; with `ended` those that are over."""
    return await run_in_threadpool(_list, visit)


@router.get("/missions/{mission}")
async def mission(mission: UUID, visit: Here) -> Response:
    """One mission, or of a driver the ride."""
    return await run_in_threadpool(_one, visit, mission)


def _list(visit: Visit) -> Response:
    query, reader, me = visit.request.query_params, visit.parts.reader, visit.person.id
    ended = query.get("ended") == "1"
    cursor = query.get("after") or None
    mine: Sequence[Row] = ()
    if not ended and cursor is None:
        found = list_missions(reader, MissionFilter(phases=OPEN, staff=me), limit=MINE_AT_MOST)
        mine = _mine(found.rows, visit)
    wanted = MissionFilter(phases=ENDED) if ended else MissionFilter(phases=OPEN, without=me)
    scope = scope_of(visit.parts, me, Action.READ_MISSION)
    out = Role.ON_CALL in visit.roles
    rest = list_missions(reader, wanted, only=scope.streams, out=out, cursor=cursor, limit=AT_ONCE)
    others = [Row(row, _heap(row, visit)) for row in rest.rows]
    return page(
        visit,
        "missions.html",
        notices=notices(visit, ModelName.MISSIONS),
        flash=flash.read(visit),
        mine=_heaped(mine),
        others=_heaped(others),
        counts=(len(mine), rest.total),
        whole=cursor is None and rest.next is None,
        ended=ended,
        first=cursor is None,
        next=rest.next and link("/missions", ended=ended and "1", after=rest.next),
    )


def _mine(found: Sequence[MissionRow], visit: Visit) -> list[Row]:
    """What the person may see of those of whose team they are: all of a mission, of a driver the ride, or nothing."""
    rows = []
    for row in found:
        stream, heap = mission_stream(row.mission), _heap(row, visit)
        if visit.may(Action.READ_MISSION, stream):
            rows.append(Row(row, heap))
        elif visit.may(Action.READ_RIDE, stream):
            rows.append(Row(row, heap, visit.parts.desk.rides(row.mission, visit.person.id), narrow=True))
    return rows


def _heap(row: MissionRow, visit: Visit) -> Heap:
    if row.phase in OUT:
        return Heap.OUT
    if row.phase is MissionPhase.RETURNED:
        return Heap.TO_REPORT
    if row.phase in ENDED:
        return Heap.ENDED
    today = local_date(visit.now, OFFICE_ZONE)
    return Heap.TODAY if local_date(row.departure, OFFICE_ZONE) <= today else Heap.AHEAD


def _heaped(rows: Sequence[Row]) -> Mapping[Heap, Sequence[Row]]:
    """By heap; within each the earliest departure first, of those that are over the latest."""
    heaps = {heap: [row for row in rows if row.heap is heap] for heap in Heap}
    ordered = {
        heap: sorted(members, key=lambda each: each.row.departure, reverse=heap is Heap.ENDED)
        for heap, members in heaps.items()
    }
    return {heap: members for heap, members in ordered.items() if members}


@dataclass(frozen=True, slots=True)
class Way:
    """A leg as a page shows it. `places`: None for whom they are not."""

    leg: Leg
    places: Places | None
    driver: str | None


@dataclass(frozen=True, slots=True)
class Served:
    """A journey that the mission serves, with what it came to for it."""

    journey: UUID
    code: str
    report: JourneyReport | None
    note: Note | None


def _one(visit: Visit, mission: UUID) -> Response:
    stream, desk = mission_stream(mission), visit.parts.desk
    history = tuple(desk.history(stream))
    state = MISSION.fold(history)
    if not visit.may(Action.READ_MISSION, stream):
        if state is not None and visit.may(Action.READ_RIDE, stream):
            return _ride(visit, state)
        visit.require(Action.READ_MISSION, stream)
    if state is None:
        return missing(mission, visit)
    opening = Opening.of(visit, state)
    owed = MISSION.obligations(state)
    notes, doable = notes_of_cases(visit, history), _doable(visit, state)
    return page(
        visit,
        "mission.html",
        notices=notices(visit, ModelName.MISSIONS),
        flash=flash.read(visit),
        mission=state,
        plan=state.plan,
        code=stream_code(StreamName.MISSION, mission),
        owed=sorted(owed, key=lambda each: each.due_at),
        rings=[each for each in owed if rings(state, each.kind)],
        doable=doable,
        command_ids={word: uuid4() for word in MISSION_ACTIONS},
        aborts=tuple(AbortReason),
        ways=[Way(leg, opening.places(leg), visit.name(leg.driver)) for leg in state.plan.legs],
        served=[
            Served(journey, journey_code(journey), state.reports.get(journey), _shown(opening, notes, journey))
            for journey in state.plan.journeys
        ],
        vehicle=state.plan.crew.vehicle and vehicle_name(state.plan.crew.vehicle, visit),
        abroad=state.plan.zone != OFFICE_ZONE,
        lines=tell_mission(visit, mission, history),
        tappable=doable & TAPS,
        rsd=dinars(state.costs.rsd, visit.words) if state.costs else None,
    )


def _shown(opening: Opening, notes: Mapping[UUID, Note], journey: UUID) -> Note | None:
    return notes.get(journey) if opening.shows(journey) else None


def _doable(visit: Visit, mission: Mission) -> frozenset[str]:
    """The words of what can be done in this phase, by somebody who may."""
    words = {word: action for word, action in MISSION_ACTIONS.items() if word != "plan"}
    possible = {word: action for word, action in words.items() if mission.phase in action.phases}
    rights = {action.right for action in possible.values()}
    allowed = {right for right in rights if visit.may(right, mission.stream)}
    return frozenset(word for word, action in possible.items() if action.right in allowed)


def _ride(visit: Visit, state: Mission) -> Response:
    """The narrow view: when, and while it lasts where."""
    found = rides(state, driver=visit.person.id, now=visit.now)
    shown = [(ride, places_of_ride(visit, state.id, ride)) for ride in found]
    code = stream_code(StreamName.MISSION, state.id)
    return page(visit, "mission_ride.html", rides=shown, code=code, abroad=state.plan.zone != OFFICE_ZONE)
