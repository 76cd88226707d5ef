"""The switches in the header: language and script, and in demo mode the person. Remembered in cookies."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from staff.guard.cookies import is_secure
from staff.guard.tokens import is_token
from staff.i18n.locale import Locale
from staff.pages.asking import inside
from staff.settings import AppMode
from staff.typing_in import Typed
from staff.visit import LOCALE_COOKIE, PERSON_COOKIE, Here

router = APIRouter()
A_YEAR = 365 * 24 * 3600


@router.post("/language")
async def language(texts: Typed, request: Request) -> Response:
    """Remembers the language. It changes nothing but words, so it asks for no token, nor who somebody is."""
    answer = RedirectResponse(inside(texts.get("back", "")), 303)
    chosen = texts.get("locale", "")
    if chosen in {locale.value for locale in Locale}:
        _remember(answer, LOCALE_COOKIE, chosen, secure=is_secure(request))
    return answer


@router.post("/person")
async def person(texts: Typed, visit: Here) -> Response:
    """Demo only: goes on as another invented member of staff."""
    answer = RedirectResponse(inside(texts.get("back", "")), 303)
    settings = visit.parts.settings
    known = texts.get("person", "") in {str(p.id) for p in visit.people.values()}
    if settings.mode is AppMode.DEMO and known and is_token(texts.get("token", ""), visit.session, settings.secret):
        _remember(answer, PERSON_COOKIE, texts["person"], secure=visit.secure)
    return answer


def _remember(answer: Response, name: str, value: str, *, secure: bool) -> None:
    answer.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure)
