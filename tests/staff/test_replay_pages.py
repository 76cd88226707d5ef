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
from analysis.travel.moment import Clock, Moment
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
    headers = {"x-putokaz-person": str(staff)}
    client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers)
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
    whole, redacted = (html.unescape(link) for link in re.findall(r'href="(/print/[^"]*)"', then.text))
    pages = _printed(await supervisor.get(whole))
    assert all(found.header.code in page for page in pages)
    assert "as known at" in " ".join(pages[0].split())
    moment = re.findall(r"at=([^&]*)", href)[0]
    for answer in (
        await supervisor.get(redacted),
        await supervisor.get(f"/api/v1/journeys/{journey}/file.pdf?redacted=true&as_known_at={moment}"),
    ):
        text = " ".join(" ".join(_printed(answer)).split())
        assert "as known then" in text
        names = {part for person in lived_in.desk.staff() for part in person.name.split()}
        assert [word for word in (*names, found.header.code, str(journey)) if word in text] == []
        assert re.findall(r"\b\d{1,2} [A-Z][a-z]{2,} 20\d\d", text) == []


def _printed(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text[:500]
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages]


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
        changed = re.findall(r'aria-labelledby="decided">(.*?)</section>', shown.text, re.DOTALL)[0]
        last = [each for each in decisions if each.at == decisions[number - 1].at][-1]
        assert f"/journeys/{journey}/events?around={last.version}#e" in changed
        recorded = [each for each in history if each.recorded_at == decisions[number - 1].at]
        assert changed.count("<li>") == len(recorded)


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


async def test_the_api_answers_as_of_a_moment_what_a_fresh_fold_says(
    supervisor: httpx.AsyncClient, lived_in: House
) -> None:
    """File, timeline, boards and two moments of each, by either clock; what cannot be shown is a problem of its own."""
    supervisor.headers["x-putokaz-person"] = supervisor.cookies[PERSON_COOKIE]
    journey, _ = _heard(lived_in)
    history = read_history(lived_in.reader, journey)
    first, middle = history[0].recorded_at, history[len(history) // 2].recorded_at
    there = f"/api/v1/replay/journeys/{journey}"
    for name, clock in (("as_known_at", Clock.KNOWN), ("as_it_was_at", Clock.OCCURRED)):
        answer = (await supervisor.get(there, params={name: middle.isoformat()})).json()
        then = journey_of(lived_in.reader, journey, history, Moment(middle, clock))
        assert then.file is not None
        assert answer["moment"]["clock"] == clock.value
        assert [step["part"] for step in answer["file"]["steps"]] == [step.part for step in then.file.steps]
        assert [row["version"] for row in answer["timeline"]] == [row.version for row in then.timeline]
        assert answer["total"] == len(then.timeline)
    compared = await supervisor.get(
        f"{there}/compared", params={"as_known_at": middle.isoformat(), "other": first.isoformat()}
    )
    between = [each.version for each in history if first < each.recorded_at <= middle]
    assert [event["version"] for event in compared.json()["events"]] == between
    at = NOW - timedelta(days=20)
    boards = "/api/v1/replay/boards"
    past = board_reader(lived_in.reader, Moment(at))
    asked = {"as_known_at": at.isoformat(), "limit": "500"}
    listed = (await supervisor.get(f"{boards}/list", params=asked)).json()
    rows = list_journeys(past, JourneyFilter(), limit=500).rows
    assert [row["code"] for row in listed["rows"]] == [row.code for row in rows]
    for board, total in (
        ("stalled", stalled(past, StalledFilter(), now=at, limit=500).total),
        ("hearings", hearings(past, now=at, limit=500).total),
    ):
        assert (await supervisor.get(f"{boards}/{board}", params=asked)).json()["total"] == total
    workload = (await supervisor.get(f"{boards}/workload", params=asked)).json()
    assert {row["staff"]: row["things"] for row in workload} == {str(k): n.things for k, n in loads(past).items()}
    for board in ("list", "stalled", "hearings", "workload"):
        both = await supervisor.get(f"{boards}/{board}/compared", params={**asked, "other": NOW.isoformat()})
        if board == "list":
            today = {str(row.journey) for row in list_journeys(lived_in.reader, JourneyFilter(), limit=500).rows}
            assert set(both.json()["came"]) == today - {str(row.journey) for row in rows}
        same = await supervisor.get(f"{boards}/{board}/compared", params={**asked, "other": at.isoformat()})
        assert (same.json()["came"], same.json()["went"], same.json()["changed"]) == ({}, {}, {})
    for path, params, status, kind in (
        (there, {"as_known_at": "1999-01-01"}, 404, "moment-before"),
        (there, {"as_known_at": "2031-01-01"}, 422, "moment-future"),
        (there, {"as_it_was_at": "32.13.2026"}, 422, "moment-invalid"),
        (there, {}, 422, "moment-invalid"),
        (there, {"as_known_at": "2026-11-10", "as_it_was_at": "2026-11-10"}, 422, "moment-invalid"),
        (f"{there}/compared", {"as_known_at": "2026-11-10", "other": "soon"}, 422, "moment-invalid"),
        (f"{boards}/list", {"as_known_at": "1999-01-01"}, 404, "moment-before"),
        (f"/api/v1/replay/journeys/{UUID(int=3)}", {"as_known_at": "2026-11-10"}, 404, "not-found"),
        (f"/api/v1/journeys/{journey}/file.pdf", {"as_known_at": "1999-01-01"}, 404, "moment-before"),
    ):
        told = await supervisor.get(path, params=params)
        assert (told.status_code, told.json()["type"]) == (status, f"urn:putokaz:problem:{kind}"), (path, params)
