"""The event browser: every decision with cause and effect, the whole log, and of both only what is theirs to read."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from analysis.browsing.decided import decisions_of
from analysis.browsing.effect import Course, effect_of
from analysis.travel.journeys import read_history
from domain.codes import SYSTEM_ACTOR, Role
from domain.journey.state import journey_stream
from domain.rights.parts import hidden_topics, shows_event
from domain.streams import id_of
from projections.journey_file.queries import file
from projections.journey_list.queries import JourneyFilter, list_journeys
from staff.event_groups import EventGroup, topics_of
from tests.staff.house import House
from tests.staff.paper import every_journey
from tests.staff.test_replay_pages import _client, lived_in

__all__ = ["lived_in"]


@pytest.fixture
def supervisor(lived_in: House) -> httpx.AsyncClient:
    people = [person for person in lived_in.desk.staff() if Role.SUPERVISOR.value in person.roles]
    return _client(lived_in, min(person.id for person in people))


def _busiest(house: House) -> UUID:
    return max(every_journey(house), key=lambda journey: len(read_history(house.reader, journey)))


async def test_every_decision_has_its_place_and_links_lead_both_ways(
    supervisor: httpx.AsyncClient, lived_in: House
) -> None:
    """Over the pages each decision once; what started leads to what ended it, and back; timers lead to their date."""
    journey = _busiest(lived_in)
    whole = list(decisions_of(read_history(lived_in.reader, journey)))
    path: str | None = f"/journeys/{journey}/events"
    seen: list[int] = []
    while path is not None:
        page = await supervisor.get(path)
        assert page.status_code == 200
        seen += [int(found) for found in re.findall(r'id="v(\d+)"', page.text)]
        older = re.search(r'rel="next" href="([^"]*)"', page.text)
        path = html.unescape(older[1]) if older else None
    assert seen == [each.version for each in reversed(whole)]
    answer = (await supervisor.get(f"/api/v1/journeys/{journey}/events", params={"limit": 500})).json()
    assert answer["total"] == len(whole)
    told = {row["version"]: row for row in answer["rows"]}
    joined = 0
    for each in whole:
        owed = effect_of(each).owed
        assert [o["key"] for o in told[each.version]["owed"]] == [o.obligation.key for o in owed]
        for one in told[each.version]["owed"]:
            assert (one["course"] == Course.STARTED.value) <= (one["was_due_at"] is None)
            if one["later"] is not None:
                back = next(o for o in told[one["later"]]["owed"] if o["key"] == one["key"])
                assert back["earlier"] == each.version
                joined += 1
    assert joined > 3
    assert {row["cause"]["kind"] for row in answer["rows"]} >= {"person", "timer"}
    assert all((row["cause"]["kind"] == "person") is (row["actor"] != str(SYSTEM_ACTOR)) for row in answer["rows"])
    page = await supervisor.get(f"/journeys/{journey}/events?around={whole[0].version}")
    assert f'id="v{whole[0].version}"' in page.text
    assert re.search(r'href="/journeys/[^"]*/events\?before=\d+#v\d+"', page.text)
    again = (await supervisor.get(f"/api/v1/journeys/{journey}/events", params={"before": whole[-1].version})).json()
    assert [row["version"] for row in again["rows"]][:1] == [whole[-2].version]
    assert (await supervisor.get(f"/journeys/{UUID(int=3)}/events")).status_code == 404
    assert (await supervisor.get(f"/api/v1/journeys/{UUID(int=3)}/events")).status_code == 404


async def test_only_what_was_asked_for_and_what_is_theirs(lived_in: House, supervisor: httpx.AsyncClient) -> None:
    """By kind, by person; a lawyer has neither the events nor the obligations of a part that is not theirs."""
    journey = _busiest(lived_in)
    page = await supervisor.get(f"/journeys/{journey}/events?kind=team&who=clock")
    assert "There is no such event" in page.text
    for group in (EventGroup.TEAM, EventGroup.STEPS):
        page = await supervisor.get(f"/journeys/{journey}/events?kind={group.value}")
        topics = set(re.findall(r"<code[^>]*>(journey\.[a-z-]+), version", page.text))
        assert topics & set(topics_of(group))
    compared = 0
    for each in every_journey(lived_in):
        found = file(lived_in.reader, each)
        lawyer = next((a.staff for a in found.document.assigned if a.role is Role.LAWYER), None) if found else None
        if lawyer is None:
            continue
        hidden = set(hidden_topics(lived_in.app.state.parts.rights.stance(lawyer, journey_stream(each))))
        async with _client(lived_in, lawyer) as client:
            rows = (await client.get(f"/api/v1/journeys/{each}/events", params={"limit": 500})).json()["rows"]
            text = (await client.get(f"/journeys/{each}/events")).text
        assert not hidden & {event["topic"] for row in rows for event in row["events"]}
        assert not hidden & set(re.findall(r"<code[^>]*>([a-z]+\.[a-z-]+), version", text))
        assert not any(owed["kind"] == "service" for row in rows for owed in row["owed"])
        compared += 1
        if compared >= 2:
            return
    raise AssertionError("no case has a lawyer")


async def test_the_log_shows_everybody_exactly_what_is_theirs(lived_in: House, supervisor: httpx.AsyncClient) -> None:
    """Page by page to its beginning: as many events of each case as its stance shows, and of no other."""
    caseworker = next(p for p in lived_in.desk.staff() if p.roles == {Role.CASEWORKER.value})
    rights = lived_in.app.state.parts.rights
    expected = {
        (recorded.stream, recorded.version)
        for row in list_journeys(lived_in.reader, JourneyFilter(), limit=500).rows
        for stance in (rights.stance(caseworker.id, journey_stream(row.journey)),)
        for recorded in read_history(lived_in.reader, row.journey)
        if shows_event(stance, type(recorded.event))
    }
    found: set[tuple[str, int]] = set()
    before: int | None = None
    async with _client(lived_in, caseworker.id) as client:
        while True:
            place = {"before": before} if before else {}
            page = (
                await client.get("/api/v1/replay/events", params={"stream": "journey", "limit": 500, **place})
            ).json()
            found |= {(row["stream"], row["event"]["version"]) for row in page["rows"]}
            before = page["older"]
            if before is None:
                break
    assert found == expected
    assert found
    versions = lived_in.desk.versions()
    day = lived_in.log.now() - timedelta(days=40)
    for asked in (
        {"kind": "hearings"},
        {"stream": "contact"},
        {"stream": "mission"},
        {"who": "clock"},
        {"pathway": f"{versions[0][0].name}/{versions[0][0].version}"},
        {"from": day.date().isoformat(), "to": day.date().isoformat()},
        {"kind": "nonsense", "who": "nobody", "from": "32.13.", "pathway": "none/0"},
    ):
        told = await supervisor.get("/replay/events", params=asked)
        assert told.status_code == 200
        assert "newer release" not in told.text
    shas = {pin.sha256 for pin, _ in versions}
    rows = (await supervisor.get("/api/v1/replay/events", params={"limit": 500})).json()["rows"]
    assert {row["pathway_sha256"] for row in rows} <= shas
    one = rows[0]["pathway_sha256"]
    answer = await supervisor.get("/api/v1/replay/events", params={"pathway_sha256": one, "limit": 500})
    assert {row["pathway_sha256"] for row in answer.json()["rows"]} == {one}
    journeys = [row for row in rows if row["stream"].startswith("journey-")]
    told = await supervisor.get("/replay/events?stream=journey")
    assert f"/journeys/{id_of(journeys[0]['stream'])}/events?around={journeys[0]['event']['version']}#e" in told.text
