"""The threshold: a request of somebody who is not signed in yet, with what a page needs to let them in.

Its forms belong to a session of the browser's, as those of demo mode do: nobody is signed in from another's page.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from staff.guard import cookies
from staff.guard.tokens import SESSION_COOKIE, is_token, new_session, session_of, token_for
from staff.i18n.locale import locale_of
from staff.i18n.words import Words
from staff.parts import Parts
from staff.rendering import environment
from staff.signing_in import Place, SignIn
from staff.visit import LOCALE_COOKIE
from vault.sessions import Device, NewSession

_NOWHERE = "192.0.2.0"  # of RFC 5737: all that have no address count as one


@dataclass(frozen=True, slots=True)
class Threshold:
    """What such a page knows. `session` is new where `is_new_session`."""

    request: Request
    parts: Parts
    sign_in: SignIn
    words: Words
    session: str
    is_new_session: bool

    @property
    def token(self) -> str:
        return token_for(self.session, self.parts.settings.secret)

    @property
    def here(self) -> str:
        """The path, to come back to after a change of language."""
        return self.request.url.path + (f"?{self.request.url.query}" if self.request.url.query else "")

    def is_ours(self, texts: Mapping[str, str]) -> bool:
        """Whether a form carries the token that this browser was given."""
        return is_token(texts.get("token", ""), self.session, self.parts.settings.secret)

    def page(self, template: str, /, status: int = 200, **values: object) -> HTMLResponse:
        """A whole page."""
        words = self.words
        html = (
            environment()
            .get_template(template)
            .render(h=self, w=words, t=words, n=words.count, label=words.label, devices=tuple(Device), **values)
        )
        answer = HTMLResponse(html, status)
        if self.is_new_session:
            answer.set_cookie(
                SESSION_COOKIE, self.session, httponly=True, samesite="lax", secure=cookies.is_secure(self.request)
            )
        return answer


def threshold(request: Request) -> Threshold:
    """The threshold of a request; no such page where nobody can sign in."""
    parts: Parts = request.app.state.parts
    if parts.sign_in is None:
        raise HTTPException(404)
    known = session_of(request.cookies.get(SESSION_COOKIE))
    words = Words(locale_of(request.cookies.get(LOCALE_COOKIE)))
    return Threshold(request, parts, parts.sign_in, words, known or new_session(), known is None)


def address_of(request: Request) -> str:
    """From which network address; behind a proxy that is trusted, the one that it names."""
    named = request.client.host if request.client else _NOWHERE
    try:
        return str(ipaddress.ip_address(named))
    except ValueError:
        return _NOWHERE


def place_of(request: Request, texts: Mapping[str, str]) -> Place:
    """From where somebody signs in. A device that is none is a computer."""
    device = texts.get("device", "")
    known = {each.value for each in Device}
    return Place(address_of(request), Device(device) if device in known else Device.COMPUTER)


def let_in(answer: Response, request: Request, made: NewSession) -> Response:
    """Gives the browser the session's token, and takes what led to it."""
    cookies.give(answer, request, cookies.SIGNED_IN, made.token)
    for used in (cookies.CEREMONY, cookies.ENROLMENT):
        if cookies.read(request, used) is not None:
            cookies.take(answer, request, used)
    return answer


AtThreshold = Annotated[Threshold, Depends(threshold)]
