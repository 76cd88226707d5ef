"""What is said to whoever is not let in: one sentence for every reason, and until when to wait where one is to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from staff.guard import cookies
from staff.i18n.words import Words
from vault.errors import SignInRefused, TooManyAttempts
from vault.passkeys import Ceremony

T = TypeVar("T")
EXPIRED = "signin.expired"


@dataclass(frozen=True, slots=True)
class NotLetIn:
    """Why a page is shown once more: a sentence, and the status that goes with it."""

    sentence: str
    status: int


async def tried(words: Words, work: Callable[[], T]) -> T | NotLetIn:
    """What came of it, in a thread; or what is to be said."""
    try:
        return await run_in_threadpool(work)
    except SignInRefused:
        return NotLetIn(words("signin.refused"), 403)
    except TooManyAttempts as wait:
        return NotLetIn(words("signin.wait", time=words.exact_time(wait.until)), 429)


async def challenge(request: Request, words: Words, ask: Callable[[], Ceremony]) -> Response:
    """What a browser is asked about a passkey, as JSON for our script; its token goes into a cookie."""
    asked = await tried(words, ask)
    if isinstance(asked, NotLetIn):
        return JSONResponse({"sentence": asked.sentence}, asked.status)
    answer = Response(asked.options, media_type="application/json")
    cookies.give(answer, request, cookies.CEREMONY, asked.token, seconds=300)
    return answer
