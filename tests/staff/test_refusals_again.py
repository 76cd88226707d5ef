"""What was refused of a case, on the pages and through the API: explained, and decided again."""

from __future__ import annotations

from uuid import UUID, uuid4

import httpx

from domain.journey.advancing import OpenStep
from staff.visit import PERSON_COOKIE
from tests.staff.house import House
from tests.staff.paper import Worker, every_journey
from worker.demo.staff import VERA


async def _refused(house: House, journey: UUID) -> UUID:
    """A caseworker asks for a step that no pathway has."""
    command_id = uuid4()
    desk = house.app.state.parts.desk
    outcome = await desk.submit(journey, OpenStep(step="no-such-step"), command_id=command_id, actor=VERA.id)
    assert outcome.refusal is not None
    return command_id


async def test_a_supervisor_reads_what_was_asked_and_that_the_answer_is_the_same(
    house: House, browser: httpx.AsyncClient
) -> None:
    """From the list to the one; the API says the same."""
    journey = every_journey(house)[0]
    command_id = await _refused(house, journey)
    path = f"/journeys/{journey}/refusals"
    browser.cookies.set(PERSON_COOKIE, str(VERA.id))
    vera = await Worker(browser).speak("en")
    listed = (await browser.get(path)).text
    assert f"{path}/{command_id}" in listed
    told = (await vera.read(f"{path}/{command_id}")).text
    assert "no-such-step" in told
    assert "the answer is the same" in told
    api = await browser.get(f"/api/v1{path}/{command_id}", headers={"X-Putokaz-Person": str(VERA.id)})
    assert api.status_code == 200, api.text
    body = api.json()
    assert (body["same"], body["obstacle"], body["code"]) == (True, None, "unknown-step")
    assert body["then"]["asked"] == {"kind": "open-step", "step": "no-such-step"}
    rows = (await browser.get(f"/api/v1{path}", headers={"X-Putokaz-Person": str(VERA.id)})).json()["rows"]
    assert body["then"] in rows
