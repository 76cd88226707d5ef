"""The file of a case as of a moment: on the page, on paper, by either clock, and only what the person may read."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import httpx
import pypdf
import pytest

from analysis.travel.boards import board_reader
from analysis.travel.decisions import decisions_of
from analysis.travel.journeys import journey_of, read_history
from analysis.travel.moment import Moment
from domain.codes import Role
from domain.rights.parts import hidden_topics
from projections.caseload.queries import loads
from projections.journey_file.model import JourneyFile
from projections.journey_file.queries import file
from projections.journey_list.queries import JourneyFilter, list_journeys
from projections.my_day.hearings import hearings
from projections.stalled_board.queries import StalledFilter, stalled
from staff.pages.replay_journey import seen
from staff.visit import PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.house import NOW, House, opened
from tests.staff.paper import every_journey

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def lived_in(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """One house for all of these: none changes a case."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault) as house:
        yield house
    database_factory.drop(log)
    database_factory.drop(vault)


def _client(house: House, staff: UUID) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
    client.cookies.set(PERSON_COOKIE, str(staff))
    client.cookies.set("putokaz_locale", "en")
    return client


@pytest.fixture
def supervisor(lived_in: House) -> httpx.AsyncClient:
    """They may read every part but that of health."""
    people = [person for person in lived_in.desk.staff() if Role.SUPERVISOR.value in person.roles]
    return _client(lived_in, min(person.id for person in people))


def _heard(house: House) -> tuple[UUID, JourneyFile]:
    """A journey with a hearing whose date is over."""
    for journey in every_journey(house):
        found = file(house.reader, journey)
        if found and any(d.starts_at < NOW and not d.retracted for h in found.document.hearings for d in h.dates):
            return journey, found
    raise AssertionError("nobody was heard")


def _text(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text[:500]
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


async def test_what_was_known_at_the_hearing_is_one_click_and_can_be_printed(
    supervisor: httpx.AsyncClient, lived_in: House
) -> None:
    """From the file; the page says of which moment it is, offers no form that changes anything, and is printed so."""
    journey, found = _heard(lived_in)
    today = await supervisor.get(f"/journeys/{journey}")
    href = html.unescape(re.findall(r'href="([^"]*/replay\?at=[^"]*)">', today.text)[0])
    then = await supervisor.get(href)
    assert "As known on" in _text(then)
    assert 'method="post"' not in then.text[then.text.index("<main") : then.text.index("</main>")]
    link = html.unescape(re.findall(r'href="(/print/[^"]*)"', then.text)[0])
    paper = await supervisor.get(link)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.content)).pages]
    assert all(found.header.code in page for page in pages)
    assert "as known at" in " ".join(pages[0].split())


async def test_each_mark_leads_to_the_file_of_then(supervisor: httpx.AsyncClient, lived_in: House) -> None:
    """The steps that were open after the first decision are shown, and none that came later."""
    journey, _ = _heard(lived_in)
    page = await supervisor.get(f"/journeys/{journey}/replay")
    history = read_history(lived_in.reader, journey)
    decisions = seen(decisions_of(history), frozenset())
    assert f'max="{len(decisions)}"' in page.text
    for number in (1, len(decisions) // 2):
        moved = await supervisor.get(f"/journeys/{journey}/replay?decision={number}")
        assert moved.status_code == 303
        shown = await supervisor.get(moved.headers["location"])
        then = journey_of(lived_in.reader, journey, history, Moment(decisions[number - 1].at))
        assert then.file is not None
        assert shown.text.count('class="pk-step__title"') == sum(s.status.value == "open" for s in then.file.steps)


async def test_two_moments_list_exactly_the_events_between(supervisor: httpx.AsyncClient, lived_in: House) -> None:
    """On the page as in the log."""
    journey, _ = _heard(lived_in)
    history = read_history(lived_in.reader, journey)
    middle = history[len(history) // 2].recorded_at
    page = await supervisor.get(
        f"/journeys/{journey}/replay", params={"at": history[0].recorded_at.isoformat(), "other": middle.isoformat()}
    )
    count = sum(history[0].recorded_at < each.recorded_at <= middle for each in history)
    assert f"{count} entr" in _text(page)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("at=1999-01-01", "The case had not been opened yet."),
        ("at=2031-01-01", "has not come yet"),
        ("at=32.13.2026", "That is no date"),
        ("at=2026-11-10T10:00&clock=occurred", "As it was on"),
    ],
)
async def test_what_cannot_be_shown_is_said(
    supervisor: httpx.AsyncClient, lived_in: House, query: str, words: str
) -> None:
    """In a sentence, never as an error."""
    journey, _ = _heard(lived_in)
    assert words in _text(await supervisor.get(f"/journeys/{journey}/replay?{query}"))


async def test_a_case_that_nobody_has_is_lost(supervisor: httpx.AsyncClient) -> None:
    """As on the file itself."""
    assert (await supervisor.get(f"/journeys/{UUID(int=3)}/replay")).status_code == 404


async def test_the_slider_has_marks_only_of_what_is_theirs_to_read(lived_in: House) -> None:
    """A lawyer of the case has fewer than there are decisions, where there is something that is not theirs."""
    compared = 0
    for journey in every_journey(lived_in):
        found = file(lived_in.reader, journey)
        lawyer = next((a.staff for a in found.document.assigned if a.role is Role.LAWYER), None) if found else None
        if lawyer is None:
            continue
        stance = lived_in.app.state.parts.rights.stance(lawyer, f"journey-{journey}")
        decisions = seen(decisions_of(read_history(lived_in.reader, journey)), frozenset())
        theirs = seen(decisions, frozenset(hidden_topics(stance)))
        async with _client(lived_in, lawyer) as client:
            page = await client.get(f"/journeys/{journey}/replay")
        assert f'max="{len(theirs)}"' in page.text
        assert '<h2 class="pk-box__title" id="consents"' not in page.text
        compared += len(theirs) < len(decisions)
        if compared >= 2:
            return
    raise AssertionError("no case has anything that is not its lawyer's to read")


async def test_a_board_of_then_is_the_query_of_the_board_over_its_past(
    supervisor: httpx.AsyncClient, lived_in: House
) -> None:
    """As many rows, and each code; against today it says what came and went."""
    at = NOW - timedelta(days=20)
    then = board_reader(lived_in.reader, Moment(at))
    for board, rows in (
        ("stalled", stalled(then, StalledFilter(), now=at, limit=500).rows),
        ("list", list_journeys(then, JourneyFilter(), limit=500).rows),
        ("hearings", hearings(then, now=at, limit=500).rows),
    ):
        page = _text(await supervisor.get(f"/replay/boards/{board}", params={"at": at.isoformat()}))
        assert f"{len(rows)} row" in page
        assert {row.code for row in rows} <= set(page.split())
    workload = _text(await supervisor.get("/replay/boards/workload", params={"at": at.isoformat()}))
    assert f"{len(loads(then))} row" in workload
    before, now = (
        {row.journey for row in list_journeys(reader, JourneyFilter(), limit=500).rows}
        for reader in (then, lived_in.reader)
    )
    compared = _text(await supervisor.get("/replay/boards/list", params={"at": at.isoformat(), "other": "2026-11-23"}))
    assert f"New: {len(now - before)} " in compared
    assert "Gone: 0 " in compared
