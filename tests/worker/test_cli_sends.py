"""Which command of the domain each word of the command line sends: run against a road that only writes down what comes.

Nothing else is replaced but what would need a database: arguments, fields, texts and ids go through the code of the
command line as they are typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from typer.core import TyperGroup
from typer.testing import CliRunner

from activities.pathway_files import PathwayStore
from domain.codes import StreamName
from domain.command import Command, from_wire
from domain.event import Recorded
from domain.provider.listing import ProviderListed
from domain.sealed import Sealed
from staff.api.commands import INNER
from tests.corpus.example import example, example_of
from tests.staff.test_reachable import FOR_PEOPLE, stream_of
from tests.worker.test_cli import own_logs
from worker.cli import app
from worker.cli.commands import MODULES, commands_of
from worker.road import Arrived, Way
from worker.settings import CHECKOUT, Settings
from workflows.messages import Answer, AnswerKind, Order

__all__ = ["own_logs"]

WHO, OTHER, THING = UUID(int=0xA), UUID(int=0xB), UUID(int=0xC)
SEALED: Sealed[Any] = Sealed.from_bytes(bytes(range(60)))
ENVIRONMENT = {
    "DATABASE_URL": "postgresql://nowhere",
    "VAULT_DATABASE_URL": "postgresql://nowhere",
    "PUTOKAZ_KEK_FILE": "kek",
    "PUTOKAZ_KEYRING_FILE": "keyring.json",
}
EVERY_DAY = {"days": ["monday"], "starts": "08:00", "ends": "16:00"}
BODIES: dict[str, dict[str, Any]] = {
    "agree-safe-contact": {"rules": [{"channel": "call", "hours": [EVERY_DAY], "message": "neutral"}]},
    "begin-return": {"direction": "outbound", "country": "MD"},
    "give-consent": {"purpose": "medical", "recipient": str(OTHER)},
}
"""Commands whose fields bind one another: an example with every field filled is none."""
DECIDES = {StreamName.JOURNEY: "journey", StreamName.CONTACT: "contact", StreamName.MISSION: "mission"}
"""Where a word takes any kind of command."""
BEGINS = {"open-journey", "log-contact", "plan-mission"}
"""Kinds that begin a stream: their own word makes the id."""

T, U = str(THING), str(OTHER)
TIMES = ("--departure", "2026-03-03T10:00+01:00", "--return", "2026-03-03T12:00+01:00")
WORDS: dict[tuple[str, ...], tuple[str, dict[str, Any]]] = {
    ("journey", "open", "--caseworker", U): ("open-journey", {"caseworker": U}),
    ("contact", "log", "silent"): ("log-contact", {"caller": "silent", "channel": "phone"}),
    ("contact", "log", "relative", "--danger", "child", "--note", "x"): (
        "log-contact",
        {"danger": "child", "note": ""},
    ),
    ("contact", "callback", T): ("promise-call-back", {}),
    ("contact", "callback", T, "--outcome", "made"): ("record-call-back", {"outcome": "made"}),
    ("contact", "danger", T, "--raise", "child"): ("raise-danger", {"sign": "child"}),
    ("contact", "danger", T, "--acknowledge", U): ("acknowledge-danger", {"by": U}),
    ("contact", "danger", T, "--settle", "safe-now", "--number", "2"): (
        "settle-danger",
        {"outcome": "safe-now", "number": 2},
    ),
    ("contact", "attach", T, U): ("attach-contact", {"journey": U}),
    ("contact", "open", T, "--caseworker", U): ("begin-journey", {"caseworker": U}),
    ("mission", "plan", "transport", "--team", T, "--team", U, *TIMES): ("plan-mission", {"purpose": "transport"}),
    ("mission", "depart", T): ("depart-mission", {}),
    ("mission", "check-in", T, "--word", "delayed"): ("check-in", {"word": "delayed"}),
    ("mission", "acknowledge", T): ("acknowledge-alarm", {}),
    ("mission", "return", T): ("return-mission", {}),
    ("mission", "abort", T, "threat"): ("abort-mission", {"reason": "threat"}),
    ("mission", "report", T, "--km", "40", "--cost", "fuel=8450.50"): ("report-mission", {}),
    ("staff", "absent", T, "--from", "2026-07-01", "--until", "2026-07-14", "--cover", U): (
        "plan-absence",
        {"first_day": "2026-07-01", "last_day": "2026-07-14", "cover": U},
    ),
    ("staff", "back", T, "--on", "2026-07-08"): ("come-back", {"back_on": "2026-07-08"}),
    ("staff", "cancel", T, "--number", "2"): ("cancel-absence", {"number": 2}),
    ("staff", "leave", T, "--to", U): ("leave", {}),
    ("staff", "rejoin", T): ("rejoin", {}),
    ("caseload", "hand-over", T, "--to", U): ("begin-handover", {"leaver": T, "reason": "workload"}),
    ("caseload", "stop", T): ("stop-handover", {}),
    ("provider", "add", "--kind", "polyclinic", "--identity", "x"): (
        "list-provider",
        {"country": "RS", "identity": ""},
    ),
    ("provider", "change", T, "--country", "ME"): ("change-provider", {"country": "ME"}),
    ("provider", "deactivate", T, "--reason", "not-safe"): ("deactivate-provider", {"reason": "not-safe"}),
    ("provider", "reactivate", T): ("reactivate-provider", {}),
}
"""What is typed, which command is sent, and what of its fields stands in it. An empty text: whatever is sealed."""
READING = {
    *(("journey", word) for word in ("list", "show", "decide")),
    *(("contact", word) for word in ("list", "show", "decide", "number", "repeats")),
    *(("mission", word) for word in ("list", "show", "decide", "rides", "day")),
    *(("staff", "list"), ("caseload", "show"), ("caseload", "hand-overs"), ("caseload", "receipts")),
    ("provider", "list"),
    *(("staff", word) for word in ("invite", "end-sessions")),
}
"""Words that look, that take any kind and are tried with every one below, or that are about signing in."""


@dataclass
class Desk:
    """Writes down every order."""

    orders: list[Order] = field(default_factory=list)

    def record(self, order: Order) -> SimpleNamespace:
        """As the recorder."""
        self.orders.append(order)
        return SimpleNamespace(answer=Answer(kind=AnswerKind.RECORDED, version=1, position=1))

    def sent(self) -> tuple[Order, Command]:
        """The one order."""
        (order,) = self.orders
        return order, from_wire(order.command)


def _history(stream: str) -> tuple[Recorded[Any], ...]:
    """A provider that was listed."""
    return (Recorded(stream, 1, 1, example(ProviderListed), datetime(2026, 3, 2, tzinfo=UTC), WHO, uuid4()),)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """What a command is given instead of log, vault and Temporal."""
    found, provider = Desk(), StreamName.PROVIDER.stream(THING)
    parts = SimpleNamespace(
        recorder=found,
        pathways=PathwayStore(CHECKOUT / "pathways"),
        sealer=SimpleNamespace(seal=lambda text, **_: SEALED),
        log=SimpleNamespace(
            changed_streams=lambda position, _: SimpleNamespace(position=1, heads={} if position else {provider: 1}),
            load=lambda stream: SimpleNamespace(history=_history(stream)),
        ),
    )

    @contextmanager
    def opened(settings: Settings, **_: object) -> Iterator[SimpleNamespace]:
        yield parts

    class Road:
        def __init__(self, client: object, recorder: Desk) -> None:
            self._recorder = recorder

        async def take(self, order: Order) -> Arrived:
            return Arrived(self._recorder.record(order).answer, Way.WORKFLOW)

    async def temporal(settings: Settings, **_: object) -> None:
        return None

    monkeypatch.setattr("worker.parts.opened", opened)
    monkeypatch.setattr("worker.cli.staff.remove_account", lambda *_: None)
    monkeypatch.setattr("worker.road.Road", Road)
    monkeypatch.setattr("worker.temporal.temporal", temporal)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return found


def words_of(group: str) -> list[str]:
    """The words of a group of commands."""
    found = commands_of(MODULES[group])[group]
    assert isinstance(found, TyperGroup)
    return list(found.commands)


def typed(*arguments: str) -> None:
    """Runs one command; it ends well."""
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, (arguments, done.output, done.exception)


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_word_sends_its_command(desk: Desk, words: tuple[str, ...]) -> None:
    """To the stream that was named, in the name of whoever decides; its texts are sealed."""
    kind, expected = WORDS[words]
    typed(*words, "--actor", str(WHO))
    order, command = desk.sent()
    assert command.kind == kind
    assert order.actor == WHO
    stream = stream_of(FOR_PEOPLE[kind])
    assert order.stream.startswith(f"{stream.value}-")
    if T in words and words[:2] not in {("mission", "plan"), ("caseload", "hand-over")}:
        assert order.stream == stream.stream(THING)
    body = json.loads(order.command)
    for name, value in expected.items():
        assert body[name] == (value if value != "" else SEALED.text), name


@pytest.mark.parametrize("kind", [k for k, c in FOR_PEOPLE.items() if stream_of(c) in DECIDES and k not in BEGINS])
def test_decide_sends_every_kind_as_it_was_typed(desk: Desk, kind: str) -> None:
    """With every field that the command has, whatever its type, under the id that was given."""
    stream, cls, command_id = stream_of(FOR_PEOPLE[kind]), FOR_PEOPLE[kind], uuid4()
    wanted = cls.model_validate(BODIES[kind]) if kind in BODIES else example_of(cls)
    body = wanted.model_dump(mode="json", by_alias=True, exclude_none=True)
    fields = [f"{name}={json.dumps(value)}" for name, value in body.items()]
    given = ("--actor", str(WHO), "--command-id", str(command_id))
    typed(DECIDES[stream], "decide", T, kind, *fields, *given)
    order, command = desk.sent()
    assert command == wanted
    assert (order.stream, order.actor, order.command_id) == (stream.stream(THING), WHO, command_id)


def test_every_command_of_people_has_a_word_that_sends_it() -> None:
    """Of its own, or `decide`; and no word of this kind was forgotten above."""
    own = {kind for kind, _ in WORDS.values()}
    assert own.isdisjoint(INNER)
    assert own | {k for k, c in FOR_PEOPLE.items() if stream_of(c) in DECIDES} == set(FOR_PEOPLE)
    groups = {words[0] for words in WORDS}
    known = {(group, word) for group in groups for word in words_of(group)}
    assert known - READING == {words[:2] for words in WORDS}
