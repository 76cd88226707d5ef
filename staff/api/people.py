"""People, roles and private calendars over HTTP, for administrators; the calendar and settings of one's own for all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from domain.attendance.state import attendance_stream
from domain.rights.actions import Action
from domain.rights.member import ROLES_AND_POSTS
from staff.api.caller import Caller, Key, Parted
from staff.api.problems import Problem, problem
from staff.guard.permission import require
from staff.i18n.locale import Locale
from staff.office import PeopleRefused, PersonChanged, PersonUnknown
from staff.ports import Person
from vault.feeds import Feed
from vault.preferences import Channel, Pace, Preferences
from vault.staff import StaffMember
from vault.staff_changes import StaffChange, StaffChangeKind
from vault.staff_register import Account, account_of, version_of

router = APIRouter()
_KNOWN = frozenset(each.value for each in ROLES_AND_POSTS)
_PROBLEMS: dict[int | str, dict[str, object]] = {
    403: {"model": Problem},
    404: {"model": Problem},
    409: {"model": Problem, "description": "Somebody else was first, or it cannot be so"},
    422: {"model": Problem},
    503: {"model": Problem, "description": "Not reachable; the same request may be repeated"},
}


def somebody(person: Caller) -> Person:
    """Who calls. Raises `CallerRefused` where the header names nobody."""
    return person


Somebody = Annotated[Person, Depends(somebody)]


class AccountBody(BaseModel):
    """An account. `seen` is the `version` that was read; for somebody who is added, none."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
    email: Annotated[str, Field(max_length=200, pattern=r"^[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+$")]
    roles: Annotated[tuple[str, ...], Field(max_length=20, examples=[["caseworker"]])] = ()
    locale: Locale = Locale.SERBIAN_LATIN
    seen: Annotated[str | None, Field(max_length=64)] = None


class SettingsBody(BaseModel):
    """How somebody wants to be reached; hours on the wall clock. `seen` is the `settings_version` that was read."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    channel: Channel = Channel.EMAIL
    pace: Pace = Pace.DIGEST
    phone: Annotated[str | None, Field(pattern=r"^\+[1-9][0-9]{6,14}$", examples=["+381600000000"])] = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    digest_at: time = time(8, 30)
    seen: Annotated[str, Field(max_length=64)]


class FeedBody(BaseModel):
    """For how many days the address opens the calendar."""

    model_config = ConfigDict(extra="forbid")

    days: Annotated[int, Field(ge=1, le=366)] = 180


class AccountAnswer(BaseModel):
    """A person who works here. `version` and `settings_version` are sent back as `seen` with a change."""

    staff: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    locale: str
    version: str
    settings_version: str

    @classmethod
    def of(cls, member: StaffMember) -> AccountAnswer:
        return cls(
            staff=member.id,
            name=member.name,
            email=member.email,
            roles=tuple(sorted(member.roles)),
            locale=member.locale,
            version=version_of(account_of(member)),
            settings_version=version_of(member.preferences),
        )


class ChangeAnswer(BaseModel):
    """One line of the log of accounts: only what differs, before and after."""

    position: int
    at: datetime
    actor: UUID
    staff: UUID
    kind: StaffChangeKind
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def of(cls, change: StaffChange) -> ChangeAnswer:
        return cls(
            position=change.position,
            at=change.at,
            actor=change.actor,
            staff=change.staff,
            kind=change.kind,
            before=dict(change.before),
            after=dict(change.after),
        )


class FeedAnswer(BaseModel):
    """A private calendar, never its address."""

    id: UUID
    staff: UUID
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    open: bool

    @classmethod
    def of(cls, feed: Feed) -> FeedAnswer:
        return cls(
            id=feed.id,
            staff=feed.staff,
            created_at=feed.created_at,
            expires_at=feed.expires_at,
            revoked_at=feed.revoked_at,
            last_used_at=feed.last_used_at,
            open=feed.is_living,
        )


class FeedMade(BaseModel):
    """The address, this once."""

    feed: FeedAnswer
    address: str


class Done(BaseModel):
    """`changed` false: it was so already, or the same key has done it before."""

    staff: UUID
    changed: bool


@router.get("/people", summary="Accounts with their roles", responses=_PROBLEMS)
def get_people(parts: Parted, person: Somebody) -> list[AccountAnswer]:
    require(parts.rights, person.id, Action.READ_ADMINISTRATION)
    return [AccountAnswer.of(member) for member in parts.office.people.listed()]


@router.get("/people/changes", summary="Who changed what about accounts, the newest first", responses=_PROBLEMS)
def get_changes(
    parts: Parted, person: Somebody, staff: UUID | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> list[ChangeAnswer]:
    require(parts.rights, person.id, Action.READ_ADMINISTRATION)
    return [ChangeAnswer.of(change) for change in parts.office.people.changes(staff, limit)]


@router.get("/people/{staff}", summary="One account", response_model=AccountAnswer, responses=_PROBLEMS)
def get_person(staff: UUID, parts: Parted, person: Somebody) -> AccountAnswer | Response:
    """An administrator reads any; everybody their own."""
    if staff != person.id:
        require(parts.rights, person.id, Action.READ_ADMINISTRATION)
    member = parts.office.people.find(staff)
    return problem(404, "not-found") if member is None else AccountAnswer.of(member)


@router.put("/people/{staff}", summary="Add a person or change an account", response_model=Done, responses=_PROBLEMS)
def put_person(staff: UUID, body: AccountBody, parts: Parted, person: Somebody, key: Key) -> Response:
    """Without `seen` the person is added under an id that the caller has made. Nothing is overwritten unseen."""
    require(parts.rights, person.id, Action.MANAGE_PEOPLE)
    if unknown := sorted(set(body.roles) - _KNOWN):
        return problem(422, "request-invalid", problems=[f"roles: unknown: {len(unknown)}; known are {sorted(_KNOWN)}"])
    account = Account(" ".join(body.name.split()), body.email, frozenset(body.roles), body.locale.value)
    people = parts.office.people
    if body.seen is None:
        return _done(staff, lambda: people.add(staff, account, actor=person.id, command_id=key))
    seen = body.seen
    return _done(staff, lambda: people.change(staff, account, seen=seen, actor=person.id, command_id=key))


@router.put("/people/{staff}/settings", summary="How one wants to be reached", response_model=Done, responses=_PROBLEMS)
def put_settings(staff: UUID, body: SettingsBody, parts: Parted, person: Somebody, key: Key) -> Response:
    """One's own only."""
    require(parts.rights, person.id, Action.KEEP_SETTINGS, attendance_stream(staff))
    fields = body.model_dump(exclude={"seen"})
    member = parts.office.people.find(staff)
    if member is None:
        return problem(404, "not-found")
    try:
        wanted = Preferences(**fields, zone=member.preferences.zone)
    except ValueError as wrong:
        return problem(422, "request-invalid", problems=[str(wrong)])
    people = parts.office.people
    return _done(staff, lambda: people.settle(staff, wanted, seen=body.seen, actor=person.id, command_id=key))


