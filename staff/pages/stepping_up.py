"""Stepping up: proving once more who one is, before something grave. It counts for five minutes."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from staff.guard import cookies
from staff.guard.step_up import signed_in_here
from staff.guard.tokens import is_token
from staff.pages.asking import inside
from staff.pages.refusing import EXPIRED, NotLetIn, challenge, tried
from staff.rendering import page
from staff.threshold import address_of, let_in
from staff.typing_in import Typed
from staff.visit import Here, Visit

router = APIRouter()


@router.get("/step-up")
async def step_up(visit: Here) -> Response:
    """The form."""
    return await run_in_threadpool(_page, visit, visit.request.query_params, None)


@router.post("/step-up")
async def by_password(texts: Typed, visit: Here) -> Response:
    """With password and code."""
    port, _ = signed_in_here(visit)
    token, address = _token(visit), address_of(visit.request)
    password, code = texts.get("password", ""), texts.get("code", "")
    if not _is_ours(visit, texts):
        return await _again(visit, texts, NotLetIn(visit.words(EXPIRED), 403))
    made = await tried(visit.words, lambda: port.stepped_up_by_password(token, password, code, address=address))
    if isinstance(made, NotLetIn):
        return await _again(visit, texts, made)
    return let_in(RedirectResponse(inside(texts.get("next", "/")), 303), visit.request, made)


@router.post("/step-up/challenge")
async def ask_passkey(visit: Here) -> Response:
    """What our script asks the browser for: a passkey of this person."""
    port, session = signed_in_here(visit)
    address = address_of(visit.request)
    return await challenge(visit.request, visit.words, lambda: port.ask_passkey(address=address, staff=session.staff))


@router.post("/step-up/passkey")
async def by_passkey(texts: Typed, visit: Here) -> Response:
    """With what the browser answered."""
    port, _ = signed_in_here(visit)
    if not _is_ours(visit, texts):
        return await _again(visit, texts, NotLetIn(visit.words(EXPIRED), 403))
    token, address = _token(visit), address_of(visit.request)
    ceremony, given = cookies.read(visit.request, cookies.CEREMONY) or "", texts.get("answer", "")
    made = await tried(visit.words, lambda: port.stepped_up_by_passkey(token, ceremony, given, address=address))
    if isinstance(made, NotLetIn):
        return await _again(visit, texts, made)
    return let_in(RedirectResponse(inside(texts.get("next", "/")), 303), visit.request, made)


def _token(visit: Visit) -> str:
    return cookies.read(visit.request, cookies.SIGNED_IN) or ""


def _is_ours(visit: Visit, texts: Mapping[str, str]) -> bool:
    return is_token(texts.get("token", ""), visit.session, visit.parts.settings.secret)


async def _again(visit: Visit, texts: Mapping[str, str], refused: NotLetIn) -> Response:
    return await run_in_threadpool(_page, visit, texts, refused)


def _page(visit: Visit, texts: Mapping[str, str], refused: NotLetIn | None) -> Response:
    port, session = signed_in_here(visit)
    own = port.own(session.staff)
    return page(
        visit,
        "step_up.html",
        refused.status if refused else 200,
        refused=refused,
        next=inside(texts.get("next", "/")),
        has_password=own is not None and own.account.has_password,
        has_passkey=own is not None and own.account.passkeys > 0,
    )
