"""The hotline's screens as a person without scripts uses them: a call, what is owed by it, and who may see it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from domain.contact.state import contact_stream
from projections.contacts.queries import ContactFilter, ContactPage, list_contacts, one_contact
from projections.journey_list.queries import JourneyFilter, list_journeys
from staff.forms.contact_scene import CONTACT_ACTIONS
from staff.i18n.locale import Locale
from staff.visit import PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.conftest import ORIGIN
from tests.staff.house import House, opened
from tests.staff.paper import Paper, Worker
from tests.staff.test_languages import CYRILLIC, ENGLISH, LATIN_WORD, NAMES_OF_OURS
from vault.callers import LookKind
from vault.staff import StaffMember
from worker.demo.staff import JASNA, MILA, NADA, OGNJEN, VERA

NUMBER = "060 123 45 67"


@pytest.fixture(scope="module")
def hotline(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """One house for the module: every test logs calls of its own."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault) as house:
        yield house


@pytest.fixture
async def client(hotline: House) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=hotline.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


def working_as(client: httpx.AsyncClient, member: StaffMember) -> Worker:
    client.cookies.set(PERSON_COOKIE, str(member.id))
    return Worker(client)


async def call(worker: Worker, **entries: str) -> tuple[UUID, httpx.Response]:
    """Takes a call: the id that its form had, and the answer to saving."""
    there = (await worker.client.get("/contacts/new")).headers["location"]
    form = (await worker.read(there)).form
    answer = await worker.send(there, form, intent="save", **entries)
    return UUID(there.split("/")[2]), answer


def known(house: House, contact: UUID) -> ContactPage:
    found = one_contact(house.reader, contact)
    assert found is not None
    return found


async def act(worker: Worker, contact: UUID, word: str, **entries: str) -> httpx.Response:
    """Fills in the form of an action and saves it."""
    path = f"/contacts/{contact}/{word}"
    return await worker.send(path, (await worker.read(path)).form, intent="save", **entries)


async def test_who_calls_is_all_that_has_to_be_said(hotline: House, client: httpx.AsyncClient) -> None:
    """Everything else has a default; sent again, or by going back, it is the same call."""
    worker = working_as(client, JASNA)
    there = (await client.get("/contacts/new")).headers["location"]
    form = (await worker.read(there)).form
    first = await worker.send(there, form, intent="save", caller="silent")
    again = await worker.send(there, form, intent="save", caller="silent")
    contact = UUID(there.split("/")[2])
    assert first.headers["location"] == again.headers["location"] == f"/contacts/{contact}?said=saved"
    row = known(hotline, contact).row
    assert (row.caller, row.channel.value, row.dangers, row.open, row.version) == ("silent", "phone", 0, False, 1)
    assert (await client.get(there)).headers["location"] == f"/contacts/{contact}?said=nothing"
    assert "Nemi poziv" in (await worker.read(f"/contacts/{contact}")).text


async def test_what_was_typed_survives_a_fault_and_an_outage(hotline: House, client: httpx.AsyncClient) -> None:
    """A lost answer, then the same form again: one call, one number, one note."""
    worker = working_as(client, JASNA)
    contact, fault = await call(worker, note="Zove iz inostranstva", number="nema")
    assert fault.status_code == 422
    page = Paper(fault.text)
    assert page.form.fields["note"] == "Zove iz inostranstva"
    assert "Unesite broj telefona" in page.text
    path = f"/contacts/{contact}/log"
    entries = {"caller": "relative", "number": NUMBER, "may-call": "allowed", "promise": "me", "intent": "save"}
    hotline.desk.lose = True
    try:
        lost = await worker.send(path, page.form, **entries)
    finally:
        hotline.desk.lose = False
    assert lost.status_code == 503
    kept = Paper(lost.text).forms[-1]
    assert kept.fields["note"] == "Zove iz inostranstva"
    saved = await worker.send(path, kept, intent="save")
    assert saved.status_code == 303
    found = known(hotline, contact)
    assert (found.row.promises, found.details["promise"]["staff"]) == (1, str(JASNA.id))
    page = await worker.read(f"/contacts/{contact}")
    assert "Zove iz inostranstva" in " ".join(page.foreign)
    assert NUMBER.replace(" ", "")[1:] not in page.text
    assert "+381601234567" in (await worker.read(f"/contacts/{contact}?look=number")).text


