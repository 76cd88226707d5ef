"""Documents on pages and over HTTP: filed once, read by part, opened after a line in the log, withdrawn.

One house for all of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from domain.codes import Phase, Role
from domain.journey import Journey
from domain.journey.assignment import Assign
from domain.journey.document.codes import DocumentKind
from domain.journey.state import journey_stream
from projections.journey_file.model import JourneyFile
from projections.journey_file.queries import file
from staff.parts import Parts
from tests.fix_eventlog import as_role
from tests.fix_services import DatabaseFactory
from tests.staff.conftest import ORIGIN, acts_as
from tests.staff.house import House, opened, parts_at
from tests.staff.office_files import PDF, PNG, TEXT, office, packed
from tests.staff.paper import Paper, Worker
from vault.accesses import AccessKind, RevealPurpose
from vault.documents import Documents
from worker.demo.cast import CAST
from worker.demo.papers import PAPERS, file_papers
from worker.demo.staff import LUKA, MILA, OGNJEN, TEODORA, VERA
from worker.demo.tale import journey_id

MINE = journey_id("court-is-silent")
NEW = f"/journeys/{MINE}/documents/new"
LIST = f"/api/v1/journeys/{MINE}/documents"
NAME = "Milica Izmišljenović presuda.pdf"


@pytest.fixture(scope="module")
def house(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """One for the module: Mila's case, with a lawyer, a psychologist and somebody of the mobile team."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault) as house:
        for role, person in (
            (Role.CASEWORKER, MILA),
            (Role.LAWYER, OGNJEN),
            (Role.PSYCHOLOGIST, TEODORA),
            (Role.MOBILE_TEAM, LUKA),
        ):
            assign = Assign(role=role, staff=person.id)
            house.desk.record(MINE, assign, uuid4(), VERA.id)
        yield house
    database_factory.drop(log)
    database_factory.drop(vault)


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of Ognjen's, the lawyer's, in English."""
    transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        await Worker(client).speak("en")
        acts_as(client, OGNJEN.id)
        yield client


def rows_of(vault: str) -> tuple[int, int]:
    """How many uploads and pieces the vault holds."""
    with psycopg.connect(vault) as connection:
        uploads = connection.execute("SELECT count(*) FROM vault.documents").fetchone()
        pieces = connection.execute("SELECT count(*) FROM vault.document_pieces").fetchone()
    assert uploads is not None
    assert pieces is not None
    return uploads[0], pieces[0]


def the_file(house: House) -> JourneyFile:
    """As its read model has it."""
    found = file(house.reader, MINE)
    assert found is not None
    return found


async def entries(browser: httpx.AsyncClient, **typed: str) -> dict[str, str]:
    """What the form would send."""
    paper = Paper((await browser.get(NEW)).text)
    form = next(form for form in paper.forms if form.action == NEW)
    hidden = {name: value for name, value in form.fields.items() if name in ("token", "command_id")}
    return {**hidden, "part": "legal", "kind": "court-document", "name": "Presuda, prvi stepen", "dated": "", **typed}


async def sent(
    browser: httpx.AsyncClient, fields: dict[str, str], content: bytes = PDF, name: str = NAME
) -> httpx.Response:
    """The form with a file."""
    return await browser.post(NEW, data=fields, files={"file": (name, content, "text/html")})


async def over_http(
    browser: httpx.AsyncClient, content: bytes = PDF, key: UUID | None = None, /, **fields: str
) -> httpx.Response:
    """The same for a program."""
    told = {"part": "legal", "kind": "court-document", **fields}
    headers = {"Idempotency-Key": str(key or uuid4())}
    return await browser.post(LIST, data=told, files={"file": (NAME, content)}, headers=headers)


async def filed(browser: httpx.AsyncClient, content: bytes = PDF, **fields: str) -> str:
    """The id of a document that is there now."""
    answer = await over_http(browser, content, None, **fields)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["document"])


async def test_a_document_is_filed_listed_opened_and_in_the_timeline(house: House, browser: httpx.AsyncClient) -> None:
    """The whole way, with a form and no script; its name and title stand in no address and not in the log."""
    content = PDF + bytes(3 * 1024 * 1024)
    fields = await entries(browser, dated="2026-10-05")
    answer = await sent(browser, fields, content)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/journeys/{MINE}?said=saved"
    page = (await browser.get(f"/journeys/{MINE}")).text
    row = the_file(house).document.documents[0]
    assert f'href="/journeys/{MINE}/documents/{row.document}"' in page
    assert "Presuda, prvi stepen" in page
    assert "Document filed: court document" in page
    assert NAME not in page
    assert (row.kind, row.size, row.filed_by) == (DocumentKind.COURT_DOCUMENT, len(content), OGNJEN.id)
    parts: Parts = house.app.state.parts
    path, before = f"/journeys/{MINE}/documents/{row.document}", len(parts.identities.accesses(MINE))
    paper = Paper((await browser.get(path)).text)
    assert len(parts.identities.accesses(MINE)) == before
    form = next(form for form in paper.forms if form.action == path)
    token = {"token": form.fields["token"]}
    assert (await browser.post(path, data=token)).status_code == 422
    assert (await browser.post(path, data={**token, "purpose": "other"})).status_code == 422
    assert (await browser.post(path, data={"token": "wrong", "purpose": "contact"})).status_code == 403
    assert len(parts.identities.accesses(MINE)) == before
    shown = await browser.post(path, data={**token, "purpose": "proceedings"})
    assert shown.content == content
    line = parts.identities.accesses(MINE)[0]
    assert (line.actor, line.kind, line.documents, line.purpose) == (
        OGNJEN.id,
        AccessKind.DOCUMENT,
        frozenset({row.document}),
        RevealPurpose.PROCEEDINGS,
    )
    headers = shown.headers
    assert headers["content-disposition"] == f'attachment; filename="dokument-{str(row.document)[:8]}.pdf"'
    assert (headers["content-type"], headers["cache-control"]) == ("application/pdf", "no-store")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-length"] == str(len(content))
    named = await browser.post(path, data={**token, "purpose": "document", "with-name": "on"})
    assert "Milica%20Izmi%C5%A1ljenovi%C4%87%20presuda.pdf" in named.headers["content-disposition"]
    stored = "".join(repr(each.event) for each in house.desk.history(journey_stream(MINE)))
    assert not [word for word in ("Milica", "Presuda", sha256(content).hexdigest()) if word in stored]


async def test_the_line_is_in_the_log_before_the_first_byte(house: House, browser: httpx.AsyncClient) -> None:
    """Where the log takes no line, nothing is shown."""
    document = await filed(browser)
    with psycopg.connect(house.vault, autocommit=True) as connection:
        connection.execute("REVOKE EXECUTE ON FUNCTION vault.log_access FROM putokaz_vault")
        try:
            answer = await browser.post(f"{LIST}/{document}/open", json={"purpose": "proceedings"})
        finally:
            connection.execute("GRANT EXECUTE ON FUNCTION vault.log_access TO putokaz_vault")
    assert answer.status_code == 503
    assert b"%PDF" not in answer.content
    assert (await browser.post(f"{LIST}/{document}/open", json={"purpose": "proceedings"})).content == PDF


async def test_a_double_click_files_once(house: House, browser: httpx.AsyncClient) -> None:
    """Of two sendings of one form the second changes nothing; another file by the same form is not swallowed."""
    fields, before, rows = await entries(browser), len(the_file(house).document.documents), rows_of(house.vault)
    for _ in range(2):
        answer = await sent(browser, fields, PNG, "a.png")
        assert answer.status_code == 303, answer.text
    other = await sent(browser, fields, PDF)
    assert other.status_code == 422
    assert "Another file was filed with this form" in other.text
    assert Paper(other.text).form.fields.get("command_id") != fields["command_id"]
    assert len(the_file(house).document.documents) == before + 1
    assert rows_of(house.vault) == (rows[0] + 1, rows[1] + 1)


FAULTS: dict[str, tuple[dict[str, str], bytes, str, int]] = {
    "no part": ({"part": ""}, PDF, "Choose the part", 422),
    "no kind": ({"kind": "gossip"}, PDF, "Choose what it is", 422),
    "tomorrow": ({"dated": "2199-01-01"}, PDF, "not in the future", 422),
    "a long title": ({"name": "x" * 201}, PDF, "200 letters", 422),
    "another session": ({"token": "wrong"}, PDF, "Nothing is lost", 403),
    "a program with a right name": ({}, b"MZ\x90\x00" + bytes(100), "Save it as PDF", 422),
    "macros": ({}, office({"word/vbaProject.bin": b"x"}), "macros", 422),
    "an archive": ({}, packed({"a.txt": TEXT}), "Unpack it", 422),
    "nothing": ({}, b"", "empty", 422),
    "too large": ({}, PDF + bytes(21 * 1024 * 1024), "larger than 20 MB", 413),
}


@pytest.mark.parametrize(("typed", "content", "said", "status"), FAULTS.values(), ids=FAULTS.keys())
async def test_what_was_typed_survives_and_nothing_is_kept(
    house: House, browser: httpx.AsyncClient, typed: dict[str, str], content: bytes, said: str, status: int
) -> None:
    """The form again, with what to do; of the file nothing stays."""
    before, rows = len(the_file(house).document.documents), rows_of(house.vault)
    answer = await sent(browser, await entries(browser, **{"name": "Zapisnik", **typed}), content)
    assert answer.status_code == status
    assert said in answer.text
    assert typed.get("name", "Zapisnik") in answer.text
    assert "Choose the file again" in answer.text
    assert len(the_file(house).document.documents) == before
    assert rows_of(house.vault) == rows


async def test_each_part_is_read_by_its_own(house: House, browser: httpx.AsyncClient) -> None:
    """A lawyer sees legal documents and no medical one, not even that there is one; a driver of the team none."""
    legal = await filed(browser, title="Žalba")
    acts_as(browser, TEODORA.id)
    health = await filed(browser, part="health", kind="medical-report", title="Nalaz")
    acts_as(browser, MILA.id)
    notes = await filed(browser, PNG, part="notes", kind="photograph", title="Slika")
    may = {OGNJEN.id: {legal}, TEODORA.id: {health, notes}, MILA.id: {notes}, VERA.id: {legal, notes}}
    for person, theirs in may.items():
        acts_as(browser, person)
        listed = (await browser.get(LIST)).json()["rows"]
        ids, titles = {row["document"]["document"] for row in listed}, {row["title"] for row in listed}
        page = (await browser.get(f"/journeys/{MINE}")).text
        whole = (await browser.get(f"/api/v1/journeys/{MINE}")).text
        timeline = (await browser.get(f"/api/v1/journeys/{MINE}/timeline", params={"limit": 200})).text
        for document, title in ((legal, "Žalba"), (health, "Nalaz"), (notes, "Slika")):
            reads = document in theirs
            assert (document in ids) is (title in titles) is (document in page) is (document in whole) is reads
            assert (document in timeline) is reads
            opened = await browser.post(f"{LIST}/{document}/open", json={"purpose": "proceedings"})
            assert opened.status_code == (200 if reads else 404)
            path = f"/journeys/{MINE}/documents/{document}"
            assert (await browser.get(path)).status_code == (200 if reads else 404)
            assert (await browser.get(f"{path}/withdraw")).status_code == (200 if reads else 404)
    acts_as(browser, LUKA.id)
    assert (await browser.get(LIST)).status_code == 403
    assert (await browser.get(f"/journeys/{MINE}/documents/{notes}")).status_code == 403
    assert (await browser.get(NEW)).status_code == 403
    assert "Documents</h2>" not in (await browser.get(f"/journeys/{MINE}")).text


async def test_who_may_not_file_in_a_part_files_nothing_there(house: House, browser: httpx.AsyncClient) -> None:
    """Whatever they send; their form does not offer it."""
    rows = rows_of(house.vault)
    acts_as(browser, MILA.id)
    form = (await browser.get(NEW)).text
    assert 'value="notes" checked' in form
    assert 'value="legal"' not in form
    assert 'value="health"' not in form
    assert (await over_http(browser)).status_code == 403
    assert (await sent(browser, await entries(browser, part="health"))).status_code == 403
    acts_as(browser, LUKA.id)
    assert (await over_http(browser, part="notes")).status_code == 403
    assert rows_of(house.vault) == rows


async def test_a_document_is_not_recorded_without_its_file(browser: httpx.AsyncClient) -> None:
    """An event that names nothing in the vault would be a lie."""
    body = {"document": str(uuid4()), "document_kind": "other", "media": "pdf", "size": 1, "sha256": "a" * 64}
    answer = await browser.post(
        f"/api/v1/journeys/{MINE}/commands",
        json={"kind": "file-legal-document", "body": body},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 422
    assert "/documents" in answer.json()["problems"][0]


async def test_a_program_files_with_a_key(house: House, browser: httpx.AsyncClient) -> None:
    """The same key and file once; another file under it is refused, and so is what is not taken."""
    key, before = uuid4(), len(the_file(house).document.documents)
    first, second = [await over_http(browser, PDF, key, dated="2026-03-04") for _ in range(2)]
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["document"] == second.json()["document"]
    assert len(the_file(house).document.documents) == before + 1
    other = await over_http(browser, PNG, key)
    assert (other.status_code, other.json()["problems"]) == (409, ["used"])
    bad: list[tuple[httpx.Response, int, str]] = [
        (await over_http(browser, packed({"a": b"x"})), 422, "archive"),
        (await over_http(browser, PDF + bytes(21 * 1024 * 1024)), 413, "too-large"),
        (await over_http(browser, kind="gossip"), 422, "kind: "),
        (await over_http(browser, made_up="1"), 422, "made_up: "),
    ]
    for answer, status, problem in bad:
        assert answer.status_code == status, answer.text
        assert any(problem in each for each in answer.json()["problems"])
    no_form = await browser.post(LIST, json={}, headers={"Idempotency-Key": str(uuid4())})
    assert no_form.status_code == 422


async def test_more_than_is_read_to_its_end_is_turned_away_at_the_gate(browser: httpx.AsyncClient) -> None:
    """And a form goes nowhere else in the API, nor a large one anywhere else."""
    huge = {"content-type": "multipart/form-data; boundary=X", "content-length": str(300 * 1024 * 1024)}
    assert (await browser.post(NEW, content=b"", headers=huge)).status_code == 413
    small = {"content-type": "multipart/form-data; boundary=X"}
    assert (await browser.post(f"/api/v1/journeys/{MINE}/commands", content=b"x", headers=small)).status_code == 415
    large = {"content-type": "application/x-www-form-urlencoded", "content-length": str(1024 * 1024)}
    assert (await browser.post(f"/journeys/{MINE}/review", content=b"", headers=large)).status_code == 413


async def test_a_document_filed_by_mistake_is_withdrawn(house: House, browser: httpx.AsyncClient) -> None:
    """It stays in the history with why, and nobody opens it any more."""
    document = await filed(browser, title="Tuđa presuda")
    path = f"/journeys/{MINE}/documents/{document}"
    paper = Paper((await browser.get(f"{path}/withdraw")).text)
    values: dict[str, Any] = next(form for form in paper.forms if form.action == f"{path}/withdraw").fields
    told = {name: values[name] for name in ("token", "command_id", "seen")}
    assert (await browser.post(f"{path}/withdraw", data=told)).status_code == 422
    assert (await browser.post(f"{path}/withdraw", data={**told, "token": "x", "mistake": "other"})).status_code == 403
    stale = {**told, "command_id": str(uuid4()), "seen": "1", "mistake": "other"}
    assert (await browser.post(f"{path}/withdraw", data=stale)).status_code == 409
    done = await browser.post(f"{path}/withdraw", data={**told, "mistake": "wrong-client"})
    assert done.status_code == 303
    page = (await browser.get(f"/journeys/{MINE}")).text
    assert "Document withdrawn: it belongs to another person" in page
    assert (await browser.post(f"{LIST}/{document}/open", json={"purpose": "contact"})).status_code == 404
    one = (await browser.get(path)).text
    assert "This document was withdrawn" in one
    assert f"{path}/withdraw" not in one


async def test_a_document_whose_key_was_destroyed_is_gone(house: House, browser: httpx.AsyncClient) -> None:
    """The file says that it was there; its content, name and title are nowhere."""
    acts_as(browser, TEODORA.id)
    document = await filed(browser, part="health", title="Nalaz koji nestaje")
    house.keys.destroy(journey_stream(MINE), "health")
    answer = await browser.post(f"{LIST}/{document}/open", json={"purpose": "contact"})
    assert answer.status_code == 410
    page = (await browser.get(f"/journeys/{MINE}")).text
    assert document in page
    assert "Nalaz koji nestaje" not in page
    with psycopg.connect(house.vault) as connection:
        assert connection.execute("SELECT FROM vault.documents WHERE document = %s", (document,)).fetchone() is None


async def test_in_a_closed_case_nothing_is_filed(house: House, browser: httpx.AsyncClient) -> None:
    """The page says why; what was typed stays."""
    acts_as(browser, VERA.id)
    closed = next(
        row["journey"]
        for row in (await browser.get("/api/v1/journeys", params={"limit": 100, "phase": "closed"})).json()["rows"]
        if row["phase"] == Phase.CLOSED
    )
    path = f"/journeys/{closed}/documents/new"
    paper = Paper((await browser.get(path)).text)
    form = next(form for form in paper.forms if form.action == path)
    told = {"token": form.fields["token"], "command_id": form.fields["command_id"], "part": "legal", "kind": "other"}
    answer = await browser.post(path, data={**told, "name": "Kasna presuda"}, files={"file": ("a.pdf", PDF)})
    assert answer.status_code == 409
    assert "Kasna presuda" in answer.text


async def test_the_demonstration_s_papers_are_filed_and_open(
    database_factory: DatabaseFactory, furnished: tuple[str, str]
) -> None:
    """As anybody files one, and twice is once: the case has them, and the vault their titles."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with parts_at(log, vault) as parts, closing(Documents(as_role(vault, "putokaz_vault"), parts.keys)) as documents:
        head = parts.log.head()
        for _ in range(2):
            await asyncio.to_thread(file_papers, parts, documents)
            assert parts.log.head() == head + len(PAPERS)
        for paper in PAPERS:
            about = next(part for part in CAST if part.name == paper.journey)
            assert paper.title in documents.titles(about.id, [paper.part.value]).values()
            state = parts.recorder.state(journey_stream(about.id))
            assert isinstance(state, Journey)
            assert paper.kind in {one.kind for one in state.documents.values()}
    database_factory.drop(log)
    database_factory.drop(vault)
