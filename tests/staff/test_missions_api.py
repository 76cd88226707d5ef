"""Missions over HTTP: planned, found, refused with who is busy, and an address for the ride only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from domain.mission.state import mission_stream
from tests.staff.house import NOW, House
from worker.demo.staff import JASNA, LUKA, VERA

BASE = "/api/v1/missions"
LEAVES = NOW + timedelta(hours=6)
RIDE = LEAVES + timedelta(minutes=30)
ADDRESS, DOOR = "Измишљена 17", "Улаз са дворишта"
AS_LUKA = {"X-Putokaz-Person": str(LUKA.id)}


def key() -> dict[str, str]:
    """Made once for each command."""
    return {"Idempotency-Key": str(uuid4())}


async def some_journey(browser: httpx.AsyncClient) -> str:
    """The id of one of the caseload."""
    found: str = (await browser.get("/api/v1/journeys?limit=1")).json()["rows"][0]["journey"]
    return found


def plan(journey: str, departure: datetime = LEAVES) -> dict[str, Any]:
    """Luka drives somebody home."""
    leg = {
        "journey": journey,
        "driver": str(LUKA.id),
        "start": DOOR,
        "end": ADDRESS,
        "departs_at": RIDE.isoformat(),
        "arrives_at": (RIDE + timedelta(hours=1)).isoformat(),
    }
    body = {
        "purpose": "transport",
        "crew": {"team": [str(LUKA.id), str(JASNA.id)], "lead": str(LUKA.id), "supervisor": str(VERA.id)},
        "departure": departure.isoformat(),
        "expected_return": (LEAVES + timedelta(hours=3)).isoformat(),
        "journeys": [journey],
        "legs": [leg],
    }
    return {"pathway": "astra", "body": body}


async def test_a_driver_sees_the_address_for_the_ride_only(house: House, browser: httpx.AsyncClient) -> None:
    """It travels and is stored sealed; Luka reads it from half an hour before, Vera never, nobody afterwards."""
    order = plan(await some_journey(browser))
    answer = await browser.post(BASE, json=order, headers=key())
    assert answer.status_code == 201, answer.text
    mission = answer.json()["mission"]
    stored = house.log.load(mission_stream(mission)).history[0].event.model_dump_json()
    assert ADDRESS not in stored
    assert '"start":"pk1.' in stored

    async def places(at: datetime, person: dict[str, str]) -> list[tuple[str | None, str | None]]:
        house.log.set_clock(at)
        rides = (await browser.get(f"{BASE}/{mission}/rides", headers=person)).json()
        return [(ride["start"], ride["end"]) for ride in rides]

    assert await places(RIDE - timedelta(minutes=31), AS_LUKA) == [(None, None)]
    assert await places(RIDE - timedelta(minutes=29), AS_LUKA) == [(DOOR, ADDRESS)]
    assert (await browser.get(f"{BASE}/{mission}/rides")).status_code == 403
    assert await places(RIDE + timedelta(minutes=91), AS_LUKA) == [(None, None)]


async def test_who_is_busy_is_named_with_the_end(house: House, browser: httpx.AsyncClient) -> None:
    """Luka is out until the afternoon: 409, and nothing was planned. A repetition gets the same answer."""
    order, once = plan(await some_journey(browser), departure=NOW + timedelta(hours=1)), key()
    answer = await browser.post(BASE, json=order, headers=once)
    assert answer.status_code == 409
    refusal = answer.json()["refusal"]
    assert (refusal["code"], refusal["other"]) in {("resource-busy", str(LUKA.id)), ("resource-busy", str(JASNA.id))}
    out = (await browser.get(f"{BASE}?phase=departed")).json()["rows"]
    assert datetime.fromisoformat(refusal["until"]) == datetime.fromisoformat(out[0]["expected_return"])
    assert (await browser.post(BASE, json=order, headers=once)).json()["refusal"] == refusal


async def test_a_mission_is_told_previewed_and_shown(house: House, browser: httpx.AsyncClient) -> None:
    """A check-in of the one that is out; what an abort would do; what nobody planned is not found."""
    (out,) = (await browser.get(f"{BASE}?phase=departed")).json()["rows"]
    here = f"{BASE}/{out['mission']}"
    crew = {"X-Putokaz-Person": out["lead"]}
    check_in = {"kind": "check-in", "note": "Све мирно"}
    told = await browser.post(f"{here}/commands", json=check_in, headers={**key(), **crew})
    assert (told.status_code, told.json()["visible"], told.json()["code"]) == (200, True, out["code"])
    assert (await browser.get(here)).json()["version"] == told.json()["version"]
    abort = {"kind": "abort-mission", "body": {"reason": "threat"}}
    foreseen = await browser.post(f"{here}/preview", json=abort, headers=crew)
    assert [event["topic"] for event in foreseen.json()["events"]] == ["mission.aborted"]
    cancel = {"kind": "cancel-mission", "body": {"reason": "other"}}
    unknown = await browser.post(f"{BASE}/{uuid4()}/commands", json=cancel, headers=key())
    assert (unknown.status_code, unknown.json()["refusal"]["code"]) == (404, "unknown-mission")
    assert (await browser.get(f"{BASE}/{uuid4()}")).status_code == 404
    inner = await browser.post(f"{here}/commands", json={"kind": "note-mission"}, headers=key())
    assert inner.status_code == 422
