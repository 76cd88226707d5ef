"""The past over HTTP: the file of a journey as of a moment, and two moments of it side by side."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import JSONResponse

from analysis.travel.comparing import Compared, between, compare
from analysis.travel.journeys import JourneyThen, journey_of, read_history, shown_of
from analysis.travel.moment import Moment
from domain.event import Event, Recorded
from domain.journey.state import journey_stream
from domain.rights.deciding import Stance
from domain.rights.parts import shows_event
from projections.journey_file.model import JourneyFile
from staff.api.caller import Asking, Parted
from staff.api.events import EventAnswer, event_answer
from staff.api.models import TimelineEntry
from staff.api.moments import At, MomentAnswer, instant
from staff.api.problems import Problem, problem
from staff.guard.portion import portion, require_file

router = APIRouter(prefix="/replay")
MOST = 500
"""Entries of a timeline that are answered; how many there were in all is said."""
LOST: dict[int | str, dict[str, Any]] = {404: {"model": Problem}, 422: {"model": Problem}}
Other = Annotated[str, Query(max_length=40, description="The other moment, by the same clock")]


class JourneyThenAnswer(BaseModel):
    """A journey at a moment, as far as the caller may read it. `unplaced` say something of what was not there yet."""

    moment: MomentAnswer
    file: JourneyFile
    timeline: tuple[TimelineEntry, ...]
    total: int
    unplaced: tuple[EventAnswer, ...]


class ChangeAnswer(BaseModel):
    """One field of a thing that both moments have."""

    field: str
    before: Any
    after: Any


class ComparedAnswer(BaseModel):
    """What came, went and changed from the earlier moment to the later one, by the key of each thing."""

    first: MomentAnswer
    second: MomentAnswer
    came: dict[str, dict[str, Any]]
    went: dict[str, dict[str, Any]]
    changed: dict[str, tuple[ChangeAnswer, ...]]

    @classmethod
    def of(cls, first: Moment, second: Moment, found: Compared[str]) -> ComparedAnswer:
        return cls(
            first=MomentAnswer.of(first),
            second=MomentAnswer.of(second),
            came={key: dict(fields) for key, fields in found.came.items()},
            went={key: dict(fields) for key, fields in found.went.items()},
            changed={
                key: tuple([ChangeAnswer(field=c.field, before=c.before, after=c.after) for c in changes])
                for key, changes in found.changed.items()
            },
        )


class JourneyComparedAnswer(BaseModel):
    """Two moments of a journey: what differs, and exactly the events between."""

    differs: ComparedAnswer
    events: tuple[EventAnswer, ...]


@router.get(
    "/journeys/{journey}",
    summary="The file of a journey as of a moment",
    responses=LOST,
    response_model=JourneyThenAnswer,
)
def journey_then(journey: UUID, parts: Parted, asking: Asking, at: At) -> JourneyThenAnswer | JSONResponse:
    """The latest entries of its timeline first. Rights are those of now."""
    stance = _stance(asking, journey)
    history = read_history(parts.reader, journey)
    if not history:
        return problem(404, "not-found")
    then = journey_of(parts.reader, journey, history, at)
    if then.file is None:
        return problem(404, "moment-before")
    rows = [row for row in then.timeline if row.body is None or shows_event(stance, type(row.body))]
    return JourneyThenAnswer(
        moment=MomentAnswer.of(at),
        file=portion(then.file, stance),
        timeline=tuple([TimelineEntry.of(row) for row in rows[:MOST]]),
        total=len(rows),
        unplaced=_seen(then.past.unplaced, stance),
    )


@router.get(
    "/journeys/{journey}/compared",
    summary="Two moments of a journey side by side",
    responses=LOST,
    response_model=JourneyComparedAnswer,
)
def journey_compared(
    journey: UUID, parts: Parted, asking: Asking, at: At, other: Other
) -> JourneyComparedAnswer | JSONResponse:
    """Before it began there is nothing of it: everything came."""
    stance = _stance(asking, journey)
    history = read_history(parts.reader, journey)
    if not history:
        return problem(404, "not-found")
    second = Moment(instant(other, "other", parts.clock()), at.clock)
    first, last = sorted((at, second), key=lambda moment: moment.at)
    one, another = (journey_of(parts.reader, journey, history, moment) for moment in (first, last))
    found = compare(_shown(one, stance), _shown(another, stance))
    return JourneyComparedAnswer(
        differs=ComparedAnswer.of(first, last, found), events=_seen(between(one.past, another.past).came, stance)
    )


def _stance(asking: Asking, journey: UUID) -> Stance:
    stream = journey_stream(journey)
    stance = asking.stance(stream)
    require_file(stance, stream)
    return stance


def _shown(then: JourneyThen, stance: Stance) -> dict[str, Any]:
    return shown_of(portion(then.file, stance)) if then.file is not None else {}


def _seen(events: tuple[Recorded[Event], ...], stance: Stance) -> tuple[EventAnswer, ...]:
    return tuple([event_answer(each) for each in events if shows_event(stance, type(each.event))])
