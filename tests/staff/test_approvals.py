"""Approvals on the pages and through the API: who proposed sees it waiting, a second person answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx

from domain.codes import ObligationKind, Phase
from domain.journey.approval.state import ApprovalStatus
from projections.journey_file.queries import file
from projections.journey_list.queries import JourneyFilter, list_journeys
from projections.my_day.queries import my_day
from tests.staff.conftest import acts_as
from tests.staff.house import House
from tests.staff.paper import Worker
from worker.demo.staff import MILA, VERA


async def _give(browser: httpx.AsyncClient, journey: UUID, kind: str, who: UUID, **body: Any) -> httpx.Response:
    headers = {"Idempotency-Key": str(uuid4()), "X-Putokaz-Person": str(who)}
    order = {"kind": kind, "body": body}
    return await browser.post(f"/api/v1/journeys/{journey}/commands", json=order, headers=headers)


def _a_journey(house: House) -> UUID:
    """An open one of the organisation's pathway, with Mila and Vera, and nothing asked."""
    for row in list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=100).rows:
        found = file(house.reader, row.journey)
        if (
            found
            and row.pathway == "astra"
            and row.caseworker == MILA.id
            and not (found.document.approvals or found.document.emergencies)
        ):
            return row.journey
    raise AssertionError("every journey of Mila's has an approval")


def _owed(house: House, who: UUID, journey: UUID) -> list[str]:
    day = my_day(house.reader, staff=who, roles=(), now=house.log.now(), today=house.log.now().date())
    return [row.part for row in day.rows if row.journey == journey and row.kind is ObligationKind.APPROVAL]


async def test_a_closure_is_proposed_approved_and_done_on_the_pages(house: House, browser: httpx.AsyncClient) -> None:
    """Mila proposes; she cannot answer herself; it is on Vera's day; Vera approves, and Mila closes."""
    journey, mila = _a_journey(house), await Worker(browser).speak("en")
    path = f"/journeys/{journey}"
    acts_as(browser, MILA.id)
    assert (await _give(browser, journey, "assign", MILA.id, role="supervisor", staff=str(VERA.id))).is_success
    text = (await mila.read(path)).text
    assert "Ask for approval of the closure" in text
    assert "Close the case" not in text
    form = (await mila.read(f"{path}/ask-approval/closure")).form
    asked = await mila.send(f"{path}/ask-approval/closure", form, reason="client-wish", intent="save")
    assert asked.status_code == 303, asked.text
    shown = (await mila.read(path)).text
    assert "closure of the case:" in shown
    assert "Nobody approves their own proposal." in shown
    assert "Refuse" not in shown
    assert _owed(house, VERA.id, journey) == ["approval:1"]
    own = await _give(browser, journey, "give-approval", MILA.id, number=1)
    assert (own.status_code, own.json()["refusal"]["code"]) == (403, "not-permitted")
    early = await _give(browser, journey, "close-journey", MILA.id, reason="client-wish")
    assert early.json()["refusal"]["code"] == "approval-required"

    acts_as(browser, VERA.id)
    vera = Worker(browser)
    assert "approval: closure of the case" in (await vera.read("/day")).text
    form = (await vera.read(f"{path}/give-approval/1")).form
    given = await vera.send(f"{path}/give-approval/1", form, intent="save")
    assert given.status_code == 303, given.text
    found = file(house.reader, journey)
    assert found is not None
    (row,) = found.document.approvals
    assert (row.status, row.asked_by, row.answered_by) == (ApprovalStatus.GIVEN, MILA.id, VERA.id)
    assert not _owed(house, VERA.id, journey)

    wrong = await _give(browser, journey, "close-journey", MILA.id, reason="goals-reached")
    assert wrong.json()["refusal"]["code"] == "approved-otherwise"
    assert (await _give(browser, journey, "close-journey", MILA.id, reason="client-wish")).is_success
