"""What stands before any call, and what leaves the house: through the API and on the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg

from tests.staff.conftest import acts_as
from tests.staff.house import House
from tests.staff.paper import Worker, a_stalled_row, leads
from vault.accesses import AccessKind
from worker.demo.staff import VERA

ENTRY = {"provider_kind": "polyclinic", "country": "RS"}
CLINIC = "9a1c0000-0000-4000-8000-00000000c001"
ALWAYS = [
    {
        "channel": "call",
        "hours": [
            {
                "days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
                "starts": "00:00",
                "ends": "00:00",
            }
        ],
        "message": "neutral",
    }
]


def _journey(house: House) -> UUID:
    journey = a_stalled_row(house).journey
    assert journey is not None
    return journey


async def _give(browser: httpx.AsyncClient, journey: UUID, kind: str, body: Any, **more: Any) -> httpx.Response:
    order = {"kind": kind, "body": body, **more}
    headers = {"Idempotency-Key": str(uuid4())}
    return await browser.post(f"/api/v1/journeys/{journey}/commands", json=order, headers=headers)


async def test_nobody_is_called_before_something_is_agreed(house: House, browser: httpx.AsyncClient) -> None:
    """The head of the file says so; once it is agreed it says until when, and whom to say that one is."""
    journey = _journey(house)
    acts_as(browser, leads(house, journey))
    worker = await Worker(browser).speak("en")
    path = f"/journeys/{journey}"
    assert "Do not call: nothing is agreed" in (await worker.read(path)).text
    texts = {"neutral_name": "Ana iz biblioteke", "code_word": "Plava lampa"}
    agreed = await _give(browser, journey, "agree-safe-contact", {"rules": ALWAYS}, texts=texts)
    assert agreed.status_code == 200
    shown = (await worker.read(path)).text
    assert "May be called until" in shown
    assert "a neutral message only" in shown
    await _words_are_shown_once_that_is_logged(house, browser, journey)
    for address in (f"/api/v1/journeys/{journey}", f"/api/v1/journeys/{journey}/timeline?limit=20"):
        told = (await browser.get(address)).text
        assert "biblioteke" not in told
        assert "Plava" not in told
        assert "pk1." in told
    await _give(browser, journey, "relocate-in-emergency", {})
    assert "Do not call: contact is suspended" in (await worker.read(path)).text


async def _words_are_shown_once_that_is_logged(house: House, browser: httpx.AsyncClient, journey: UUID) -> None:
    """The file says that there are words; who asks is shown them, and "who opened this file" names who asked."""
    path, identities = f"/journeys/{journey}", house.app.state.parts.identities
    raw = (await browser.get(path)).text
    assert "biblioteke" not in raw
    assert "Plava" not in raw
    before = len(identities.accesses(journey))
    worker = Worker(browser)
    form = next(f for f in (await worker.read(path)).forms if f.action.endswith("/safe-contact"))
    assert (await worker.send(f"{path}/safe-contact", form, token="wrong")).status_code == 303
    assert len(identities.accesses(journey)) == before
    shown = await worker.send(f"{path}/safe-contact", form)
    assert "Ana iz biblioteke" in shown.text
    assert "Plava lampa" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    by_program = await browser.post(f"/api/v1/journeys/{journey}/safe-contact/reveal")
    assert by_program.json() == {"neutral_name": "Ana iz biblioteke", "code_word": "Plava lampa"}
    lines = identities.accesses(journey)[: len(identities.accesses(journey)) - before]
    assert [(line.actor, line.kind) for line in lines] == [(leads(house, journey), AccessKind.SAFE_CONTACT)] * 2
    acts_as(browser, VERA.id)
    assert "name and code word for contact" in (await worker.read(f"{path}/accesses")).text
    await _nothing_is_shown_that_cannot_be_logged(house, browser, journey)
    acts_as(browser, leads(house, journey))


async def _nothing_is_shown_that_cannot_be_logged(house: House, browser: httpx.AsyncClient, journey: UUID) -> None:
    """A log that takes no line keeps the words where they are."""
    with psycopg.connect(house.vault, autocommit=True) as owner:
        owner.execute("ALTER TABLE vault.accesses ADD CONSTRAINT shut CHECK (kind <> 'safe-contact') NOT VALID")
        answer = await browser.post(f"/api/v1/journeys/{journey}/safe-contact/reveal")
        assert answer.status_code == 503
        assert "biblioteke" not in answer.text
        owner.execute("ALTER TABLE vault.accesses DROP CONSTRAINT shut")


async def test_free_text_is_sealed_for_fields_of_the_command_only(house: House, browser: httpx.AsyncClient) -> None:
    """A name that the command does not have is refused, and not repeated as a value."""
    answer = await _give(browser, _journey(house), "disclose", {}, texts={"plan": "Tajna"})
    assert answer.status_code == 422
    assert answer.json()["problems"] == ["texts.plan: no such free text here"]
    assert "Tajna" not in answer.text


async def test_a_disclosure_without_a_consent_is_refused(house: House, browser: httpx.AsyncClient) -> None:
    """With its code; with the consent it is taken, and both stand in the file, which can withdraw it again."""
    journey = _journey(house)
    acts_as(browser, leads(house, journey))
    order = {"categories": ["health"], "recipient": CLINIC, "purpose": "medical"}
    refused = await _give(browser, journey, "disclose", order)
    assert refused.status_code == 409
    assert refused.json()["refusal"]["code"] == "no-consent-in-force"
    await _give(browser, journey, "give-consent", {"purpose": "medical", "recipient": CLINIC})
    assert (await _give(browser, journey, "disclose", order)).status_code == 200
    safety = (await browser.get(f"/api/v1/journeys/{journey}")).json()["document"]["safety"]
    assert [d["consent"] for d in safety["disclosures"]] == [f"consent:medical:{CLINIC}"]
    worker = await Worker(browser).speak("en")
    assert "under a consent" in (await worker.read(f"/journeys/{journey}")).text
    form = (await worker.read(f"/journeys/{journey}/withdraw-consent/medical:{CLINIC}")).text
    assert "medical help" in form


async def test_a_recipient_is_called_as_the_directory_has_it(house: House, browser: httpx.AsyncClient) -> None:
    """By name where a provider is listed under its id, else by five digits; the log and the API have no name."""
    journey, worker = _journey(house), await Worker(browser).speak("en")
    acts_as(browser, leads(house, journey))
    await _give(browser, journey, "give-consent", {"purpose": "medical", "recipient": CLINIC})
    await _give(browser, journey, "disclose", {"categories": ["health"], "recipient": CLINIC, "purpose": "medical"})
    digits = f"recipient {UUID(CLINIC).int % 100_000:05d}"
    page = (await worker.read(f"/journeys/{journey}")).text
    assert page.count(digits) == 2
    await _list(browser, "list-provider", {**ENTRY, "identity": "Poliklinika Zamišljena, Izmišljena 1, 011 000"})
    page = (await worker.read(f"/journeys/{journey}")).text
    assert digits not in page
    assert page.count("Poliklinika Zamišljena") == 2
    assert "Izmišljena 1" not in page, "its address is nobody's business here"
    await _list(browser, "change-provider", {"identity": "Dom zdravlja Izmišljeni"})
    await _list(browser, "deactivate-provider", {"reason": "other"})
    assert (await worker.read(f"/journeys/{journey}")).text.count("Dom zdravlja Izmišljeni") == 2
    for address in (f"/api/v1/journeys/{journey}", f"/api/v1/journeys/{journey}/timeline?limit=20"):
        assert "Izmišljeni" not in (await browser.get(address)).text
    house.keys.destroy(f"provider-{CLINIC}")
    assert (await worker.read(f"/journeys/{journey}")).text.count(digits) == 2, "erased, it is a number again"


async def _list(browser: httpx.AsyncClient, kind: str, body: Any) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    order = {"kind": kind, "body": body}
    answer = await browser.post(f"/api/v1/providers/{CLINIC}/commands", json=order, headers=headers)
    assert answer.status_code == 200, answer.text
