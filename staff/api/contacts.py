"""Contacts at the hotline over HTTP: log one, give it a command, list them, count a month."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from domain.codes import Role, StreamName
from domain.command import parse
from domain.contact.logged import LogContact
from domain.contact.naming import contact_code
from domain.contact.state import contact_stream
from domain.errors import TextTooLong
from domain.refusal import RefusalCode
from domain.rights.actions import Action
from projections.contacts.queries import (
    ContactFilter,
    ContactPage,
    ContactRow,
    ContactStats,
    list_contacts,
    one_contact,
    stats,
)
from projections.names import PRESENT
from projections.status import wait
from staff.api.caller import Asking, Caller, Key, Parted
from staff.api.commands import INNER, PROBLEMS
from staff.api.models import CommandBody, Listed
from staff.api.problems import Problem, problem, refused
from staff.parts import Parts
from staff.ports import Person
from staff.sealing import sealed_command, sealing
from workflows.messages import AnswerKind

router = APIRouter(prefix="/contacts")
HOTLINE = frozenset({Role.CONSULTANT, Role.ON_CALL})
"""Whose a contact is until a journey has it, and while a danger is open."""
_LAST = date(9999, 12, 1)
"""The month after this one has no date."""
_CONTACTS = UUID("5b0d1f0e-6a0c-4d58-9a77-2f6c1b9e0c11")


class LoggingBody(BaseModel):
    """Logs a contact by the rules of the newest version of a pathway. `body` are the other fields of `log-contact`.

    No field takes a number or a name; a note is plain text here and sealed before it travels.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    pathway: Annotated[str, Field(max_length=64, examples=["astra"])] = "astra"
    contact: UUID | None = None
    body: Annotated[dict[str, Any], Field(examples=[{"caller": "silent"}])]
    note: str | None = None


class ContactAnswer(BaseModel):
    """What became of a command. `visible`: every read model shows it already."""

    contact: UUID
    code: str
    kind: AnswerKind
    version: int
    position: int | None
    visible: bool
    reminders_resume_later: bool


@router.post("", status_code=201, summary="Log a contact", response_model=ContactAnswer, responses=PROBLEMS)
async def log_contact(body: LoggingBody, parts: Parted, person: Caller, key: Key) -> Response:
    """The same key logs the same contact: without `contact`, its id is derived from the key."""
    pin = next((pin for pin, _ in parts.desk.pathways() if pin.name == body.pathway), None)
    if pin is None:
        known = ", ".join(sorted(pin.name for pin, _ in parts.desk.pathways()))
        return problem(422, "command-invalid", problems=[f"pathway: unknown; known are {known}"])
    fields = {**body.body, "pin": pin.model_dump(mode="json")}
    contact = body.contact or uuid5(_CONTACTS, str(key))
    return await _give(parts, person, contact, LogContact.kind, fields, body.note, key, status=201)


@router.post("/{contact}/commands", summary="Give a command", response_model=ContactAnswer, responses=PROBLEMS)
async def give_command(contact: UUID, body: CommandBody, parts: Parted, person: Caller, key: Key) -> Response:
    """`body` are the fields of the command (`GET /commands` lists them)."""
    return await _give(parts, person, contact, body.kind, body.body, body.note, key)


@router.get("", summary="List contacts, newest first")
def get_contacts(
    parts: Parted,
    asking: Asking,
    is_open: Annotated[
        bool | None, Query(alias="open", description="Only those that owe something, or only others")
    ] = None,
    caller: Annotated[str | None, Query(max_length=64)] = None,
    known_as: Annotated[str | None, Query(max_length=40, description="The code that a caller was told")] = None,
    code: Annotated[str | None, Query(max_length=40, description="A code or its beginning")] = None,
    journey: UUID | None = None,
    cursor: Annotated[str | None, Query(max_length=400, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Listed[ContactRow]:
    wanted = ContactFilter(open=is_open, caller=caller, known_as=known_as, code=code, journey=journey)
    hotline = bool(asking.roles & HOTLINE)
    only = asking.scope(Action.READ_CONTACT).streams
    found = list_contacts(parts.reader, wanted, only=only, hotline=hotline, cursor=cursor, limit=limit)
    return Listed(rows=found.rows, total=found.total, next=found.next)


@router.get("/stats", summary="The counts of a month")
def get_stats(
    parts: Parted,
    asking: Asking,
    month: Annotated[date, Query(lt=_LAST, description="Any day of it", examples=["2026-11-01"])],
) -> ContactStats:
    """For those who read aggregates, as they are: small counts are not hidden, so this is nothing to hand on."""
    asking.require(Action.READ_AGGREGATES)
    return stats(parts.reader, month)


@router.get("/{contact}", summary="One contact", responses={404: {"model": Problem}}, response_model=ContactPage)
def get_contact(contact: UUID, parts: Parted, asking: Asking) -> ContactPage | Response:
    asking.require(Action.READ_CONTACT, contact_stream(contact))
    return one_contact(parts.reader, contact) or problem(404, "not-found")


async def _give(
    parts: Parts,
    person: Person,
    contact: UUID,
    kind: str,
    fields: dict[str, Any],
    note: str | None,
    key: UUID,
    *,
    status: int = 200,
) -> Response:
    try:
        seal = sealing(parts.desk, contact, key, StreamName.CONTACT)
        sealed = await run_in_threadpool(sealed_command, kind, fields, seal, {"note": note} if note else {})
    except TextTooLong as long:
        return problem(413, "text-too-long", problems=[f"note: {long.size} bytes; the limit is {long.limit}"])
    command = parse("" if kind in INNER else kind, sealed)
    outcome = await parts.desk.submit(contact, command, command_id=key, actor=person.id, kind=StreamName.CONTACT)
    parts.counters.commands.labels(command.kind, outcome.kind.value).inc()
    if outcome.refusal is not None:
        return refused(outcome.refusal, RefusalCode.UNKNOWN_CONTACT)
    visible = outcome.position is None or await run_in_threadpool(
        wait, parts.reader, PRESENT, outcome.position, parts.settings.patience
    )
    answer = ContactAnswer(
        contact=contact,
        code=contact_code(contact),
        kind=outcome.kind,
        version=outcome.version,
        position=outcome.position,
        visible=visible,
        reminders_resume_later=outcome.reminders_resume_later,
    )
    return JSONResponse(answer.model_dump(mode="json"), status)
