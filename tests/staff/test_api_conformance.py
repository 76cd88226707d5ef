"""Whatever is sent to the API, it answers as its OpenAPI document says: schemathesis makes requests of every operation.

Both what the document allows and what it does not, about things that exist and about others, by people who may and who
may not. The same requests each time; more of them in `make soak`.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from domain.command import COMMAND_TYPES
from domain.rights.member import Post
from staff.api.commands import INNER
from staff.api.described import BELOW
from staff.api.examples import EXAMPLES
from tests.staff.routes import ROUTES
from tests.staff.test_rights import PEOPLE, POSTS, Scenery, client, scenery
from vault.staff import StaffMember
from worker.demo.staff import STAFF, VERA

__all__ = ["scenery"]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
UNDESCRIBED = {f"GET {BELOW}/", f"GET {BELOW}/docs", f"GET {BELOW}/openapi.json"}
OPERATIONS = sorted(name for name in ROUTES if name.split()[1].startswith(BELOW) and name not in UNDESCRIBED)
WITHOUT_INPUT = {f"GET {BELOW}/{name}" for name in ("commands", "pathways", "session", "me/sessions")}
"""Nothing can be sent to these that is not in form."""
ADMINISTRATOR = next(person for person in POSTS if Post.ADMINISTRATOR in person.roles)
ROOMS = {
    "journey": ("/journeys/{journey}/preview", "/journeys/{journey}/commands"),
    "contact": ("/contacts/{contact}/commands",),
    "mission": ("/missions/{mission}/preview", "/missions/{mission}/commands"),
    "attendance": ("/staff/{staff}/commands",),
    "provider": ("/providers/{provider}/commands",),
}
"""Where the commands of each package of the domain are sent."""


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def _known(scenery: Scenery) -> dict[str, str]:
    journey = str(scenery.journey.id)
    return {
        "journey": journey,
        "kind": "journey",
        "stream": journey,
        "contact": str(scenery.contact),
        "mission": str(scenery.mission),
        "staff": str(STAFF[0].id),
    }


def _loaded(scenery: Scenery, document: dict[str, Any]) -> Any:
    schema = schemathesis.openapi.from_dict(document)
    schema.app = scenery.house.app
    schema.config.update(base_url="http://127.0.0.1")
    return schema


def _send_all(scenery: Scenery, strategy: Any, people: list[StaffMember], examples: int, *, known: bool = True) -> None:
    @_settings(examples)
    @given(data=st.data())
    def sent(data: st.DataObject) -> None:
        _send(scenery, data.draw(strategy), data, people, known=known)

    sent()


def _send(scenery: Scenery, case: Any, data: st.DataObject, people: list[StaffMember], *, known: bool) -> None:
    """About something that exists, half of the time; by somebody, who is named in the header of the demonstration.

    Not `known`: what is wrong with the request is its address, which stays as it is.
    """
    if known and case.path_parameters and data.draw(st.booleans()):
        there = _known(scenery)
        case.path_parameters.update({name: there[name] for name in case.path_parameters if name in there})
    case.headers = {**(case.headers or {}), "x-putokaz-person": str(data.draw(st.sampled_from(people)).id)}
    case.validate_response(case.call(), checks=CHECKS)


def _fuzz(scenery: Scenery, name: str, examples: int) -> None:
    method, path = name.split()
    operation = _loaded(scenery, scenery.house.app.openapi())[path][method]
    may = ADMINISTRATOR if path.startswith(f"{BELOW}/people") else VERA
    people = [*[may] * len(PEOPLE), *PEOPLE]
    modes = [GenerationMode.POSITIVE] if name in WITHOUT_INPUT else list(GenerationMode)
    described = scenery.house.app.openapi()["paths"][path][method.lower()]
    for mode in modes:
        known = mode is GenerationMode.POSITIVE or "requestBody" in described
        _send_all(scenery, operation.as_strategy(generation_mode=mode), people, examples, known=known)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_answers_as_it_is_described(scenery: Scenery, name: str) -> None:
    _fuzz(scenery, name, examples=3)


@pytest.mark.soak
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_answers_as_it_is_described_to_many_more_requests(scenery: Scenery, name: str) -> None:
    _fuzz(scenery, name, examples=100)


def _with_commands(document: dict[str, Any], room: str) -> dict[str, Any]:
    """The document, as if the body of a command were written out in it: any command of one package of the domain."""
    bodies, schemas = [], dict(document["components"]["schemas"])
    for kind, command in COMMAND_TYPES.items():
        if command.__module__.startswith(f"domain.{room}.") and kind not in INNER:
            schema = command.model_json_schema(ref_template=f"#/components/schemas/{kind}-{{model}}")
            schemas.update({f"{kind}-{name}": each for name, each in schema.pop("$defs", {}).items()})
            bodies.append(
                {
                    "type": "object",
                    "properties": {"kind": {"const": kind}, "body": schema},
                    "required": ["kind", "body"],
                    "additionalProperties": False,
                }
            )
    paths = {}
    for path in ROOMS[room]:
        operation = document["paths"][BELOW + path]["post"]
        content = {"application/json": {"schema": {"oneOf": bodies}}}
        paths[BELOW + path] = {"post": {**operation, "requestBody": {"required": True, "content": content}}}
    return {**document, "paths": paths, "components": {**document["components"], "schemas": schemas}}


def _give_commands(scenery: Scenery, room: str, examples: int) -> None:
    schema = _loaded(scenery, _with_commands(scenery.house.app.openapi(), room))
    team = [person for person in STAFF if person.id in scenery.journey.assigned.values()]
    for path in ROOMS[room]:
        _send_all(scenery, schema[BELOW + path]["POST"].as_strategy(), [VERA, *team], examples)


@pytest.mark.parametrize("room", ROOMS)
def test_commands_of_every_kind_are_decided_or_refused(scenery: Scenery, room: str) -> None:
    _give_commands(scenery, room, examples=15)


@pytest.mark.soak
@pytest.mark.parametrize("room", ROOMS)
def test_many_more_commands_of_every_kind_are_decided_or_refused(scenery: Scenery, room: str) -> None:
    _give_commands(scenery, room, examples=2_000)


async def test_every_body_has_an_example_that_is_in_form(scenery: Scenery) -> None:
    """In the document, and sent as it stands: what it is about may be missing or stand otherwise, its form is right."""
    document = scenery.house.app.openapi()["paths"]
    operations = {
        f"{method} {path.removeprefix(BELOW)}": operation["requestBody"]["content"]["application/json"].get("example")
        for path, methods in document.items()
        for method, operation in methods.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }
    assert operations == EXAMPLES
    async with client(scenery.house, VERA) as browser:
        for name, example in EXAMPLES.items():
            method, path = name.split()
            there = re.sub(r"{(\w+)}", lambda found: _known(scenery).get(found[1], str(uuid4())), BELOW + path)
            by = ADMINISTRATOR if path.startswith("/people") else VERA
            headers = {"idempotency-key": str(uuid4()), "x-putokaz-person": str(by.id)}
            answer = await browser.request(method, there, json=example, headers=headers)
            assert answer.status_code in {200, 201, 202, 204, 403, 404, 409}, (name, answer.text)


def test_every_number_that_is_sent_has_a_limit(scenery: Scenery) -> None:
    """What the database cannot hold is not in form: a number without end would be a fault of ours."""
    document = scenery.house.app.openapi()
    bodies = {
        name
        for methods in document["paths"].values()
        for operation in methods.values()
        for name in _named(operation.get("requestBody"), document)
    }
    sent: list[Any] = [document["components"]["schemas"][name] for name in sorted(bodies)]
    sent += [operation.get("parameters") for methods in document["paths"].values() for operation in methods.values()]
    sent += [command.model_json_schema() for kind, command in COMMAND_TYPES.items() if kind not in INNER]
    assert [node for each in sent for node in _nodes(each) if _is_unlimited(node)] == []


def _is_unlimited(node: dict[str, Any]) -> bool:
    return node.get("type") == "integer" and not node.keys() & {"maximum", "exclusiveMaximum", "const", "enum"}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from _nodes(each)


def _named(value: Any, document: dict[str, Any]) -> Iterator[str]:
    for node in _nodes(value):
        if "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            yield name
            yield from _named(document["components"]["schemas"][name], document)


async def test_what_no_text_can_hold_is_turned_away(scenery: Scenery) -> None:
    """NUL and half a character, wherever they stand; deep nesting, endless numbers. Of pages, too."""
    base = f"{BELOW}/journeys/{scenery.journey.id}"
    headers = {"content-type": "application/json", "idempotency-key": str(uuid4())}
    number = b'{"kind":"review","body":{"seen":' + b"9" * 50 + b"}}"
    async with client(scenery.house, VERA) as browser:
        for body in (
            b'{"kind":"a\\u0000"}',
            b'{"kind":"a\\ud800"}',
            b'{"\\ud800":1}',
            '{"kind":"a\\u0000"}'.encode("utf-16"),
            b"[" * 100_000,
            number,
            number.replace(b"9" * 50, b"9" * 5_000),
        ):
            answer = await browser.post(f"{base}/commands", content=body, headers=headers)
            assert answer.status_code in {400, 422}, body[:40]
            assert answer.headers["content-type"] == "application/problem+json"
        whole = {"name": "\N{GRINNING FACE}", "filters": {}}
        sent = json.dumps(whole).encode()
        assert b"\\ud83d" in sent
        answer = await browser.post(f"{BELOW}/views", content=sent, headers=headers)
        assert (answer.status_code, answer.json()["name"]) == (201, whole["name"])
        for address in ("/journeys?code=%00", f"{BELOW}/drafts?form=%00"):
            assert (await browser.get(address)).status_code == 422, address
        unknown = await browser.get("/j/%00")
        assert (unknown.status_code, (await browser.get("/j/none")).status_code) == (303, 303), (
            "as any code that is nobody's"
        )
        assert (await browser.get(unknown.headers["location"])).status_code == 200
        form = await browser.post(f"/journeys/{scenery.journey.id}/review", data={"note": "a\0"})
        assert form.status_code == 404


async def test_a_cursor_that_no_list_gave_out_begins_nothing(scenery: Scenery) -> None:
    """Well made, with keys that no row has: another list's, or out of every range."""
    extremes: tuple[Any, ...] = ("9" * 40, "1e9999", "0001-01-01T00:00:00+14:00", None)
    lists = [
        path
        for path, methods in scenery.house.app.openapi()["paths"].items()
        if any(each["name"] == "cursor" for each in methods.get("get", {}).get("parameters", ()))
    ]
    assert len(lists) > 10
    async with client(scenery.house, VERA) as browser:
        for path in lists:
            there = re.sub(r"{(\w+)}", lambda found: _known(scenery).get(found[1], str(uuid4())), path)
            moment = "&as_known_at=2026-11-20" if "/replay/boards/" in path else ""
            for keys in ([each] * n + last for each in extremes for n in range(1, 4) for last in ([], [str(uuid4())])):
                cursor = base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")
                answer = await browser.get(f"{there}?cursor={cursor}{moment}")
                assert answer.status_code in {200, 400, 403, 404}, (path, keys, answer.text)


async def test_how_a_page_of_another_house_is_answered(scenery: Scenery) -> None:
    """The gate answers a program with problems as well, and a method that is not served says which are."""
    async with client(scenery.house, VERA) as browser:
        search = f"{BELOW}/search"
        for status, sent in (
            (403, browser.post(search, json={"typed": "x"}, headers={"sec-fetch-site": "cross-site"})),
            (413, browser.post(search, content=b" " * 600_000, headers={"content-type": "application/json"})),
            (415, browser.post(search, data={"typed": "x"})),
            (421, browser.get(search, headers={"host": "elsewhere.example"})),
        ):
            answer = await sent
            assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        answer = await browser.delete(f"{BELOW}/journeys")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
