"""Role × relation × route: every route of the application asks for the right that it is said to ask for here.

Expected is what the table says, actual what the server answers. A new route fails until it stands in `ROUTES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter

from activities.entitlements import Entitlements
from activities.states import StreamStates
from domain.codes import Phase, Role, StreamName
from domain.command import Command
from domain.journey import Journey
from domain.journey.state import journey_stream
from domain.mission.codes import MissionPhase
from domain.rights.actions import Action
from domain.rights.commands import COMMANDS, action_of
from domain.rights.deciding import Allowed, Denied, may
from domain.rights.involvement import Footing, Involvement
from domain.rights.member import Member, Post
from domain.rights.parts import FILE, parts_of_event
from projections.contacts.queries import list_contacts
from projections.journey_file.model import Document
from projections.journey_file.queries import file, timeline
from projections.journey_list.queries import JourneyFilter, list_journeys
from projections.missions.queries import MissionFilter, list_missions
from staff.forms import rights
from staff.forms.action import ACTIONS
from staff.forms.derived.form import FORMS
from staff.guard.fields import DOCUMENT
from staff.visit import PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.conftest import ORIGIN
from tests.staff.house import House, opened
from tests.staff.routes import ROUTES, About, Asks
from vault.staff import StaffMember
from worker.demo.staff import DUNJA, STAFF

POSTS = tuple(
    StaffMember(
        UUID(int=0xB000 + number), f"Izmišljena {number}", f"b{number}@example.org", frozenset({post}), "sr-Latn"
    )
    for number, post in enumerate((Post.ADMINISTRATOR, Post.ANALYST, Post.DATA_PROTECTION_LEAD))
)
PEOPLE = (*STAFF, *POSTS)
BY_NAME = [pytest.param(person, id=person.name) for person in PEOPLE]


@dataclass(frozen=True)
class Scenery:
    """The house, and what its routes are asked about. The journey has a team and no mission."""

    house: House
    rights: Entitlements
    journey: Journey
    contact: UUID
    mission: UUID

    def stream(self, about: About) -> str | None:
        match about:
            case About.JOURNEY:
                return self.journey.stream
            case About.CONTACT:
                return StreamName.CONTACT.stream(self.contact)
            case About.MISSION:
                return StreamName.MISSION.stream(self.mission)
            case About.STAFF:
                return StreamName.STAFF.stream(STAFF[0].id)
            case About.NOTHING:
                return None

    def path(self, path: str, params: dict[str, str]) -> str:
        known = {
            "journey": str(self.journey.id),
            "stream": str(self.journey.id),
            "contact": str(self.contact),
            "mission": str(self.mission),
            "staff": str(STAFF[0].id),
            **params,
        }
        query = known.pop("?", "")
        for name, value in known.items():
            path = path.replace(f"{{{name}}}", value)
        return f"{path}?{query}" if query else path

    def allows(self, person: StaffMember, action: Action, about: About) -> bool:
        """What the table says. To the journey, by who is assigned: not by what the server finds out."""
        member = Member(person.id, person.roles)
        if about is About.JOURNEY:
            roles = (role for role, staff in self.journey.assigned.items() if staff == person.id)
            footings = frozenset(Footing(role, Involvement.ASSIGNED) for role in roles)
            return isinstance(may(member, footings, action), Allowed)
        return isinstance(self.rights.may(person.id, action, self.stream(about)), Allowed)


@pytest.fixture(scope="module")
def scenery(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[Scenery]:
    """One house for all: what is sent here changes nothing that another test looks at."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault) as house:
        for member in POSTS:
            house.directory.put(member)
        rights = Entitlements(house.log, house.directory)
        contact = list_contacts(house.reader, limit=1).rows[0].contact
        mission = list_missions(house.reader, MissionFilter(phases=(MissionPhase.PLANNED,))).rows[0].mission
        yield Scenery(house, rights, _journey(house), contact, mission)
    database_factory.drop(log)
    database_factory.drop(vault)


def _journey(house: House) -> Journey:
    """The open one with the largest team of those that no mission serves; Dunja is away, and Mila stands in for her."""
    found, states = [], StreamStates(house.log)
    for row in list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=500).rows:
        journey = states.current(journey_stream(row.journey))
        assert isinstance(journey, Journey)
        if not journey.missions and journey.proceedings and DUNJA.id not in journey.assigned.values():
            found.append(journey)
    return max(found, key=lambda journey: len(set(journey.assigned.values())))


