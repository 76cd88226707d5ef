"""The event browser over HTTP: decisions of a journey with cause and effect, and the events of the whole log."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel
from starlette.responses import JSONResponse

from analysis.browsing.cause import Cause, CauseKind
from analysis.browsing.effect import Course
from analysis.browsing.log import LogFilter, LogLine, cause, decisions, receipts
from analysis.browsing.touching import earlier, later
from domain.codes import ObligationKind, Role, StreamName
from domain.event import Event, Recorded
from domain.journey.state import journey_stream
from domain.stream.dispatching import Dispatch
from staff.api.caller import Asking, Parted
from staff.api.models import Listed
from staff.api.problems import Problem, problem
from staff.event_groups import EventGroup, topics_of
from staff.guard.decision_portion import DecisionPortion, cause_portion
from staff.guard.log_portion import browse_theirs
from staff.guard.portion import require_file
from staff.pages import decision_lines

router = APIRouter()
_LAST = 2**63 - 1
Limit = Annotated[int, Query(ge=1, le=500)]
Version = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Versions before this one")]
Position = Annotated[int | None, Query(ge=1, le=_LAST)]


class EventAnswer(BaseModel):
    """One event, without what it says. `corrects`: the version of the one with the mistake."""

    version: int
    position: int
    topic: str
    occurred_at: datetime | None
    corrects: int | None
    has_note: bool


class CauseAnswer(BaseModel):
    """`obligation` and `rung` of a timer; `stream` that asked or answered, `version` of its decision."""

    kind: CauseKind
    obligation: str | None
    rung: str | None
    stream: str | None
    version: int | None


class OwedAnswer(BaseModel):
    """What the decision did to an obligation; `earlier` and `later`: the decisions that touched it as well."""

    course: Course
    key: str
    kind: ObligationKind
    due_at: datetime
    was_due_at: datetime | None
    role: Role
    staff: UUID | None
    earlier: int | None
    later: int | None


class DispatchAnswer(BaseModel):
    """A command for another stream."""

    stream: str
    command: str
    command_id: UUID


class MessageAnswer(BaseModel):
    """A message, and the topics of its receipts; none while it is on its way."""

    message: UUID
    receipts: tuple[str, ...]


class DecisionAnswer(BaseModel):
    """What one command recorded, as far as the caller may read it. `version` is that of the stream after it."""

    version: int
    recorded_at: datetime
    actor: UUID
    command_id: UUID
    pathway: str
    pathway_version: int
    pathway_sha256: str
    cause: CauseAnswer
    events: tuple[EventAnswer, ...]
    owed: tuple[OwedAnswer, ...]
    messages: tuple[MessageAnswer, ...]
    asked: tuple[DispatchAnswer, ...]
    answered: tuple[DispatchAnswer, ...]


class LogEventAnswer(BaseModel):
    """One event of the log. `link`: the beginning of its link in the chain."""

    stream: str
    recorded_at: datetime
    actor: UUID
    command_id: UUID
    pathway_sha256: str | None
    link: str
    event: EventAnswer


class LogAnswer(BaseModel):
    """A page of the log, the latest first: it may hold fewer rows than asked for. `older` goes into `before`."""

    rows: tuple[LogEventAnswer, ...]
    older: int | None
    newer: int | None


@router.get(
    "/journeys/{journey}/events",
    summary="The decisions of a journey with cause and effect, the latest first",
    responses={404: {"model": Problem}},
    response_model=Listed[DecisionAnswer],
)
def of_journey(
    journey: UUID, parts: Parted, asking: Asking, before: Version = None, limit: Limit = 50
) -> Listed[DecisionAnswer] | JSONResponse:
    """`next` is the version to go on before. What is not the caller's to read is left out."""
    stream = journey_stream(journey)
    stance = asking.stance(stream)
    require_file(stance, stream)
    found = decisions(parts.reader, stream)
    if not found:
        return problem(404, "not-found")
    course = decision_lines.course_of(found, stance)
    rest = [each for each in reversed(course.portions) if before is None or each.decided.version < before]
    shown = rest[:limit]
    settled = receipts(parts.reader, [message for each in shown for message in each.messages])
    rows = [
        _decision(each, cause_portion(cause(parts.reader, each.decided), each.decided, stance), settled, course)
        for each in shown
    ]
    following = str(shown[-1].decided.version) if len(rest) > limit else None
    return Listed(rows=tuple(rows), total=len(course.portions), next=following)


