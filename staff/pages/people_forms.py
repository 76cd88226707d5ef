"""Sheets of administrators: add a person, change an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.refusal import RefusalCode, Refused
from domain.rights.actions import Action
from domain.rights.member import ROLES_AND_POSTS
from staff.forms.action import Fields
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, capital
from staff.forms.sheet import Hindered, Saved, Sheet
from staff.i18n.locale import DEFAULT, Locale
from staff.i18n.words import Words
from staff.office import PeopleFault, PeopleRefused, PersonChanged
from staff.pages.consequences import Consequence, Mark
from staff.pages.explaining import explain
from staff.pages.filling import empty, filled
from staff.pages.people import account_lines, language_name, role_names
from staff.titles import Titles
from staff.typing_in import Typed
from staff.visit import Here, Visit
from vault.staff import StaffMember
from vault.staff_register import Account, account_of, version_of

router = APIRouter()
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_FIELD_OF = {PeopleFault.EMAIL_TAKEN: "email", PeopleFault.OWN_ROLES: "roles", PeopleFault.EXISTS: "name"}
_KNOWN = frozenset(each.value for each in ROLES_AND_POSTS)


@router.get("/admin/people/{staff}/{word}")
async def form(staff: UUID, word: str, visit: Here) -> Response:
    """The empty sheet."""
    return empty(await run_in_threadpool(_sheet, visit, staff, word))


@router.post("/admin/people/{staff}/{word}")
async def act(staff: UUID, word: str, texts: Typed, visit: Here) -> Response:
    """Checks, previews or saves."""
    return await filled(await run_in_threadpool(_sheet, visit, staff, word), texts)


def _sheet(visit: Visit, staff: UUID, word: str) -> Sheet:
    visit.require(Action.MANAGE_PEOPLE)
    member = visit.parts.office.people.find(staff)
    match word:
        case "add":
            return _add(visit, staff)
        case "change" if member is not None:
            return _change(visit, member)
        case _:
            raise HTTPException(404)


def _add(visit: Visit, staff: UUID) -> Sheet:
    words, fields = visit.words, _fields(visit)

    async def foresee(entry: Entry, _: str) -> list[Consequence] | None:
        account = _read(entry, fields)
        if account is None:
            return None
        roles = ", ".join(role_names(account.roles, words)) or words("people.no-roles")
        told = (words("people.will-sign-in"),)
        return [Consequence(Mark.PEOPLE, words("people.will-add", name=account.name, roles=roles), told)]

    async def save(entry: Entry, _: str, command_id: UUID) -> Saved | None:
        account = _read(entry, fields)
        if account is None:
            return None
        done = await _tried(
            entry,
            lambda: visit.parts.office.people.add(staff, account, actor=visit.person.id, command_id=command_id),
        )
        return None if done is None else Saved(f"/admin/people/{staff}", nothing=not done)

    defaults = {"locale": DEFAULT.value}
    back = words("people.title")
    return Sheet(visit, words("people.add-title"), "/admin/people", back, fields, foresee, save, defaults)


def _change(visit: Visit, member: StaffMember) -> Sheet:
    words, fields, there = visit.words, _fields(visit), f"/admin/people/{member.id}"
    others = member.roles - _KNOWN  # words of a later release stay where they are

    async def foresee(entry: Entry, seen: str) -> list[Consequence] | Hindered | None:
        account = _read(entry, fields)
        if account is None:
            return None
        if seen != version_of(account_of(member)):
            return await run_in_threadpool(outdated, visit, member, account_lines(member, words))
        return _differences(account_of(member), replace(account, roles=account.roles | others), visit)

    async def save(entry: Entry, seen: str, command_id: UUID) -> Saved | Hindered | None:
        account = _read(entry, fields)
        if account is None:
            return None
        account, people = replace(account, roles=account.roles | others), visit.parts.office.people
        try:
            done = await _tried(
                entry,
                lambda: people.change(member.id, account, seen=seen, actor=visit.person.id, command_id=command_id),
            )
        except PersonChanged as changed:
            lines = account_lines(changed.stored, words)
            return await run_in_threadpool(outdated, visit, changed.stored, lines)
        return None if done is None else Saved(there, nothing=not done)

    defaults = {"name": member.name, "email": member.email, "locale": member.locale}
    defaults |= {f"roles-{role}": "on" for role in member.roles}
    return Sheet(
        visit,
        words("people.change-title", name=member.name),
        there,
        member.name,
        fields,
        foresee,
        save,
        defaults,
        version_of(account_of(member)),
    )


def outdated(visit: Visit, stored: StaffMember, lines: tuple[str, ...], seen: str | None = None) -> Hindered:
    """Somebody was faster: what is recorded now, and the version to go on from."""
    _, pathway = visit.parts.desk.pathways()[0]
    explanation = explain(Refused(code=RefusalCode.PART_CHANGED), Titles(pathway, visit.words))
    return Hindered(explanation, lines, seen or version_of(account_of(stored)))


async def _tried(entry: Entry, work: Callable[[], bool]) -> bool | None:
    """What came of it; None where the office refused, with the fault at its field."""
    try:
        return await run_in_threadpool(work)
    except PeopleRefused as refused:
        entry.faults[_FIELD_OF[refused.fault]] = f"people.fault.{refused.fault.value}"
        return None


def _fields(visit: Visit) -> Fields:
    words = visit.words
    roles = tuple(Choice(each.value, capital(words.label(each)), _hint(each.value, words)) for each in ROLES_AND_POSTS)
    return (
        Field("name", FieldKind.LINE, words("people.name"), words("people.name-hint")),
        Field("email", FieldKind.LINE, words("people.email"), words("people.email-hint")),
        Field("roles", FieldKind.CHECKS, words("people.roles"), words("people.roles-hint"), roles),
        Field("locale", FieldKind.RADIOS, words("people.locale"), words("people.locale-hint"), locales(words)),
    )


def _hint(role: str, words: Words) -> str:
    key = f"people.role-hint.{role}"
    return words(key) if words.has(key) else ""


def locales(words: Words) -> tuple[Choice, ...]:
    """The languages and scripts that letters can have."""
    return tuple(Choice(locale.value, language_name(locale.value, words)) for locale in Locale)


def _read(entry: Entry, fields: Fields) -> Account | None:
    by_name = {field.name: field for field in fields}
    name, email, locale = entry.line("name"), entry.line("email"), entry.code("locale", Locale)
    entry.need("name", name, "form.fault.name")
    if email is None or not _EMAIL.fullmatch(email):
        entry.faults["email"] = "people.fault.email"
    entry.need("locale", locale)
    roles = frozenset(entry.checked("roles", by_name["roles"].values))
    if entry.faults or name is None or email is None or locale is None:
        return None
    return Account(name, email, roles, locale.value)


def _differences(before: Account, after: Account, visit: Visit) -> list[Consequence]:
    words, found = visit.words, list[Consequence]()
    for key, was, now in (("name", before.name, after.name), ("email", before.email, after.email)):
        if was != now:
            text = words("people.from-to", what=words(f"people.{key}"), before=was, after=now)
            found.append(Consequence(Mark.NOTED, text))
    if gained := after.roles - before.roles:
        text = words("people.will-gain", roles=", ".join(role_names(gained, words)))
        found.append(Consequence(Mark.PEOPLE, text, (words("people.at-once"),)))
    if lost := before.roles - after.roles:
        text = words("people.will-lose", roles=", ".join(role_names(lost, words)))
        found.append(Consequence(Mark.ENDS, text, (words("people.at-once"), words("people.keeps-work"))))
    if before.locale != after.locale:
        now = language_name(after.locale, words)
        found.append(Consequence(Mark.NOTED, words("people.will-speak", language=now)))
    return found
