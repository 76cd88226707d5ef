"""What is shown when something cannot be done: in words, with what to do next, and with everything that was typed.

These pages need no database, no person and no clock. An API caller gets Problem Details instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import HTMLResponse, Response

from staff.api.caller import CallerRefused
from staff.api.problems import problem
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
    texts: Mapping[str, str] = getattr(request.state, "typed", {})
    answer = _bare(request, "unavailable.html", 503, texts=texts, path=request.url.path, intent=texts.get("intent"))
    answer.headers.update(RETRY_AFTER)
    return answer


async def vault_unavailable(request: Request, _: Exception) -> Response:
    """Notes and names cannot be had: what was typed comes back, and may be saved without its note."""
    if _is_api(request):
        return problem(503, "vault-unavailable", headers=RETRY_AFTER)
    texts: Mapping[str, str] = getattr(request.state, "typed", {})
    answer = _bare(request, "vault.html", 503, texts=texts, path=request.url.path, intent=texts.get("intent"))
    answer.headers.update(RETRY_AFTER)
    return answer


async def cursor_invalid(request: Request, _: Exception) -> Response:
    """A page of a list that does not exist (any more)."""
    return problem(400, "cursor-invalid") if _is_api(request) else _bare(request, "lost.html", 400)


async def caller_refused(_: Request, error: Exception) -> Response:
    """Somebody whose it is not to do this, or nobody."""
    assert isinstance(error, CallerRefused)
    return problem(error.status, error.kind, problems=error.problems)


async def command_invalid(request: Request, error: Exception) -> Response:
    """A command of the API that does not parse: which fields, never their values."""
    return problem(422, "command-invalid", problems=getattr(error, "problems", ()))


async def pathway_missing(request: Request, _: Exception) -> Response:
    """A journey pins a pathway that is not on this machine: a matter for who runs it, nothing is lost."""
    return problem(503, "pathway-missing") if _is_api(request) else _bare(request, "broken.html", 503, texts={})


async def invalid(request: Request, error: Exception) -> Response:
    """An address or body that is not in form."""
    if not _is_api(request):
        return _bare(request, "lost.html", 404)
    faults: Sequence[Mapping[str, Any]] = error.errors() if isinstance(error, RequestValidationError) else ()
    lines = [f"{'.'.join(str(p) for p in f['loc'])}: {f['msg']}" for f in faults]
    return problem(422, "request-invalid", problems=lines)


async def http(request: Request, error: Exception) -> Response:
    """No such page, or not by this method."""
    status = int(getattr(error, "status_code", 500))
    if _is_api(request):
        return problem(status, "not-found" if status == 404 else "http")
    return _bare(request, "lost.html", status)


async def unexpected(request: Request, error: Exception) -> Response:
    """A fault of ours. The log gets its kind and place, never what was typed."""
    _log.error("page failed", route=getattr(request.scope.get("route"), "path", None), error=type(error).__name__)
    if _is_api(request):
        return problem(500, "internal")
    texts: Mapping[str, str] = getattr(request.state, "typed", {})
    return _bare(request, "broken.html", 500, texts=texts, path=request.url.path, intent=texts.get("intent"))


def _bare(request: Request, template: str, status: int, **values: object) -> HTMLResponse:
    words = Words(locale_of(request.cookies.get(LOCALE_COOKIE)))
    html = environment().get_template(template).render(w=words, t=words, n=words.count, **values)
    return HTMLResponse(html, status)
