"""Absences, leaving, caseloads and hand-overs over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from domain.attendance.absence import PlanAbsence
from domain.attendance.leaving import Leave
from domain.attendance.state import Presence
from domain.codes import StreamName
from domain.command import parse
from domain.handover.begun import BeginHandover, StopHandover
from domain.refusal import RefusalCode
from domain.rights.actions import Action
from domain.stream.naming import stream_code
from projections.attendance.queries import AbsenceRow, AttendanceRow, attendance
from projections.caseload.queries import CaseloadRow, Load, caseload, loads
from projections.handovers.queries import (
    HandoverRow,
    ReceiptRow,
    find_handover,
    list_handovers,
    receipts,
)
from projections.names import PRESENT
from projections.status import wait
from staff.api.caller import Asking, Caller, Key, Parted
from staff.api.commands import PROBLEMS
from staff.api.models import Listed
from staff.api.problems import Problem, problem, refused
from staff.parts import Parts
from staff.ports import Person
from workflows.messages import AnswerKind

router = APIRouter()
_HANDOVERS = UUID("7a8f2a0e-3c1d-4c0b-9a52-4d1f0c6be7d3")
_NOT_FOUND: dict[int | str, dict[str, object]] = {404: {"model": Problem}}
_PINNED = frozenset({PlanAbsence.kind, Leave.kind})
"""Commands that may begin a stream: the pathway's newest version is pinned here."""

Cursor = Annotated[str | None, Query(max_length=400, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=500)]


class StaffCommandBody(BaseModel):
    """`plan-absence`, `come-back`, `cancel-absence`, `leave`, `rejoin`; by whose pathway's zone days are counted."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kind: Annotated[str, Field(max_length=64, examples=["plan-absence"])]
    pathway: Annotated[str, Field(max_length=64)] = "astra"
    body: Annotated[dict[str, Any], Field(examples=[{"first_day": "2026-07-01", "last_day": "2026-07-14"}])] = {}


class HandoverBody(BaseModel):
    """Begins a hand-over. `body` are the other fields of `begin-handover`: leaver, successors, reason."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    pathway: Annotated[str, Field(max_length=64)] = "astra"
    body: dict[str, Any]


class SupervisionAnswer(BaseModel):
    """What became of a command. `visible`: every read model shows it already."""

    id: UUID
    code: str
    kind: AnswerKind
    version: int
    position: int | None
    visible: bool
    reminders_resume_later: bool


class StaffAnswer(BaseModel):
    """Who works here, whether they are at work now, who covers, and how much they hold."""

    staff: UUID
    code: str
    name: str
    roles: tuple[str, ...]
    presence: Presence
    cover: UUID | None
    absences: tuple[AbsenceRow, ...]
    handover: UUID | None
    load: Load | None


@router.get("/staff", summary="Everybody: at work, absent or left, and how much they hold")
def get_staff(parts: Parted, asking: Asking) -> list[StaffAnswer]:
    asking.require(Action.READ_SUPERVISION)
    now, known = parts.clock(), {row.staff: row for row in attendance(parts.reader)}
    held = loads(parts.reader)
    people = sorted(parts.desk.staff(), key=lambda person: person.name)
    return [_staff(person, known.get(person.id), held, now) for person in people]


def _staff(person: Person, row: AttendanceRow | None, held: Mapping[UUID, Load], now: Any) -> StaffAnswer:
    absence = row.absence_at(now) if row else None
    return StaffAnswer(
        staff=person.id,
        code=stream_code(StreamName.STAFF, person.id),
        name=person.name,
        roles=tuple(sorted(person.roles)),
        presence=row.presence_at(now) if row else Presence.HERE,
        cover=absence.cover if absence else None,
        absences=row.ahead(now) if row else (),
        handover=row.handover if row else None,
        load=held.get(person.id),
    )


@router.post(
    "/staff/{staff}/commands",
    summary="Plan an absence, come back, leave",
    response_model=SupervisionAnswer,
    responses=PROBLEMS,
)
async def give_staff_command(staff: UUID, body: StaffCommandBody, parts: Parted, person: Caller, key: Key) -> Response:
    fields = dict(body.body)
    if body.kind in _PINNED:
        pinned = _pinned(parts, body.pathway)
        if isinstance(pinned, Response):
            return pinned
        fields["pin"] = pinned
    answer = await _give(parts, person, StreamName.STAFF, staff, body.kind, fields, key)
    if body.kind == Leave.kind and answer.status_code < 400 and parts.sign_in is not None:
        await run_in_threadpool(parts.sign_in.remove, staff)
    return answer


