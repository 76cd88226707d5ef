"""The office's own pages: providers, people, calendars, absences, settings, health. One house for all of them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from domain.attendance.state import Presence
from domain.provider.codes import ProviderStatus
from domain.rights.member import Post
from projections.attendance.queries import attendance
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.office import Office, RelayLag, Signed
from staff.visit import PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.house import NOW, House, opened
from tests.staff.office import furnish_office
from tests.staff.paper import Paper, Worker
from tests.staff.upkeep import QuietUpkeep
from vault.staff import StaffMember
from worker.demo.providers import CLINIC, CONSULATE
from worker.demo.staff import DUNJA, FILIP, JASNA, LUKA, MILA, OGNJEN, TEODORA, VERA, VUK, ZORA

EN = Words(Locale.ENGLISH)
ORIGIN = "http://127.0.0.1"


@pytest.fixture(scope="module")
def house(database_factory: DatabaseFactory) -> Iterator[House]:
    """One for all tests here, without a caseload: each changes somebody, or something, of its own."""
    log, vault = database_factory.create(), database_factory.create()
    furnish_office(log, vault)
    with opened(log, vault) as house:
        yield house
    database_factory.drop(log)
    database_factory.drop(vault)


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


async def at_work(browser: httpx.AsyncClient, who: StaffMember) -> Worker:
    """As this person, in English."""
    browser.cookies.set(PERSON_COOKIE, str(who.id))
    return await Worker(browser).speak("en")


def office(house: House) -> Office:
    found: Office = house.app.state.parts.office
    return found


def account(house: House, who: UUID) -> StaffMember:
    found = office(house).people.find(who)
    assert found is not None
    return found


async def saved(worker: Worker, path: str, **entries: str) -> httpx.Response:
    """Fills a sheet in, looks at what it would do, and saves."""
    form = (await worker.read(path)).form
    checked = await worker.send(path, form, **entries, intent="check")
    assert checked.status_code == 200, checked.text
    return await worker.send(path, Paper(checked.text).form, intent="save")


# ---------------------------------------------------------------------------------------------------------- providers
async def test_the_directory_is_filtered_and_shows_who_gives_what(house: House, browser: httpx.AsyncClient) -> None:
    """Names are opened for display; an unknown entry is no page."""
    worker = await at_work(browser, MILA)
    everybody = (await worker.read("/providers")).foreign
    assert {"Klinika Izmišljena", "Casa Exemplu"} <= set(everybody)
    there = (await worker.read("/providers?country=MD")).foreign
    assert "Casa Exemplu" in there
    assert "Klinika Izmišljena" not in there
    assert "Klinika Izmišljena" in (await worker.read("/providers?service=general-examination")).foreign
    one = await worker.read(f"/providers/{CONSULATE}")
    assert {"Konzulat", "za primer"} <= set(one.foreign)
    await worker.read(f"/providers/{uuid4()}", 404)


async def test_a_provider_is_listed_changed_and_taken_out(house: House, browser: httpx.AsyncClient) -> None:
    """Saved once however often the button is pressed; texts are sealed; a text that is taken back is gone."""
    worker = await at_work(browser, MILA)
    begun = (await browser.get("/providers/new")).headers["location"]
    provider = UUID(begun.split("/")[2])
    form = (await worker.read(begun)).form
    assert (await worker.send(begun, form, name="", kind="shelter")).status_code == 422
    entries = {"name": "Kuća Izmišljena", "kind": "shelter", "reach": "Ulica 1, Niš\n+381 60 000", "capacity": "dve"}
    services = {"services-longer-term-housing": "on", "languages-sq": "on"}
    checked = await worker.send(begun, form, **entries, **services, intent="check")
    assert "Kuća Izmišljena" in checked.text
    first = await worker.send(begun, Paper(checked.text).form, intent="save")
    second = await worker.send(begun, Paper(checked.text).form, intent="save")
    assert first.headers["location"] == second.headers["location"] == f"/providers/{provider}?said=saved"
    shown = (await browser.get(f"/providers/{provider}")).text
    assert all(text in shown for text in ("Kuća Izmišljena", "+381 60 000", "Albanian", "Serbia"))
    changing = f"/providers/{provider}/change"
    assert (await saved(worker, changing, capacity="", country="ME")).headers["location"].endswith("said=saved")
    entry = office(house).providers.find(provider)
    assert entry is not None
    assert (entry.state.country, entry.capacity, entry.state.version) == ("ME", "–", 2)
    assert entry.identity == "Kuća Izmišljena\nUlica 1, Niš\n+381 60 000"
    assert (await saved(worker, f"/providers/{provider}/deactivate", reason="no-capacity")).status_code == 303
    assert "Kuća Izmišljena" not in (await worker.read("/providers")).foreign
    assert "Kuća Izmišljena" in (await worker.read("/providers?status=all")).foreign
    back = (await worker.read(f"/providers/{provider}/reactivate")).form
    assert (await worker.send(f"/providers/{provider}/reactivate", back, intent="save")).status_code == 303
    entry = office(house).providers.find(provider)
    assert entry is not None
    assert entry.state.status is ProviderStatus.ACTIVE


async def test_who_was_not_first_sees_what_is_recorded_now(house: House, browser: httpx.AsyncClient) -> None:
    """Nothing is overwritten; what was typed stays, and the next try goes on from there."""
    worker, path = await at_work(browser, MILA), f"/providers/{CLINIC}/change"
    late = (await worker.read(path)).form
    assert (await saved(worker, path, reach="Prva adresa")).status_code == 303
    refused = await worker.send(path, late, reach="Druga adresa", intent="save")
    assert refused.status_code == 409
    assert "Prva adresa" in refused.text
    again = Paper(refused.text).form
    assert again.fields["reach"].strip() == "Druga adresa"
    assert again.fields["command_id"] != late.fields["command_id"]
    assert (await worker.send(path, again, intent="save")).status_code == 303
    entry = office(house).providers.find(CLINIC)
    assert entry is not None
    assert (entry.identity or "").endswith("Druga adresa")


async def test_the_directory_is_kept_by_whose_it_is(browser: httpx.AsyncClient) -> None:
    """A lawyer reads it, an analyst does not; neither changes it."""
    lawyer = await at_work(browser, OGNJEN)
    assert EN("providers.list") not in (await lawyer.read("/providers")).text
    await lawyer.read(f"/providers/{CLINIC}/change", 403)
    await (await at_work(browser, FILIP)).read("/providers", 403)


# ------------------------------------------------------------------------------------------------------------- people
async def test_a_person_is_added_once_and_changed_with_who_and_when(house: House, browser: httpx.AsyncClient) -> None:
    """Roles as posts; an address belongs to one person; the log says from what to what."""
    worker = await at_work(browser, ZORA)
    begun = (await browser.get("/admin/people/new")).headers["location"]
    staff = UUID(begun.split("/")[3])
    form = (await worker.read(begun)).form
    taken = {"name": "Iva Novaković", "email": MILA.email.upper(), "roles-driver": "on"}
    refused = await worker.send(begun, form, **taken, intent="save")
    assert (refused.status_code, EN("people.fault.email-taken") in refused.text) == (422, True)
    entries = {"name": "Iva Novaković", "email": "iva@example.org", "roles-driver": "on", "locale": "sr-Cyrl"}
    checked = Paper((await worker.send(begun, form, **entries, intent="check")).text).form
    answers = await asyncio.gather(*(worker.send(begun, checked, intent="save") for _ in range(3)))
    assert {answer.status_code for answer in answers} == {303}
    assert account(house, staff).roles == {"driver"}
    path = f"/admin/people/{staff}/change"
    assert (await saved(worker, path, name="Iva Novak", **{"roles-mobile-team": "on"})).status_code == 303
    assert account(house, staff).roles == {"driver", "mobile-team"}
    changed, added = office(house).people.changes(staff)
    assert (changed.actor, changed.before["name"], changed.after["name"]) == (ZORA.id, "Iva Novaković", "Iva Novak")
    shown = (await worker.read(f"/admin/people/{staff}")).text
    assert "Iva Novaković → Iva Novak" in shown
    assert added.kind.value == "added"
    (await worker.read(f"/admin/people?role={Post.DRIVER.value}")).text.index("Iva Novak")


async def test_two_administrators_at_once_overwrite_nothing(house: House, browser: httpx.AsyncClient) -> None:
    """The second sees what the first has saved."""
    worker, path = await at_work(browser, ZORA), f"/admin/people/{TEODORA.id}/change"
    late = (await worker.read(path)).form
    assert (await saved(worker, path, email="teodora.prva@example.org")).status_code == 303
    for intent in ("check", "save"):
        refused = await worker.send(path, late, email="teodora.druga@example.org", intent=intent)
        assert refused.status_code == 409
        assert "teodora.prva@example.org" in refused.text
    assert account(house, TEODORA.id).email == "teodora.prva@example.org"
    again = Paper(refused.text).form
    assert (await worker.send(path, again, intent="save")).status_code == 303
    assert account(house, TEODORA.id).email == "teodora.druga@example.org"


async def test_nobody_gives_themselves_roles(house: House, browser: httpx.AsyncClient) -> None:
    """Their name they may change."""
    worker, path = await at_work(browser, ZORA), f"/admin/people/{ZORA.id}/change"
    form = (await worker.read(path)).form
    refused = await worker.send(path, form, **{"roles-supervisor": "on"}, intent="save")
    assert (refused.status_code, EN("people.fault.own-roles") in refused.text) == (422, True)
    assert account(house, ZORA.id).roles == {"administrator"}
    assert (await worker.send(path, form, name="Zora Ključić Nova", intent="save")).status_code == 303


async def test_administration_is_not_for_everybody(browser: httpx.AsyncClient) -> None:
    """Not for supervisors either; and a form without our token changes nothing."""
    supervisor = await at_work(browser, VERA)
    for path in ("/admin", "/admin/people", "/admin/feeds", "/admin/health", f"/admin/people/{MILA.id}"):
        await supervisor.read(path, 403)
    await supervisor.read(f"/admin/people/{MILA.id}/change", 403)
    await supervisor.read(f"/admin/people/{MILA.id}/calendar", 403)
    administrator, path = await at_work(browser, ZORA), f"/admin/people/{LUKA.id}/change"
    form = (await administrator.read(path)).form
    assert (await administrator.send(path, form, token="", intent="save")).status_code == 403


async def test_no_page_of_administration_names_a_case(browser: httpx.AsyncClient) -> None:
    """No code of a journey, a contact or a mission."""
    worker = await at_work(browser, ZORA)
    for path in ("/admin", "/admin/people", f"/admin/people/{MILA.id}", "/admin/feeds", "/admin/health"):
        assert not re.search(r"\b(PK|PB|PM)-[0-9A-Z]{4}", (await worker.read(path)).text), path


# ---------------------------------------------------------------------------------------------------------- calendars
async def test_a_calendar_is_shown_once_and_closed(house: House, browser: httpx.AsyncClient) -> None:
    """By whose it is or by an administrator; nobody else's is reached from my settings."""
    worker = await at_work(browser, OGNJEN)
    form = (await worker.read("/me/calendar")).form
    made = await worker.send("/me/calendar", form, days="30", intent="save")
    token = re.search(r"/calendar/([\w-]{43})\.ics", made.text)
    assert token is not None
    assert house.feeds.holder(token[1]) == OGNJEN.id
    twice = await worker.send("/me/calendar", form, days="30", intent="save")
    assert "/calendar/" not in "".join(Paper(twice.text).foreign)
    assert EN("feeds.made-before") in Paper(twice.text).text
    (feed,) = house.feeds.of(OGNJEN.id)
    assert token[1] not in (await browser.get("/me")).text
    await (await at_work(browser, LUKA)).read(f"/me/calendar/{feed.id}", 404)
    administrator, path = await at_work(browser, ZORA), f"/admin/people/{OGNJEN.id}/calendar/{feed.id}"
    assert OGNJEN.name in (await administrator.read("/admin/feeds")).text
    closing = (await administrator.read(path)).form
    assert (await administrator.send(path, closing, intent="save")).status_code == 303
    assert house.feeds.holder(token[1]) is None
    assert [change.actor for change in office(house).people.changes(OGNJEN.id)] == [ZORA.id, OGNJEN.id]