async def test_a_call_for_an_agreed_time_is_promised_once(hotline: House, client: httpx.AsyncClient) -> None:
    """The second command has an id of the first; without permission to call nothing is recorded at all."""
    worker = working_as(client, JASNA)
    tomorrow = f"{hotline.log.now() + timedelta(days=1):%Y-%m-%d}"
    agreed = {"promise": "anyone", "until-day": tomorrow, "until-time": "15:30"}
    unsafe, answer = await call(worker, caller="relative", **agreed)
    assert answer.status_code == 422
    assert one_contact(hotline.reader, unsafe) is None
    path = f"/contacts/{unsafe}/log"
    form = Paper(answer.text).form
    entries = {"may-call": "allowed", "intent": "save"}
    for _ in range(2):
        assert (await worker.send(path, form, **entries)).status_code == 303
    found = known(hotline, unsafe)
    assert found.row.promises == 1
    assert found.details["promise"]["due_at"].startswith(f"{tomorrow}T14:30")


async def test_danger_comes_first_until_it_is_settled(hotline: House, client: httpx.AsyncClient) -> None:
    """What to do now, who has it by one press, how it ended; each of them only once."""
    worker = working_as(client, JASNA)
    contact, _ = await call(worker, caller="direct-help", danger="held")
    page = await worker.read(f"/contacts/{contact}")
    assert page.text.index("Šta sada") < page.text.index("Šta može da se uradi")
    assert "niko još nije preuzeo" in page.text
    listed = (await worker.read("/contacts?view=danger")).text
    assert page.text.split("Kontakt ")[1][:10] in listed
    take = next(f for f in page.forms if "staff" in f.fields)
    taken = await worker.send(take.action, take, intent="save")
    assert taken.headers["location"] == f"/contacts/{contact}?said=saved"
    assert known(hotline, contact).details["dangers"][0]["acknowledged_by"] == str(JASNA.id)
    other = working_as(client, NADA)
    late = await other.send(take.action, (await other.read(f"/contacts/{contact}/acknowledge/1")).form, intent="save")
    assert late.status_code == 409
    assert "Neko drugi je već preuzeo" in Paper(late.text).text
    assert (await act(other, contact, "settle/1", outcome="safe-now")).status_code == 303
    assert not known(hotline, contact).row.open


async def test_a_promised_call_is_tried_made_and_taken_back(hotline: House, client: httpx.AsyncClient) -> None:
    """Of two who record it at once the second sees what the first recorded; without permission there is no form."""
    worker = working_as(client, JASNA)
    contact, _ = await call(worker, caller="client", **{"may-call": "allowed", "promise": "anyone"})
    stale = (await worker.read(f"/contacts/{contact}/call")).form
    assert (await act(worker, contact, "call", outcome="not-reached")).status_code == 303
    beaten = await worker.send(f"/contacts/{contact}/call", stale, intent="save", outcome="made")
    assert beaten.status_code == 409
    assert "niko se nije javio" in Paper(beaten.text).text
    assert (await act(worker, contact, "release", reason="caller-asked")).status_code == 303
    assert (await act(worker, contact, "promise", who="me")).status_code == 303
    assert known(hotline, contact).details["promise"]["staff"] == str(JASNA.id)
    assert (await act(worker, contact, "safe-contact", **{"may-call": "refused"})).status_code == 303
    assert not known(hotline, contact).row.open
    blocked = await client.get(f"/contacts/{contact}/promise")
    assert blocked.status_code == 409
    assert "Ne zovite" in Paper(blocked.text).text


async def test_more_is_written_down_and_put_right(hotline: House, client: httpx.AsyncClient) -> None:
    """A note, a correction beside the mistake, a report: each previewed, and each in the history."""
    worker = working_as(client, JASNA)
    contact, _ = await call(worker, caller="relative", topic="legal")
    form = (await worker.read(f"/contacts/{contact}/note")).form
    preview = await worker.send(f"/contacts/{contact}/note", form, intent="check", note="Javila se i sestra")
    assert "Dodata beleška" in Paper(preview.text).text
    assert (await act(worker, contact, "note", note="Javila se i sestra")).status_code == 303
    assert (await act(worker, contact, "correct", **{"topics-health": "1", "caller": "client"})).status_code == 303
    assert (await act(worker, contact, "report", duty="child-in-danger")).status_code == 303
    row = known(hotline, contact).row
    assert (row.caller, row.topics, row.reports) == ("client", ("legal", "health"), 1)
    page = await worker.read(f"/contacts/{contact}")
    for said in ("Dodata beleška", "Ispravljeno", "Prijavljeno"):
        assert said in page.text
    assert "Javila se i sestra" in page.foreign
    nothing = await worker.send(f"/contacts/{contact}/note", form, intent="save", note="  ")
    assert nothing.status_code == 422


