"""Partner systems over HTTP: what the command line does, for supervisors, with every fault said in plain words."""

from __future__ import annotations

from uuid import UUID, uuid4

import httpx
import pytest

from domain.codes import Phase
from projections.journey_list.queries import JourneyFilter, list_journeys
from tests.staff.house import House
from tests.webhooks.partner import Mood, partner
from worker.demo.staff import MILA, VERA

BASE = "/api/v1/webhooks"
AS_VERA = {"X-Putokaz-Person": str(VERA.id)}
CLOSED = ["case.closed"]


def key() -> dict[str, str]:
    """Made once for each partner that is added."""
    return {**AS_VERA, "Idempotency-Key": str(uuid4())}


async def added(browser: httpx.AsyncClient, url: str = "https://partner.example.org/", *topics: str) -> dict[str, str]:
    """A partner that is at work."""
    body = {"name": "Partner", "url": url, "topics": list(topics) or CLOSED}
    answer = await browser.post(BASE, json=body, headers=key())
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


async def test_a_partner_is_added_tried_rotated_and_removed(house: House, browser: httpx.AsyncClient) -> None:
    """The secret is shown once; the address never again."""
    with partner() as listener:
        made = await added(browser, listener.url, "case.closed", "case.opened")
        place = f"{BASE}/{made['subscription']}"
        tried = (await browser.post(f"{place}/try", headers=AS_VERA)).json()
        assert (tried["failure"], tried["status"]) == (None, 204)
        assert listener.heard[0].verified(made["secret"])
        assert listener.heard[0].said["type"] == "webhooks.test"
        rotated = (await browser.post(f"{place}/rotate", json={"hours": 24}, headers=AS_VERA)).json()
        assert rotated["secret"] != made["secret"]
        await browser.post(f"{place}/try", headers=AS_VERA)
        assert listener.heard[1].verified(made["secret"])
        assert listener.heard[1].verified(rotated["secret"])
        listener.mood = Mood.FAILS
        assert (await browser.post(f"{place}/try", headers=AS_VERA)).json()["failure"] == "status"
        listed = await browser.get(BASE, headers=AS_VERA)
        assert [(r["name"], r["topics"], r["state"]) for r in listed.json()] == [
            ("Partner", ["case.closed", "case.opened"], "at-work")
        ]
        for secret in (listener.url, made["secret"], rotated["secret"]):
            assert secret not in listed.text
    assert (await browser.delete(place, headers=AS_VERA)).status_code == 204
    assert (await browser.delete(place, headers=AS_VERA)).status_code == 404
    assert (await browser.get(BASE, headers=AS_VERA)).json() == []


async def test_a_partner_is_halted_and_put_to_work_again(house: House, browser: httpx.AsyncClient) -> None:
    """Halted twice is refused; what is asked for again goes out under the ids that it had."""
    place = f"{BASE}/{(await added(browser, 'https://partner.example.org/', 'case.opened'))['subscription']}"
    assert (await browser.post(f"{place}/disable", headers=AS_VERA)).status_code == 204
    again = await browser.post(f"{place}/disable", headers=AS_VERA)
    assert (again.status_code, again.json()["problems"]) == (409, ["it was not at work"])
    (row,) = (await browser.get(BASE, headers=AS_VERA)).json()
    assert (row["state"], row["halted_for"]) == ("halted", "asked")
    assert (await browser.post(f"{place}/enable", headers=AS_VERA)).status_code == 204
    count = (await browser.post(f"{place}/resend", json={"since": "2020-01-01T00:00:00Z"}, headers=AS_VERA)).json()
    opened = list_journeys(house.reader, JourneyFilter(), limit=500).rows
    assert count["messages"] == len(opened)
    assert list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=500).rows
    rows = (await browser.get(f"{place}/deliveries?limit=500", headers=AS_VERA)).json()
    assert len(rows) == len(opened)
    assert {r["topic"] for r in rows} == {"case.opened"}
    assert all(r["outcome"] is None for r in rows), "nobody has sent them yet"


