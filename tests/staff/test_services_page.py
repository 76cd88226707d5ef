"""Services by HTTP: commands like any other, and the file of the journey shows them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

from tests.staff.house import House
from tests.staff.paper import a_stalled_row


async def _tell(browser: httpx.AsyncClient, base: str, kind: str, **body: Any) -> httpx.Response:
    order = {"kind": kind, "body": body}
    return await browser.post(f"{base}/commands", json=order, headers={"Idempotency-Key": str(uuid4())})


async def test_a_service_is_seen_in_the_file(house: House, browser: httpx.AsyncClient) -> None:
    """By the API and on the page; a refusal is a problem with what would be possible."""
    row = a_stalled_row(house)
    base, service = f"/api/v1/journeys/{row.journey}", "information-on-support"
    assert (await _tell(browser, base, "assess-service-need", service=service)).status_code == 200
    for move in ("offer", "consent", "plan", "carry-out"):
        done = await _tell(browser, base, "advance-service", service=service, move=move)
        assert done.status_code == 200, done.text
    details = [{"field": "language", "language": "sq"}]
    assert (await _tell(browser, base, "detail-service", service=service, details=details)).status_code == 200
    paid = await _tell(browser, base, "record-service-cost", service=service, cost="other", amount="120.50")
    assert paid.status_code == 200
    refused = await _tell(browser, base, "advance-service", service=service, move="offer")
    assert refused.status_code == 409
    assert refused.json()["refusal"]["code"] == "move-not-allowed"
    shown = (await browser.get(base)).json()
    (found,) = [s for s in shown["document"]["services"]["each"] if s["service"] == service]
    assert (found["status"], found["held"], found["record"]) == (
        "carried-out",
        1,
        [{"field": "language", "value": "sq"}],
    )
    assert {"service": service, "amount": "120.50"} in shown["document"]["services"]["costs"]
    page = (await browser.get(f"/journeys/{row.journey}")).text
    assert "120.50" in page
    assert "{" not in page.partition('id="services"')[2].partition("</section>")[0]


async def test_an_anonymous_test_does_not_get_in_by_http(house: House, browser: httpx.AsyncClient) -> None:
    """Not as a service, and not beside the two words."""
    base = f"/api/v1/journeys/{a_stalled_row(house).journey}"
    refused = await _tell(browser, base, "assess-service-need", service="anonymous-testing")
    assert refused.json()["refusal"]["code"] == "service-keeps-use-only"
    for more in ({"occurred_at": "2026-03-02T09:00:00Z"}, {"outcome": "achieved"}, {"provider": str(uuid4())}):
        body = {"service": "anonymous-testing", "use": "counselling-used", **more}
        assert (await _tell(browser, base, "note-counselling", **body)).status_code == 422
