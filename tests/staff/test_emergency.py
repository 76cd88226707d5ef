"""Emergency access on the pages and through the API: opened with words, open for an hour, reviewed by somebody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import httpx

from activities.entitlements import Entitlements
from domain.codes import ObligationKind, Phase, Role
from domain.journey.emergency.access import EmergencyAccessOpened
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial, Denied
from projections.journey_file.queries import file
from projections.my_day.queries import my_day
from staff.visit import PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.entrance import Colleague, guarded
from tests.staff.house import House
from tests.staff.paper import Worker, every_journey
from worker.demo.staff import NADA, VERA


def _strange_to(house: House, who: UUID) -> UUID:
    """An open journey of which this person is no part, and that nobody has opened in an emergency."""
    for journey in every_journey(house):
        found = file(house.reader, journey)
        assert found is not None
        is_hers = who in {row.staff for row in found.document.assigned}
        if found.header.phase is Phase.OPEN and not is_hers and not found.document.emergencies:
            return journey
    raise AssertionError("she is part of every open journey")


def _owed(house: House, who: UUID, journey: UUID) -> list[str]:
    day = my_day(house.reader, staff=who, roles=(Role.SUPERVISOR,), now=house.log.now(), today=house.log.now().date())
    return [row.part for row in day.rows if row.journey == journey and row.kind is ObligationKind.EMERGENCY_REVIEW]


async def test_it_is_opened_with_words_for_an_hour_and_reviewed_by_a_supervisor(
    house: House, browser: httpx.AsyncClient
) -> None:
    """Whoever is on call; she cannot review it herself, and after an hour it is closed to her again."""
    journey, rights = _strange_to(house, NADA.id), house.app.state.parts.rights
    assert isinstance(rights, Entitlements)
    path, stream = f"/journeys/{journey}", journey_stream(journey)
    assert rights.may(NADA.id, Action.READ_OVERVIEW, stream) == Denied(Denial.NOT_INVOLVED)
    browser.cookies.set(PERSON_COOKIE, str(NADA.id))
    nada = await Worker(browser).speak("en")
    form = (await nada.read(f"{path}/open-emergency-access")).form
    unsaid = await nada.send(f"{path}/open-emergency-access", form, reason="danger", note=" ", intent="save")
    assert unsaid.status_code == 422
    opened = await nada.send(
        f"{path}/open-emergency-access", form, reason="danger", note="Zove komšinica", intent="save"
    )
    assert opened.status_code == 303, opened.text
    assert rights.may(NADA.id, Action.READ_OVERVIEW, stream) == Allowed()
    assert rights.may(NADA.id, Action.ADVANCE_STEPS, stream) == Denied(Denial.EMERGENCY_READS_ONLY)
    assert "Emergency accesses" in (await nada.read(path)).text
    assert _owed(house, VERA.id, journey) == ["emergency-access:1"]

    headers = {"Idempotency-Key": str(uuid4()), "X-Putokaz-Person": str(NADA.id)}
    order = {"kind": "review-emergency-access", "body": {"number": 1, "finding": "justified"}}
    own = await browser.post(f"/api/v1/journeys/{journey}/commands", json=order, headers=headers)
    assert own.status_code in {403, 409}, own.text

    house.log.set_clock(house.log.now() + timedelta(minutes=61))
    assert rights.may(NADA.id, Action.READ_OVERVIEW, stream) == Denied(Denial.NOT_INVOLVED)
    browser.cookies.set(PERSON_COOKIE, str(VERA.id))
    vera = Worker(browser)
    form = (await vera.read(f"{path}/review-emergency-access/1")).form
    reviewed = await vera.send(f"{path}/review-emergency-access/1", form, finding="not-justified", intent="save")
    assert reviewed.status_code == 303, reviewed.text
    assert "it was not justified" in (await vera.read(path)).text
    assert not _owed(house, VERA.id, journey)


async def test_in_production_who_opens_a_case_proves_first_who_they_are(database_factory: DatabaseFactory) -> None:
    """Within the last five minutes: neither the form comes without, nor is anything recorded."""
    with guarded(database_factory) as house:
        vera = Colleague(VERA, house.browser(address="203.0.113.90"), house.clock)
        await vera.enrol_by_password(house.invite(VERA))
        journey = uuid4()
        order = {"pathway": "astra", "journey": str(journey)}
        headers = {"Idempotency-Key": str(uuid4())}
        opened = await vera.client.post("/api/v1/journeys", json=order, headers=headers)
        assert opened.status_code == 201, opened.text

        nada = Colleague(NADA, house.browser(address="203.0.113.91"), house.clock)
        await nada.enrol_by_password(house.invite(NADA))
        path = f"/journeys/{journey}/open-emergency-access"
        sent_away = await nada.client.get(path)
        assert (sent_away.status_code, sent_away.headers["location"][:13]) == (303, "/step-up?next")
        await nada.step_up()
        form = (await nada.read(path)).form
        said = {**form.fields, "reason": "danger", "note": "Zove komšinica", "intent": "save"}
        house.clock.ahead += timedelta(minutes=6)
        late = await nada.client.post(path, data=said)
        assert (late.status_code, late.headers["location"][:13]) == (303, "/step-up?next")
        found = house.house.desk.history(journey_stream(journey))
        assert not any(isinstance(each.event, EmergencyAccessOpened) for each in found)
        await nada.step_up()
        assert (await nada.client.post(path, data=said)).headers["location"].startswith(f"/journeys/{journey}")
        found = house.house.desk.history(journey_stream(journey))
        assert [each.actor for each in found if isinstance(each.event, EmergencyAccessOpened)] == [NADA.id]