async def test_the_same_number_is_recognised_with_consent_only(client: httpx.AsyncClient, hotline: House) -> None:
    """And a code that was told finds its caller again."""
    worker = working_as(client, JASNA)
    first, _ = await call(worker, caller="client", number="+381 64 555 01 02", **{"wishes-code": "1"})
    code = known(hotline, first).row.known_as
    assert code is not None
    silent, refused = await call(worker, caller="client", number="0645550102")
    assert "look" not in refused.headers["location"]
    assert "Osoba nije pristala" in (await worker.read(f"/contacts/{silent}?look=earlier")).text
    third, answer = await call(
        worker, caller="client", number="064/555-0102", **{"wishes-recognise": "1", "known-as": code}
    )
    page = await worker.read(answer.headers["location"])
    assert known(hotline, first).row.code in page.text
    assert known(hotline, third).row.known_as == code
    _, unknown = await call(worker, caller="client", **{"known-as": "PB-0000000"})
    assert unknown.status_code == 422


async def test_a_call_becomes_a_case_or_belongs_to_one(hotline: House, client: httpx.AsyncClient) -> None:
    """Attached by its code, taken off again, and a case opened from it."""
    worker = working_as(client, JASNA)
    contact, _ = await call(worker, caller="direct-help")
    journey = list_journeys(hotline.reader, JourneyFilter(), limit=1).rows[0]
    assert (await act(worker, contact, "attach", journey="PK-0000000")).status_code == 422
    assert (await act(worker, contact, "attach", journey=journey.code)).status_code == 303
    assert [each["journey"] for each in known(hotline, contact).details["attachments"]] == [str(journey.journey)]
    assert (await act(worker, contact, f"detach/{journey.journey}")).status_code == 303
    assert (await act(worker, contact, "begin", caseworker=str(MILA.id))).status_code == 303
    assert [each["opened"] for each in known(hotline, contact).details["attachments"]] == [True]


async def test_nobody_sees_or_does_what_is_not_theirs(hotline: House, client: httpx.AsyncClient) -> None:
    """A lawyer nothing, a caseworker what her cases have, a supervisor everything; absent and foreign look the same."""
    worker = working_as(client, JASNA)
    contact, _ = await call(worker, caller="relative", danger="threat")
    working_as(client, OGNJEN)
    for path in ("/contacts", "/contacts/new", "/contacts/blank", f"/contacts/{contact}", f"/contacts/{uuid4()}"):
        assert (await client.get(path)).status_code == 403, path
    assert (await client.get(f"/api/v1/contacts/{contact}/history", headers=header(OGNJEN))).status_code == 403
    caseworker = working_as(client, MILA)
    assert (await client.get(f"/contacts/{contact}")).status_code == 403
    code = known(hotline, contact).row.code
    assert code not in (await caseworker.read("/contacts")).text
    assert code in (await working_as(client, VERA).read("/contacts")).text
    rights = hotline.app.state.parts.rights
    for member in (JASNA, NADA, MILA):
        client.cookies.set(PERSON_COOKIE, str(member.id))
        shown = re.findall(r'href="/contacts/([0-9a-f-]{36})"', (await client.get("/contacts")).text)
        for one in set(shown):
            assert type(rights.may(member.id, "read-contact", contact_stream(UUID(one)))).__name__ == "Allowed"
    settled = await act(working_as(client, VERA), contact, "settle/1", outcome="false-alarm")
    assert settled.status_code == 303


def header(member: StaffMember) -> dict[str, str]:
    return {"X-Putokaz-Person": str(member.id)}


async def test_counts_are_of_the_lists_and_the_api_agrees(hotline: House, client: httpx.AsyncClient) -> None:
    """Page by page every contact once; the chips count what they lead to."""
    worker = working_as(client, VERA)
    page = await worker.read("/contacts")
    opened_ones = (await client.get("/api/v1/contacts/open", params={"limit": 500}, headers=header(VERA))).json()
    assert f"Otvoreni {opened_ones['total']}" in page.text
    ranks = [(not one["row"]["dangers_open"], one["row"]["due_at"]) for one in opened_ones["rows"]]
    assert ranks == sorted(ranks)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        asked = {"limit": "7", **({"cursor": cursor} if cursor else {})}
        part = (await client.get("/api/v1/contacts/recent", params=asked, headers=header(VERA))).json()
        seen += [one["row"]["contact"] for one in part["rows"]]
        if (cursor := part["next"]) is None:
            break
    everything = list_contacts(hotline.reader, ContactFilter(), limit=500)
    assert len(seen) == len(set(seen)) == part["total"] == everything.total - opened_ones["total"]
    mine = (await client.get("/api/v1/contacts/open", params={"mine": True}, headers=header(JASNA))).json()
    assert {one["details"]["promise"]["staff"] for one in mine["rows"]} <= {str(JASNA.id)}