@router.get("/staff/{staff}/caseload", summary="Everything that a person holds, the next due first")
def get_caseload(
    staff: UUID, parts: Parted, asking: Asking, cursor: Cursor = None, limit: Limit = 100
) -> Listed[CaseloadRow]:
    asking.require(Action.READ_SUPERVISION)
    found = caseload(parts.reader, staff, cursor=cursor, limit=limit)
    return Listed(rows=found.rows, total=found.total, next=found.next)


@router.get("/handovers", summary="List hand-overs, the latest first")
def get_handovers(
    parts: Parted, asking: Asking, leaver: UUID | None = None, cursor: Cursor = None, limit: Limit = 50
) -> Listed[HandoverRow]:
    asking.require(Action.READ_SUPERVISION)
    found = list_handovers(parts.reader, leaver=leaver, cursor=cursor, limit=limit)
    return Listed(rows=found.rows, total=found.total, next=found.next)


@router.post(
    "/handovers", status_code=201, summary="Begin a hand-over", response_model=SupervisionAnswer, responses=PROBLEMS
)
async def begin_handover(body: HandoverBody, parts: Parted, person: Caller, key: Key) -> Response:
    """The same key begins the same hand-over: its id is derived from the key."""
    pinned = _pinned(parts, body.pathway)
    if isinstance(pinned, Response):
        return pinned
    handover = uuid5(_HANDOVERS, str(key))
    fields = {**body.body, "pin": pinned}
    return await _give(parts, person, StreamName.HANDOVER, handover, BeginHandover.kind, fields, key, status=201)


@router.get("/handovers/{handover}", summary="One hand-over", responses=_NOT_FOUND, response_model=HandoverRow)
def get_handover(handover: UUID, parts: Parted, asking: Asking) -> HandoverRow | Response:
    asking.require(Action.READ_SUPERVISION)
    return find_handover(parts.reader, handover) or problem(404, "not-found")


@router.get("/handovers/{handover}/receipts", summary="What became of each thing, what was refused first")
def get_receipts(
    handover: UUID, parts: Parted, asking: Asking, cursor: Cursor = None, limit: Limit = 200
) -> Listed[ReceiptRow]:
    asking.require(Action.READ_SUPERVISION)
    found = receipts(parts.reader, handover, cursor=cursor, limit=limit)
    return Listed(rows=found.rows, total=found.total, next=found.next)


@router.post(
    "/handovers/{handover}/stop", summary="Look for nothing more", response_model=SupervisionAnswer, responses=PROBLEMS
)
async def stop_handover(handover: UUID, parts: Parted, person: Caller, key: Key) -> Response:
    return await _give(parts, person, StreamName.HANDOVER, handover, StopHandover.kind, {}, key)


def _pinned(parts: Parts, name: str) -> dict[str, Any] | Response:
    pin = next((pin for pin, _ in parts.desk.pathways() if pin.name == name), None)
    if pin is not None:
        return pin.model_dump(mode="json")
    known = ", ".join(sorted(pin.name for pin, _ in parts.desk.pathways()))
    return problem(422, "command-invalid", problems=[f"pathway: unknown; known are {known}"])


async def _give(
    parts: Parts,
    person: Person,
    stream: StreamName,
    id_: UUID,
    kind: str,
    fields: dict[str, Any],
    key: UUID,
    status: int = 200,
) -> Response:
    command = parse(kind, fields)
    outcome = await parts.desk.submit(id_, command, command_id=key, actor=person.id, kind=stream)
    parts.counters.commands.labels(command.kind, outcome.kind.value).inc()
    if outcome.refusal is not None:
        return refused(outcome.refusal, RefusalCode.UNKNOWN_HANDOVER, RefusalCode.NOTHING_PLANNED)
    visible = outcome.position is None or await run_in_threadpool(
        wait, parts.reader, PRESENT, outcome.position, parts.settings.patience
    )
    answer = SupervisionAnswer(
        id=id_,
        code=stream_code(stream, id_),
        kind=outcome.kind,
        version=outcome.version,
        position=outcome.position,
        visible=visible,
        reminders_resume_later=outcome.reminders_resume_later,
    )
    return JSONResponse(answer.model_dump(mode="json"), status)