def client(house: House, person: StaffMember) -> httpx.AsyncClient:
    """A browser and an API client of this person."""
    transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False)
    cookies = {PERSON_COOKIE: str(person.id)}
    headers = {"x-putokaz-person": str(person.id), "origin": ORIGIN}
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies, headers=headers)


def routes(app: FastAPI) -> set[str]:
    """`GET /journeys/{journey}` and so on, of routers within routers as well."""

    def walk(found: Any) -> Iterator[str]:
        for route in found:
            if hasattr(route, "effective_candidates"):
                yield from walk(route.effective_candidates())
            else:
                yield from (f"{method} {route.path}" for method in route.methods - {"HEAD"})

    return set(walk(app.routes))


def test_every_route_is_classified(scenery: Scenery) -> None:
    """Which right it asks for, or why it asks for none."""
    assert routes(scenery.house.app) == set(ROUTES)


@pytest.mark.parametrize("person", BY_NAME)
async def test_who_may_and_who_may_not(scenery: Scenery, person: StaffMember) -> None:
    """Each route that asks, for each role of the demonstration: 403 with a reason exactly where the table says no."""
    wrong = []
    async with client(scenery.house, person) as browser:
        for name, asks in ROUTES.items():
            if not isinstance(asks, Asks):
                continue
            method, path = name.split()
            there = scenery.path(path, asks.params)
            api = path.startswith("/api/")
            given = {"json": asks.body or {}} if api and method == "POST" else {"data": {"intent": "edit"}}
            sent = {} if method == "GET" else given
            answer = await browser.request(method, there, headers={"idempotency-key": str(uuid4())}, **sent)
            allowed = any(scenery.allows(person, action, asks.about) for action in asks.actions)
            if (answer.status_code != 403) is not allowed or answer.status_code >= 500:
                wrong.append((name, answer.status_code, allowed))
            if answer.status_code == 403 and api:
                assert answer.json()["type"] == "urn:putokaz:problem:not-permitted"
    assert wrong == []


@pytest.mark.parametrize("person", BY_NAME)
async def test_rows_are_those_of_the_table_and_counts_equal_them(scenery: Scenery, person: StaffMember) -> None:
    """Of open journeys; nobody learns of another's case by a count."""
    house, rights = scenery.house, scenery.rights
    every = {
        row.journey: rights.stance(person.id, journey_stream(row.journey))
        for row in list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=500).rows
    }
    async with client(house, person) as browser:
        for path, action in (
            ("/api/v1/journeys?phase=open&limit=500", Action.READ_LIST_ROW),
            ("/api/v1/stalled?limit=500", Action.READ_STALLED),
            ("/api/v1/hearings?limit=500", Action.READ_HEARINGS),
        ):
            theirs = {journey for journey, stance in every.items() if isinstance(stance.may(action), Allowed)}
            found = (await browser.get(path)).json()
            assert found["total"] == len(found["rows"])
            of_journeys = (row for row in found["rows"] if row.get("stream_kind", "journey") == "journey")
            seen = {UUID(row.get("journey") or row["stream_id"]) for row in of_journeys}
            assert seen == theirs if "journeys" in path else seen <= theirs, path
            if "causes" in found:
                assert sum(found["causes"].values()) == sum(found["places"].values()) == found["total"]
        listed = (await browser.get("/api/v1/missions?limit=500")).json()["rows"]
        may_read = {
            row.mission
            for row in list_missions(house.reader, limit=500).rows
            if isinstance(rights.may(person.id, Action.READ_MISSION, StreamName.MISSION.stream(row.mission)), Allowed)
        }
        assert {UUID(row["mission"]) for row in listed} <= may_read
        contacts = (await browser.get("/api/v1/contacts?limit=500")).json()["rows"]
        for row in contacts:
            stream = StreamName.CONTACT.stream(UUID(row["contact"]))
            assert isinstance(rights.may(person.id, Action.READ_CONTACT, stream), Allowed)