@router.get("/replay/events", summary="Events of all journeys, contacts and missions that are the caller's to read")
def of_log(
    parts: Parted,
    asking: Asking,
    kind: Annotated[EventGroup | None, Query(description="What they are about")] = None,
    topic: Annotated[str | None, Query(max_length=64)] = None,
    stream: Annotated[StreamName | None, Query(description="Only streams of this kind")] = None,
    actor: UUID | None = None,
    since: Annotated[AwareDatetime | None, Query(description="Recorded then or later")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Recorded then or before")] = None,
    pathway_sha256: Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")] = None,
    before: Position = None,
    after: Position = None,
    limit: Limit = 50,
) -> LogAnswer:
    """Sealed texts stay sealed. With `before` or `after`, a position of the log, the page before or after it."""
    wanted = LogFilter(
        kind=stream,
        topic=topic,
        actor=actor,
        since=since,
        until=until,
        topics=topics_of(kind) if kind is not None else None,
        pathway=pathway_sha256,
    )
    found = browse_theirs(parts, asking.id, asking.stance, wanted, before=before, after=after, limit=limit)
    return LogAnswer(rows=tuple([_line(each) for each in found.lines]), older=found.older, newer=found.newer)


def _decision(
    portion: DecisionPortion, because: Cause, settled: decision_lines.Receipts, course: decision_lines.Course
) -> DecisionAnswer:
    decided, pin = portion.decided, portion.decided.after.pin
    return DecisionAnswer(
        version=decided.version,
        recorded_at=decided.recorded_at,
        actor=decided.actor,
        command_id=decided.command_id,
        pathway=pin.name,
        pathway_version=pin.version,
        pathway_sha256=pin.sha256,
        cause=CauseAnswer(
            kind=because.kind,
            obligation=because.obligation,
            rung=because.rung,
            stream=because.stream,
            version=because.version,
        ),
        events=tuple([event_answer(each) for each in portion.events]),
        owed=tuple(
            [
                OwedAnswer(
                    course=owed.course,
                    key=owed.obligation.key,
                    kind=owed.obligation.kind,
                    due_at=owed.obligation.due_at,
                    was_due_at=owed.before.due_at if owed.before is not None else None,
                    role=owed.obligation.owner.role,
                    staff=owed.obligation.owner.staff,
                    earlier=earlier(course.touched, owed.obligation.key, decided.version),
                    later=later(course.touched, owed.obligation.key, decided.version),
                )
                for owed in portion.owed
            ]
        ),
        messages=tuple(
            [
                MessageAnswer(message=each, receipts=tuple([event.topic for event in settled.get(each, ())]))
                for each in portion.messages
            ]
        ),
        asked=tuple([_dispatch(each) for each in portion.asked]),
        answered=tuple([_dispatch(each) for each in portion.answered]),
    )


def event_answer(each: Recorded[Event]) -> EventAnswer:
    """One event, without what it says."""
    corrects = getattr(each.event, "corrects", None)
    return EventAnswer(
        version=each.version,
        position=each.position,
        topic=each.event.topic,
        occurred_at=each.event.occurred_at,
        corrects=corrects if isinstance(corrects, int) else None,
        has_note=getattr(each.event, "note", None) is not None,
    )


def _dispatch(each: Dispatch) -> DispatchAnswer:
    return DispatchAnswer(stream=each.stream, command=each.command.kind, command_id=each.id)


def _line(each: LogLine) -> LogEventAnswer:
    recorded = each.recorded
    return LogEventAnswer(
        stream=recorded.stream,
        recorded_at=recorded.recorded_at,
        actor=recorded.actor,
        command_id=recorded.command_id,
        pathway_sha256=each.pathway_sha256,
        link=each.link,
        event=event_answer(recorded),
    )
