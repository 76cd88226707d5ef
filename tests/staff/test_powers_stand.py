"""A consent that is withdrawn revokes no power of attorney: the page says so before it is saved."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import httpx

from domain.codes import ConsentPurpose
from domain.journey.proceedings.codes import PowerEnd
from domain.journey.proceedings.commands import RevokePower
from projections.journey_file.queries import file
from tests.staff.conftest import acts_as
from tests.staff.house import NOW, House
from tests.staff.paper import Worker, every_journey, leads
from worker.demo.staff import OGNJEN

SENTENCE = "Powers of attorney hold until they are revoked"


def represented(house: House) -> UUID:
    """A journey with a power of attorney and the consent to representation, both in force."""
    for journey in every_journey(house):
        found = file(house.reader, journey)
        if found is None:
            continue
        consented = {c.purpose for c in found.document.consents if c.stands(NOW)}
        powers = [p for state in found.document.proceedings for p in state.powers if p.end is None]
        if powers and {ConsentPurpose.LEGAL_REPRESENTATION, ConsentPurpose.PSYCHOLOGICAL} <= consented:
            return journey
    raise AssertionError("nobody is represented")


async def said(browser: httpx.AsyncClient, journey: UUID, purpose: str) -> str:
    """What the page says before the withdrawal is saved."""
    worker = await Worker(browser).speak("en")
    path = f"/journeys/{journey}/withdraw-consent/{purpose}"
    return (await worker.send(path, (await worker.read(path)).form, intent="check")).text


async def test_the_page_says_that_powers_stand(house: House, browser: httpx.AsyncClient) -> None:
    """For that consent only, and only while somebody may act."""
    journey = represented(house)
    acts_as(browser, leads(house, journey))
    assert SENTENCE in await said(browser, journey, "legal-representation")
    assert SENTENCE not in await said(browser, journey, "psychological")
    found = file(house.reader, journey)
    assert found is not None
    for state in found.document.proceedings:
        for power in state.powers:
            revoke = RevokePower(
                proceedings=state.number,
                power=power.number,
                reason=PowerEnd.CLIENT_REVOKED,
                ended_on=date(2026, 11, 23),
            )
            revoked = await house.desk.submit(journey, revoke, command_id=uuid4(), actor=OGNJEN.id)
            assert revoked.refusal is None
    assert SENTENCE not in await said(browser, journey, "legal-representation")