@pytest.mark.parametrize("person", BY_NAME)
async def test_forms_are_offered_to_those_who_may_fill_them_in(scenery: Scenery, person: StaffMember) -> None:
    """The file links to a form exactly where its command is theirs, and the form opens exactly then."""
    async with client(scenery.house, person) as browser:
        answer = await browser.get(f"/journeys/{scenery.journey.id}")
        one_of_each = {rights.right_of(word): word for word in FORMS}  # they differ by their command alone
        for word in (set(ACTIONS) - set(FORMS)) | set(one_of_each.values()):
            allowed = scenery.allows(person, rights.right_of(word), About.JOURNEY)
            asked = await browser.post(f"/journeys/{scenery.journey.id}/{word}/x", data={"intent": "edit"})
            assert (asked.status_code != 403) is allowed or word == "open", word
            if re.search(rf"/journeys/{scenery.journey.id}/{word}\b(?!-)", answer.text):
                assert allowed, word


def test_every_form_has_its_right() -> None:
    """A form that nobody has classified is nobody's."""
    assert set(rights.COMMANDS) == set(ACTIONS)
    assert rights.right_of("no-such-form") is Action.RUN_ENGINE


@pytest.mark.parametrize("person", BY_NAME)
async def test_a_file_shows_the_parts_that_are_theirs(scenery: Scenery, person: StaffMember) -> None:
    """What is not theirs is left out, of the document, of the timeline and of its count."""
    journey, house = scenery.journey, scenery.house
    whole, lines = file(house.reader, journey.id), timeline(house.reader, journey.id, limit=500)
    assert whole is not None
    async with client(house, person) as browser:
        shown = await browser.get(f"/api/v1/journeys/{journey.id}")
        told = await browser.get(f"/api/v1/journeys/{journey.id}/timeline?limit=500")
    reads = {part for part in FILE if scenery.allows(person, part, About.JOURNEY)}
    if not reads:
        assert (shown.status_code, told.status_code) == (403, 403)
        return
    document = shown.json()["document"]
    everything = TypeAdapter(type(whole)).dump_python(whole, mode="json")["document"]
    nothing = TypeAdapter(Document).dump_python(Document(whole.header, whole.document.pathway_sha256), mode="json")
    for name, parts in DOCUMENT.items():
        if name == "documents":  # each by its part: tests/staff/test_fields.py
            continue
        assert document[name] == (everything if parts & reads else nothing)[name], name
    expected = [row.version for row in lines.rows if row.body is None or parts_of_event(type(row.body)) & reads]
    assert [row["version"] for row in told.json()["rows"]] == expected
    assert told.json()["total"] == len(expected)


async def test_every_command_of_a_journey_is_previewed_for_those_who_may(scenery: Scenery) -> None:
    """`foresee` asks first, whatever the command says; of the engine's own nobody knows here."""
    foresee = scenery.house.desk.preview
    for action, kinds in COMMANDS.items():
        for kind in kinds:
            if _is_tried(kind, action):
                for person in PEOPLE:
                    said = (await foresee(scenery.journey.id, kind(), actor=person.id)).refusal
                    denied = said is not None and said.code.value == "not-permitted"
                    assert denied is not scenery.allows(person, action_of(kind), About.JOURNEY), (
                        kind.kind,
                        person.name,
                    )


def _is_tried(kind: type[Command], action: Action) -> bool:
    """Those of a journey which need no field; the others are classified in the same table."""
    needs = any(info.is_required() for info in kind.model_fields.values())
    return kind.__module__.startswith("domain.journey.") and action is not Action.RUN_ENGINE and not needs


async def test_a_mission_is_planned_for_one_s_own_clients(scenery: Scenery) -> None:
    """Who could plan one for anybody would go on it and read who they are."""
    house, journey = scenery.house, scenery.journey
    owner = next(p for p in STAFF if p.id == journey.assigned[Role.CASEWORKER])
    other = next(p for p in STAFF if Role.CASEWORKER in p.roles and p.id not in journey.assigned.values())
    crew = {"lead": str(owner.id), "team": [str(owner.id), str(other.id)]}
    times = {"departure": "2026-12-01T08:00:00+01:00", "expected_return": "2026-12-01T12:00:00+01:00"}
    body = {"pathway": "astra", "body": {"purpose": "home-visit", "crew": crew, **times, "journeys": [str(journey.id)]}}
    for person, status in ((other, 403), (owner, 201)):
        async with client(house, person) as browser:
            key = {"idempotency-key": str(uuid4())}
            answer = await browser.post("/api/v1/missions", json=body, headers=key)
        assert answer.status_code == status, answer.text


def test_whoever_has_left_sees_nothing(scenery: Scenery) -> None:
    """Not even an empty list."""
    left = scenery.rights.may(UUID("00000000-0000-4000-8000-00000000a0ff"), Action.READ_LIST_ROW)
    assert isinstance(left, Denied)
