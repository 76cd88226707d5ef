"""My settings: how I want to be reached and when, in which language, my private calendar, my absences."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.attendance.state import attendance_stream
from domain.rights.actions import Action
from projections.attendance.queries import attendance
from staff.forms.action import Fields
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.sheet import Hindered, Saved, Sheet
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.office import PersonChanged
from staff.pages import flash
from staff.pages.consequences import Consequence, Mark
from staff.pages.filling import empty, filled
from staff.pages.people import account_lines, language_name, newest_first, role_names
from staff.pages.people_forms import locales, outdated
from staff.pages.sign_in_lines import sign_in_lines
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit
from vault.preferences import Channel, Pace, Preferences
from vault.staff import StaffMember
from vault.staff_register import account_of, version_of

router = APIRouter()
_BETWEEN = re.compile(r"[\s()/-]")


@router.get("/me")
async def me(visit: Here) -> Response:
    """Everything about me that I decide."""
    return await run_in_threadpool(_page, visit)


@router.get("/me/settings")
async def settings_form(visit: Here) -> Response:
    """The empty sheet."""
    return empty(await run_in_threadpool(_settings, visit))


@router.post("/me/settings")
async def settle(texts: Typed, visit: Here) -> Response:
    """Checks, previews or saves."""
    return await filled(await run_in_threadpool(_settings, visit), texts)


@router.get("/me/language")
async def language_form(visit: Here) -> Response:
    """The empty sheet."""
    return empty(await run_in_threadpool(_language, visit))


@router.post("/me/language")
async def speak(texts: Typed, visit: Here) -> Response:
    """Checks, previews or saves."""
    return await filled(await run_in_threadpool(_language, visit), texts)


def lines(preferences: Preferences, words: Words) -> tuple[tuple[str, str], ...]:
    """Each setting with what it is."""
    quiet = words("me.no-quiet")
    if preferences.quiet_from and preferences.quiet_until and preferences.quiet_from != preferences.quiet_until:
        start, end = (f"{at:%H:%M}" for at in (preferences.quiet_from, preferences.quiet_until))
        quiet = words("me.quiet-span", start=start, end=end)
    return (
        (words("me.channel"), words(f"people.value.{preferences.channel.value}")),
        (words("me.phone"), preferences.phone or "–"),
        (words("me.pace"), words(f"people.value.{preferences.pace.value}")),
        (words("me.digest-at"), f"{preferences.digest_at:%H:%M}"),
        (words("me.quiet"), quiet),
    )


def _page(visit: Visit) -> Response:
    member, stream = _myself(visit), attendance_stream(visit.person.id)
    row = next(iter(attendance(visit.parts.reader, member.id)), None)
    return page(
        visit,
        "me.html",
        flash=flash.read(visit),
        member=member,
        roles=role_names(member.roles, visit.words),
        language=language_name(member.locale, visit.words),
        settings_lines=lines(member.preferences, visit.words),
        absences=row.ahead(visit.now) if row else (),
        feeds=newest_first(visit.parts.office.people.feeds(member.id)),
        feeds_at="/me/calendar",
        may_settle=visit.may(Action.KEEP_SETTINGS, stream),
        may_feed=visit.may(Action.MANAGE_FEEDS, stream),
        may_plan=visit.may(Action.PLAN_ABSENCE, stream),
        signed=sign_in_lines(visit, member.id),
    )


def _myself(visit: Visit) -> StaffMember:
    member = visit.parts.office.people.find(visit.person.id)
    if member is None:
        raise HTTPException(404)
    return member


def _settings(visit: Visit) -> Sheet:
    visit.require(Action.KEEP_SETTINGS, attendance_stream(visit.person.id))
    words, member, people = visit.words, _myself(visit), visit.parts.office.people
    kept = member.preferences

    async def foresee(entry: Entry, seen: str) -> list[Consequence] | Hindered | None:
        wanted = _read(entry, kept)
        if wanted is None:
            return None
        if seen != version_of(kept):
            return await run_in_threadpool(_outdated, visit, member)
        before = lines(kept, words)
        return [
            Consequence(Mark.NOTED, words("people.from-to", what=what, before=was, after=now))
            for (what, was), (_, now) in zip(before, lines(wanted, words), strict=True)
            if was != now
        ]

    async def save(entry: Entry, seen: str, command_id: UUID) -> Saved | Hindered | None:
        wanted = _read(entry, kept)
        if wanted is None:
            return None
        try:
            done = await run_in_threadpool(
                people.settle, member.id, wanted, seen=seen, actor=visit.person.id, command_id=command_id
            )
        except PersonChanged as changed:
            return await run_in_threadpool(_outdated, visit, changed.stored)
        return Saved("/me", nothing=not done)

    defaults = {
        "channel": kept.channel.value,
        "phone": kept.phone or "",
        "pace": kept.pace.value,
        "digest": f"{kept.digest_at:%H:%M}",
        "from": f"{kept.quiet_from:%H:%M}" if kept.quiet_from else "",
        "until": f"{kept.quiet_until:%H:%M}" if kept.quiet_until else "",
    }
    title, back = words("me.settings-title"), words("me.title")
    return Sheet(visit, title, "/me", back, _fields(words), foresee, save, defaults, version_of(kept))


def _outdated(visit: Visit, stored: StaffMember) -> Hindered:
    said = tuple(f"{what}: {text}" for what, text in lines(stored.preferences, visit.words))
    return outdated(visit, stored, said, version_of(stored.preferences))


def _language(visit: Visit) -> Sheet:
    visit.require(Action.KEEP_SETTINGS, attendance_stream(visit.person.id))
    words, member, people = visit.words, _myself(visit), visit.parts.office.people
    field = Field("locale", FieldKind.RADIOS, words("me.language"), words("me.language-hint"), locales(words))

    def read(entry: Entry) -> Locale | None:
        chosen = entry.code("locale", Locale)
        entry.need("locale", chosen)
        return chosen

    async def foresee(entry: Entry, _: str) -> list[Consequence] | None:
        chosen = read(entry)
        if chosen is None or chosen.value == member.locale:
            return None if chosen is None else []
        return [Consequence(Mark.NOTED, words("people.will-speak", language=language_name(chosen.value, words)))]

    async def save(entry: Entry, seen: str, command_id: UUID) -> Saved | Hindered | None:
        chosen = read(entry)
        if chosen is None:
            return None
        account = replace(account_of(member), locale=chosen.value)
        try:
            done = await run_in_threadpool(
                people.change, member.id, account, seen=seen, actor=visit.person.id, command_id=command_id
            )
        except PersonChanged as changed:
            return await run_in_threadpool(outdated, visit, changed.stored, account_lines(changed.stored, words))
        return Saved("/me", nothing=not done)

    defaults, seen = {"locale": member.locale}, version_of(account_of(member))
    return Sheet(visit, words("me.language"), "/me", words("me.title"), (field,), foresee, save, defaults, seen)


def _fields(words: Words) -> Fields:
    channels = tuple(Choice(each.value, words(f"people.value.{each.value}")) for each in Channel)
    paces = tuple(
        Choice(each.value, words(f"people.value.{each.value}"), words(f"me.pace-hint.{each.value}")) for each in Pace
    )
    return (
        Field("channel", FieldKind.RADIOS, words("me.channel"), words("me.channel-hint"), channels),
        Field("phone", FieldKind.LINE, words("me.phone"), words("me.phone-hint"), optional=True),
        Field("pace", FieldKind.RADIOS, words("me.pace"), choices=paces),
        Field("digest", FieldKind.CLOCK, words("me.digest-at"), words("me.digest-hint")),
        Field("from", FieldKind.CLOCK, words("me.quiet-from"), words("me.quiet-hint"), optional=True),
        Field("until", FieldKind.CLOCK, words("me.quiet-until"), optional=True),
    )


def _read(entry: Entry, kept: Preferences) -> Preferences | None:
    channel, pace = entry.code("channel", Channel), entry.code("pace", Pace)
    phone = _BETWEEN.sub("", entry.text("phone")) or None
    digest, start, end = entry.clock("digest"), entry.clock("from"), entry.clock("until")
    entry.need("channel", channel)
    entry.need("pace", pace)
    entry.need("digest", digest, "form.fault.time-missing")
    if (start is None) != (end is None):
        entry.need("from", start, "form.fault.time-missing")
        entry.need("until", end, "form.fault.time-missing")
    if channel is Channel.SMS and phone is None:
        entry.faults["phone"] = "me.fault.phone-needed"
    if entry.faults or channel is None or pace is None or digest is None:
        return None
    try:
        return replace(
            kept, channel=channel, pace=pace, phone=phone, digest_at=digest, quiet_from=start, quiet_until=end
        )
    except ValueError:  # the hours are whole and the zone is kept: it is the number
        entry.faults["phone"] = "me.fault.phone"
        return None
