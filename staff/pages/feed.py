"""The private calendar of one person: no session, a token in the address, and one answer for every token that is none.

A calendar program asks for it by itself. What it gets may be kept by nobody but that program (`no-store`), says in its
ETag whether anything changed, and names neither person nor organisation.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from domain.attendance.state import Presence
from projections.my_day.appointments import appointments
from staff.parts import Parts

router = APIRouter()
FILE = "termini.ics"


@router.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"])
async def feed(request: Request, token: str) -> Response:
    """The appointments of whoever holds the token, as iCalendar."""
    return await run_in_threadpool(_feed, request.app.state.parts, token, request.headers.get("if-none-match", ""))


def _works_here(parts: Parts, person: UUID) -> bool:
    """Whoever has left gets no calendar either; what it holds is only what somebody owes themselves."""
    return parts.rights.stance(person).member.presence is not Presence.LEFT


def _feed(parts: Parts, token: str, known: str) -> Response:
    holder = parts.feeds.holder(token)
    person = next((p for p in parts.desk.staff() if p.id == holder), None)
    if person is None or not _works_here(parts, person.id):
        return PlainTextResponse("Not found.\n", 404, {"cache-control": "no-store"})
    made = parts.feeds.calendar(appointments(parts.reader, person.id), locale=person.locale, now=parts.clock())
    headers = {"cache-control": "no-store", "etag": made.etag}
    if made.etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = f'inline; filename="{FILE}"'
    return Response(made.body, headers=headers, media_type="text/calendar; charset=utf-8")
