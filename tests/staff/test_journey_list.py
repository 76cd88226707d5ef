"""The journey list: filters, order, counts, saved views, and every list as a file."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx
import openpyxl
import pytest

from domain.calendar import local_date
from domain.codes import Phase, Role, StallCause
from projections.handovers.queries import list_handovers
from projections.journey_list.queries import JourneyRow, JourneySort, list_journeys
from staff.guard.scope import scope_of
from staff.i18n.words import OFFICE_ZONE
from staff.pages import exporting
from staff.pages.journey_filters import DueWithin, read
from staff.visit import PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.house import House, opened
from tests.staff.paper import Paper, Worker

CODE = re.compile(r"PK-[0-9A-Z]{7}")


@pytest.fixture(scope="module")
def lived_in(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """One house for all of these: none changes a case."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault) as house:
        yield house
    database_factory.drop(log)
    database_factory.drop(vault)


def _client(house: House, role: Role | None = None) -> httpx.AsyncClient:
    """A browser of somebody with this role."""
    transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
    if role is not None:
        person = min((p for p in house.desk.staff() if role.value in p.roles), key=lambda p: p.id)
        client.cookies.set(PERSON_COOKIE, str(person.id))
    return client


@pytest.fixture
async def someone(lived_in: House) -> AsyncIterator[httpx.AsyncClient]:
    """The first caseworker."""
    async with _client(lived_in) as client:
        yield client


@pytest.fixture
async def supervisor(lived_in: House) -> AsyncIterator[httpx.AsyncClient]:
    async with _client(lived_in, Role.SUPERVISOR) as client:
        yield client


def _filters(rows: tuple[JourneyRow, ...], house: House, pick: random.Random) -> dict[str, str]:
    """Some filters, with values that occur and some that do not."""
    some = pick.choice(rows)
    day = local_date(some.opened_at, OFFICE_ZONE)
    values = {
        "phase": pick.choice([*(p.value for p in Phase), "any"]),
        "stage": pick.choice([*some.stages, "nowhere"]),
        "pathway": pick.choice([some.pathway, "housing-support"]),
        "caseworker": pick.choice([str(some.caseworker), "me", "nobody"]),
        "stalled": pick.choice(["yes", "no"]),
        "cause": pick.choice([c.value for c in StallCause]),
        "due": pick.choice([d.value for d in DueWithin]),
        "opened_from": (day - timedelta(days=pick.randrange(90))).isoformat(),
        "opened_to": (day + timedelta(days=pick.randrange(90))).isoformat(),
        "sort": pick.choice([s.value for s in JourneySort]),
    }
    return {name: values[name] for name in pick.sample(sorted(values), pick.randrange(4))}


def _lets_through(row: JourneyRow, query: dict[str, str], me: str, house: House) -> bool:
    """The same said once more, in Python."""
    now = house.log.now()
    opened_on, due = local_date(row.opened_at, OFFICE_ZONE), row.next_due_at
    who = {"me": me, "nobody": "None"}.get(query.get("caseworker", ""), query.get("caseworker"))
    week = local_date(now, OFFICE_ZONE) + timedelta(days=8)
    return all(
        (
            query.get("phase", "open") in {"any", row.phase.value},
            query.get("stage") in {None, *row.stages},
            query.get("pathway") in {None, row.pathway},
            who in {None, str(row.caseworker)},
            query.get("stalled") in {None, "yes" if row.stalled else "no"},
            query.get("cause") in {None, row.stalled and row.stalled.value},
            query.get("due") != "overdue" or (due is not None and due < now),
            query.get("due") != "week" or (due is not None and local_date(due, OFFICE_ZONE) < week),
            date.fromisoformat(query.get("opened_from", "2000-01-01")) <= opened_on,
            opened_on <= date.fromisoformat(query.get("opened_to", "2100-01-01")),
        )
    )


