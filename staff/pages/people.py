"""Administration: who works here with which roles, their private calendars, and who changed what. No client data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from domain.attendance.state import Presence, attendance_stream
from domain.codes import SYSTEM_ACTOR, Role
from domain.rights.actions import Action
from domain.rights.member import ROLES_AND_POSTS
from projections.attendance.queries import AbsenceRow, AttendanceRow, attendance
from staff.i18n.locale import locale_of
from staff.i18n.words import Words
from staff.pages import flash
from staff.pages.sign_in_lines import sign_in_lines
from staff.rendering import page
from staff.visit import Here, Visit
from vault.feeds import Feed
from vault.staff import StaffMember
from vault.staff_changes import StaffChange

router = APIRouter()
CHANGES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Colleague:
    """One line about a person. `feeds`: how many private calendars of theirs are open."""

    member: StaffMember
    roles: tuple[str, ...]
    presence: Presence
    absences: tuple[AbsenceRow, ...]
    feeds: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A line of the log of changes, in words; `details` say from what to what."""

    at: datetime
    who: str | None
    whose: str | None
    staff: UUID
    text: str
    details: tuple[str, ...]


def role_names(roles: frozenset[str], words: Words) -> tuple[str, ...]:
    """Roles and posts by name; a word that is neither as it stands."""
    known = [words.label(each) for each in ROLES_AND_POSTS if each.value in roles]
    return (*known, *sorted(roles - {each.value for each in ROLES_AND_POSTS}))


def language_name(tag: str, words: Words) -> str:
    """A language with its script, in the language of the page."""
    return words(f"people.language.{locale_of(tag).value}")


def account_lines(member: StaffMember, words: Words) -> tuple[str, ...]:
    """What is stored of an account, for somebody who was not first."""
    return (
        f"{words('people.name')}: {member.name}",
        f"{words('people.email')}: {member.email}",
        f"{words('people.roles')}: {', '.join(role_names(member.roles, words)) or words('people.no-roles')}",
        f"{words('people.locale')}: {language_name(member.locale, words)}",
    )


@router.get("/admin")
async def admin(visit: Here) -> Response:
    """What there is to administer."""
    return await run_in_threadpool(_hub, visit)


@router.get("/admin/people")
async def people(visit: Here) -> Response:
    """Everybody, or those of one role."""
    return await run_in_threadpool(_people, visit)


@router.get("/admin/people/new")
async def new() -> Response:
    """A person gets an id with the form, so that adding them twice by accident adds them once."""
    return RedirectResponse(f"/admin/people/{uuid4()}/add", 303)


@router.get("/admin/people/{staff}")
async def person(staff: UUID, visit: Here) -> Response:
    """One person."""
    return await run_in_threadpool(_person, visit, staff)


@router.get("/admin/feeds")
async def feeds(visit: Here) -> Response:
    """Every private calendar that is open or was."""
    return await run_in_threadpool(_feeds, visit)


def _hub(visit: Visit) -> Response:
    visit.require(Action.READ_ADMINISTRATION)
    office = visit.parts.office.people
    return page(
        visit,
        "admin.html",
        people=len(office.listed()),
        feeds=sum(feed.is_living for feed in office.feeds()),
        changes=[changed(each, visit) for each in office.changes(most=CHANGES_SHOWN)],
    )


def _people(visit: Visit) -> Response:
    visit.require(Action.READ_ADMINISTRATION)
    members, wanted = visit.parts.office.people.listed(), visit.request.query_params.get("role", "")
    known = {row.staff: row for row in attendance(visit.parts.reader)}
    living = [feed.staff for feed in visit.parts.office.people.feeds() if feed.is_living]
    return page(
        visit,
        "people.html",
        flash=flash.read(visit),
        colleagues=[
            _colleague(member, known.get(member.id), living.count(member.id), visit)
            for member in members
            if not wanted or wanted in member.roles
        ],
        role=wanted,
        roles=ROLES_AND_POSTS,
        nobody_on_call=not any(Role.ON_CALL.value in member.roles for member in members),
        may_manage=visit.may(Action.MANAGE_PEOPLE),
    )


def _person(visit: Visit, staff: UUID) -> Response:
    visit.require(Action.READ_ADMINISTRATION)
    office, stream = visit.parts.office.people, attendance_stream(staff)
    member = office.find(staff)
    if member is None:
        raise HTTPException(404)
    row = next(iter(attendance(visit.parts.reader, staff)), None)
    own_feeds = office.feeds(staff)
    return page(
        visit,
        "person.html",
        flash=flash.read(visit),
        who=_colleague(member, row, sum(feed.is_living for feed in own_feeds), visit),
        language=language_name(member.locale, visit.words),
        feeds=newest_first(own_feeds),
        feeds_at=f"/admin/people/{staff}/calendar",
        changes=[changed(each, visit) for each in office.changes(staff, CHANGES_SHOWN)],
        may_manage=visit.may(Action.MANAGE_PEOPLE),
        may_feed=visit.may(Action.MANAGE_FEEDS, stream),
        may_plan=visit.may(Action.PLAN_ABSENCE, stream),
        signed=sign_in_lines(visit, staff),
    )


def _feeds(visit: Visit) -> Response:
    visit.require(Action.READ_ADMINISTRATION)
    office = visit.parts.office.people
    names = {member.id: member.name for member in office.listed()}
    return page(
        visit,
        "feeds.html",
        flash=flash.read(visit),
        feeds=newest_first(office.feeds()),
        names=names,
        may_feed=visit.may(Action.MANAGE_FEEDS),
    )


def newest_first(found: Sequence[Feed]) -> list[Feed]:
    """The open ones first, the newest of them on top."""
    return sorted(found, key=lambda feed: (not feed.is_living, -feed.created_at.timestamp()))


def _colleague(member: StaffMember, row: AttendanceRow | None, living: int, visit: Visit) -> Colleague:
    return Colleague(
        member=member,
        roles=role_names(member.roles, visit.words),
        presence=row.presence_at(visit.now) if row else Presence.HERE,
        absences=row.ahead(visit.now) if row else (),
        feeds=living,
    )


def changed(change: StaffChange, visit: Visit) -> Changed:
    """The line in the language of the page."""
    words = visit.words
    return Changed(
        at=change.at,
        who=words("record.by-system") if change.actor == SYSTEM_ACTOR else visit.name(change.actor),
        whose=visit.name(change.staff),
        staff=change.staff,
        text=words.label(change.kind),
        details=tuple(
            words("people.from-to", what=words(f"people.field.{name}"), before=before, after=after)
            for name, before, after in _sides(change, words)
        ),
    )


def _sides(change: StaffChange, words: Words) -> list[tuple[str, str, str]]:
    """Field, before and after; of fields that pages have a name for."""
    names = [name for name in (*change.before, *change.after) if words.has(f"people.field.{name}")]
    return [
        (name, _said(name, change.before, words), _said(name, change.after, words)) for name in dict.fromkeys(names)
    ]


def _said(name: str, side: Mapping[str, Any], words: Words) -> str:
    value = side.get(name)
    if name == "roles":
        return ", ".join(role_names(frozenset(value or ()), words)) or "–"
    if name == "locale" and value:
        return language_name(value, words)
    if isinstance(value, str) and words.has(f"people.value.{value}"):
        return words(f"people.value.{value}")
    return "–" if value is None else str(value)
