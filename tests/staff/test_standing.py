"""Formal status, screening and residence through the API, and what the file then shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from domain.codes import Phase
from projections.journey_file.queries import file
from projections.journey_list.queries import JourneyFilter, list_journeys
from tests.staff.conftest import acts_as
from tests.staff.house import House
from tests.staff.paper import Worker, leads

TODAY = "2026-11-23"
ANSWERS = [{"question": "from-abroad", "answer": "yes"}, {"question": "days-here", "days": 21}]


async def give(browser: httpx.AsyncClient, base: str, kind: str, **body: Any) -> httpx.Response:
    """A command over HTTP."""
    key = {"Idempotency-Key": str(uuid4())}
    return await browser.post(f"{base}/commands", json={"kind": kind, "body": body}, headers=key)


def a_journey_without_permit(house: House) -> str:
    """An open one of the organisation's pathway, of whose standing nothing is recorded."""
    rows = list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=100).rows
    for row in rows:
        found = file(house.reader, row.journey)
        if found and row.pathway == "astra" and not found.document.permits and not found.document.screenings:
            return str(row.journey)
    raise AssertionError("every journey of the caseload has a permit")


@pytest.mark.parametrize("locale", ["sr-Latn", "sr-Cyrl", "en"])
async def test_each_command_is_reachable_and_shown(house: House, browser: httpx.AsyncClient, locale: str) -> None:
    """One of each, then the file in words."""
    journey = a_journey_without_permit(house)
    acts_as(browser, leads(house, UUID(journey)))
    base = f"/api/v1/journeys/{journey}"
    status = {"status": "presumed", "decider": "centre", "decided_on": TODAY}
    recorded = await give(browser, base, "record-formal-status", **status)
    assert recorded.status_code == 200, recorded.text
    version = recorded.json()["version"]
    orders: list[tuple[str, dict[str, Any]]] = [
        ("correct-formal-status", {"corrects": version, "status": "rejected"}),
        ("save-screening", {"form": "first-talk", "answers": ANSWERS}),
        ("grant-residence", {"permit_kind": "protection", "ground": "centre-opinion", "valid_from": TODAY}),
        ("apply-for-extension", {"applied_on": TODAY}),
        ("settle-application", {"outcome": "withdrawn"}),
        ("extend-residence", {}),
        ("revoke-residence", {"ground": "public-security"}),
    ]
    for kind, body in orders:
        answer = await give(browser, base, kind, **body)
        assert answer.status_code == 200, (kind, answer.text)
    shown = (await browser.get(base)).json()
    permit = shown["document"]["permits"][0]
    assert (permit["status"], permit["revoked_for"]) == ("revoked", "public-security")
    corrected = await give(browser, base, "correct-residence", corrects=permit["version"], permit_kind="protection")
    assert corrected.status_code == 200, corrected.text
    assert (await give(browser, base, "end-residence", reason="other")).status_code == 200
    page = (await Worker(browser).speak(locale)).read
    text = (await page(f"/journeys/{journey}")).text
    wanted = {
        "sr-Latn": ("Formalni status", "prijava odbačena", "Prvi razgovor", "Koliko dana je osoba ovde?", "21 dan"),
        "sr-Cyrl": ("Формални статус", "пријава одбачена", "Први разговор", "више се не прати", "21 дан"),
        "en": ("Formal status", "report rejected", "First talk", "Residence of one year", "21 days"),
    }[locale]
    for words in wanted:
        assert words in text, words


async def test_an_answer_to_what_is_not_asked_is_a_problem(house: House, browser: httpx.AsyncClient) -> None:
    """409, with the question."""
    journey = a_journey_without_permit(house)
    acts_as(browser, leads(house, UUID(journey)))
    base = f"/api/v1/journeys/{journey}"
    answer = await give(browser, base, "save-screening", form="first-talk", answers=ANSWERS[1:])
    assert answer.status_code == 409
    refusal = answer.json()["refusal"]
    assert (refusal["code"], refusal["part"]) == ("question-not-asked", "screening:first-talk:days-here")
