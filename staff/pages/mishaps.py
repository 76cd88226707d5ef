"""What is shown when something cannot be done: in words, with what to do next, and with everything that was typed.

These pages need no database, no person and no clock. An API caller gets Problem Details instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.errors import PathwayMissing, TextTooLong
from domain.rights.deciding import Denial
from eventlog.unforeseen import kind_and_place
from staff.api.caller import CallerRefused
from staff.api.problems import problem
from staff.guard.permission import RightDenied
from staff.guard.step_up import StepUpNeeded
from staff.i18n.locale import locale_of
from staff.i18n.words import Words
from staff.rendering import environment
from staff.visit import LOCALE_COOKIE

_log = structlog.get_logger(__name__)
RETRY_AFTER = {"retry-after": "5"}


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


async def unavailable(request: Request, _: Exception) -> Response:
    """A part cannot be reached: nothing is lost, and the same form can be sent again under the same id."""
    if _is_api(request):
        return problem(503, "unavailable", headers=RETRY_AFTER)
    answer = _kept(request, "unavailable.html", 503)
    answer.headers.update(RETRY_AFTER)
    return answer


async def vault_unavailable(request: Request, _: Exception) -> Response:
    """Notes and names cannot be had: what was typed comes back, and may be saved without its note."""
    if _is_api(request):
        return problem(503, "vault-unavailable", headers=RETRY_AFTER)
    answer = _kept(request, "vault.html", 503)
    answer.headers.update(RETRY_AFTER)
    return answer


async def cursor_invalid(request: Request, _: Exception) -> Response:
    """A page of a list that does not exist (any more)."""
    return problem(400, "cursor-invalid") if _is_api(request) else _bare(request, "lost.html", 400)


async def caller_refused(request: Request, error: Exception) -> Response:
    """Of the API: somebody whose it is not to do this, or nobody. Pages ask for permission in their own way."""
    assert isinstance(error, CallerRefused)
    if not _is_api(request):
        return await unexpected(request, error, status=error.status)
    return problem(error.status, error.kind, problems=error.problems)


async def right_denied(request: Request, error: Exception) -> Response:
    """Somebody who may not: why, and whom to ask."""
    assert isinstance(error, RightDenied)
    if _is_api(request):
        return problem(403, "not-permitted", problems=[error.reason.value])
    journey = error.stream if error.reason is Denial.NOT_INVOLVED else None
    of_journey = journey.removeprefix("journey-") if journey and journey.startswith("journey-") else None
    return _kept(request, "denied.html", 403, reason=error.reason.value, journey=of_journey)


async def step_up_needed(request: Request, error: Exception) -> Response:
    """Something grave: first they prove once more who they are, then they come back."""
    assert isinstance(error, StepUpNeeded)
    if _is_api(request):
        return problem(403, "step-up-needed")
    return RedirectResponse(f"/step-up?next={quote(error.back, safe='')}", 303)


async def command_invalid(request: Request, error: Exception) -> Response:
    """A command that does not parse: of the API which fields, never their values; a form of ours never makes one."""
    if not _is_api(request):
        return await unexpected(request, error, status=422)
    return problem(422, "command-invalid", problems=getattr(error, "problems", ()))


async def text_too_long(request: Request, error: Exception) -> Response:
    """A free text that cannot be sealed; a form of ours says so before."""
    if not _is_api(request):
        return await unexpected(request, error, status=413)
    sizes = [f"{error.size} bytes; the limit is {error.limit}"] if isinstance(error, TextTooLong) else []
    return problem(413, "text-too-long", problems=sizes)


async def beyond_release(request: Request, error: Exception) -> Response:
    """A pathway or an event that is not of this release: a matter for who runs it. Nothing is lost, nor mended by
    trying again."""
    kind = "pathway-missing" if isinstance(error, PathwayMissing) else "event-unreadable"
    _log.error("beyond this release", route=_route(request), fault=kind, **kind_and_place(error))
    return problem(503, kind) if _is_api(request) else _kept(request, "release.html", 503)


async def invalid(request: Request, error: Exception) -> Response:
    """An address or body that is not in form."""
    if not _is_api(request):
        return _bare(request, "lost.html", 404)
    faults: Sequence[Mapping[str, Any]] = error.errors() if isinstance(error, RequestValidationError) else ()
    lines = [f"{'.'.join(str(p) for p in f['loc'])}: {f['msg']}" for f in faults]
    return problem(422, "request-invalid", problems=lines)


async def form_broken(request: Request, error: Exception) -> Response:
    """A form with a file that ends in the middle or is none; a browser of ours sends whole ones."""
    if not _is_api(request):
        return await unexpected(request, error, status=422)
    return problem(422, "request-invalid", problems=["body: multipart/form-data with the file at its end"])


async def http(request: Request, error: Exception) -> Response:
    """No such page, not by this method (`Allow` says by which), or a body that nobody can read."""
    status = int(getattr(error, "status_code", 500))
    if _is_api(request):
        kind = {400: "request-invalid", 404: "not-found"}.get(status, "http")
        return problem(status, kind, headers=getattr(error, "headers", None))
    return _bare(request, "lost.html", status)


async def unexpected(request: Request, error: Exception, *, status: int = 500) -> Response:
    """A fault of ours. The log gets its kind and place, never what was typed."""
    _log.error("page failed", route=_route(request), **kind_and_place(error))
    return problem(status, "internal") if _is_api(request) else _kept(request, "broken.html", status)


def ended(request: Request) -> Response:
    """A form that was sent after the session had ended: nothing was saved, and what was typed is there to go on from.

    Its form token is of the ended session, so whoever signs in next sees everything before anything is saved.
    """
    return _kept(request, "ended.html", 401)


def bare(request: Request, template: str, status: int, **values: object) -> HTMLResponse:
    """A page that needs nothing but words."""
    return _bare(request, template, status, **values)


def _route(request: Request) -> str | None:
    return getattr(request.scope.get("route"), "path", None)


def _kept(request: Request, template: str, status: int, **values: object) -> HTMLResponse:
    """With everything that was typed, to be sent again."""
    texts: Mapping[str, str] = getattr(request.state, "typed", {})
    return _bare(request, template, status, texts=texts, path=request.url.path, intent=texts.get("intent"), **values)


def _bare(request: Request, template: str, status: int, **values: object) -> HTMLResponse:
    words = Words(locale_of(request.cookies.get(LOCALE_COOKIE)))
    html = environment().get_template(template).render(w=words, t=words, n=words.count, **values)
    return HTMLResponse(html, status)
