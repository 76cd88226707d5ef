"""What production asks for and writes down that a demonstration does not: one house, in which everybody signs in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.journey.emergency.access import EmergencyAccessOpened
from domain.journey.state import journey_stream
from tests.fix_services import DatabaseFactory
from tests.staff.entrance import PASSWORD, Colleague, Guarded, guarded
from vault.accesses import AccessKind
from vault.sessions import Device, Proof
from vault.sign_ins import SignInAct
from worker.demo.staff import MILA, NADA, VERA, VUK, ZORA

NAMED = {"names": [{"text": "Милица", "use": "given"}], "born": 1996}
LATER = timedelta(minutes=6)
"""After that a proof counts no more."""


@pytest.fixture(scope="module")
def house(database_factory: DatabaseFactory) -> Iterator[Guarded]:
    """Nobody has an account yet."""
    with guarded(database_factory) as house:
        yield house


async def _vera(house: Guarded, address: str) -> Colleague:
    """A supervisor at a browser of her own, who has proven who she is just now: she has enrolled."""
    vera = Colleague(VERA, house.browser(address=address), house.clock)
    await vera.enrol_by_password(house.invite(VERA))
    return vera


async def _a_case(vera: Colleague) -> UUID:
    """A case whose client is known."""
    journey = uuid4()
    order = {"pathway": "astra", "journey": str(journey)}
    opened = await vera.client.post("/api/v1/journeys", json=order, headers={"Idempotency-Key": str(uuid4())})
    assert opened.status_code == 201, opened.text
    entered = {"seen": 0, "fields": ["names", "born"], "identity": NAMED}
    written = await vera.client.put(f"/api/v1/journeys/{journey}/identity", json=entered)
    assert written.status_code == 200, written.text
    return journey


def _reveals(house: Guarded, journey: UUID) -> list[AccessKind]:
    parts = house.house.app.state.parts
    return [each.kind for each in parts.identities.accesses(journey)]


async def test_a_reveal_asks_first_who_one_is_and_keeps_what_was_typed(house: Guarded) -> None:
    """Nothing is shown or logged before; the words wait in the vault, not in an address, and are gone once used."""
    vera = await _vera(house, "203.0.113.31")
    journey = await _a_case(vera)
    path = f"/journeys/{journey}/identity"
    await vera.read(path)
    typed = {"field-names": "on", "purpose": "other", "reason": "sestra Milica pita"}
    sent_away = await vera.client.post(path, data={**vera.form(path).fields, **typed})
    there = sent_away.headers["location"]
    assert (sent_away.status_code, there[:11]) == (303, "/step-up?ne")
    assert "Milica" not in there
    assert "sestra" not in there
    assert _reveals(house, journey) == []
    await vera.step_up(there)
    back = await vera.read(f"{path}?draft=continue")
    form = vera.form(path)
    assert form.fields["reason"] == typed["reason"], form.fields
    assert (form.fields["purpose"], form.fields["field-names"]) == ("other", "on"), back.text
    shown = await vera.send(path, 200)
    assert "Милица" in shown.text
    assert _reveals(house, journey) == [AccessKind.REVEAL]
    assert (await vera.read(f"{path}?draft=continue")).text.count("sestra") == 0
    await vera.send(path, 200, **{"field-born": "on", "purpose": "identify"})  # for five minutes
    house.clock.ahead += LATER
    assert (await vera.client.post(path, data={**form.fields, **typed})).status_code == 303
    assert len(_reveals(house, journey)) == 2


async def test_correcting_and_the_interface_for_programs_ask_as_well(house: Guarded) -> None:
    """Also what is not called a reveal: whoever saves over another's entry is shown what is there."""
    vera = await _vera(house, "203.0.113.32")
    journey = await _a_case(vera)
    house.clock.ahead += LATER
    path, api = f"/journeys/{journey}/identity/edit", f"/api/v1/journeys/{journey}/identity"
    await vera.read(path)
    opened = {"field-names": "on", "intent": "open"}
    sent_away = await vera.client.post(path, data={**vera.form(path).fields, **opened})
    assert sent_away.headers["location"].startswith("/step-up?next=")
    guessed = {
        "token": vera.form(path).fields["token"],
        "intent": "save",
        "seen": "7",
        "field-names": "on",
        "name-0": "x",
    }
    assert (await vera.client.post(path, data=guessed)).headers["location"].startswith("/step-up?next=")
    asked = [
        await vera.client.post(f"{api}/reveal", json={"fields": ["names"], "purpose": "contact"}),
        await vera.client.put(api, json={"seen": 7, "fields": ["names"], "identity": NAMED}),
    ]
    assert [(each.status_code, each.json()["type"][-14:]) for each in asked] == [(403, "step-up-needed")] * 2
    assert _reveals(house, journey) == []
    await vera.step_up()
    revealed = await vera.client.post(f"{api}/reveal", json={"fields": ["names"], "purpose": "contact"})
    assert revealed.json()["identity"]["names"][0]["text"] == "Милица"
    await vera.read(path)
    assert "Милица" in (await vera.send(path, 200, **opened)).text
    assert _reveals(house, journey) == [AccessKind.REVEAL] * 2


