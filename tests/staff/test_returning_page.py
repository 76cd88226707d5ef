"""Returns and reintegration by HTTP: commands like any other, what is missing in words, and boxes in the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from domain.codes import Phase
from projections.journey_list.queries import JourneyFilter, list_journeys
from staff.i18n.locale import Locale
from tests.staff.conftest import acts_as
from tests.staff.house import House
from tests.staff.paper import Worker, leads

RECEIVER = "9a1c0000-0000-4000-8000-0000000005e1"


async def _tell(browser: httpx.AsyncClient, base: str, kind: str, **body: Any) -> httpx.Response:
    order = {"kind": kind, "body": body}
    return await browser.post(f"{base}/commands", json=order, headers={"Idempotency-Key": str(uuid4())})


async def _journeys(house: House, browser: httpx.AsyncClient, part: str) -> list[tuple[str, dict[str, Any]]]:
    """The open journeys of the caseload that have something of a part, with their documents."""
    found = []
    for row in list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=500).rows:
        base = f"/api/v1/journeys/{row.journey}"
        document = (await browser.get(base)).json()["document"]
        if document[part]:
            found.append((base, document))
    return found


async def _free(house: House, browser: httpx.AsyncClient) -> str:
    """An open journey on the organisation's pathway without a return."""
    for row in list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=500).rows:
        base = f"/api/v1/journeys/{row.journey}"
        document = (await browser.get(base)).json()["document"]
        if row.pathway == "astra" and not document["returns"] and document["reintegration"] is None:
            return base
    raise AssertionError("every journey has a return")


def _box(page: str, name: str) -> str:
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]


async def test_a_return_is_prepared_over_http_and_nobody_leaves_too_early(
    house: House, browser: httpx.AsyncClient
) -> None:
    """The refusal names everything that is missing, with its words and codes; a note stays sealed."""
    base = await _free(house, browser)
    acts_as(browser, leads(house, UUID(base.rpartition("/")[2])))
    begun = await _tell(browser, base, "begin-return", direction="outbound", country="MD")
    assert begun.status_code == 200, begun.text
    declared = await _tell(browser, base, "declare-voluntariness", number=1, language="ro", note="Tajna beleška")
    assert declared.status_code == 200, declared.text
    refused = await _tell(browser, base, "depart-on-return", number=1)
    assert refused.status_code == 409
    refusal = refused.json()["refusal"]
    assert refusal["code"] == "return-not-ready"
    assert {one["name"] for one in refusal["unmet"]} == {
        *("assessment", "travel-document", "fit-to-travel", "receiver", "escort", "route")
    }
    assert (await _tell(browser, base, "ask-receiver", number=1, provider=RECEIVER)).status_code == 200
    without = await _tell(browser, base, "answer-receiver", number=1, answer="agreed")
    assert without.json()["refusal"]["code"] == "no-consent-in-force"
    preview = {"kind": "withdraw-voluntariness", "body": {"number": 1}}
    foreseen = (await browser.post(f"{base}/preview", json=preview)).json()
    assert [e["topic"] for e in foreseen["events"]] == ["journey.voluntariness-withdrawn", "journey.return-stopped"]
    document = (await browser.get(base)).json()["document"]
    (row,) = document["returns"]
    assert (row["status"], row["voluntary"], row["receiver_status"]) == ("preparing", "client", "asked")
    assert "Tajna" not in (await browser.get(f"{base}/timeline?limit=20")).text


@pytest.mark.parametrize("locale", Locale)
async def test_the_file_shows_returns_and_reintegration(
    house: House, browser: httpx.AsyncClient, locale: Locale
) -> None:
    """Somebody about to leave, somebody looked after there, somebody staying: in every language."""
    await Worker(browser).speak(locale.value)
    returns = await _journeys(house, browser, "returns")
    assert len(returns) >= 3
    assert any(document["returns"][-1]["status"] != "stopped" for _, document in returns)
    for base, document in returns:
        box = _box((await browser.get(base.replace("/api/v1", ""))).text, "returning")
        # One that was stopped before anything was prepared has its own line, which says why, and no other.
        assert box.count("<li") >= (1 if document["returns"][-1]["status"] == "stopped" else 2)
        assert "{" not in box
    ((base, document), *_) = await _journeys(house, browser, "reintegration")
    assert document["reintegration"]["counted"] == 2
    box = _box((await browser.get(base.replace("/api/v1", ""))).text, "reintegration")
    assert box.count("<li") == 3
