"""The answering side: a `Searching` behind two addresses."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vault.errors import NumberInvalid, VaultError
from vault.searching import Found, Searching
from worker.searching.wire import CANDIDATES, FOUND, SEARCH, CandidatesQuestion, SearchQuestion

_log = structlog.get_logger("putokaz")


def search_app(searching: Searching) -> Starlette:
    """200 with what was found; 400 for no question of ours, 422 for no telephone number, 503 where it cannot tell."""

    def search(body: bytes) -> Found:
        asked = SearchQuestion.model_validate_json(body)
        return searching.search(asked.actor, asked.typed, asked.by)

    def candidates(body: bytes) -> Found:
        asked = CandidatesQuestion.model_validate_json(body)
        return searching.candidates(asked.actor, asked.names, asked.born)

    return Starlette(routes=[_route(SEARCH, search), _route(CANDIDATES, candidates)])


def _route(path: str, find: Callable[[bytes], Found]) -> Route:
    async def answer(request: Request) -> Response:
        body = await request.body()
        try:
            found = await run_in_threadpool(find, body)
        except NumberInvalid:  # a ValueError as well, so it comes first
            return Response(status_code=422)
        except ValidationError:
            return Response(status_code=400)
        except VaultError as error:
            _log.warning("a search could not be answered", error=type(error).__name__)
            return Response(status_code=503)
        return Response(FOUND.dump_json(found), media_type="application/json", headers={"cache-control": "no-store"})

    return Route(path, answer, methods=["POST"])
