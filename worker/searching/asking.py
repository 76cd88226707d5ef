"""The asking side: what pages have instead of the names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import httpx
from pydantic import BaseModel, ValidationError

from domain.errors import Unavailable
from vault.errors import NumberInvalid
from vault.identity import Born, Name
from vault.roll import SearchBy
from vault.searching import Found
from worker.searching.wire import CANDIDATES, FOUND, SEARCH, CandidatesQuestion, SearchQuestion

PATIENCE = 0.9
"""Seconds for an answer: a person who searches is told within a second that it cannot be done now."""


class SearchClient:
    """Safe for many threads. Every call raises `Unavailable` while the process is away or cannot write its log."""

    def __init__(self, socket: Path | None, *, patience: float = PATIENCE) -> None:
        transport = None if socket is None else httpx.HTTPTransport(uds=str(socket))
        self._socket = socket
        self._client = None if transport is None else httpx.Client(transport=transport, timeout=patience)

    def close(self) -> None:
        """Closes the connections."""
        if self._client is not None:
            self._client.close()

    def search(self, actor: UUID, typed: str, by: SearchBy) -> Found:
        """As `Searching.search`. Raises `NumberInvalid`."""
        return self._asked(SEARCH, SearchQuestion(actor=actor, typed=typed, by=by))

    def candidates(self, actor: UUID, names: Iterable[Name], born: Born | None) -> Found:
        """As `Searching.candidates`."""
        return self._asked(CANDIDATES, CandidatesQuestion(actor=actor, names=tuple(names), born=born))

    def _asked(self, path: str, question: BaseModel) -> Found:
        if self._client is None or self._socket is None:
            raise Unavailable("no search process is set up: PUTOKAZ_SEARCH_SOCKET")
        if not self._socket.exists():  # asked first, since httpcore leaves a socket that finds nobody to be collected
            raise Unavailable("there is no search process at the socket; is `putokaz vault` running?")
        try:
            answer = self._client.post(
                f"http://vault{path}",
                content=question.model_dump_json(),
                headers={"content-type": "application/json"},
            )
            if answer.status_code == 422:
                raise NumberInvalid("not a telephone number")
            answer.raise_for_status()
            return FOUND.validate_json(answer.content)
        except (httpx.HTTPError, ValidationError):
            # Not chained: what httpx and pydantic say may quote what was typed.
            raise Unavailable("the search process does not answer; is `putokaz vault` running?") from None