async def test_emergency_access_asks_programs_too(house: Guarded) -> None:
    """It asked the pages alone."""
    journey = await _a_case(await _vera(house, "203.0.113.33"))
    nada = Colleague(NADA, house.browser(address="203.0.113.34"), house.clock)
    await nada.enrol_by_password(house.invite(NADA))
    order = {"kind": "open-emergency-access", "body": {"reason": "danger"}, "note": "Zove komšinica"}
    path, key = f"/api/v1/journeys/{journey}/commands", {"Idempotency-Key": str(uuid4())}
    refused = await nada.client.post(path, json=order, headers=key)
    assert (refused.status_code, refused.json()["type"][-14:]) == (403, "step-up-needed")
    await nada.step_up()
    assert (await nada.client.post(path, json=order, headers=key)).status_code == 200
    found = house.house.desk.history(journey_stream(journey))
    assert [each.actor for each in found if isinstance(each.event, EmergencyAccessOpened)] == [NADA.id]


async def test_everybody_sees_how_they_signed_in_and_what_was_refused(house: Guarded) -> None:
    """On "my settings" and over HTTP; of others only an administrator does. No address stands in the record."""
    record = house.vault.record
    mila = Colleague(MILA, house.browser(address="203.0.113.41"), house.clock)
    await mila.enrol_by_password(house.invite(MILA))
    wrong = {"name": MILA.email, "password": PASSWORD, "code": "000000", "device": "shared-computer"}
    await mila.read("/sign-in")
    await mila.send("/sign-in", 403, **wrong)
    house.clock.ahead += timedelta(minutes=1)
    await mila.read("/sign-in")
    await mila.send("/sign-in", 303, **{**wrong, "code": mila.codes[0], "device": "tablet"})
    await mila.read("/account")
    await mila.send("/account/sessions/end-others")
    acts = [line.act for line in reversed(record.of(MILA.id).lines)]
    assert acts == [
        SignInAct.LINK_USED,
        SignInAct.CHOSEN,
        SignInAct.TELEPHONE_SET,
        SignInAct.CODES_ISSUED,
        SignInAct.SIGNED_IN,
        SignInAct.CODE_REFUSED,
        SignInAct.RECOVERY_CODE_USED,
        SignInAct.SIGNED_IN,
        SignInAct.OTHERS_ENDED,
    ]
    newest, refused = record.of(MILA.id).lines[1], record.of(MILA.id).lines[3]
    assert (newest.proof, newest.device) == (Proof.RECOVERY_CODE, Device.TABLET)
    assert refused.device is Device.SHARED_COMPUTER
    assert record.verify().findings == ()
    await mila.client.post("/language", data={"locale": "en", "back": "/"})
    shown = (await mila.read("/me")).text
    assert "Right password, wrong code" in shown
    assert "by password and a code on paper" in shown
    path = f"/api/v1/people/{MILA.id}/sign-ins"
    first = (await mila.client.get(f"{path}?limit=2")).json()
    assert ([row["act"] for row in first["rows"]], first["total"]) == (["others-ended", "signed-in"], 9)
    rest = (await mila.client.get(f"{path}?limit=50&cursor={first['next']}")).json()
    assert (len(rest["rows"]), rest["next"]) == (7, None)
    assert "203.0.113" not in json.dumps([first, rest])
    assert (await mila.client.get(f"/api/v1/people/{VERA.id}/sign-ins")).status_code == 403
    assert (await mila.client.get(f"{path}?cursor=x")).status_code == 400
    zora = Colleague(ZORA, house.browser(address="203.0.113.42"), house.clock)
    await zora.enrol_by_passkey(house.invite(ZORA))
    assert (await zora.client.get(path)).json()["total"] == 9
    await zora.client.post("/language", data={"locale": "en", "back": "/"})
    assert "Sessions at other devices were ended" in (await zora.read(f"/admin/people/{MILA.id}")).text


async def test_whoever_is_paused_finds_that_in_the_record(house: Guarded) -> None:
    """Also by somebody else's attempts: that is what they are to know. A wrong password alone leaves no line."""
    vuk = Colleague(VUK, house.browser(address="203.0.113.43"), house.clock)
    await vuk.enrol_by_password(house.invite(VUK))
    stranger = Colleague(VUK, house.browser(address="203.0.113.44"), house.clock)
    await stranger.read("/sign-in")
    wrong = {"name": VUK.email, "password": "nije ova lozinka", "code": "123456"}
    answers = [
        (await stranger.client.post("/sign-in", data={**stranger.form("/sign-in").fields, **wrong})).status_code
        for _ in range(9)
    ]
    assert 429 in answers
    assert [line.act for line in house.vault.record.of(VUK.id, most=2).lines] == [SignInAct.PAUSED, SignInAct.SIGNED_IN]
