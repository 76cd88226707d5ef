"""The file of a case on paper: what the person may see, part by part; and the redacted one, which leaks nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from uuid import UUID, uuid4

import httpx
import pypdf
import pytest

from domain.codes import Phase, Role
from domain.journey.state import StepStatus
from domain.rights.actions import OPENS, Action
from domain.rights.deciding import Allowed, Denial, Denied
from domain.sealed import Compartment
from projections.journey_file.queries import file, timeline
from projections.journey_list.queries import JourneyFilter, list_journeys
from staff.visit import PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.house import House, opened
from tests.staff.paper import Worker, every_journey

SEEDED = "Тетка Ружица #panic() *Kaluđerica* $x$"
"""What somebody types into a note: a name, a place, and what typst would calculate."""
A_DAY = re.compile(r"\b\d{1,2}\.? (?:[a-zа-яčćšžđљњђћџ]{3,}\.?) 20\d\d")


class Only:
    """Rights as the test wants them: these actions and no others."""

    def __init__(self, *allowed: Action) -> None:
        self.allowed: Collection[Action] = allowed

    def __call__(self, staff: UUID, stream: str | None = None) -> Only:
        return self

    def may(self, action: Action) -> Allowed | Denied:
        return Allowed() if action in self.allowed else Denied(Denial.NOT_INVOLVED)

    def opens(self, part: Action) -> frozenset[Compartment]:
        return OPENS.get(part, frozenset()) if part in self.allowed else frozenset()


@pytest.fixture(scope="module")
def lived_in(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """One house for all of these."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault) as house:
        yield house
    database_factory.drop(log)
    database_factory.drop(vault)


@pytest.fixture
def supervisor(lived_in: House) -> httpx.AsyncClient:
    """They may read every part but that of health."""
    transport = httpx.ASGITransport(app=lived_in.app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
    person = min((p for p in lived_in.desk.staff() if Role.SUPERVISOR.value in p.roles), key=lambda p: p.id)
    client.cookies.set(PERSON_COOKIE, str(person.id))
    client.headers["X-Putokaz-Person"] = str(person.id)
    return client


def _pages(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages]


def _bare(text: str) -> str:
    return text.replace(" ", "")


async def _noted(client: httpx.AsyncClient, house: House) -> UUID:
    """An open journey in which somebody has just typed a note."""
    for row in list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=500).rows:
        found = file(house.reader, row.journey)
        for step in (each for each in (found.steps if found else ()) if each.status is StepStatus.OPEN):
            body = {"step": step.step, "outcome": "no-show", "seen": step.version}
            answer = await client.post(
                f"/api/v1/journeys/{row.journey}/commands",
                json={"kind": "advance-step", "body": body, "note": SEEDED},
                headers={"Idempotency-Key": str(uuid4())},
            )
            if answer.status_code == 200 and answer.json()["visible"]:
                return row.journey
    raise AssertionError("no step of the caseload can be advanced")


def _heard(house: House) -> UUID:
    """A journey with hearings."""
    return next(j for j in every_journey(house) if (found := file(house.reader, j)) and found.document.hearings)


async def test_the_whole_file_and_the_redacted_one(supervisor: httpx.AsyncClient, lived_in: House) -> None:
    """In both scripts: the whole has the note letter by letter; of the redacted one no seeded word can be found."""
    worker = await Worker(supervisor).speak("sr-Cyrl")
    journey = await _noted(supervisor, lived_in)
    row = file(lived_in.reader, journey)
    assert row is not None
    names = {part for person in lived_in.desk.staff() for part in person.name.split()}
    secret = {*names, row.header.code, row.header.code[3:], "Ружица", "Kaluđerica", "panic", str(journey)}
    for locale, state in (("sr-Cyrl", "од"), ("sr-Latn", "od"), ("en", "of")):
        await worker.speak(locale)
        whole = _pages(await supervisor.get(f"/print/{journey}/file.pdf"))
        assert all(row.header.code in page for page in whole)
        assert all(re.search(rf"{n} {state} {len(whole)}\b", page) for n, page in enumerate(whole, start=1))
        assert _bare(SEEDED) in _bare(" ".join(whole))
        redacted = _pages(await supervisor.get(f"/print/{journey}/redacted.pdf"))
        text = " ".join(redacted)
        assert [word for word in secret if word in text] == []
        assert A_DAY.findall(text) == []
        assert re.findall(r"P[KMSZVD]-[0-9A-Z]+", text) == []
        assert len(text) > 200
    raw = (await supervisor.get(f"/print/{journey}/redacted.pdf")).content
    assert not any(word.encode() in raw for word in secret)


async def test_only_the_parts_that_are_theirs_are_printed(
    supervisor: httpx.AsyncClient, lived_in: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Overview without notes; hearings alone; nothing at all."""
    await Worker(supervisor).speak("en")
    journey = await _noted(supervisor, lived_in)
    there = f"/print/{journey}/file.pdf"
    everything = " ".join(_pages(await supervisor.get(there)))
    assert "only the parts of the file that you may read" not in everything
    assert _bare(SEEDED) in _bare(everything)

    async def with_rights(*actions: Action) -> str:
        monkeypatch.setattr(lived_in.app.state.parts.rights, "stance", Only(*actions))
        return " ".join(_pages(await supervisor.get(there)))

    overview = await with_rights(Action.READ_OVERVIEW)
    assert _bare(SEEDED) not in _bare(overview)
    assert "only the parts of the file that you may read" in overview
    assert "Stages" in overview
    there = f"/print/{_heard(lived_in)}/file.pdf"
    assert " Hearings " not in await with_rights(Action.READ_OVERVIEW)
    hearings = await with_rights(Action.READ_HEARINGS)
    assert " Hearings " in hearings
    assert "Stages" not in hearings
    assert "Consents" not in hearings
    monkeypatch.setattr(lived_in.app.state.parts.rights, "stance", Only(Action.READ_NOTES))
    for path in (there, f"/print/{journey}/redacted.pdf", f"/api/v1/journeys/{journey}/file.pdf"):
        assert (await supervisor.get(path)).status_code == 403
    assert (await supervisor.get(f"/print/{UUID(int=3)}/file.pdf")).status_code == 404


async def test_every_file_of_the_caseload_can_be_printed(supervisor: httpx.AsyncClient, lived_in: House) -> None:
    """Also the longest; a history page for each thing that happened."""
    await Worker(supervisor).speak("sr-Latn")
    longest = max(every_journey(lived_in), key=lambda j: timeline(lived_in.reader, j, limit=1).total)
    others = every_journey(lived_in)[::9]
    for journey in (longest, *others):
        assert len(_pages(await supervisor.get(f"/print/{journey}/file.pdf"))) > 0
        assert len(_pages(await supervisor.get(f"/api/v1/journeys/{journey}/file.pdf?redacted=true"))) > 0