# -------------------------------------------------------------------------------------------------------- my settings
async def test_everybody_says_how_they_want_to_be_reached(house: House, browser: httpx.AsyncClient) -> None:
    """Hours, pace, telephone, language; the number is one that can be called."""
    worker, path = await at_work(browser, JASNA), "/me/settings"
    form = (await worker.read(path)).form
    for wrong in ({"channel": "sms"}, {"channel": "sms", "phone": "060 000"}, {"until": ""}, {"digest": "25:00"}):
        assert (await worker.send(path, form, **wrong, intent="save")).status_code == 422, wrong
    entries = {"channel": "sms", "phone": "+381 60 000-0000", "pace": "each", "from": "22:00", "until": "06:30"}
    assert (await saved(worker, path, **entries)).headers["location"] == "/me?said=saved"
    kept = account(house, JASNA.id).preferences
    assert (kept.phone, kept.pace.value, kept.quiet_until and kept.quiet_until.hour) == ("+381600000000", "each", 6)
    assert (await worker.send(path, form, digest="09:00", intent="save")).status_code == 409
    assert (await saved(worker, "/me/language", locale="en")).status_code == 303
    assert account(house, JASNA.id).locale == "en"
    assert account(house, JASNA.id).preferences == kept


# ----------------------------------------------------------------------------------------------------------- absences
def presence(house: House, staff: UUID) -> Presence:
    (row,) = attendance(house.reader, staff)
    return row.presence_at(house.log.now())


