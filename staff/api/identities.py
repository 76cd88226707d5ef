"""Who clients are, over HTTP: revealed with a purpose, entered, corrected, searched, and who was shown what.

A name is only ever in a body. Writing needs no `Idempotency-Key`: `seen`, the version that was shown, does that, and
sending the same content with the same `seen` again gives the first answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.deciding import Denied
from staff.api.caller import Caller, Parted
from staff.api.models import MOST_VERSIONS, Listed
from staff.api.problems import Problem, problem
from staff.guard.permission import require
from staff.guard.step_up import require_step_up_of
from staff.identities import WRITING
from staff.matches import Matches, matches, require_search
from staff.pages.accesses import MINE, paged
from staff.pages.identity import PURPOSES
from staff.pages.search import found_by
from staff.parts import Parts
from vault.accesses import LONGEST_REASON, Access, AccessKind, RevealPurpose
from vault.errors import IdentityConflict, IdentityInvalid, IdentityUnknown, NumberInvalid
from vault.identities import Revealed
from vault.identity import LONGEST_TEXT, ContactKind, ContactPoint, Identity, IdentityField, Name, NameUse
from vault.roll import SearchBy

router = APIRouter()
_PROBLEMS: dict[int | str, dict[str, Any]] = {s: {"model": Problem} for s in (403, 404, 409, 422, 503)}
_CONFLICT = "Somebody else wrote meanwhile. Nothing was overwritten; `stored` is what is there now."
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


Year = Annotated[int, Field(ge=1, le=9999)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NameBody(_Body):
    """One name, exactly as it is written; `lang` is BCP 47 with the script where it matters (`sr-Cyrl`)."""

    text: Text
    use: NameUse
    lang: str | None = None


class ContactBody(_Body):
    """One way to reach the client; telephone numbers as people write them."""

    kind: ContactKind
    value: Text


class IdentityBody(_Body):
    """What is known; `born` is a day or a year."""

    names: list[NameBody] = []
    born: date | Year | None = None
    contacts: list[ContactBody] = []
    case_number: Text | None = None


class RevealBody(_Body):
    """Which fields, and what for; `other` needs words."""

    fields: Annotated[set[IdentityField], Field(min_length=1)]
    purpose: RevealPurpose
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] | None = None


class WriteBody(_Body):
    """The fields that are written; all others stay. `seen`: the version that was shown, 0 where nothing is known."""

    seen: Annotated[int, Field(ge=0, le=MOST_VERSIONS)]
    fields: Annotated[set[IdentityField], Field(min_length=1)]
    identity: IdentityBody


class IdentityAnswer(BaseModel):
    """What was shown: these fields of that version."""

    version: int
    fields: list[IdentityField]
    identity: IdentityBody


class WrittenAnswer(BaseModel):
    """The version that is stored now."""

    version: int


class SearchBody(_Body):
    """What is looked for."""

    typed: Text
    by: SearchBy = SearchBy.NAME


class CandidatesBody(_Body):
    """Somebody for whom a journey is about to be opened."""

    names: Annotated[list[NameBody], Field(min_length=1)]
    born: date | Year | None = None


class AccessAnswer(BaseModel):
    """One line of the access log. `reason`: the person's own words, for who may read the identity."""

    position: int
    at: datetime
    actor: UUID
    kind: AccessKind
    journeys: list[UUID]
    fields: list[IdentityField]
    purpose: RevealPurpose | None
    reason: str | None
    documents: list[UUID] = []
    """Which documents were opened."""


@router.post(
    "/journeys/{journey}/identity/reveal",
    summary="Show fields of who the client is, once that is logged",
    response_model=IdentityAnswer,
    responses=_PROBLEMS,
)
def reveal(
    journey: UUID, body: RevealBody, parts: Parted, person: Caller, request: Request
) -> IdentityAnswer | Response:
    """Asks for a proof within the last five minutes, `step-up-needed` without: `/step-up` takes it."""
    require(parts.rights, person.id, Action.READ_IDENTITY, journey_stream(journey))
    if body.purpose not in PURPOSES or (body.purpose is RevealPurpose.OTHER and not (body.reason or "").strip()):
        return problem(422, "request-invalid", problems=["purpose: one that a person has; other needs a reason"])
    require_step_up_of(request)
    found = parts.identities.reveal(person.id, journey, body.fields, body.purpose, body.reason)
    return problem(404, "not-found") if found is None else _answer(found)