async def test_what_leaves_the_house_is_a_supervisors_to_say(browser: httpx.AsyncClient) -> None:
    """A caseworker sees not even the list; who is nobody here is told so."""
    made = await added(browser)
    del browser.headers["X-Putokaz-Person"]
    place = f"{BASE}/{made['subscription']}"
    body: dict[str, object] = {"name": "x", "url": "https://partner.example.org/", "topics": CLOSED}
    mila = {"X-Putokaz-Person": str(MILA.id)}
    asked: tuple[tuple[str, str, dict[str, object] | None], ...] = (
        ("GET", BASE, None),
        ("POST", BASE, body),
        ("POST", f"{place}/rotate", {}),
        ("POST", f"{place}/enable", None),
        ("POST", f"{place}/disable", None),
        ("DELETE", place, None),
        ("GET", f"{place}/deliveries", None),
        ("POST", f"{place}/try", None),
        ("POST", f"{place}/resend", {"position": 1}),
    )
    for method, address, sent in asked:
        for who, status in ((mila, 403), ({}, 403), ({"X-Putokaz-Person": str(uuid4())}, 422)):
            headers = {**who, "Idempotency-Key": str(uuid4())}
            answer = await browser.request(method, address, json=sent, headers=headers)
            assert answer.status_code == status, (method, address, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            assert made["secret"] not in answer.text
    assert [r["state"] for r in (await browser.get(BASE, headers=AS_VERA)).json()] == ["at-work"]


async def test_a_key_adds_one_partner(browser: httpx.AsyncClient) -> None:
    """Sent again without an answer: nothing is added, and a new secret can be made for what there is."""
    body = {"name": "Partner", "url": "https://partner.example.org/", "topics": CLOSED}
    once = key()
    made = (await browser.post(BASE, json=body, headers=once)).json()
    again = await browser.post(BASE, json=body, headers=once)
    assert (again.status_code, again.json()["type"]) == (409, "urn:putokaz:problem:subscription-known")
    assert again.json()["problems"] == [f"subscription: {made['subscription']}"]
    rotated = await browser.post(f"{BASE}/{made['subscription']}/rotate", json={}, headers=AS_VERA)
    assert rotated.status_code == 200
    assert len((await browser.get(BASE, headers=AS_VERA)).json()) == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"url": "http://partner.example.org/"}, "a webhook goes by https"),
        ({"url": "https://10.0.0.1/"}, "the address is not a public one"),
        ({"url": "https://me:pw@partner.example.org/"}, "neither a name and password"),
        ({"topics": ["webhooks.test"]}, "nobody subscribes to webhooks.test"),
        ({"topics": ["journey.closed"]}, "nobody subscribes to journey.closed"),
        ({"topics": []}, "topics"),
        ({"name": ""}, "name"),
        ({"secret": "mine"}, "secret"),
    ],
)
async def test_what_will_not_do_is_said(browser: httpx.AsyncClient, changed: dict[str, object], says: str) -> None:
    """And neither the address nor the name comes back."""
    body = {"name": "Partner", "url": "https://partner.example.org/", "topics": CLOSED, **changed}
    answer = await browser.post(BASE, json=body, headers=key())
    assert answer.status_code == 422
    assert says in answer.text
    assert "example.org" not in answer.text
    assert (await browser.get(BASE, headers=AS_VERA)).json() == []


async def test_a_partner_that_is_not_there_is_not_found(browser: httpx.AsyncClient) -> None:
    """Whatever is asked of it."""
    place = f"{BASE}/{UUID(int=7)}"
    asked: tuple[tuple[str, str, dict[str, object] | None], ...] = (
        ("POST", "/rotate", {}),
        ("POST", "/enable", None),
        ("POST", "/disable", None),
        ("DELETE", "", None),
        ("GET", "/deliveries", None),
        ("POST", "/try", None),
        ("POST", "/resend", {"position": 1}),
    )
    for method, more, sent in asked:
        answer = await browser.request(method, place + more, json=sent, headers=AS_VERA)
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:putokaz:problem:not-found"), (method, more)
    both = {"position": 1, "since": "2026-01-01T00:00:00Z"}
    assert (await browser.post(f"{place}/resend", json=both, headers=AS_VERA)).status_code == 422