async def test_one_s_own_absence_is_planned_and_taken_back(house: House, browser: httpx.AsyncClient) -> None:
    """Also by somebody of whom nothing was recorded yet; nobody else's."""
    worker, path = await at_work(browser, JASNA), f"/team/{JASNA.id}/plan-absence"
    first, last = NOW.date() + timedelta(days=10), NOW.date() + timedelta(days=12)
    days = {"first": first.isoformat(), "last": last.isoformat(), "cover": str(MILA.id)}
    form = (await worker.read(path)).form
    assert (await worker.send(path, form, intent="check")).status_code == 422
    checked = await worker.send(path, form, **days, intent="check")
    assert MILA.name in checked.text
    assert (await worker.send(path, Paper(checked.text).form, intent="save")).status_code == 303
    (row,) = attendance(house.reader, JASNA.id)
    (absence,) = row.absences
    assert (absence.first_day, absence.last_day, absence.cover) == (first, last, MILA.id)
    overlapping = await worker.send(path, (await worker.read(path)).form, **days, intent="check")
    assert overlapping.status_code == 409
    cancelling = f"/team/{JASNA.id}/cancel-absence/{absence.number}"
    assert (await worker.send(cancelling, (await worker.read(cancelling)).form, intent="save")).status_code == 303
    assert attendance(house.reader, JASNA.id)[0].absences == ()
    await worker.read(f"/team/{MILA.id}", 403)
    await worker.read(f"/team/{JASNA.id}/leave", 403)


