"""Field missions over HTTP: plan one, give it a command, list them, and the narrow view of a driver."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from domain.codes import Role, StreamName
from domain.command import Command, parse
from domain.errors import KeyDestroyed, SealBroken, TextTooLong
from domain.mission.codes import MissionPhase
from domain.mission.planning import PlanMission
from domain.mission.rides import Ride
from domain.mission.state import mission_stream
from domain.mission.values import place_field
from domain.refusal import RefusalCode
from domain.rights.actions import Action
from domain.sealed import Compartment
from domain.stream.naming import stream_code
from projections.missions.queries import MissionFilter, MissionRow, find_mission, list_missions
from projections.names import PRESENT
from projections.status import wait
from staff.api.caller import Asking, Caller, Key, Parted
from staff.api.commands import INNER, PROBLEMS
from staff.api.models import CommandBody, Listed, PreviewAnswer
from staff.api.problems import Problem, problem, refused
from staff.parts import Parts
from staff.ports import Person
from staff.sealing import sealed_mission
from workflows.messages import AnswerKind

router = APIRouter(prefix="/missions")
_MISSIONS = UUID("3f0d7c50-6f0b-4f6e-8a5c-1d0a2a5b9e41")
_NOT_FOUND: dict[int | str, dict[str, object]] = {404: {"model": Problem}}


class PlanBody(BaseModel):
    """Plans a mission by the rules of the newest version of a pathway. `body` are the other fields of `plan-mission`.

    Places of legs and notes are plain text: they are sealed here, before they travel.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    pathway: Annotated[str, Field(max_length=64, examples=["astra"])]
    mission: UUID | None = None
    body: dict[str, Any]


class MissionAnswer(BaseModel):
    """What became of a command. `visible`: every read model shows it already."""

    mission: UUID
    code: str
    kind: AnswerKind
    version: int
    position: int | None
    visible: bool
    reminders_resume_later: bool


class RideAnswer(BaseModel):
    """A ride of the driver who asks. `start` and `end` only for the time of the ride, and where they can be opened."""

    number: int
    departs_at: datetime
    arrives_at: datetime
    zone: str
    start: str | None
    end: str | None


@router.post("", status_code=201, summary="Plan a mission", response_model=MissionAnswer, responses=PROBLEMS)
async def plan_mission(body: PlanBody, parts: Parted, person: Caller, key: Key) -> Response:
    """The same key plans the same mission: without `mission`, its id is derived from the key."""
    pin = next((pin for pin, _ in parts.desk.pathways() if pin.name == body.pathway), None)
    if pin is None:
        known = ", ".join(sorted(pin.name for pin, _ in parts.desk.pathways()))
        return problem(422, "command-invalid", problems=[f"pathway: unknown; known are {known}"])
    fields = {**body.body, "pin": pin.model_dump(mode="json")}
    mission = body.mission or uuid5(_MISSIONS, str(key))
    return await _give(parts, person, mission, PlanMission.kind, fields, key, status=201)


@router.post("/{mission}/commands", summary="Give a command", response_model=MissionAnswer, responses=PROBLEMS)
async def give_command(mission: UUID, body: CommandBody, parts: Parted, person: Caller, key: Key) -> Response:
    """`body` are the fields of the command; notes, also those of reports, are plain text and are sealed here."""
    fields = body.body if body.note is None else {**body.body, "note": body.note}
    return await _give(parts, person, mission, body.kind, fields, key)


@router.post(
    "/{mission}/preview",
    summary="What a command would do",
    response_model=PreviewAnswer,
    responses={422: {"model": Problem}},
)
async def preview_command(mission: UUID, body: CommandBody, parts: Parted, person: Caller) -> Response:
    """Nothing is recorded, and whether people and vehicles are free is seen only when it is."""
    command = _command(body.kind, body.body)
    foreseen = await parts.desk.preview(mission, command, actor=person.id, kind=StreamName.MISSION)
    answer = PreviewAnswer(
        events=[{"topic": e.topic, **e.model_dump(mode="json", exclude_none=True)} for e in foreseen.events],
        refusal=foreseen.refusal,
    )
    return JSONResponse(answer.model_dump(mode="json"))