async def test_the_api_keeps_and_shows_a_number_as_the_pages_do(hotline: House, client: httpx.AsyncClient) -> None:
    """Refused where no call is safe, written down where it is shown."""
    contact, _ = await call(working_as(client, JASNA), caller="relative")
    path = f"/api/v1/contacts/{contact}/number"
    assert (await client.put(path, json={"number": "x"}, headers=header(JASNA))).status_code == 422
    assert (await client.put(path, json={"number": NUMBER}, headers=header(JASNA))).status_code == 204
    refused = (await client.get(path, headers=header(JASNA))).json()
    assert refused["refusal"]["code"] == "call-back-not-permitted"
    assert (await client.get(f"/api/v1/contacts/{contact}/repeats", headers=header(JASNA))).status_code == 409
    history = (await client.get(f"/api/v1/contacts/{contact}/history", headers=header(JASNA))).json()
    assert [each["topic"] for each in history] == ["contact.logged"]


async def test_the_hotline_begins_its_day_with_its_list(client: httpx.AsyncClient) -> None:
    """Choosing a consultant leads there; whoever else is chosen stays on the page."""
    form = next(f for f in (await Worker(client).read("/hearings")).forms if f.action == "/person")
    for member, there in ((JASNA, "/contacts"), (NADA, "/contacts"), (OGNJEN, "/hearings")):
        answer = await client.post("/person", data={**form.fields, "person": str(member.id)})
        assert answer.headers["location"] == there


@pytest.mark.parametrize("locale", Locale)
async def test_no_screen_leaks_another_language(hotline: House, client: httpx.AsyncClient, locale: Locale) -> None:
    """Every contact of the caseload and the form of every action, for a supervisor."""
    await working_as(client, VERA).speak(locale.value)
    contacts = list_contacts(hotline.reader, ContactFilter(), limit=500).rows
    told = next(row for row in contacts if row.dangers)
    base = f"/contacts/{told.contact}"
    forms = [f"{base}/{word}" + ("/1" if word in ("acknowledge", "settle") else "") for word in CONTACT_ACTIONS.known]
    lists = [
        "/contacts",
        *(f"/contacts?view={view}" for view in ("open", "danger", "mine", "recent")),
        "/contacts/blank",
    ]
    logs = [f"/contacts/{uuid4()}/log", f"{base}?look=number", f"{base}?look=earlier", f"/contacts/{uuid4()}"]
    names = {part for person in hotline.desk.staff() for part in person.name.split()} | NAMES_OF_OURS
    for path in [*lists, *logs, *forms, *(f"/contacts/{row.contact}" for row in contacts[:40])]:
        answer = await client.get(path)
        assert answer.status_code in {200, 404, 409}, (path, answer.status_code)
        text = Paper(answer.text).text
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        text = re.sub(r"P[KVZMSDB]-?[0-9A-Z]*", "", text)
        assert not (LATIN_WORD if locale is Locale.SERBIAN_CYRILLIC else CYRILLIC).findall(text), path
        assert "newer release" not in text
        if locale is Locale.SERBIAN_LATIN:
            assert not ENGLISH.findall(text), path


async def test_notes_about_safe_contact_are_shown_once_that_is_logged(
    hotline: House, client: httpx.AsyncClient
) -> None:
    """The history says that there is one; who asks is shown it, page and API alike, and who looked stands below."""
    worker = working_as(client, JASNA)
    contact, _ = await call(worker, caller="client", **{"may-call": "allowed"})
    note = "Samo kad je muž na poslu"
    assert (await act(worker, contact, "safe-contact", **{"may-call": "refused"}, note=note)).status_code == 303
    path, looks = f"/contacts/{contact}", hotline.app.state.parts.hotline.looks
    client.headers["x-putokaz-person"] = str(JASNA.id)
    assert note not in (await client.get(path)).text
    assert "na zahtev" in (await worker.read(path)).text
    assert note not in (await client.get(f"/api/v1{path}/history")).text
    assert looks(contact) == []
    assert note in " ".join((await worker.read(f"{path}?look=safe")).foreign)
    by_program = await client.post(f"/api/v1{path}/safe-contact/reveal")
    assert [said["note"] for said in by_program.json()] == [note]
    assert [(look.actor, look.what) for look in looks(contact)] == [(JASNA.id, LookKind.SAFE_CONTACT)] * 2
    with psycopg.connect(hotline.vault, autocommit=True) as owner:
        owner.execute("ALTER TABLE vault.caller_reads ADD CONSTRAINT shut CHECK (what <> 'safe-contact') NOT VALID")
        for answer in (await client.get(f"{path}?look=safe"), await client.post(f"/api/v1{path}/safe-contact/reveal")):
            assert (answer.status_code, note in answer.text) == (503, False)
        owner.execute("ALTER TABLE vault.caller_reads DROP CONSTRAINT shut")
    assert (await client.get(f"/api/v1{path}/looks")).status_code == 403
    above = working_as(client, VERA)
    client.headers["x-putokaz-person"] = str(VERA.id)
    assert "Ko je gledao" in (await above.read(path)).text
    assert [look["what"] for look in (await client.get(f"/api/v1{path}/looks")).json()] == ["safe-contact"] * 2
