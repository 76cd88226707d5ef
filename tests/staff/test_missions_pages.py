"""Field missions on the pages: mine first, one tap one command, an address for whom it is, a report with its draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

import httpx
import pytest

from domain.mission.kind import MISSION
from domain.mission.state import Mission, mission_stream
from domain.rights.member import Post
from projections.journey_list.queries import JourneyFilter, list_journeys
from projections.missions.queries import list_missions
from staff.forms.mission_action import MISSION_ACTIONS
from staff.i18n.locale import Locale
from staff.i18n.words import OFFICE_ZONE
from staff.visit import PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.house import House, opened, parts_at
from tests.staff.paper import Form, Paper, Worker, a_stalled_row
from tests.staff.test_languages import CYRILLIC, ENGLISH, LATIN_WORD, NAMES_OF_OURS
from vault.staff import StaffMember
from worker.demo.staff import LUKA, MILA, OGNJEN, STAFF, TEODORA, VERA, VUK
from worker.demo.tale import NAMESPACE

DRIVER = StaffMember(
    UUID("00000000-0000-4000-8000-00000000b001"),
    "Vozač Vožnjić",
    "vozac@example.org",
    frozenset({Post.DRIVER.value}),
    "sr-Latn",
)
OUT, TO_REPORT = uuid5(NAMESPACE, "mission-out-now"), uuid5(NAMESPACE, "mission-report-overdue")
DOOR, ADDRESS = "Улаз са дворишта", "Измишљена 17"


@pytest.fixture(scope="module")
def house(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """One for all: each test has a mission of its own. Somebody drives, and belongs to no team."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with parts_at(log, vault) as parts:
        parts.directory.put(DRIVER)
    with opened(log, vault) as house:
        yield house
    database_factory.drop(log)
    database_factory.drop(vault)


async def at_work(browser: httpx.AsyncClient, who: StaffMember) -> Worker:
    """Somebody in English, in a browser of theirs."""
    browser.cookies.set(PERSON_COOKIE, str(who.id))
    return await Worker(browser).speak("en")


def state(house: House, mission: UUID) -> Mission:
    """As the log has it."""
    found = MISSION.fold(house.log.load(mission_stream(mission)).history)
    assert found is not None
    return found


def version(house: House, mission: UUID) -> int:
    """How many events it has."""
    return state(house, mission).version


def button(page: Paper, word: str, value: str = "") -> Form:
    """The form of a big button."""
    return next(f for f in page.forms if f.action.endswith(f"/{word}") and value in (f.fields.get("word", ""), ""))


def at(name: str, instant: datetime) -> dict[str, str]:
    """A moment as somebody types it."""
    local = instant.astimezone(ZoneInfo(OFFICE_ZONE))
    return {f"{name}-day": local.date().isoformat(), f"{name}-time": f"{local:%H:%M}"}


def main(answer: httpx.Response) -> str:
    """A page without its header, which names everybody."""
    return answer.text.partition("<main")[2]


async def planned(house: House, browser: httpx.AsyncClient, days: int, *team: StaffMember) -> tuple[UUID, str]:
    """A mission that Vera plans by the form, for one client, the second one drives; and the client's code."""
    worker = await at_work(browser, VERA)
    rows = list_journeys(house.reader, JourneyFilter(), limit=50).rows
    row = next(row for row in rows if row.caseworker == VUK.id)
    leaves = house.log.now() + timedelta(days=days)
    entries = {f"team-{person.id}": "1" for person in team}
    entries |= at("departure", leaves) | at("back", leaves + timedelta(hours=4))
    entries |= at("ride-1-leaves", leaves) | at("ride-1-arrives", leaves + timedelta(hours=1))
    entries |= {"purpose": "home-visit", "lead": str(team[0].id), "supervisor": str(VERA.id), "case-1": row.code}
    entries |= {"ride-1-start": DOOR, "ride-1-end": ADDRESS, "ride-1-driver": str(team[1].id)}
    there = (await browser.get("/missions/new")).headers["location"]
    form = (await worker.read(there)).form
    answer = await worker.send(there, form, **entries)
    assert answer.status_code == 303, Paper(answer.text).text
    mission = UUID(there.split("/")[2])
    again = await worker.send(there, form, **entries)
    assert (again.status_code, version(house, mission)) == (303, 1)
    return mission, row.code


