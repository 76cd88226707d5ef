"""Counts equal the lists behind them, whatever people have done before, whoever looks, on the pages and over HTTP.

People work at random (`life.py`); then everybody reads every list to its end. And whoever may read a case finds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx
import pytest

from activities.entitlements import Entitlements
from domain.codes import Phase
from domain.journey.state import journey_stream
from domain.mission.codes import OPEN, MissionPhase
from domain.rights.actions import Action
from domain.rights.deciding import Allowed
from domain.rights.parts import opens_file
from projections.journey_list.queries import list_journeys
from tests.fix_services import DatabaseFactory
from tests.staff.house import House, opened
from tests.staff.life import API, Life
from tests.staff.test_rights import client
from vault.staff import StaffMember
from worker.demo.staff import MILA, STAFF, VERA

BY_NAME = [pytest.param(person, id=person.name) for person in STAFF]
PER_PAGE = 40
SAVED = {"caseworker": "me", "due": "overdue", "sort": "due"}
_NEXT = re.compile(r'href="(/[a-z/]*\?[^"]*\bafter=[^"]+)"')
_SUM = re.compile(r'class="pk-head__sum">.*?<strong>\D*?(\d+)', re.DOTALL)


@pytest.fixture(scope="module")
def lived(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """A house of its own, in which all that happens."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault) as house:
        yield house
    database_factory.drop(log)
    database_factory.drop(vault)


async def test_people_work(lived: House) -> None:
    """What the others look at: each kind of deed was recorded, and what was not possible was refused."""
    life = Life(lived, seed=7)
    await life.goes_on(150)
    for kind in (
        "open-journey",
        "assign",
        "advance-step",
        "plan-mission",
        "log-contact",
        "give-power",
    ):
        assert life.done[kind], life.done
    assert len([kind for kind, times in life.done.items() if times]) >= 12, life.done


@pytest.mark.parametrize("person", BY_NAME)
async def test_every_list_has_as_many_rows_as_it_says(lived: House, person: StaffMember) -> None:
    """Over HTTP, read to the end in small pages; no row twice. Tallies say what choosing one of them shows."""
    async with client(lived, person) as browser:
        for path in (
            "/journeys",
            "/journeys?phase=open&sort=due",
            "/journeys?phase=closed&sort=changed",
            "/journeys?stalled=true&sort=stalled",
            "/journeys?unassigned=true",
            f"/journeys?caseworker={MILA.id}",
            "/missions",
            "/contacts",
            "/contacts/open",
            "/contacts/recent",
            "/handovers",
            "/accesses",
        ):
            first, rows = await _read(browser, path)
            assert first is None or first["total"] == len(rows), path
        await _tallied(browser, "/stalled", "places", "place")
        await _tallied(browser, "/stalled", "causes", "cause")
        await _tallied(browser, "/hearings", "counts", "group")
        await _tallied(browser, f"/day?staff={person.id}", "counts", "group")


async def _tallied(browser: httpx.AsyncClient, path: str, tallies: str, choice: str) -> None:
    first, rows = await _read(browser, path)
    if first is None:
        return
    assert first["total"] == len(rows) == sum(first[tallies].values()), (path, tallies)
    for value, number in first[tallies].items():
        _, chosen = await _read(browser, f"{path}{'&' if '?' in path else '?'}{urlencode({choice: value})}", 500)
        assert len(chosen) == number, (path, value)


async def _read(
    browser: httpx.AsyncClient, path: str, limit: int = PER_PAGE
) -> tuple[dict[str, Any] | None, list[Any]]:
    """The first page and every row; None for whom the list is not."""
    rows: list[Any] = []
    first: dict[str, Any] | None = None
    cursor = ""
    while True:
        there = f"{API}{path}{'&' if '?' in path else '?'}limit={limit}{cursor}"
        answer = await browser.get(there)
        if answer.status_code == 403:
            return None, []
        found = answer.json()
        first = first or found
        rows += found["rows"]
        if found["next"] is None:
            assert len({json.dumps(row, sort_keys=True) for row in rows}) == len(rows), path
            return first, rows
        cursor = f"&{urlencode({'cursor': found['next']})}"


