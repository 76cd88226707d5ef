"""What the pages of the hotline have besides `contacts`: the list as it is worked through, history, numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from domain.contact.naming import contact_code
from domain.contact.state import contact_stream
from domain.refusal import Refused
from domain.rights.actions import Action as Right
from projections.contacts.queries import ContactPage
from projections.contacts.working import ContactScope, open_contacts, recent_contacts
from staff.api.caller import Caller, Parted
from staff.api.models import Listed
from staff.api.problems import Problem, problem
from staff.api.visiting import Visiting
from staff.guard.contact_scope import scope_for
from staff.guard.permission import require
from staff.pages.contact import safe_notes
from staff.parts import Parts
from staff.ports import Person
from vault.callers import LookKind

router = APIRouter(prefix="/contacts")
REFUSALS: dict[int | str, dict[str, Any]] = {403: {"model": Problem}, 409: {"model": Problem}, 422: {"model": Problem}}


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event of a contact; sealed texts stay sealed."""

    version: int
    topic: str
    recorded_at: datetime
    occurred_at: datetime
    actor: UUID
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SafeNote:
    """A note about safe contact, as it was typed."""

    recorded_at: datetime
    actor: UUID
    note: str | None


@dataclass(frozen=True, slots=True)
class Looked:
    """That somebody looked."""

    at: datetime
    actor: UUID
    what: LookKind


class NumberBody(BaseModel):
    """A number as somebody says it; it is kept in the vault and nowhere else."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    number: Annotated[str, Field(max_length=40, examples=["+381 60 000 0001"])]


class NumberAnswer(BaseModel):
    """`number`: null where none was kept."""

    number: str | None


class RepeatsAnswer(BaseModel):
    """Other contacts of the same number, oldest first."""

    contacts: list[UUID]
    codes: list[str]


@router.get(
    "/open", summary="List contacts that owe something: dangers first, then what is due first", responses=REFUSALS
)
def get_open(
    parts: Parted,
    person: Caller,
    danger: Annotated[bool, Query(description="Only those with an open danger")] = False,
    mine: Annotated[bool, Query(description="Only calls that the caller of the API has promised by name")] = False,
    cursor: Annotated[str | None, Query(max_length=400, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Listed[ContactPage]:
    scope = _scope(parts, person)
    found = open_contacts(
        parts.reader, scope, danger=danger, promised_to=scope.me if mine else None, cursor=cursor, limit=limit
    )
    return Listed(rows=found.rows, total=found.total, next=found.next)


@router.get("/recent", summary="List contacts that owe nothing, newest first", responses=REFUSALS)
def get_recent(
    parts: Parted,
    person: Caller,
    cursor: Annotated[str | None, Query(max_length=400, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Listed[ContactPage]:
    found = recent_contacts(parts.reader, _scope(parts, person), cursor=cursor, limit=limit)
    return Listed(rows=found.rows, total=found.total, next=found.next)


@router.get("/{contact}/history", summary="What happened, oldest first", responses=REFUSALS)
def get_history(contact: UUID, parts: Parted, person: Caller) -> Sequence[PastEvent]:
    _require(parts, person, Right.READ_CONTACT, contact)
    return [
        PastEvent(
            version=each.version,
            topic=each.event.topic,
            recorded_at=each.recorded_at,
            occurred_at=each.occurred_at,
            actor=each.actor,
            body=each.event.model_dump(mode="json", exclude_none=True),
        )
        for each in parts.hotline.history(contact)
    ]


@router.put("/{contact}/number", status_code=204, summary="Keep the caller's number in the vault", responses=REFUSALS)
def put_number(contact: UUID, body: NumberBody, parts: Parted, person: Caller) -> Response:
    """Again, it takes the place of the first: this is safe to repeat without a key."""
    _require(parts, person, Right.FOLLOW_UP_CONTACT, contact)
    if not parts.hotline.is_number(body.number):
        return problem(422, "request-invalid", problems=["number: not a telephone number"])
    parts.hotline.keep(contact, body.number)
    return Response(status_code=204)


@router.get(
    "/{contact}/number", summary="The number, if a call is safe", responses=REFUSALS, response_model=NumberAnswer
)
def get_number(contact: UUID, parts: Parted, person: Caller) -> Response:
    """Whoever looks is written down first."""
    staff = _require(parts, person, Right.FOLLOW_UP_CONTACT, contact)
    found = parts.hotline.number(contact, actor=staff)
    if isinstance(found, Refused):
        return problem(409, "refused", refusal=found)
    return JSONResponse(NumberAnswer(number=found).model_dump(mode="json"))


@router.get(
    "/{contact}/repeats",
    summary="Other contacts of the same number",
    responses=REFUSALS,
    response_model=RepeatsAnswer,
)
def get_repeats(contact: UUID, parts: Parted, person: Caller) -> Response:
    """With the caller's consent, or once the contact belongs to a journey. Whoever looks is written down first."""
    staff = _require(parts, person, Right.FOLLOW_UP_CONTACT, contact)
    found = parts.hotline.repeats(contact, actor=staff)
    if isinstance(found, Refused):
        return problem(409, "refused", refusal=found)
    answer = RepeatsAnswer(contacts=list(found), codes=[contact_code(each) for each in found])
    return JSONResponse(answer.model_dump(mode="json"))


@router.post(
    "/{contact}/safe-contact/reveal",
    summary="Show what somebody wrote about reaching the caller safely, once that is logged",
    responses=REFUSALS,
    response_model=list[SafeNote],
)
def reveal_safe_notes(contact: UUID, visit: Visiting) -> list[SafeNote]:
    """The latest first. Whoever looks is written down first; a note that cannot be opened is null."""
    require(visit.parts.rights, visit.person.id, Right.READ_CONTACT, contact_stream(contact))
    return [SafeNote(said.recorded_at, said.actor, note.text) for said, note in safe_notes(contact, visit)]


@router.get(
    "/{contact}/looks",
    summary="Who looked at what is kept of the caller",
    responses=REFUSALS,
    response_model=list[Looked],
)
def get_looks(contact: UUID, parts: Parted, person: Caller) -> list[Looked]:
    """The latest first; for whoever answers for the data."""
    _require(parts, person, Right.READ_ACCESS_LOG, contact)
    return [Looked(look.at, look.actor, look.what) for look in reversed(parts.hotline.looks(contact))]


def _scope(parts: Parts, person: Person) -> ContactScope:
    return scope_for(parts, person)


def _require(parts: Parts, person: Person, action: Right, contact: UUID) -> UUID:
    """Raises `CallerRefused` for nobody, `RightDenied` for somebody who may not."""
    require(parts.rights, person.id, action, contact_stream(contact))
    return person.id
