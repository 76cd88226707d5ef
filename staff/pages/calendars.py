"""Private calendars: made (the address is shown once) and closed, by whose they are or by an administrator."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.attendance.state import attendance_stream
from domain.rights.actions import Action
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.sheet import Saved, Sheet
from staff.pages.consequences import Consequence, Mark
from staff.pages.filling import empty, filled
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit

router = APIRouter()
_LIVES = (30, 90, 180, 365)
"""Days for which an address may open a calendar."""


@router.get("/admin/people/{staff}/calendar")
async def form_for(staff: UUID, visit: Here) -> Response:
    """For somebody else."""
    return empty(await run_in_threadpool(_making, visit, staff, f"/admin/people/{staff}"))


@router.post("/admin/people/{staff}/calendar")
async def make_for(staff: UUID, texts: Typed, visit: Here) -> Response:
    """Made for somebody else."""
    return await filled(await run_in_threadpool(_making, visit, staff, f"/admin/people/{staff}"), texts)


@router.get("/admin/people/{staff}/calendar/{feed}")
async def close_form_for(staff: UUID, feed: UUID, visit: Here) -> Response:
    """Whether it is really to be closed."""
    return empty(await run_in_threadpool(_closing, visit, staff, feed, f"/admin/people/{staff}"))


@router.post("/admin/people/{staff}/calendar/{feed}")
async def close_for(staff: UUID, feed: UUID, texts: Typed, visit: Here) -> Response:
    """Closed."""
    return await filled(await run_in_threadpool(_closing, visit, staff, feed, f"/admin/people/{staff}"), texts)


@router.get("/me/calendar")
async def form(visit: Here) -> Response:
    """For oneself."""
    return empty(await run_in_threadpool(_making, visit, visit.person.id, "/me"))


@router.post("/me/calendar")
async def make(texts: Typed, visit: Here) -> Response:
    """Made for oneself."""
    return await filled(await run_in_threadpool(_making, visit, visit.person.id, "/me"), texts)


@router.get("/me/calendar/{feed}")
async def close_form(feed: UUID, visit: Here) -> Response:
    """Whether it is really to be closed."""
    return empty(await run_in_threadpool(_closing, visit, visit.person.id, feed, "/me"))


@router.post("/me/calendar/{feed}")
async def close(feed: UUID, texts: Typed, visit: Here) -> Response:
    """Closed."""
    return await filled(await run_in_threadpool(_closing, visit, visit.person.id, feed, "/me"), texts)


def _making(visit: Visit, staff: UUID, back: str) -> Sheet:
    visit.require(Action.MANAGE_FEEDS, attendance_stream(staff))
    words, people = visit.words, visit.parts.office.people
    member = people.find(staff)
    if member is None:
        raise HTTPException(404)
    lives = tuple(Choice(str(days), words.count("span.calendar-days", days)) for days in _LIVES)
    field = Field("days", FieldKind.RADIOS, words("feeds.how-long"), words("feeds.how-long-hint"), lives)

    def days(entry: Entry) -> int | None:
        chosen = entry.number("days")
        entry.need("days", chosen if chosen in _LIVES else None)
        return None if entry.faults else chosen

    async def foresee(entry: Entry, _: str) -> list[Consequence] | None:
        if days(entry) is None:
            return None
        return [Consequence(Mark.OPENS, words("feeds.will-make"), (words("feeds.once"), words("feeds.only-codes")))]

    async def save(entry: Entry, _: str, command_id: UUID) -> Response | None:
        lasts = days(entry)
        if lasts is None:
            return None
        made = await run_in_threadpool(
            people.make_feed, staff, timedelta(days=lasts), actor=visit.person.id, command_id=command_id
        )
        return page(visit, "feed_made.html", made=made, back=back, name=member.name)

    title = words("feeds.make-title") if back == "/me" else words("feeds.make-title-for", name=member.name)
    save_text = words("feeds.make")
    return Sheet(
        visit,
        title,
        back,
        _back(back, member.name, visit),
        (field,),
        foresee,
        save,
        {"days": "180"},
        "",
        None,
        save_text,
    )


def _closing(visit: Visit, staff: UUID, feed: UUID, back: str) -> Sheet:
    visit.require(Action.MANAGE_FEEDS, attendance_stream(staff))
    words, people = visit.words, visit.parts.office.people
    member = people.find(staff)
    found = next((each for each in people.feeds(staff) if each.id == feed), None)
    if member is None or found is None:
        raise HTTPException(404)

    async def foresee(_: Entry, __: str) -> list[Consequence]:
        return [Consequence(Mark.ENDS, words("feeds.will-revoke"))]

    async def save(_: Entry, __: str, command_id: UUID) -> Saved:
        done = await run_in_threadpool(people.revoke_feed, staff, feed, actor=visit.person.id, command_id=command_id)
        return Saved(back, nothing=not done)

    return Sheet(
        visit,
        words("feeds.revoke-title", day=words.day(found.created_at)),
        back,
        _back(back, member.name, visit),
        (),
        foresee,
        save,
        warning=words("feeds.will-revoke"),
        save_text=words("feeds.revoke"),
    )


def _back(back: str, name: str, visit: Visit) -> str:
    return visit.words("me.title") if back == "/me" else name