@router.get("/people/{staff}/calendars", summary="Private calendars of a person", responses=_PROBLEMS)
def get_calendars(staff: UUID, parts: Parted, person: Somebody) -> list[FeedAnswer]:
    """An administrator reads anybody's; everybody their own."""
    if staff != person.id:
        require(parts.rights, person.id, Action.READ_ADMINISTRATION)
    return [FeedAnswer.of(feed) for feed in parts.office.people.feeds(staff)]


@router.post(
    "/people/{staff}/calendars",
    status_code=201,
    summary="Open a calendar",
    response_model=FeedMade,
    responses=_PROBLEMS,
)
def make_calendar(staff: UUID, body: FeedBody, parts: Parted, person: Somebody, key: Key) -> Response:
    """The address is shown once: the same key sent again is refused. Close that calendar then, and open another."""
    require(parts.rights, person.id, Action.MANAGE_FEEDS, attendance_stream(staff))
    try:
        lasts = timedelta(days=body.days)
        made = parts.office.people.make_feed(staff, lasts, actor=person.id, command_id=key)
    except PersonUnknown:
        return problem(404, "not-found")
    if made is None:
        return problem(409, "calendar-known")
    answer = FeedMade(feed=FeedAnswer.of(made.feed), address=made.address)
    return JSONResponse(answer.model_dump(mode="json"), 201)


@router.delete("/people/{staff}/calendars/{feed}", summary="Close a calendar", response_model=Done, responses=_PROBLEMS)
def close_calendar(staff: UUID, feed: UUID, parts: Parted, person: Somebody, key: Key) -> Response:
    """At once and for good."""
    require(parts.rights, person.id, Action.MANAGE_FEEDS, attendance_stream(staff))
    if not any(each.id == feed for each in parts.office.people.feeds(staff)):
        return problem(404, "not-found")
    people = parts.office.people
    return _done(staff, lambda: people.revoke_feed(staff, feed, actor=person.id, command_id=key))


def _done(staff: UUID, work: Callable[[], bool]) -> Response:
    try:
        changed = work()
    except PersonUnknown:
        return problem(404, "not-found")
    except PersonChanged as other:
        return problem(409, "person-changed", problems=[f"version: {version_of(account_of(other.stored))}"])
    except PeopleRefused as refused:
        return problem(409, "person-refused", problems=[refused.fault.value])
    return JSONResponse(Done(staff=staff, changed=changed).model_dump(mode="json"))
