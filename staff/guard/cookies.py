"""Cookies of sign-in: unreadable for scripts, and under https bound to this very host (`__Host-`, RFC 6265bis 4.1.3).

`SameSite=Lax`, not `Strict`: letters lead to pages of ours, and whoever is signed in and follows such a link is to
arrive there. What changes something asks for our own origin and a form token besides.
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

SIGNED_IN = "putokaz_signed_in"
CEREMONY = "putokaz_ceremony"
"""Of a challenge to a passkey: whoever began it answers it."""
ENROLMENT = "putokaz_enrolment"


def is_secure(request: Request) -> bool:
    """Whether the browser speaks https; behind a proxy, as that says."""
    return request.url.scheme == "https"


def read(request: Request, cookie: str) -> str | None:
    """What the browser sent back."""
    return request.cookies.get(_name(request, cookie))


def give(answer: Response, request: Request, cookie: str, value: str, *, seconds: int | None = None) -> None:
    """Until the browser is closed, or for so many seconds."""
    answer.set_cookie(
        _name(request, cookie), value, max_age=seconds, httponly=True, samesite="lax", secure=is_secure(request)
    )


def take(answer: Response, request: Request, cookie: str) -> None:
    """The browser forgets it."""
    give(answer, request, cookie, "", seconds=0)


def _name(request: Request, cookie: str) -> str:
    return f"__Host-{cookie}" if is_secure(request) else cookie