async def test_mine_come_first_and_nobody_sees_what_is_not_theirs(house: House, browser: httpx.AsyncClient) -> None:
    """Luka is out; Vera supervises all of them; a lawyer has nothing to do with any."""
    mine = (await (await at_work(browser, LUKA)).read("/missions")).text
    assert mine.index("My missions") < mine.index("Out now") < mine.index("To report") < mine.index("The rest")
    team = (await (await at_work(browser, VERA)).read("/missions")).text
    assert team.index("You are on no mission") < team.index("The rest of the team") < team.index("Out now")
    none = (await (await at_work(browser, OGNJEN)).read("/missions")).text
    assert "Out now" not in none
    over = (await (await at_work(browser, VERA)).read("/missions?ended=1")).text
    assert "reported" in over
    assert "called off" in over


async def test_a_tap_is_one_command_however_often(house: House, browser: httpx.AsyncClient) -> None:
    """Twice, and once more after the answer was lost: one check-in. Help rings until the team says that it is well."""
    worker = await at_work(browser, LUKA)
    page = await worker.read(f"/missions/{OUT}")
    tap, before = button(page, "check-in", "all-well"), version(house, OUT)
    house.desk.lose = True
    assert (await worker.send(tap.action, tap)).status_code == 503
    house.desk.lose = False
    assert [(await worker.send(tap.action, tap)).status_code for _ in range(2)] == [303, 303]
    assert version(house, OUT) == before + 1
    help_ = button(await worker.read(f"/missions/{OUT}"), "check-in", "help")
    assert (await worker.send(help_.action, help_)).status_code == 303
    assert state(house, OUT).alarm is not None
    assert "alarm" in (await worker.read(f"/missions/{OUT}")).text
    well = button(await worker.read(f"/missions/{OUT}"), "check-in", "all-well")
    await worker.send(well.action, well)
    assert state(house, OUT).alarm is None


async def test_a_mission_from_the_plan_to_the_corrected_report(house: House, browser: httpx.AsyncClient) -> None:
    """By forms alone: nobody leaves unchecked; what another changed is shown; the report says what it must."""
    mission, code = await planned(house, browser, 1, MILA, TEODORA)
    here = f"/missions/{mission}"
    worker = await at_work(browser, MILA)
    page = await worker.read(here)
    assert not [form for form in page.forms if form.action.endswith("/depart")]
    questions = (await worker.read(f"{here}/check-risk")).form
    unanswered = await worker.send(f"{here}/check-risk", questions)
    assert unanswered.status_code == 422
    rules = house.desk.pathway(state(house, mission).pin).missions
    assert rules is not None
    answers = {f"risk-{q.question}": q.clear for q in rules.risk_check}
    assert (await worker.send(f"{here}/check-risk", questions, **answers)).status_code == 303
    leaving = button(await worker.read(here), "depart")
    boss = await at_work(browser, VERA)
    moved = (await boss.read(f"{here}/move")).form
    later = at("departure", state(house, mission).plan.departure + timedelta(minutes=30))
    assert (await boss.send(f"{here}/move", moved, **later)).status_code == 303
    stale = await (await at_work(browser, MILA)).send(f"{here}/depart", leaving)
    assert stale.status_code == 409
    assert "It was moved" in Paper(stale.text).text
    leaving = Paper(stale.text).form
    assert (await worker.send(f"{here}/depart", leaving)).status_code == 303
    too_early = await worker.client.get(f"{here}/report")
    assert too_early.status_code == 403 or "not back yet" in too_early.text
    back = button(await worker.read(here), "return")
    assert (await worker.send(back.action, back)).status_code == 303
    form = (await worker.read(f"{here}/report")).form
    visit = {"outcome-0": "done", "met-0": "client", "housing-0": "adequate", "safety-0": "no-concern"}
    told = visit | {"wellbeing-0": "stable", "needs-0-heating": "1", "note-0": "Све је у реду.", "kilometres": "1.048"}
    wrong = await worker.send(f"{here}/report", form, **visit, **{"cost-fuel": "много"})
    assert wrong.status_code == 422
    assert "Enter the amount like this" in Paper(wrong.text).text
    told |= {"cost-fuel": "5.230,50"}
    assert (await worker.send(f"{here}/report", form, **told)).headers["location"].startswith("/missions?said=saved")
    assert (await worker.send(f"{here}/report", form, **told)).status_code == 303
    reported = state(house, mission)
    assert reported.costs is not None
    assert (str(reported.costs.rsd), reported.costs.kilometres) == ("5230.50", 1048)
    assert (await browser.get(here)).status_code == 403
    boss = await at_work(browser, VERA)
    page = await boss.read(here)
    assert (code in page.text, "Све је у реду." in " ".join(page.foreign)) == (True, True)
    correction = (await boss.read(f"{here}/correct-report")).form
    assert (correction.fields["note-0"], correction.fields["cost-fuel"]) == ("Све је у реду.", "5230.50")
    assert (await boss.send(f"{here}/correct-report", correction, kilometres="52")).status_code == 303
    corrected = state(house, mission).costs
    assert corrected is not None
    assert corrected.kilometres == 52