@router.put(
    "/journeys/{journey}/identity",
    summary="Enter or correct who the client is",
    response_model=WrittenAnswer,
    responses=_PROBLEMS,
)
def write(journey: UUID, body: WriteBody, parts: Parted, person: Caller, request: Request) -> WrittenAnswer | Response:
    """Where somebody wrote meanwhile, the answer is 409 with what is stored now, and nothing is overwritten.

    Since that shows it, this asks for a proof as `reveal` does where something is known.
    """
    for action in WRITING:
        require(parts.rights, person.id, action, journey_stream(journey))
    if parts.identities.masked(journey) is not None:
        require_step_up_of(request)
    try:
        identity = _identity(journey, body.identity, parts).only(body.fields)
        if body.seen == 0:
            return WrittenAnswer(version=parts.identities.put(identity, actor=person.id))
        version = parts.identities.correct(identity, body.fields, seen=body.seen, actor=person.id)
    except (IdentityInvalid, NumberInvalid):
        return problem(422, "request-invalid", problems=["identity: a name, birth or contact that is none"])
    except IdentityUnknown:
        return problem(404, "not-found")
    except IdentityConflict as conflict:
        stored = _answer(conflict.stored).model_dump(mode="json")
        told = {"type": "urn:putokaz:problem:identity-conflict", "title": _CONFLICT, "status": 409, "stored": stored}
        return JSONResponse(told, 409, media_type="application/problem+json")
    return WrittenAnswer(version=version)


@router.post("/search", summary="Search for a client; masked, and logged", responses=_PROBLEMS, response_model=Matches)
def search(body: SearchBody, parts: Parted, person: Caller) -> Matches | Response:
    require_search(parts.rights, person.id)
    try:
        return found_by(parts.identities, parts.rights, parts.reader, person.id, body.typed, body.by)
    except NumberInvalid:
        return problem(422, "request-invalid", problems=["typed: no telephone number"])


@router.post(
    "/search/candidates",
    summary="Who may be the same person, before a journey is opened; masked, and logged",
    responses=_PROBLEMS,
    response_model=Matches,
)
def candidates(body: CandidatesBody, parts: Parted, person: Caller) -> Matches | Response:
    require(parts.rights, person.id, Action.OPEN_JOURNEY)
    try:
        names = _names(body.names)
    except IdentityInvalid:
        return problem(422, "request-invalid", problems=["names: one that is none"])
    return matches(parts.rights, person.id, parts.identities.candidates(person.id, names, body.born))


Cursor = Annotated[str | None, Query(max_length=400, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("/journeys/{journey}/accesses", summary="Who opened this file, and whose searches found it")
def of_journey(
    journey: UUID, parts: Parted, person: Caller, cursor: Cursor = None, limit: Limit = 100
) -> Listed[AccessAnswer]:
    """The latest first; for supervisors and whoever answers for the data."""
    stream = journey_stream(journey)
    staff = person.id
    require(parts.rights, staff, Action.READ_ACCESS_LOG, stream)
    with_words = not isinstance(parts.rights.may(staff, Action.READ_IDENTITY, stream), Denied)
    return _listed(parts.identities.accesses(journey), cursor, limit, parts, with_words=with_words)


@router.get("/accesses", summary="What I was shown and searched for in the last 90 days")
def mine(parts: Parted, person: Caller, cursor: Cursor = None, limit: Limit = 100) -> Listed[AccessAnswer]:
    accesses = parts.identities.accesses_by(person.id, datetime.now(UTC) - MINE)
    return _listed(accesses, cursor, limit, parts, with_words=True)


def _listed(
    accesses: Sequence[Access], cursor: str | None, limit: int, parts: Parts, *, with_words: bool
) -> Listed[AccessAnswer]:
    found = paged(accesses, cursor, limit)
    rows = tuple(_access(each, parts, with_words=with_words) for each in found.rows)
    return Listed(rows=rows, total=found.total, next=found.next)


def _access(access: Access, parts: Parts, *, with_words: bool) -> AccessAnswer:
    return AccessAnswer(
        position=access.position,
        at=access.at,
        actor=access.actor,
        kind=access.kind,
        journeys=list(access.journeys),
        fields=sorted(access.fields),
        purpose=access.purpose,
        reason=parts.identities.reason(access) if with_words else None,
        documents=sorted(access.documents),
    )


def _identity(journey: UUID, body: IdentityBody, parts: Parts) -> Identity:
    contacts = (
        ContactPoint(c.kind, parts.identities.number(c.value) if c.kind is ContactKind.PHONE else c.value)
        for c in body.contacts
    )
    return Identity(journey, _names(body.names), body.born, tuple(contacts), body.case_number)


def _names(names: Sequence[NameBody]) -> tuple[Name, ...]:
    return tuple(Name(each.text, each.use, each.lang) for each in names)


def _answer(found: Revealed) -> IdentityAnswer:
    identity = found.identity
    body = IdentityBody(
        names=[NameBody(text=n.text, use=n.use, lang=n.lang) for n in identity.names],
        born=identity.born,
        contacts=[ContactBody(kind=c.kind, value=c.value) for c in identity.contacts],
        case_number=identity.case_number,
    )
    return IdentityAnswer(version=found.version, fields=sorted(found.fields), identity=body)
