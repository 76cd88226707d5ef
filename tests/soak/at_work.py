"""What one person of a house does all day: looks, searches, opens, advances, and now and then is too late.

Nothing here looks into the product: a person knows what the pages say. Every command that was sent is kept with what
its page answered, for whoever compares them with the log.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from random import Random
from uuid import UUID

import httpx

from benchmarks.browsing import hidden
from domain.codes import Role, StepOutcome, StepReason
from staff.forms.draft import Intent
from vault.staff import StaffMember

THINKING = (2.0, 8.0)
"""Seconds between two clicks, evenly: five on average."""
PATIENCE = 30.0
"""Seconds after which a browser gives up: an error here."""
_FILE = re.compile(r'href="/journeys/([0-9a-f-]{36})"')
_STEP = re.compile(r'href="/journeys/[0-9a-f-]{36}/(advance|schedule)/([a-z0-9-]+)"')
_DAY = re.compile(r'type="date" id="(?:next|on)" name="(next|on)"')
_WRONG = re.compile(r'<li><a href="#([a-z_]+)">')
"""The fields that a form complains about."""
_LISTS = (
    "/journeys",
    "/journeys?stalled=yes",
    "/journeys?due=overdue&sort=due",
    "/journeys?phase=any",
    "/journeys?stage=recovery",
)
_SEARCHES = (
    ("name", "milica"),
    ("name", "Đorđe"),
    ("name", "Ћира Изпокушић"),
    ("phone", "+381600000001"),
    ("code", "PK-2K"),
)
_REASON = next(iter(StepReason)).value
_TOO_LATE, _DOUBLE_CLICK = 0.2, 0.2
"""Shares of the writes."""
_WRITING = frozenset({Role.CASEWORKER.value, Role.SUPERVISOR.value})
_GOOD = frozenset({200})


class Deed(StrEnum):
    """What somebody does."""

    LIST = "list"
    SEARCH = "search"
    FILE = "file"
    BOARD = "board"
    DAY = "day"
    FORM = "form"
    SAVE = "save"


class Said(StrEnum):
    """What the page answered to a command."""

    SAVED = "saved"
    TOO_LATE = "too late"
    """Somebody was faster: nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One command. `times`: how often its form was sent, as by a double click."""

    journey: UUID
    command_id: UUID
    said: Said
    times: int


@dataclass
class Told:
    """What everybody did together. Waits in seconds, by deed; `faults` are answers that nobody should ever get."""

    waits: dict[Deed, list[float]] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass
class Colleague:
    """One person at a browser of their own."""

    member: StaffMember
    client: httpx.AsyncClient
    told: Told
    chance: Random
    token: str = ""
    known: list[str] = field(default_factory=list)
    """Files that a list showed them."""

    async def work(self, until: float) -> None:
        """Until that moment of the monotonic clock."""
        deeds: list[tuple[Callable[[], Awaitable[None]], int]] = [
            (self._list, 20),
            (self._search, 10),
            (self._file, 24),
            (self._board, 12),
            (self._day, 10),
            (self._write, 24),
        ]
        await asyncio.sleep(self.chance.uniform(0, THINKING[1]))
        await self._list()
        while time.monotonic() < until:
            (do,) = self.chance.choices([deed for deed, _ in deeds], [share for _, share in deeds])
            try:
                await do()
            except httpx.HTTPError as error:
                self.told.faults.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(self.chance.uniform(*THINKING))

    async def _list(self) -> None:
        html = await self._get(Deed.LIST, self.chance.choice(_LISTS))
        self.known = _FILE.findall(html) or self.known

    async def _search(self) -> None:
        if not self.token:
            self.token = hidden(await self._get(Deed.FORM, "/search")).get("token", "")
        by, typed = self.chance.choice(_SEARCHES)
        await self._post(Deed.SEARCH, "/search", token=self.token, by=by, typed=typed)

    async def _file(self) -> None:
        if self.known:
            # A row may be somebody's to see and the file not: who goes on a mission for a client reads the mission.
            await self._get(Deed.FILE, f"/journeys/{self.chance.choice(self.known)}", {200, 403})

    async def _board(self) -> None:
        await self._get(Deed.BOARD, "/")

    async def _day(self) -> None:
        await self._get(Deed.DAY, "/day")

    async def _write(self) -> None:
        """Moves a step of an open case to another day, now and then by a double click, or with too old a form."""
        if not self.known or not self.member.roles & _WRITING:
            return await self._file()
        journey = self.chance.choice(self.known)
        steps = _STEP.findall(await self._get(Deed.FILE, f"/journeys/{journey}"))
        if not steps:
            return None
        path = f"/journeys/{journey}/{'/'.join(self.chance.choice(steps))}"
        way = self.chance.random()
        # With two forms somebody has it open a second time, on the telephone: what they send last comes too late.
        forms = [await self._form(path) for _ in range(2 if way < _TOO_LATE else 1)]
        for entries in forms:
            if entries is not None:
                await self._save(UUID(journey), path, entries, times=2 if way > 1 - _DOUBLE_CLICK else 1)
        return None

    async def _form(self, path: str) -> dict[str, str] | None:
        """What would be sent: another day. None where there is no such form just now, or it asks for an hour too."""
        html = await self._get(Deed.FORM, path, {200, 404, 409})
        day = _DAY.search(html)
        if day is None or f'id="{day[1]}-clock"' in html or not hidden(html).get("command_id"):
            return None
        if "/advance/" in path and f'value="{StepOutcome.POSTPONED.value}"' not in html:
            return None
        later = datetime.now(UTC).date() + timedelta(days=self.chance.randrange(20, 200))
        outcome = {"outcome": StepOutcome.POSTPONED.value, "reason": _REASON} if "/advance/" in path else {}
        return {**hidden(html), **outcome, day[1]: later.isoformat(), "intent": Intent.SAVE.value}

    async def _save(self, journey: UUID, path: str, entries: Mapping[str, str], *, times: int) -> None:
        """The command as often as it is sent, and the page that it leads to."""
        began = time.perf_counter()
        answers = await asyncio.gather(*(self.client.post(path, data=entries) for _ in range(times)))
        statuses = {answer.status_code for answer in answers}
        if len(statuses) != 1 or not statuses <= {303, 409}:
            self._fault("POST", path, statuses, _WRONG.findall(answers[0].text))
            return
        if statuses == {303}:
            after = await self.client.get(answers[0].headers["location"])
            if after.status_code != 200:
                self._fault("GET", path, {after.status_code})
        self._waited(Deed.SAVE, began)
        said = Said.SAVED if statuses == {303} else Said.TOO_LATE
        self.told.sent.append(Sent(journey, UUID(entries["command_id"]), said, times))

    async def _get(self, deed: Deed, path: str, good: Set[int] = _GOOD) -> str:
        return await self._asked(deed, self.client.build_request("GET", path), good)

    async def _post(self, deed: Deed, path: str, **entries: str) -> str:
        return await self._asked(deed, self.client.build_request("POST", path, data=entries), _GOOD)

    async def _asked(self, deed: Deed, request: httpx.Request, good: Set[int]) -> str:
        began = time.perf_counter()
        answer = await self.client.send(request)
        self._waited(deed, began)
        if answer.status_code not in good:
            self._fault(request.method, request.url.path, {answer.status_code})
        return answer.text

    def _waited(self, deed: Deed, began: float) -> None:
        self.told.waits.setdefault(deed, []).append(time.perf_counter() - began)

    def _fault(self, method: str, path: str, statuses: Set[int], wrong: Sequence[str] = ()) -> None:
        self.told.faults.append(" ".join([f"{self.member.email}: {method} {path}: {sorted(statuses)}", *wrong]))