@pytest.mark.parametrize("person", BY_NAME)
async def test_every_page_shows_as_many_rows_as_it_says(lived: House, person: StaffMember) -> None:
    """And as many as a program is told."""
    async with client(lived, person) as browser:
        for page, path in (
            ("/journeys?phase=open", "/journeys?phase=open"),
            ("/journeys?phase=closed", "/journeys?phase=closed"),
            ("/journeys?phase=any&sort=changed", "/journeys"),
            ("/", "/stalled"),
            ("/hearings", "/hearings"),
            ("/contacts?view=open", "/contacts/open"),
        ):
            said, rows = await _pages(browser, page)
            first, _ = await _read(browser, path, 500)
            assert said == rows == (first["total"] if first else 0), page
        said, rows = await _pages(browser, "/day")
        assert said == rows
        await _missions(browser, person)
        await _saved(browser)


async def _saved(browser: httpx.AsyncClient) -> None:
    """A saved view, which the list begins with."""
    key = {"idempotency-key": str(uuid4())}
    answer = await browser.post(f"{API}/views", json={"name": "Overdue", "filters": SAVED}, headers=key)
    view = answer.json()
    assert answer.status_code == 201, answer.text
    await browser.put(f"{API}/default-view", json={"view": view["id"]})
    begun = await browser.get("/journeys")
    assert begun.status_code == 303
    said, rows = await _pages(browser, begun.headers["location"])
    assert said == rows
    await browser.delete(f"{API}/views/{view['id']}?version={view['version']}")


async def _missions(browser: httpx.AsyncClient, person: StaffMember) -> None:
    """Mine, and beside them the team's, by the counts in their headings: together they are all that may be read."""
    for page, phases in (("/missions", OPEN), ("/missions?ended=1", frozenset(MissionPhase) - OPEN)):
        html = (await browser.get(page)).text
        counts = re.findall(r'<h2 class="govuk-heading-m">[^<]*<span class="pk-count">(\d+)</span>', html)
        _, rows = await _pages(browser, page)
        query = urlencode([("phase", phase.value) for phase in sorted(phases)])
        first, _ = await _read(browser, f"/missions?{query}")
        assert first is not None
        assert (sum(map(int, counts)), rows) == (first["total"],) * 2, (page, person.name)


async def _pages(browser: httpx.AsyncClient, page: str) -> tuple[int, int]:
    """What the head of the page says, and the rows on it and those that follow it."""
    said, rows, there = None, 0, page
    while True:
        answer = await browser.get(there)
        if answer.status_code == 403:
            return 0, 0
        assert answer.status_code == 200, there
        main = answer.text.partition("<main")[2].partition("</main>")[0]
        said = said if said is not None else int(found[1]) if (found := _SUM.search(main)) else 0
        rows += main.count('<li class="pk-row">') + main.count('<tr role="row">') - main.count("<thead")
        following = [unescape(each) for each in _NEXT.findall(main)]
        if not following:
            return said, rows
        there = following[-1]


@pytest.mark.parametrize("person", BY_NAME)
async def test_whoever_may_read_a_closed_case_finds_it_in_the_list(lived: House, person: StaffMember) -> None:
    """And of any case nobody else does; whoever opened one in an emergency finds it too."""
    rights = Entitlements(lived.log, lived.directory)
    rows = list_journeys(lived.reader, limit=1000).rows
    stances = {row: rights.stance(person.id, journey_stream(row.journey)) for row in rows}
    listed = {row.journey for row, stance in stances.items() if isinstance(stance.may(Action.READ_LIST_ROW), Allowed)}
    async with client(lived, person) as browser:
        _, found = await _read(browser, "/journeys", 500)
        _, closed = await _read(browser, "/journeys?phase=closed", 500)
    assert {UUID(row["journey"]) for row in found} == listed
    readable = {row.journey for row, stance in stances.items() if opens_file(stance)}
    assert readable <= listed
    theirs = {row.journey for row in rows if row.phase is Phase.CLOSED and row.journey in readable}
    assert theirs <= {UUID(row["journey"]) for row in closed} <= listed
    if person is VERA:
        assert readable == {row.journey for row in rows}


async def test_lists_that_are_shown_whole_are_the_same_on_page_and_over_http(lived: House) -> None:
    """Providers and people: every entry is a row, none is counted."""
    administrator = next(person for person in STAFF if "administrator" in person.roles)
    for person, page, path in ((VERA, "/providers", "/providers"), (administrator, "/admin/people", "/people")):
        async with client(lived, person) as browser:
            entries = (await browser.get(f"{API}{path}")).json()
            _, rows = await _pages(browser, page)
            assert rows == len(entries) > 0, page