async def test_an_address_is_shown_to_whom_it_belongs(house: House, browser: httpx.AsyncClient) -> None:
    """The crew always; the driver for the time of the ride, and nothing else of the mission; a lawyer never."""
    mission, code = await planned(house, browser, 3, MILA, DRIVER)
    here = f"/missions/{mission}"
    stored = house.log.load(mission_stream(mission)).history[0].event.model_dump_json()
    assert ADDRESS not in stored
    assert ADDRESS in " ".join((await (await at_work(browser, MILA)).read(here)).foreign)
    driver = await at_work(browser, DRIVER)
    narrow = main(await browser.get(here))
    assert "Your ride" in narrow
    assert not any(word in narrow for word in (ADDRESS, code, "Home visit", MILA.name, VERA.name))
    listed = await driver.read("/missions")
    assert "Your ride" in listed.text
    assert "Home visit" not in listed.text
    for word in ("report", "change-crew", "check-in", "cancel"):
        assert (await browser.get(f"{here}/{word}")).status_code == 403
    before = house.log.now()
    house.log.set_clock(state(house, mission).plan.legs[0].departs_at - timedelta(minutes=20))
    assert ADDRESS in " ".join((await driver.read(here)).foreign)
    house.log.set_clock(before)
    await at_work(browser, OGNJEN)
    answers = [await browser.get(path) for path in (here, f"/missions/{uuid4()}")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].text == answers[1].text


async def test_who_is_busy_is_named_and_nothing_typed_is_lost(house: House, browser: httpx.AsyncClient) -> None:
    """Luka is out until the evening."""
    worker = await at_work(browser, VERA)
    there = (await browser.get("/missions/new")).headers["location"]
    form = (await worker.read(there)).form
    leaves = house.log.now() + timedelta(minutes=10)
    entries = {f"team-{person.id}": "1" for person in (LUKA, MILA)} | {"purpose": "transport", "lead": str(MILA.id)}
    entries |= at("departure", leaves) | at("back", leaves + timedelta(hours=1)) | {"note": "Хитно је"}
    answer = await worker.send(there, form, **entries)
    assert answer.status_code == 409
    assert f"<strong>{LUKA.name}" in main(answer)
    again = Paper(answer.text).form
    assert again.fields["note"] == "Хитно је"
    assert again.fields["command_id"] != form.fields["command_id"]
    alone = await worker.send(there, again, **{f"team-{LUKA.id}": ""})
    assert alone.status_code == 422
    assert "at least two" in Paper(alone.text).text


async def test_a_draft_is_offered_to_who_typed_it_until_it_is_sent(house: House, browser: httpx.AsyncClient) -> None:
    """Kept by button and by script, under the id of its form; nobody else's; gone with the report, also afterwards."""
    here = f"/missions/{TO_REPORT}/report"
    worker = await at_work(browser, LUKA)
    form = (await worker.read(here)).form
    typed = {"note": "Вратили смо се раније", "outcome-0": "partly-done"}
    kept = await worker.send("/drafts", form, **typed)
    assert (kept.status_code, kept.headers["location"]) == (303, here)
    quiet = await worker.send("/drafts", form, **typed, quiet="1")
    assert re.fullmatch(r"Draft saved at \d\d:\d\d\.", quiet.text)
    page = await worker.read(here)
    assert "You have a draft: today at" in page.text
    assert page.form.fields["note"] == ""
    assert "You have a draft" not in (await (await at_work(browser, VERA)).read(f"{here}?draft=continue")).text
    worker = await at_work(browser, LUKA)
    goes_on = (await worker.read(f"{here}?draft=continue")).form
    assert (goes_on.fields["note"], goes_on.fields["outcome-0"]) == ("Вратили смо се раније", "partly-done")
    assert goes_on.fields["command_id"] == form.fields["command_id"]
    assert (await browser.post("/drafts", data={**form.fields, **typed, "token": "x"})).status_code == 403
    elsewhere = {**form.fields, "form": "//evil.example"}
    assert (await browser.post("/drafts", data=elsewhere)).status_code == 404
    assert (await worker.send(here, goes_on)).status_code == 303
    drafts = house.app.state.parts.drafts
    assert drafts.find(LUKA.id, here, now=house.log.now()) is None
    await worker.send("/drafts", form, **typed)
    assert drafts.find(LUKA.id, here, now=house.log.now()) is None


