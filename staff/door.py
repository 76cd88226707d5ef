"""The door: an ASGI layer behind the gate. In production nobody comes in without a session, whatever the address.

It looks before any route is chosen, so that an address that exists and one that does not are answered alike, and a new
page is shut until somebody is signed in. In demo mode only the pages of one's own sign-in ask for it.
"""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.errors import Unavailable
from staff.api.problems import problem
from staff.guard import cookies
from staff.guard.gate import FORM_TYPES, host_name, is_upload
from staff.pages import mishaps
from staff.parts import Parts
from staff.settings import LOOPBACK, AppMode
from staff.typing_in import typed
from vault.errors import VaultUnavailable
from vault.sessions import Session

HEALTH = frozenset({"/livez", "/readyz", "/metrics"})
OPEN = frozenset({"/favicon.ico", "/sign-in", "/enrol", "/language", "/leave"})
OPEN_BELOW = ("/static/", "/calendar/", "/sign-in/", "/invitation/", "/enrol/")
OWN = ("/account", "/step-up", "/sign-out", "/session")
"""What is about one's own sign-in, and never gives back what was typed."""
BY_ITSELF = ("hx-request", "x-putokaz-live")
"""What our scripts say of a request that nobody has made."""
_SAFE = frozenset({"GET", "HEAD"})


class Door:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, parts: Parts) -> None:
        self._app = app
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in HEALTH:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = self._not_https(request)
        if answer is None and self._asks(scope["path"]):
            answer = await self._turned_away(request)
        await (self._app if answer is None else answer)(scope, receive, send)

    def _not_https(self, request: Request) -> Response | None:
        """A session over a line that others read would be theirs. On this machine there is no line."""
        production = self._parts.settings.mode is AppMode.PRODUCTION
        if not production or cookies.is_secure(request) or host_name(request.headers.get("host", "")) in LOOPBACK:
            return None
        return PlainTextResponse("Only over https: the proxy says so in X-Forwarded-Proto.\n", 403)

    def _asks(self, path: str) -> bool:
        if self._parts.sign_in is None:
            return False
        if self._parts.settings.mode is AppMode.DEMO:
            return is_own(path)
        return path not in OPEN and not path.startswith(OPEN_BELOW)

    async def _turned_away(self, request: Request) -> Response | None:
        """None for whoever is signed in: the visit finds the session with the request."""
        try:
            session = await run_in_threadpool(self._session, request)
        except VaultUnavailable as error:
            await _keep_typed(request)
            return await mishaps.vault_unavailable(request, error)
        except Unavailable as error:
            await _keep_typed(request)
            return await mishaps.unavailable(request, error)
        if session is None:
            return await _not_signed_in(request)
        request.state.signed_in = session
        return None

    def _session(self, request: Request) -> Session | None:
        sign_in, token = self._parts.sign_in, cookies.read(request, cookies.SIGNED_IN)
        if sign_in is None or not token:
            return None
        return sign_in.living(token) if by_itself(request) else sign_in.seen(token)


def by_itself(request: Request) -> bool:
    """Whether a page asks without anybody at it: that keeps nobody signed in. What changes something is a person's."""
    asked = any(name in request.headers for name in BY_ITSELF) or request.url.path == "/session"
    return request.method in _SAFE and asked


def is_own(path: str) -> bool:
    """Whether a path is about one's own sign-in."""
    return any(path == own or path.startswith(f"{own}/") for own in OWN)


def sign_in_address(request: Request) -> str:
    """Where to sign in, and to come back from."""
    if request.method not in _SAFE or is_own(request.url.path):
        return "/sign-in"
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/sign-in" if here == "/" else f"/sign-in?next={quote(here, safe='')}"


async def _not_signed_in(request: Request) -> Response:
    path = request.url.path
    if path.startswith("/api/") or path == "/session":
        return problem(401, "not-signed-in", headers={"www-authenticate": 'Cookie realm="Putokaz"'})
    if "hx-request" in request.headers:
        return mishaps.bare(request, "ended_part.html", 401)
    await _keep_typed(request)
    if request.method in _SAFE or is_own(path) or not getattr(request.state, "typed", {}):
        return RedirectResponse(sign_in_address(request), 303)
    return mishaps.ended(request)


async def _keep_typed(request: Request) -> None:
    """What a form sent, for the page that gives it back."""
    kind = request.headers.get("content-type", "").split(";")[0]
    if kind == "multipart/form-data" and is_upload(request.url.path):
        return  # a document is not read for somebody who is not let in
    if request.method not in _SAFE and kind in FORM_TYPES and not is_own(request.url.path):
        await typed(request)
