"""The switches in the header: language and script, and in demo mode the person. Remembered in cookies."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from domain.codes import Role
from staff.guard.cookies import is_secure
from staff.guard.tokens import is_token
from staff.i18n.locale import Locale
from staff.pages.asking import inside
from staff.ports import Person
from staff.settings import AppMode
from staff.typing_in import Typed
from staff.visit import LOCALE_COOKIE, PERSON_COOKIE, Here

router = APIRouter()
A_YEAR = 365 * 24 * 3600
_OF_THE_HOTLINE = frozenset({Role.CONSULTANT.value, Role.ON_CALL.value})


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
    settings = visit.parts.settings
    chosen = next((p for p in visit.people.values() if str(p.id) == texts.get("person", "")), None)
    answer = RedirectResponse(first_page(chosen) or inside(texts.get("back", "")), 303)
    is_ours = is_token(texts.get("token", ""), visit.session, settings.secret)
    if settings.mode is AppMode.DEMO and chosen is not None and is_ours:
        _remember(answer, PERSON_COOKIE, texts["person"], secure=visit.secure)
    return answer


def first_page(person: Person | None) -> str | None:
    """Where the day of somebody begins whose work is the telephone; None for whoever stays on the page they are on."""
    return "/contacts" if person is not None and person.roles and person.roles <= _OF_THE_HOTLINE else None


def _remember(answer: Response, name: str, value: str, *, secure: bool) -> None:
    answer.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure)
