"""Signing in and out. Whoever is not let in reads one sentence, whatever was wrong; no address says who works here."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from staff.guard import cookies
from staff.guard.tokens import is_token
from staff.pages.asking import inside
from staff.pages.refusing import EXPIRED, NotLetIn, challenge, tried
from staff.threshold import AtThreshold, Threshold, address_of, let_in, place_of
from staff.typing_in import Typed
from staff.visit import Here
from vault.sessions import Session

router = APIRouter()


@router.get("/sign-in")
async def sign_in(here: AtThreshold) -> Response:
    """The form."""
    return _page(here, here.request.query_params)


@router.post("/sign-in")
async def by_password(texts: Typed, here: AtThreshold) -> Response:
    """With a password, and a code of the telephone or from the paper."""
    if not here.is_ours(texts):
        return _page(here, texts, NotLetIn(here.words(EXPIRED), 403))
    name, password, code = (texts.get(each, "") for each in ("name", "password", "code"))
    place = place_of(here.request, texts)
    made = await tried(here.words, lambda: here.sign_in.by_password(name, password, code, place=place))
    if isinstance(made, NotLetIn):
        return _page(here, texts, made)
    return let_in(_onward(texts), here.request, made)


@router.post("/sign-in/challenge")
async def ask_passkey(here: AtThreshold) -> Response:
    """What our script asks the browser for."""
    address = address_of(here.request)
    return await challenge(here.request, here.words, lambda: here.sign_in.ask_passkey(address=address))


@router.post("/sign-in/passkey")
async def by_passkey(texts: Typed, here: AtThreshold) -> Response:
    """With what the browser answered."""
    if not here.is_ours(texts):
        return _page(here, texts, NotLetIn(here.words(EXPIRED), 403))
    ceremony = cookies.read(here.request, cookies.CEREMONY) or ""
    place = place_of(here.request, texts)
    made = await tried(here.words, lambda: here.sign_in.by_passkey(ceremony, texts.get("answer", ""), place=place))
    if isinstance(made, NotLetIn):
        return _page(here, texts, made)
    return let_in(_onward(texts), here.request, made)


@router.post("/sign-out")
async def sign_out(texts: Typed, visit: Here) -> Response:
    """Ends the session at this device."""
    session, port = visit.signed_in, visit.parts.sign_in
    if session is None or port is None or not is_token(texts.get("token", ""), visit.session, _secret(visit.request)):
        return RedirectResponse("/", 303)
    await run_in_threadpool(port.end, session.staff, session.id)
    answer = RedirectResponse("/sign-in?said=out", 303)
    cookies.take(answer, visit.request, cookies.SIGNED_IN)
    return answer


@router.get("/session")
async def session(request: Request) -> Response:
    """Until when the session lasts if nothing is done, for our script: asking keeps nobody signed in."""
    found: Session = request.state.signed_in
    return JSONResponse({"ends_at": found.ends_at.isoformat()})


def _secret(request: Request) -> bytes:
    secret: bytes = request.app.state.parts.settings.secret
    return secret


def _page(here: Threshold, texts: Mapping[str, str], refused: NotLetIn | None = None) -> Response:
    return here.page(
        "sign_in.html",
        refused.status if refused else 200,
        refused=refused,
        name=texts.get("name", ""),
        next=inside(texts.get("next", "/")),
        device=texts.get("device", "computer"),
        is_out=texts.get("said") == "out",
    )


def _onward(texts: Mapping[str, str]) -> Response:
    """To where somebody wanted to go."""
    return RedirectResponse(inside(texts.get("next", "/")), 303)