@pytest.mark.parametrize("locale", Locale)
async def test_every_page_of_missions_speaks_one_language(
    house: House, browser: httpx.AsyncClient, locale: Locale
) -> None:
    """As the team sees them, and as a supervisor does; what people typed, names and codes apart."""
    missions = list_missions(house.reader, limit=100).rows
    pages = ["/missions", "/missions?ended=1", *(f"/missions/{row.mission}" for row in missions)]
    pages += [f"/missions/{row.mission}/{word}" for row in missions[:4] for word in MISSION_ACTIONS]
    names = sorted((part for p in house.desk.staff() for part in p.name.split()), key=len, reverse=True)
    for who in (LUKA, VERA):
        await (await at_work(browser, who)).speak(locale.value)
        for path in pages:
            answer = await browser.get(path)
            assert answer.status_code in {200, 403, 409}, path
            text = Paper(answer.text).text
            for name in (*names, *NAMES_OF_OURS):
                text = text.replace(name, "")
            text = re.sub(r"P[KVZMSD]-?[0-9A-Z]*", "", text)
            if locale is Locale.SERBIAN_CYRILLIC:
                assert not LATIN_WORD.findall(text), path
            else:
                assert not CYRILLIC.findall(text), path
            if locale is Locale.SERBIAN_LATIN:
                assert not ENGLISH.findall(text), path


async def test_a_program_keeps_drafts_of_its_person_alone(house: House, browser: httpx.AsyncClient) -> None:
    """Kept, read, deleted; of an address that is no form there are none."""
    form, id_ = f"/missions/{OUT}/check-in", str(uuid4())
    luka, vera = ({"X-Putokaz-Person": str(person.id)} for person in (LUKA, VERA))
    body = {"form": form, "command_id": id_, "texts": {"note": "Гужва"}}
    assert (await browser.put("/api/v1/drafts", json=body, headers=luka)).json()["kept"] is True
    found = await browser.get("/api/v1/drafts", params={"form": form}, headers=luka)
    assert (found.json()["texts"], found.json()["command_id"]) == (body["texts"], id_)
    assert (await browser.get("/api/v1/drafts", params={"form": form}, headers=vera)).status_code == 404
    here = {"form": form, "command_id": id_}
    assert (await browser.delete("/api/v1/drafts", params=here, headers=luka)).status_code == 204
    assert (await browser.get("/api/v1/drafts", params={"form": form}, headers=luka)).status_code == 404
    assert (await browser.put("/api/v1/drafts", json=body, headers=luka)).json()["kept"] is False
    elsewhere = await browser.put("/api/v1/drafts", json=body | {"form": "/day"}, headers=luka)
    assert elsewhere.status_code == 422


async def test_the_form_of_a_step_has_a_draft_as_well(house: House, browser: httpx.AsyncClient) -> None:
    """It may be discarded; after 72 hours it is gone."""
    row = a_stalled_row(house)
    worker = await at_work(browser, next(person for person in STAFF if person.id == row.owner_staff))
    here = f"/journeys/{row.journey}/advance/{row.step}"
    form = (await worker.read(here)).form
    await worker.send("/drafts", form, note="Дуга белешка")
    page = await worker.read(here)
    assert "You have a draft" in page.text
    discard = next(f for f in page.forms if f.action == "/drafts/discard")
    assert (await worker.send("/drafts/discard", discard)).status_code == 303
    assert "You have a draft" not in (await worker.read(here)).text
    form = (await worker.read(here)).form
    await worker.send("/drafts", form, note="Дуга белешка")
    house.log.set_clock(house.log.now() + timedelta(hours=72))
    assert "You have a draft" not in (await worker.read(here)).text