async def test_a_supervisor_ends_an_absence_and_records_who_leaves(house: House, browser: httpx.AsyncClient) -> None:
    """With successors by role; and takes it back."""
    worker = await at_work(browser, VERA)
    assert f"/team/{DUNJA.id}" in (await browser.get("/supervision")).text
    (row,) = attendance(house.reader, DUNJA.id)
    path = f"/team/{DUNJA.id}/come-back/{row.ahead(house.log.now())[0].number}"
    assert (await saved(worker, path)).status_code == 303
    assert presence(house, DUNJA.id) is Presence.HERE
    leaving = f"/team/{VUK.id}/leave"
    assert (await worker.send(leaving, (await worker.read(leaving)).form, intent="check")).status_code == 422
    left = await saved(worker, leaving, rest=str(MILA.id), **{"as-caseworker": str(DUNJA.id)})
    assert left.status_code == 303
    assert presence(house, VUK.id) is Presence.LEFT
    page = await browser.get(f"/team/{VUK.id}")
    assert "/supervision/handovers/" in page.text
    back = f"/team/{VUK.id}/rejoin"
    assert (await worker.send(back, (await worker.read(back)).form, intent="save")).status_code == 303
    assert presence(house, VUK.id) is Presence.HERE


# ------------------------------------------------------------------------------------------------------------- health
async def test_what_is_ill_stands_first_with_what_to_do(
    house: House, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parts behind are asked anew each time; a part that is away is told as that."""
    worker = await at_work(browser, ZORA)
    upkeep = office(house).upkeep
    assert isinstance(upkeep, QuietUpkeep)
    well = (await worker.read("/admin/health")).text
    assert EN("upkeep.signed.well") in well
    assert EN("upkeep.temporal.away") not in well
    monkeypatch.setattr(upkeep, "workflows", None)
    monkeypatch.setattr(upkeep, "lag", RelayLag(7, None))
    monkeypatch.setattr(upkeep, "heads", Signed(False, 0, 0.0))
    ill = (await worker.read("/admin/health")).text
    for key in ("upkeep.temporal.away-do", "upkeep.signed.broken"):
        assert ill.index(EN(key)) < ill.index(EN("upkeep.backup.elsewhere"))
    assert EN.count("upkeep.relay.behind", 7) in ill


# ----------------------------------------------------------------------------------------------------------- over HTTP
def as_(who: StaffMember) -> dict[str, str]:
    """A request of this person, with a key made once."""
    return {"X-Putokaz-Person": str(who.id), "Idempotency-Key": str(uuid4())}


async def test_accounts_are_kept_over_http_with_the_same_care(house: House, browser: httpx.AsyncClient) -> None:
    """Added once for a key, nothing overwritten unseen, no role that nobody knows; not by everybody."""
    place = f"/api/v1/people/{uuid4()}"
    body = {"name": "Una Novaković", "email": "una@example.org", "roles": ["analyst"], "locale": "en"}
    assert (await browser.put(place, json=body, headers=as_(VERA))).status_code == 403
    key = as_(ZORA)
    for changed in (True, False):
        answer = await browser.put(place, json=body, headers=key)
        assert (answer.status_code, answer.json()["changed"]) == (200, changed), answer.text
    twice = await browser.put(place, json=body, headers=as_(ZORA))
    assert (twice.status_code, twice.json()["problems"]) == (409, ["exists"])
    unheard = await browser.put(place, json=body | {"roles": ["queen"]}, headers=as_(ZORA))
    assert unheard.status_code == 422
    seen = (await browser.get(place, headers=as_(ZORA))).json()["version"]
    renamed = body | {"name": "Una Nova", "seen": seen}
    assert (await browser.put(place, json=renamed, headers=as_(ZORA))).json()["changed"]
    late = await browser.put(place, json=body | {"seen": seen}, headers=as_(ZORA))
    assert (late.status_code, late.json()["type"]) == (409, "urn:putokaz:problem:person-changed")
    newest = (await browser.get("/api/v1/people/changes?limit=1", headers=as_(ZORA))).json()[0]
    assert (newest["actor"], newest["after"]) == (str(ZORA.id), {"name": "Una Nova"})
    assert (await browser.get("/api/v1/people", headers=as_(MILA))).status_code == 403
    assert "Una Nova" in {row["name"] for row in (await browser.get("/api/v1/people", headers=as_(ZORA))).json()}


async def test_one_s_own_calendar_and_settings_are_kept_over_http(house: House, browser: httpx.AsyncClient) -> None:
    """One's own only; an address is answered once."""
    place, key = f"/api/v1/people/{LUKA.id}", as_(LUKA)
    assert (await browser.get(place, headers=as_(MILA))).status_code == 403
    seen = (await browser.get(place, headers=key)).json()["settings_version"]
    settings = {"digest_at": "10:15", "quiet_from": None, "quiet_until": None, "seen": seen}
    assert (await browser.put(f"{place}/settings", json=settings, headers=as_(ZORA))).status_code == 403
    assert (await browser.put(f"{place}/settings", json=settings, headers=key)).json()["changed"]
    assert account(house, LUKA.id).preferences.quiet_from is None
    assert (await browser.put(f"{place}/settings", json=settings, headers=as_(LUKA))).status_code == 409
    key = as_(LUKA)
    made = await browser.post(f"{place}/calendars", json={"days": 30}, headers=key)
    token = made.json()["address"].rpartition("/")[2].removesuffix(".ics")
    assert (made.status_code, house.feeds.holder(token)) == (201, LUKA.id)
    assert (await browser.post(f"{place}/calendars", json={"days": 30}, headers=key)).status_code == 409
    (feed,) = (await browser.get(f"{place}/calendars", headers=as_(LUKA))).json()
    assert feed["open"]
    assert token not in str(feed)
    assert (await browser.delete(f"{place}/calendars/{feed['id']}", headers=as_(MILA))).status_code == 403
    assert (await browser.delete(f"{place}/calendars/{feed['id']}", headers=as_(ZORA))).json()["changed"]
    assert house.feeds.holder(token) is None


async def test_the_directory_is_read_over_http(browser: httpx.AsyncClient) -> None:
    """By who may read it."""
    rows = (await browser.get("/api/v1/providers", headers=as_(MILA))).json()
    assert "Poliklinika Primer" in {row["identity"] for row in rows}
    one = (await browser.get(f"/api/v1/providers/{CONSULATE}", headers=as_(MILA))).json()
    assert (one["identity"], one["provider_kind"], one["status"]) == ("Konzulat, za primer", "consulate", "active")
    assert (await browser.get(f"/api/v1/providers/{uuid4()}", headers=as_(MILA))).status_code == 404
    assert (await browser.get("/api/v1/providers", headers=as_(FILIP))).status_code == 403
