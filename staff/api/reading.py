"""Read models over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime
from starlette.responses import Response

from domain.calendar import local_date
from domain.codes import Mover, Phase, Role, StallCause
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.parts import hidden_topics
from domain.stream.naming import whole_code
from projections.journey_file.model import JourneyFile
from projections.journey_file.queries import file, timeline
from projections.journey_list.queries import JourneyFilter, JourneyRow, JourneySort, list_journeys
from projections.my_day.hearings import HearingGroup, hearings
from projections.my_day.queries import DayGroup, my_day
from projections.stalled_board.queries import StalledFilter, stalled
from staff.api.caller import Asking, Parted
from staff.api.models import (
    MOST_VERSIONS,
    AgendaAnswer,
    BoardAnswer,
    DayAnswer,
    Listed,
    PublishedPathway,
    TimelineEntry,
)
from staff.api.problems import Problem, problem
from staff.guard.portion import portion, require_file
from staff.i18n.words import OFFICE_ZONE

router = APIRouter()
Cursor = Annotated[str | None, Query(max_length=400, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=500)]
NOT_FOUND: dict[int | str, dict[str, object]] = {404: {"model": Problem}}


@router.get("/journeys", summary="List journeys, newest first or as asked")
def get_journeys(
    parts: Parted,
    asking: Asking,
    phase: Phase | None = None,
    stage: Annotated[str | None, Query(max_length=64)] = None,
    caseworker: UUID | None = None,
    stalled: bool | None = None,
    code: Annotated[str | None, Query(max_length=40, description="A code or its beginning")] = None,
    pathway: Annotated[str | None, Query(max_length=64)] = None,
    unassigned: bool = False,
    cause: StallCause | None = None,
    due_before: Annotated[AwareDatetime | None, Query(description="Not included")] = None,
    opened_from: Annotated[AwareDatetime | None, Query(description="Included")] = None,
    opened_until: Annotated[AwareDatetime | None, Query(description="Not included")] = None,
    sort: JourneySort = JourneySort.NEWEST,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Listed[JourneyRow]:
    wanted = JourneyFilter(
        phase=phase,
        stage=stage,
        caseworker=caseworker,
        stalled=stalled,
        code=code,
        pathway=pathway,
        unassigned=unassigned,
        cause=cause,
        due_before=due_before,
        opened_from=opened_from,
        opened_until=opened_until,
    )
    found = list_journeys(parts.reader, wanted, only=asking.scope().streams, sort=sort, cursor=cursor, limit=limit)
    return Listed(rows=found.rows, total=found.total, next=found.next)


@router.get("/journeys/{journey}", summary="The file of a journey", responses=NOT_FOUND, response_model=JourneyFile)
def get_journey(journey: UUID, parts: Parted, asking: Asking) -> JourneyFile | Response:
    """The parts that the caller may read; what is not theirs is empty, as if there were none."""
    stream = journey_stream(journey)
    stance = asking.stance(stream)
    require_file(stance, stream)
    found = file(parts.reader, journey)
    return portion(found, stance) if found else problem(404, "not-found")


@router.get("/journeys/{journey}/timeline", summary="What happened, newest first")
def get_timeline(
    journey: UUID,
    parts: Parted,
    asking: Asking,
    before: Annotated[int | None, Query(ge=0, le=MOST_VERSIONS)] = None,
    limit: Limit = 50,
) -> Listed[TimelineEntry]:
    """The events of the parts that the caller may read."""
    stream = journey_stream(journey)
    stance = asking.stance(stream)
    require_file(stance, stream)
    found = timeline(parts.reader, journey, hidden=hidden_topics(stance), before_version=before, limit=limit)
    return Listed(rows=tuple(TimelineEntry.of(row) for row in found.rows), total=found.total, next=found.next)


@router.get("/stalled", summary="The stalled board, oldest first")
def get_stalled(
    parts: Parted,
    asking: Asking,
    place: Annotated[str | None, Query(max_length=64, description="A stage, or `kind:` and what is owed")] = None,
    mover: Mover | None = None,
    cause: StallCause | None = None,
    owner: UUID | None = None,
    caseworker: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> BoardAnswer:
    now, only = parts.clock(), asking.scope(Action.READ_STALLED).streams
    wanted = StalledFilter(place=place, mover=mover, cause=cause, owner=owner, caseworker=caseworker)
    found = stalled(parts.reader, wanted, now=now, only=only, cursor=cursor, limit=limit)
    return BoardAnswer(
        rows=found.rows, total=found.total, places=found.places, causes=found.causes, next=found.next, now=now
    )


@router.get("/day", summary="What a person or a role owes")
def get_day(
    parts: Parted,
    asking: Asking,
    staff: UUID | None = None,
    role: Annotated[list[Role] | None, Query()] = None,
    group: DayGroup | None = None,
    code: Annotated[
        str | None, Query(max_length=40, description="What this journey, mission or contact owes, whoever owes it")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 200,
) -> DayAnswer:
    """With a `code` that is no code, what the person and the roles owe, as without one."""
    now, whole = parts.clock(), whole_code(code or "")
    found = my_day(
        parts.reader,
        staff=staff,
        roles=role or (),
        code=whole[1] if whole else None,
        now=now,
        today=local_date(now, OFFICE_ZONE),
        group=group,
        only=asking.scope().streams,
        reads=asking.id,
        reads_as=asking.roles,
        cursor=cursor,
        limit=limit,
    )
    return DayAnswer(rows=found.rows, total=found.total, counts=found.counts, next=found.next, now=now)


@router.get("/hearings", summary="The agenda of hearings, by date")
def get_hearings(
    parts: Parted,
    asking: Asking,
    owner: UUID | None = None,
    since: Annotated[AwareDatetime | None, Query(description="Included; leaves out hearings without a date")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Not included; leaves out those without a date")] = None,
    group: HearingGroup | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> AgendaAnswer:
    now = parts.clock()
    found = hearings(
        parts.reader,
        now=now,
        owner=owner,
        since=since,
        until=until,
        group=group,
        only=asking.scope(Action.READ_HEARINGS).streams,
        cursor=cursor,
        limit=limit,
    )
    return AgendaAnswer(rows=found.rows, total=found.total, counts=found.counts, next=found.next, now=now)


@router.get("/pathways", summary="The newest version of each pathway")
def get_pathways(parts: Parted) -> list[PublishedPathway]:
    return [PublishedPathway(pin=pin, pathway=pathway) for pin, pathway in parts.desk.pathways()]
