"""What was refused of a journey, and decided again: for supervisors and whoever answers for the data."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import JSONResponse

from analysis.browsing.again import Obstacle, command_of, decide_again
from analysis.browsing.refusals import Refusal, refusal, refusals
from domain.journey.state import journey_stream
from domain.refusal import RefusalCode, Refused
from domain.rights.actions import Action
from domain.rights.deciding import Stance
from domain.rights.parts import shows_command
from staff.api.caller import Caller, Parted
from staff.api.models import Listed
from staff.api.problems import Problem, problem
from staff.guard.permission import require

router = APIRouter()
Cursor = Annotated[str | None, Query(max_length=400, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=500)]


class RefusalAnswer(BaseModel):
    """One refusal. `asked` and `refusal` where what was asked belongs to a part of the file that the caller reads."""

    command_id: UUID
    decided_at: datetime
    actor: UUID
    decided_upon: int
    version_seen: int | None
    pathway_sha256: str | None
    release: str
    code: RefusalCode
    asked: dict[str, Any] | None
    refusal: Refused | None


class AgainAnswer(BaseModel):
    """`same`: the answer of this release is the very same. `obstacle`: why it could not be decided again, or not
    wholly. `events`: the topics of what would be recorded instead."""

    then: RefusalAnswer
    same: bool
    obstacle: Obstacle | None
    code: RefusalCode | None
    events: list[str]


@router.get("/journeys/{journey}/refusals", summary="What was refused of this journey, the latest first")
def of_journey(
    journey: UUID, parts: Parted, person: Caller, cursor: Cursor = None, limit: Limit = 50
) -> Listed[RefusalAnswer]:
    """Sealed texts stay sealed."""
    stream = journey_stream(journey)
    require(parts.rights, person.id, Action.READ_ACCESS_LOG, stream)
    stance = parts.rights.stance(person.id, stream)
    found = refusals(parts.reader, stream, cursor=cursor, limit=limit)
    return Listed(rows=tuple(_answer(each, stance) for each in found.rows), total=found.total, next=found.next)


@router.get(
    "/journeys/{journey}/refusals/{command_id}",
    summary="One refusal, decided again",
    response_model=AgainAnswer,
    responses={404: {"model": Problem}},
)
def one(journey: UUID, command_id: UUID, parts: Parted, person: Caller) -> AgainAnswer | JSONResponse:
    """Upon the same state, the same pathway and the same instant."""
    stream = journey_stream(journey)
    require(parts.rights, person.id, Action.READ_ACCESS_LOG, stream)
    found = refusal(parts.reader, command_id, stream)
    if found is None:
        return problem(404, "not-found")
    again = decide_again(parts.reader, found, parts.desk.pathway)
    decision = again.decision
    return AgainAnswer(
        then=_answer(found, parts.rights.stance(person.id, stream)),
        same=again.is_same,
        obstacle=again.obstacle,
        code=decision.code if isinstance(decision, Refused) else None,
        events=[] if decision is None or isinstance(decision, Refused) else [event.topic for event in decision],
    )


def _answer(found: Refusal, stance: Stance) -> RefusalAnswer:
    command, outcome = command_of(found), found.outcome
    shown = command is not None and shows_command(stance, type(command))
    return RefusalAnswer(
        command_id=outcome.command_id,
        decided_at=outcome.decided_at,
        actor=found.actor,
        decided_upon=found.decided_upon,
        version_seen=outcome.version_seen,
        pathway_sha256=outcome.pathway_sha256,
        release=outcome.release,
        code=found.refused.code,
        asked=json.loads(outcome.asked) if shown and outcome.asked is not None else None,
        refusal=found.refused if shown else None,
    )
