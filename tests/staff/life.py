"""People at work, at random: commands over HTTP, about what the application's own lists and files show.

    life = Life(house, seed=7)
    await life.goes_on(40)
    life.done["close-journey"]      # how often that was recorded

The same seed brings the same people to the same ideas. What is refused is refused; nothing may fail.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

import httpx

from domain.codes import Role
from tests.staff.conftest import ORIGIN
from tests.staff.house import House
from worker.demo.staff import DUNJA, JASNA, LUKA, MILA, NADA, OGNJEN, STAFF, TEODORA, VERA, VUK

TEAM = {
    Role.CASEWORKER: (MILA, VUK, DUNJA),
    Role.PSYCHOLOGIST: (TEODORA,),
    Role.LAWYER: (OGNJEN,),
    Role.CONSULTANT: (JASNA,),
    Role.MOBILE_TEAM: (LUKA,),
    Role.ON_CALL: (NADA,),
}
REASONS = ("goals-reached", "client-wish", "left-country", "opened-by-mistake", "referred", "unreachable")
API = "/api/v1"
T = TypeVar("T")


class NothingThereError(Exception):
    """What somebody had in mind is about something of which there is none now."""


class Life:
    """`done` counts by kind what was recorded."""

    def __init__(self, house: House, seed: int) -> None:
        self._app = house.app
        self._random = random.Random(seed)
        self._deeds: tuple[Callable[[], Awaitable[None]], ...] = (
            self._open,
            self._assign,
            self._unassign,
            self._advance,
            self._advance,
            self._close,
            self._close,
            self._reopen,
            self._hearing,
            self._consent,
            self._power,
            self._mission,
            self._mission,
            self._go,
            self._contact,
            self._contact,
            self._attach,
            self._absence,
            self._emergency,
        )
        self.done: Counter[str] = Counter()

    async def goes_on(self, deeds: int) -> None:
        """So many ideas, each tried once."""
        for _ in range(deeds):
            with suppress(NothingThereError):
                await self._random.choice(self._deeds)()

    def _one(self, rows: Sequence[T]) -> T:
        if not rows:
            raise NothingThereError
        return self._random.choice(rows)

    async def _call(self, method: str, path: str, staff: UUID, **sent: Any) -> httpx.Response:
        headers = {"x-putokaz-person": str(staff), "idempotency-key": str(UUID(int=self._random.getrandbits(128)))}
        transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
            answer = await client.request(method, API + path, **sent)
        assert answer.status_code < 500, (path, sent, answer.text)
        return answer

    async def _give(self, path: str, by: UUID, kind: str, note: str | None = None, **body: Any) -> None:
        said = {} if note is None else {"note": note}
        answer = await self._call("POST", path, by, json={"kind": kind, "body": body, **said})
        assert answer.status_code in {200, 403, 404, 409}, (kind, body, answer.text)
        self.done[kind] += answer.status_code == 200

    async def _rows(self, path: str, staff: UUID = VERA.id) -> list[dict[str, Any]]:
        found = (await self._call("GET", path, staff)).json()
        rows: list[dict[str, Any]] = found["rows"]
        return rows

    async def _journey(self, phase: str = "open") -> dict[str, Any]:
        return self._one(await self._rows(f"/journeys?phase={phase}&limit=500"))

    async def _file(self, phase: str = "open") -> tuple[str, dict[str, Any], dict[str, UUID]]:
        """Its path, the file as a supervisor reads it, and its team by role."""
        row = await self._journey(phase)
        file = (await self._call("GET", f"/journeys/{row['journey']}", VERA.id)).json()
        team = {each["role"]: UUID(each["staff"]) for each in file["document"]["assigned"]}
        return f"/journeys/{row['journey']}/commands", file, team

    async def _open(self) -> None:
        staff = self._random.choice(TEAM[Role.CASEWORKER]).id
        body = {"pathway": "astra", "caseworker": str(staff)}
        self.done["open-journey"] += (await self._call("POST", "/journeys", staff, json=body)).status_code == 201

    async def _assign(self) -> None:
        path, _, _ = await self._file()
        role = self._random.choice(tuple(TEAM))
        await self._give(path, VERA.id, "assign", role=role.value, staff=str(self._random.choice(TEAM[role]).id))

    async def _unassign(self) -> None:
        path, _, team = await self._file()
        if others := sorted(team.keys() - {"caseworker"}):
            await self._give(path, VERA.id, "unassign", role=self._random.choice(others))

    async def _advance(self) -> None:
        path, file, _ = await self._file()
        if steps := [each for each in file["steps"] if each["status"] == "open"]:
            step = self._random.choice(steps)
            outcome = self._random.choice(("done", "done", "skipped", "no-show"))
            await self._give(path, VERA.id, "advance-step", step=step["step"], outcome=outcome, seen=step["version"])

    async def _close(self) -> None:
        path, _, _ = await self._file()
        await self._give(path, VERA.id, "close-journey", reason=self._random.choice(REASONS))

    async def _reopen(self) -> None:
        path, _, _ = await self._file("closed")
        await self._give(path, VERA.id, "reopen-journey", reason="client-returned")

    async def _hearing(self) -> None:
        row = self._one(await self._rows("/hearings?limit=500"))
        path, number = f"/journeys/{row['stream_id']}/commands", int(row["part"].partition(":")[2])
        kind = self._random.choice(("postpone-hearing", "postpone-hearing", "cancel-hearing"))
        said = {"starts_at": "2027-02-01T10:00:00+01:00"} if kind == "postpone-hearing" else {}
        await self._give(path, OGNJEN.id, kind, hearing=number, reason="court-rescheduled", **said)

    async def _consent(self) -> None:
        path, _, team = await self._file()
        kind = self._random.choice(("give-consent", "withdraw-consent"))
        purpose = self._random.choice(("assistance", "referral", "legal-representation", "medical"))
        await self._give(path, team.get("caseworker", MILA.id), kind, purpose=purpose)

    async def _power(self) -> None:
        path, file, _ = await self._file()
        if cases := file["document"]["proceedings"]:
            said = {"holder": str(OGNJEN.id), "holder_kind": "staff", "given_on": "2026-11-02"}
            number = self._random.choice(cases)["number"]
            await self._give(path, OGNJEN.id, "give-power", proceedings=number, **said)

    async def _mission(self) -> None:
        row = await self._journey()
        lead, other = (str(each.id) for each in self._random.sample((LUKA, NADA, JASNA, TEODORA), 2))
        day = self._random.randint(1, 28)
        body = {
            "purpose": "home-visit",
            "crew": {"lead": lead, "team": [lead, other]},
            "departure": f"2027-03-{day:02}T08:00:00+01:00",
            "expected_return": f"2027-03-{day:02}T12:00:00+01:00",
            "journeys": [row["journey"]],
        }
        answer = await self._call("POST", "/missions", VERA.id, json={"pathway": "astra", "body": body})
        self.done["plan-mission"] += answer.status_code == 201

    async def _go(self) -> None:
        row = self._one(await self._rows("/missions?phase=planned&phase=departed&limit=500"))
        path, staff = f"/missions/{row['mission']}/commands", UUID(row["lead"])
        kind = self._random.choice(("cancel-mission", "depart-mission", "abort-mission", "return-mission"))
        reason = {"cancel-mission": {"reason": "not-needed"}, "abort-mission": {"reason": "threat"}}.get(kind, {})
        await self._give(path, VERA.id if kind == "cancel-mission" else staff, kind, **reason)

    async def _contact(self) -> None:
        body: dict[str, Any] = {"caller": "silent"}
        if self._random.random() < 0.7:
            safe = {"may_call": "allowed", "channel": "phone", "window": "daytime"}
            body = {"caller": "client", "next_step": "call-back", "call_back": True, "safe": safe}
            body |= {"called_by": str(self._random.choice((JASNA, NADA)).id)} if self._random.random() < 0.5 else {}
        answer = await self._call("POST", "/contacts", JASNA.id, json={"pathway": "astra", "body": body})
        self.done["log-contact"] += answer.status_code == 201

    async def _attach(self) -> None:
        contact = self._one(await self._rows("/contacts?limit=500"))
        journey = await self._journey()
        path = f"/contacts/{contact['contact']}/commands"
        await self._give(path, VERA.id, "attach-contact", journey=journey["journey"])

    async def _absence(self) -> None:
        away, cover = self._random.sample(TEAM[Role.CASEWORKER], 2)
        days = {"first_day": "2026-11-23", "last_day": "2026-11-27"}
        if self._random.random() < 0.5:
            await self._give(f"/staff/{away.id}/commands", VERA.id, "come-back")
        else:
            await self._give(f"/staff/{away.id}/commands", VERA.id, "plan-absence", cover=str(cover.id), **days)

    async def _emergency(self) -> None:
        path, _, _ = await self._file()
        staff = self._random.choice((OGNJEN, TEODORA, LUKA, JASNA)).id
        await self._give(path, staff, "open-emergency-access", "Nobody else is reached.", reason="danger")


__all__ = ["API", "STAFF", "Life"]