@router.get("", summary="List missions, the latest departure first")
def get_missions(
    parts: Parted,
    asking: Asking,
    phase: Annotated[list[MissionPhase] | None, Query()] = None,
    staff: UUID | None = None,
    journey: UUID | None = None,
    code: Annotated[str | None, Query(max_length=40, description="A code or its beginning")] = None,
    cursor: Annotated[str | None, Query(max_length=400, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Listed[MissionRow]:
    wanted = MissionFilter(phases=phase, staff=staff, journey=journey, code=code)
    only, out = asking.scope(Action.READ_MISSION).streams, Role.ON_CALL in asking.roles
    found = list_missions(parts.reader, wanted, only=only, out=out, cursor=cursor, limit=limit)
    return Listed(rows=found.rows, total=found.total, next=found.next)


@router.get("/{mission}", summary="One mission", responses=_NOT_FOUND, response_model=MissionRow)
def get_mission(mission: UUID, parts: Parted, asking: Asking) -> MissionRow | Response:
    asking.require(Action.READ_MISSION, mission_stream(mission))
    return find_mission(parts.reader, mission) or problem(404, "not-found")


@router.get("/{mission}/rides", summary="The rides of the driver who asks, an address for the ride only")
def get_rides(mission: UUID, parts: Parted, asking: Asking) -> list[RideAnswer]:
    asking.require(Action.READ_RIDE, mission_stream(mission))
    return _rides(parts, mission, asking.id)


def _rides(parts: Parts, mission: UUID, driver: UUID) -> list[RideAnswer]:
    return [
        RideAnswer(
            number=ride.number,
            departs_at=ride.departs_at,
            arrives_at=ride.arrives_at,
            zone=ride.zone,
            start=_place(parts, mission, ride, "start"),
            end=_place(parts, mission, ride, "end"),
        )
        for ride in parts.desk.rides(mission, driver)
    ]


def _place(parts: Parts, mission: UUID, ride: Ride, end: str) -> str | None:
    places = ride.places
    if places is None:
        return None
    try:
        return parts.desk.unseal(
            places.journey or mission,
            Compartment.IDENTITY,
            field=place_field(ride.number, end),
            command_id=places.sealed_by,
            sealed=(places.start if end == "start" else places.end).text,
            kind=StreamName.JOURNEY if places.journey else StreamName.MISSION,
        )
    except (KeyDestroyed, SealBroken):
        return None


def _command(kind: str, fields: dict[str, Any]) -> Command:
    return parse("" if kind in INNER else kind, fields)


async def _give(
    parts: Parts, person: Person, mission: UUID, kind: str, fields: dict[str, Any], key: UUID, status: int = 200
) -> Response:

    def seal(owner: StreamName, stream: UUID, compartment: Compartment, field: str, text: str) -> str:
        return parts.desk.seal(stream, compartment, field=field, command_id=key, text=text, kind=owner)

    try:
        sealed = await run_in_threadpool(sealed_mission, mission, fields, seal)
    except TextTooLong as long:
        return problem(413, "text-too-long", problems=[f"{long.size} bytes; the limit is {long.limit}"])
    except ValueError:
        return problem(422, "command-invalid", problems=["journey: not an id"])
    command = _command(kind, sealed)
    outcome = await parts.desk.submit(mission, command, command_id=key, actor=person.id, kind=StreamName.MISSION)
    parts.counters.commands.labels(command.kind, outcome.kind.value).inc()
    if outcome.refusal is not None:
        return refused(outcome.refusal, RefusalCode.UNKNOWN_MISSION)
    visible = outcome.position is None or await run_in_threadpool(
        wait, parts.reader, PRESENT, outcome.position, parts.settings.patience
    )
    answer = MissionAnswer(
        mission=mission,
        code=stream_code(StreamName.MISSION, mission),
        kind=outcome.kind,
        version=outcome.version,
        position=outcome.position,
        visible=visible,
        reminders_resume_later=outcome.reminders_resume_later,
    )
    return JSONResponse(answer.model_dump(mode="json"), status)
