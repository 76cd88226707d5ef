"""Everything is reachable from the API: no command of people is left out. What the command line sends is in
`tests/worker/test_cli_sends.py`.
"""

from __future__ import annotations

from uuid import uuid4

import httpx
from typer.core import TyperGroup

from domain.codes import StreamName
from domain.command import COMMAND_TYPES, Command
from domain.streams import KINDS
from staff.api.commands import INNER
from worker.cli.commands import commands_of

PACKAGES = {
    "domain.journey": StreamName.JOURNEY,
    "domain.contact": StreamName.CONTACT,
    "domain.mission": StreamName.MISSION,
    "domain.attendance": StreamName.STAFF,
    "domain.provider": StreamName.PROVIDER,
    "domain.handover": StreamName.HANDOVER,
    "domain.export": StreamName.EXPORT,
    "domain.release": StreamName.RELEASE,
}
"""The streams of the commands, by the package that defines them."""
OPENING = {"open-journey": "/api/v1/journeys", "log-contact": "/api/v1/contacts", "plan-mission": "/api/v1/missions"}
OPENING |= {"begin-handover": "/api/v1/handovers"}
"""Commands that begin a stream have an address of their own."""
ADDRESSES = {
    StreamName.JOURNEY: "/api/v1/journeys/{id}/commands",
    StreamName.CONTACT: "/api/v1/contacts/{id}/commands",
    StreamName.MISSION: "/api/v1/missions/{id}/commands",
    StreamName.STAFF: "/api/v1/staff/{id}/commands",
    StreamName.PROVIDER: "/api/v1/providers/{id}/commands",
}
FOR_PEOPLE = {kind: cls for kind, cls in sorted(COMMAND_TYPES.items()) if cls.__module__.startswith("domain.")}
FOR_PEOPLE = {kind: cls for kind, cls in FOR_PEOPLE.items() if kind not in INNER}


def stream_of(command: type[Command]) -> StreamName:
    """Whose command it is."""
    return next(stream for package, stream in PACKAGES.items() if command.__module__.startswith(package + "."))


def test_every_kind_of_stream_is_known_here() -> None:
    """Or the commands of a new one would not be looked for."""
    assert set(PACKAGES.values()) == set(KINDS)


async def test_the_api_takes_every_command_of_people(browser: httpx.AsyncClient) -> None:
    """It knows the kind: what it finds wrong is the field that we made up, and never the kind."""
    for kind, command in FOR_PEOPLE.items():
        await _takes(browser, kind, stream_of(command))


async def _takes(browser: httpx.AsyncClient, kind: str, stream: StreamName) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    if kind == "stop-handover":
        answer = await browser.post(f"/api/v1/handovers/{uuid4()}/stop", headers=key)
        assert answer.json()["refusal"]["code"] == "unknown-handover"
        return
    made_up = {"made_up": 1}
    if kind in OPENING:
        body = {"body": made_up} if stream is StreamName.HANDOVER else made_up
        answer = await browser.post(OPENING[kind], json=body, headers=key)
    else:
        place = ADDRESSES[stream].format(id=uuid4())
        answer = await browser.post(place, json={"kind": kind, "body": made_up}, headers=key)
    assert answer.status_code == 422, (kind, answer.text)
    problems = answer.json()["problems"]
    assert any("made_up" in each or "unknown field" in each for each in problems), (kind, problems)
    assert not any(each.startswith("kind:") for each in problems), kind


async def test_a_provider_is_taken_in_and_out_over_http(browser: httpx.AsyncClient) -> None:
    """Its texts are sealed; a second taking in is refused."""
    place = f"/api/v1/providers/{uuid4()}/commands"
    entry = {"provider_kind": "polyclinic", "country": "RS", "identity": "Izmišljena organizacija"}
    order = {"kind": "list-provider", "body": entry}
    taken = await browser.post(place, json=order, headers={"Idempotency-Key": str(uuid4())})
    assert (taken.status_code, taken.json().get("version")) == (200, 1), taken.text
    out = {"kind": "deactivate-provider", "body": {"reason": "other"}}
    assert (await browser.post(place, json=out, headers={"Idempotency-Key": str(uuid4())})).json()["version"] == 2
    again = await browser.post(place, json=order, headers={"Idempotency-Key": str(uuid4())})
    assert again.status_code == 409


WEBHOOKS = {
    "add": ("post", "/api/v1/webhooks"),
    "list": ("get", "/api/v1/webhooks"),
    "remove": ("delete", "/api/v1/webhooks/{subscription}"),
    "enable": ("post", "/api/v1/webhooks/{subscription}/enable"),
    "disable": ("post", "/api/v1/webhooks/{subscription}/disable"),
    "rotate": ("post", "/api/v1/webhooks/{subscription}/rotate"),
    "try": ("post", "/api/v1/webhooks/{subscription}/try"),
    "deliveries": ("get", "/api/v1/webhooks/{subscription}/deliveries"),
    "resend": ("post", "/api/v1/webhooks/{subscription}/resend"),
}
"""What the command line does for partner systems, and where the API does it."""


async def test_what_the_command_line_does_for_partners_the_api_does_too(browser: httpx.AsyncClient) -> None:
    """But for running the follower, which is a process; each operation is described with its problems."""
    webhooks = commands_of("webhooks")["webhooks"]
    assert isinstance(webhooks, TyperGroup)
    assert set(WEBHOOKS) == set(webhooks.commands) - {"run"}
    described = (await browser.get("/api/v1/openapi.json")).json()["paths"]
    for method, place in WEBHOOKS.values():
        answers = described[place][method]["responses"]
        assert {"403", "404", "422", "503"} <= set(answers), place