async def test_counts_pages_and_files_have_what_the_filters_let_through(
    lived_in: House, someone: httpx.AsyncClient
) -> None:
    """Random filters and orders: the count, all pages one after another, XLSX and CSV hold the same cases."""
    me = str(min((p for p in lived_in.desk.staff() if Role.CASEWORKER in p.roles), key=lambda p: p.id).id)
    only = scope_of(lived_in.app.state.parts, UUID(me)).streams
    pick, everything = random.Random(20261123), list_journeys(lived_in.reader, only=only, limit=500).rows
    worker, found_some = await Worker(someone).speak("en"), 0
    for _ in range(25):
        query = _filters(everything, lived_in, pick)
        wanted = {row.code for row in everything if _lets_through(row, query, me, lived_in)}
        asked = read(query)
        pages, cursor = [], None
        while True:
            filtered = asked.filter(UUID(me), lived_in.log.now())
            page = list_journeys(lived_in.reader, filtered, only=only, sort=asked.sort, cursor=cursor, limit=7)
            pages += [row.code for row in page.rows]
            assert page.total == len(wanted), query
            if (cursor := page.next) is None:
                break
        assert sorted(pages) == sorted(wanted), query
        address = f"/journeys?{urlencode(query) or 'phase=open'}"
        text = (await worker.read(address)).text
        assert re.search(rf"\b{len(wanted)} cases?\b", text), (query, len(wanted))
        export = f"journeys.csv?{urlencode(query)}"
        lines = _csv((await someone.get(f"/export/{export}")).text)
        assert [line[0] for line in lines[1:]] == pages, query
        found_some += bool(wanted)
    assert found_some > 8


def _csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


async def test_orders_are_what_they_say(lived_in: House) -> None:
    """Whoever has no such date comes last."""
    reader, far = lived_in.reader, lived_in.log.now() + timedelta(days=40_000)
    by = {sort: list_journeys(reader, sort=sort, limit=500).rows for sort in JourneySort}
    assert len({len(rows) for rows in by.values()}) == 1
    keys = {
        JourneySort.NEWEST: lambda row: -row.opened_at.timestamp(),
        JourneySort.OLDEST: lambda row: row.opened_at.timestamp(),
        JourneySort.DUE: lambda row: (row.next_due_at or far).timestamp(),
        JourneySort.CHANGED: lambda row: -row.changed_at.timestamp(),
        JourneySort.STALLED: lambda row: (row.stalled_since or far).timestamp(),
    }
    for sort, rows in by.items():
        assert [row.journey for row in rows] == [row.journey for row in sorted(rows, key=keys[sort])], sort


async def test_each_filter_is_said_and_goes_away_by_one_click(someone: httpx.AsyncClient) -> None:
    """The summary names all of them; the link of each leads to the list without it and with all others."""
    await Worker(someone).speak("en")
    query = {"phase": "open", "stalled": "yes", "caseworker": "me", "due": "overdue", "opened_from": "2025-01-01"}
    html = (await someone.get(f"/journeys?{urlencode(query)}")).text
    chips = re.findall(r'<a class="pk-chip" href="([^"]+)"><span class="govuk-visually-hidden">Remove', html)
    assert len(chips) == len(query)
    for name, href in zip(("phase", "caseworker", "stalled", "due", "opened_from"), chips, strict=True):
        there = dict(part.split("=") for part in href.replace("&amp;", "&").partition("?")[2].split("&"))
        gone = {"phase": "any"} if name == "phase" else {}
        assert there == {key: value for key, value in query.items() if key != name} | gone
    assert "Due: overdue" in html
    cleared = (await someone.get("/journeys?phase=any")).text
    assert "All cases are shown." in cleared


async def test_what_is_no_filter_is_left_out_and_not_said(someone: httpx.AsyncClient) -> None:
    """Whatever stands in an address."""
    odd = "phase=x&cause=x&due=x&sort=x&opened_from=0001-01-01&opened_to=9999-12-31&caseworker=x&view=x&stalled=x"
    answer = await someone.get(f"/journeys?{odd}&stage=%01&pathway={'x' * 300}")
    assert answer.status_code == 200
    assert answer.text.count('<a class="pk-chip" href="/journeys?') == 1  # open cases


