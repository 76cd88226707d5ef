"""Leaving quickly: to a neutral page, out of the session, from whatever page somebody is on.

Our script hides the page at once and takes its entry out of the browser's history (GOV.UK exit this page); without
scripts the button is a link. Either way the session has ended: whoever goes back is asked to sign in, since no page is
stored.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from staff.guard import cookies
from staff.parts import Parts
from vault.errors import VaultUnavailable

router = APIRouter()
FORGET = {"clear-site-data": '"cache"'}
"""Also what the browser keeps in memory for its back button."""


@router.get("/leave")
async def leave(request: Request) -> Response:
    """Away from here, whoever asks; the session ends where one of our own pages asks, or an address that was typed."""
    parts: Parts = request.app.state.parts
    answer = RedirectResponse(parts.settings.exit_to, 303, headers=FORGET)
    if request.headers.get("sec-fetch-site", "none") in {"same-origin", "none"}:
        await run_in_threadpool(_end, parts, cookies.read(request, cookies.SIGNED_IN))
        cookies.take(answer, request, cookies.SIGNED_IN)
    return answer


def _end(parts: Parts, token: str | None) -> None:
    if parts.sign_in is None or not token:
        return
    try:
        session = parts.sign_in.living(token)
        if session is not None:
            parts.sign_in.end(session.staff, session.id)
    except VaultUnavailable:
        return  # nobody waits here for that: the cookie goes, and the session ends by itself
