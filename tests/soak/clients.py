"""The people at their screens: each sends a decision, waits for the answer, and sends it again where none came."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum, auto
from random import Random
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.soak.commands import Caseload, Client, Wish
from tests.soak.journal import Journal, Sent, Told

PATIENCE = 20.0
"""Seconds until a client gives a request up as lost; the system promises an answer within some five."""
LONGEST = 300.0
"""Seconds after which a decision without an answer counts as never answered."""
_SEND_AGAIN = ("urn:putokaz:problem:unavailable", "urn:putokaz:problem:vault-unavailable")
"""What says that nothing is lost, and that the same key may be sent again."""
_REPEATED = 0.04
"""So many decisions are sent twice at the same time, as by a double click."""


class Memory(Enum):
    """Whether a client sends the same key again. Forgetting it is a control: what it decides twice must be found."""

    KEEPS_KEY = auto()
    FORGETS_KEY = auto()


class Clients:
    """`count` people at `web_ports`. `log_now` is the log's clock as the run knows it."""

    def __init__(
        self,
        journal: Journal,
        caseload: Caseload,
        web_ports: Sequence[int],
        log_now: Callable[[], datetime],
        *,
        random: Random,
        memory: Memory = Memory.KEEPS_KEY,
    ) -> None:
        self._journal = journal
        self._caseload = caseload
        self._ports = list(web_ports)
        self._log_now = log_now
        self._random = random
        self._memory = memory
        self._stopping = asyncio.Event()
        self._began = time.monotonic()

    async def open_all(self, count: int) -> None:
        """Opens every journey of the caseload, `count` at once."""
        limit = asyncio.Semaphore(count)

        async def one(http: httpx.AsyncClient, client: Client) -> None:
            async with limit:
                await self._decide(http, self._caseload.opening(client))

        async with self._http(count) as http:
            await asyncio.gather(*(one(http, client) for client in self._caseload.clients))

    async def work(self, count: int) -> None:
        """Decides until `stop`; then every decision under way is followed to its answer."""
        async with self._http(count) as http:
            await asyncio.gather(*(self._person(http) for _ in range(count)))

    def stop(self) -> None:
        """No new decisions."""
        self._stopping.set()

    def _http(self, count: int) -> httpx.AsyncClient:
        limits = httpx.Limits(max_connections=2 * count, max_keepalive_connections=2 * count)
        return httpx.AsyncClient(timeout=PATIENCE, limits=limits, trust_env=False)

    async def _person(self, http: httpx.AsyncClient) -> None:
        while not self._stopping.is_set():
            wish = self._caseload.next(time.monotonic() - self._began, self._log_now())
            await self._decide(http, wish)

    async def _decide(self, http: httpx.AsyncClient, wish: Wish) -> None:
        sent = self._journal.begin(wish.client.stream, wish.kind, uuid4())
        if self._random.random() < _REPEATED and self._memory is Memory.KEEPS_KEY:
            await asyncio.gather(self._until_told(http, wish, sent), self._until_told(http, wish, sent))
        else:
            await self._until_told(http, wish, sent)
        if sent.told is Told.RECORDED and wish.kind == "schedule-step":
            wish.client.seen = sent.version

    async def _until_told(self, http: httpx.AsyncClient, wish: Wish, sent: Sent) -> None:
        give_up = time.monotonic() + LONGEST
        while time.monotonic() < give_up:
            began = time.monotonic()
            try:
                answer = await http.post(
                    f"http://127.0.0.1:{self._random.choice(self._ports)}/api/v1{wish.path}",
                    json=wish.body,
                    headers={"Idempotency-Key": str(sent.keys[-1])},
                )
            except httpx.HTTPError:  # the web process died, or never answered: nobody knows, so the same again
                sent.lost += 1
                answer = None
            finally:
                sent.tries += 1
                sent.longest = max(sent.longest, time.monotonic() - began)
            if answer is not None and self._understood(sent, answer):
                return
            await asyncio.sleep(self._random.uniform(0.05, 0.4))
            if self._memory is Memory.FORGETS_KEY:
                sent.keys.append(UUID(int=uuid4().int))

    def _understood(self, sent: Sent, answer: httpx.Response) -> bool:
        """Whether the answer says what became of the decision. What it should never be is noted."""
        body = _json(answer)
        if answer.status_code in (200, 201):
            sent.directly = sent.directly or body["reminders_resume_later"]
            self._journal.told(sent, Told(body["kind"]), body["version"], None)
            return True
        if answer.status_code in (403, 404, 409) and "refusal" in body:
            self._journal.told(sent, Told.REFUSED, None, body["refusal"]["code"])
            return True
        if answer.status_code == 503 and body.get("type") in _SEND_AGAIN:
            sent.unavailable += 1
            return False
        self._journal.amiss(sent, f"{answer.status_code} {body.get('type', '')} {body.get('problems', '')}")
        return True


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
