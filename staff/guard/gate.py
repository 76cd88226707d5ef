"""The gate: an ASGI layer that turns foreign hosts and foreign origins away and puts headers on every answer.

A browser says in `Sec-Fetch-Site`, an older one in `Origin`, where a request comes from. What changes something must
come from our own pages; a program (no such header at all) may call the API, which no browser does on its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from staff.api.problems import problem, title_of
from staff.guard.headers import ALWAYS, NOT_STORED

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
"""What a foreign page can make a browser send without asking us first."""
MOST_BYTES = 512 * 1024
_UPLOAD = re.compile(r"/(api/v1/journeys/[^/]+/documents|journeys/[^/]+/documents/new|(api/v1/)?replay/imports)")
_UPLOAD_READ = 10
"""An upload that is larger than a document may be is read to its end, up to so many times the limit, and thrown away: a
browser shows what is wrong with it only once it has sent everything."""


class Gate:
    """Wraps the application. `hosts` are the names under which it answers, without port; `document` bytes at most."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], document: int) -> None:
        self._app = app
        self._hosts = hosts
        self._upload = _UPLOAD_READ * document

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_headers(message["headers"])
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._turned_away(scope["method"], scope["path"], headers) or _not_in_form(scope)
        if refusal is None:
            # No address of ours has a NUL: whoever is asked for it answers as for any other that does not exist.
            scope["path"] = scope["path"].replace("\0", "\N{REPLACEMENT CHARACTER}")
            await self._app(scope, receive, sending)
        else:
            await _answer(scope["path"], *refusal)(scope, receive, sending)

    def _turned_away(self, method: str, path: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """Status and kind of the problem. None for whoever comes in."""
        if host_name(headers.get("host", "")) not in self._hosts:
            return 421, "not-served-here"
        if method in _SAFE:
            return None
        if not _from_us(headers, needs_token=not path.startswith("/api/")):
            return 403, "foreign-page"
        kind, upload = headers.get("content-type", "").split(";")[0], is_upload(path)
        if path.startswith("/api/") and kind in FORM_TYPES and not (upload and kind == "multipart/form-data"):
            return 415, "media-type"
        length = headers.get("content-length", "" if "transfer-encoding" in headers else "0")
        if not length.isdigit() or int(length) > (self._upload if upload else MOST_BYTES):
            return 413, "request-too-long"
        return None


def is_upload(path: str) -> bool:
    """Whether a document is filed there: its form is read as it comes in, and never as a whole."""
    return _UPLOAD.fullmatch(path) is not None


def _not_in_form(scope: Scope) -> tuple[int, str] | None:
    """The database takes no text with the character NUL."""
    return (422, "request-invalid") if b"%00" in scope["query_string"] else None


def _answer(path: str, status: int, kind: str) -> Response:
    if path.startswith("/api/"):
        return problem(status, kind)
    return PlainTextResponse(f"{title_of(kind)}\n", status)


def host_name(host: str) -> str:
    """The name in a Host header, without the port: `[::1]:8000` is `[::1]`."""
    if host.startswith("["):
        return host[: host.find("]") + 1].lower()
    return host.partition(":")[0].lower()


def _from_us(headers: Mapping[str, str], *, needs_token: bool) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OURS
    origin = headers.get("origin")
    if origin == "null":
        return needs_token  # our own `no-referrer` makes older browsers hide the origin; then the token decides
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def _with_headers(given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in given}
    stored = () if b"cache-control" in names else (NOT_STORED,)
    return [*given, *ALWAYS, *stored]