@pytest.mark.parametrize("name", ["journeys", "stalled", "hearings", "day", "handovers"])
@pytest.mark.parametrize("locale", ["en", "sr-Cyrl"])
async def test_every_list_is_had_whole_as_both_kinds(
    supervisor: httpx.AsyncClient, lived_in: House, name: str, locale: str
) -> None:
    """The same rows in both, with real dates, codes, and no formula; the page links to both."""
    worker = await Worker(supervisor).speak(locale)
    page = {"journeys": "/journeys?phase=any", "stalled": "/", "hearings": "/hearings", "day": "/day"}
    query = "?phase=any" if name == "journeys" else ""
    text = (await supervisor.get(f"/export/{name}.csv{query}")).text.removeprefix("\ufeff")
    lines = list(csv.reader(io.StringIO(text), delimiter="," if locale == "en" else ";"))
    answer = await supervisor.get(f"/export/{name}.xlsx{query}")
    assert re.fullmatch(rf'attachment; filename="{name}-\d{{4}}-\d\d-\d\d.xlsx"', answer.headers["content-disposition"])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == lines[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [line[0] for line in lines[1:]]
    assert len(rows) > 0 or name in {"handovers", "day"}
    assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)
    if name in page:
        paper = await supervisor.get(page[name])
        assert (f"/export/{name}.xlsx" in paper.text) is bool(rows)
    if name == "journeys":
        assert len(rows) == list_journeys(lived_in.reader).total
        assert all(re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d", str(row[1])) and type(row[1]) is datetime for row in rows)
    assert worker.client is supervisor


async def test_a_list_that_is_too_long_is_not_cut_off(
    someone: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said how long it is and what to do; over the API as a problem."""
    await Worker(someone).speak("en")
    monkeypatch.setattr(exporting, "MOST_EXPORTED", 3)
    answer = await someone.get("/export/journeys.xlsx?phase=any")
    assert answer.status_code == 413
    assert "at most 3" in answer.text
    told = await someone.get("/api/v1/exports/journeys?format=csv&phase=any")
    assert told.status_code == 413
    assert told.json()["type"].endswith("list-too-long")


async def test_hand_overs_are_for_supervisors(someone: httpx.AsyncClient, lived_in: House) -> None:
    """As is their page's matter; and what is no list is lost."""
    assert (await someone.get("/export/handovers.csv")).status_code == 403
    assert (await someone.get("/api/v1/exports/handovers?format=csv")).status_code == 403
    assert (await someone.get("/export/clients.csv")).status_code == 404
    assert (await someone.get("/export/journeys.pdf")).status_code == 404
    assert list_handovers(lived_in.reader).total >= 0


async def _save(client: httpx.AsyncClient, address: str, **entries: str) -> httpx.Response:
    forms = Paper((await client.get(address)).text).forms
    form = next(f for f in forms if f.action == "/views" and "name" in f.fields)
    return await client.post("/views", data={**form.fields, **entries})


async def test_a_view_is_saved_found_begun_with_and_removed(someone: httpx.AsyncClient) -> None:
    """Without scripts; sent twice it is there once; the code of a client is never kept."""
    worker = await Worker(someone).speak("en")
    address = "/journeys?phase=open&stalled=yes&caseworker=me&code=PK-7"
    saved = await _save(someone, address, name="My <stalled> cases", default="yes")
    assert saved.status_code == 303
    there = saved.headers["location"]
    assert "code" not in there
    begun = await someone.get("/journeys")
    assert (begun.status_code, begun.headers["location"]) == (303, there)
    page = await someone.get(there)
    assert "My &lt;stalled&gt; cases" in page.text
    forms = (await worker.read("/views")).forms
    rename = next(f for f in forms if f.action.endswith("/rename"))
    assert (await worker.send(rename.action, rename, name="Waiting for me")).status_code == 303
    stale = await worker.send(rename.action, rename, name="Third name")
    assert stale.status_code == 409
    assert "Somebody has changed this view meanwhile" in stale.text
    assert "It is called now: Waiting for me" in stale.text
    assert "You typed: Third name" in stale.text
    again = next(f for f in Paper(stale.text).forms if f.action.endswith("/rename"))
    assert again.fields["name"] == "Third name"
    assert (await worker.send(again.action, again)).status_code == 303
    assert (await worker.send(rename.action, rename, name=" ")).status_code == 422
    without = next(f for f in (await worker.read("/views")).forms if f.action.endswith("/begin-without"))
    await worker.send(without.action, without)
    assert (await someone.get("/journeys")).status_code == 200
    remove = next(f for f in (await worker.read("/views")).forms if f.action.endswith("/remove"))
    assert (await worker.send(remove.action, remove, token="x")).status_code == 403
    assert (await worker.send(remove.action, remove)).status_code == 303
    assert "Third name" not in (await worker.read("/views")).text


async def test_sent_twice_a_view_is_there_once(someone: httpx.AsyncClient) -> None:
    """A double click on save."""
    form = next(f for f in Paper((await someone.get("/journeys?phase=any")).text).forms if f.action == "/views")
    for _ in range(2):
        assert (await someone.post("/views", data={**form.fields, "name": "Dvaput"})).status_code == 303
    views = (await someone.get("/api/v1/views")).json()
    (view,) = [view for view in views if view["name"] == "Dvaput"]
    assert (await someone.delete(f"/api/v1/views/{view['id']}?version=1")).status_code == 204


async def test_only_supervisors_keep_the_views_of_everybody(
    someone: httpx.AsyncClient, supervisor: httpx.AsyncClient
) -> None:
    """Others see and begin with them; they neither rename nor remove them."""
    await Worker(someone).speak("en")
    assert (await _save(someone, "/journeys?phase=any", name="x", shared="yes")).status_code == 403
    saved = await _save(supervisor, "/journeys?caseworker=nobody", name="Без водитеља", shared="yes")
    assert saved.status_code == 303
    worker = Worker(someone)
    page = await worker.read("/views")
    assert "Без водитеља" in page.text
    mine = {f.action.rpartition("/")[2] for f in page.forms if "/views/" in f.action}
    assert mine == {"begin-with"}
    begin = next(f for f in page.forms if f.action.endswith("begin-with"))
    for what in ("rename", "remove", "refilter"):
        answer = await worker.send(begin.action.replace("begin-with", what), begin, name="y")
        assert answer.status_code == 403, what
    assert (await worker.send(begin.action, begin)).status_code == 303
    assert (await someone.get("/journeys")).status_code == 303
    remove = next(f for f in Paper((await supervisor.get("/views")).text).forms if f.action.endswith("/remove"))
    assert (await supervisor.post(remove.action, data=remove.fields)).status_code == 303
    assert (await someone.get("/journeys")).status_code == 200
    gone = await worker.send(begin.action, begin)
    assert gone.status_code == 409
    assert "Somebody has deleted this view" in gone.text


async def test_the_api_keeps_views_as_the_pages_do(someone: httpx.AsyncClient, supervisor: httpx.AsyncClient) -> None:
    """Kept once under its key; a stale version overwrites nothing; shared by supervisors alone."""
    key = {"Idempotency-Key": str(uuid4())}
    body = {"name": "Rokovi", "filters": {"due": "overdue", "code": "PK-7", "x": "y"}}
    made = [await someone.post("/api/v1/views", json=body, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    view = made[0].json()
    assert view["filters"] == {"phase": "open", "due": "overdue"}
    there = f"/api/v1/views/{view['id']}"
    assert (await someone.patch(there, json={"version": 1, "name": "Kasne"})).json()["version"] == 2
    stale = await someone.patch(there, json={"version": 1, "name": "Istekli"})
    assert (stale.status_code, stale.json()["type"]) == (409, "urn:putokaz:problem:view-conflict")
    assert (await someone.patch(there, json={"version": 2, "shared": True})).status_code == 403
    other = {"X-Putokaz-Person": _id_of(supervisor)}
    assert (await someone.patch(there, json={"version": 2}, headers=other)).status_code == 404
    assert (await someone.put("/api/v1/default-view", json={"view": view["id"]})).status_code == 204
    (mine,) = [each for each in (await someone.get("/api/v1/views")).json() if each["id"] == view["id"]]
    assert (mine["default"], mine["name"]) == (True, "Kasne")
    assert (await someone.delete(f"{there}?version=1")).status_code == 409
    assert (await someone.delete(f"{there}?version=2")).status_code == 204
    assert (await someone.put("/api/v1/default-view", json={"view": view["id"]})).status_code == 404


def _id_of(client: httpx.AsyncClient) -> str:
    return str(client.cookies[PERSON_COOKIE])


async def test_the_api_gives_the_same_file(someone: httpx.AsyncClient) -> None:
    """In the language that is asked for."""
    await Worker(someone).speak("en")
    page = await someone.get("/export/journeys.csv?stalled=yes")
    told = await someone.get("/api/v1/exports/journeys?format=csv&stalled=yes")
    assert told.text == page.text
    cyrillic = await someone.get("/api/v1/exports/journeys?format=csv&stalled=yes&locale=sr-Cyrl")
    assert "Шифра" in cyrillic.text or "Случај" in cyrillic.text
    assert set(CODE.findall(cyrillic.text)) == set(CODE.findall(page.text))
    listed = await someone.get("/api/v1/journeys?stalled=true&phase=open&limit=500&sort=due")
    assert {row["code"] for row in listed.json()["rows"]} == set(CODE.findall(page.text))
