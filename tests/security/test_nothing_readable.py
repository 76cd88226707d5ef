"""Whoever gets Temporal's database, or a worker's logs, reads ids and codes and nothing of a person.

A whole run on a server with a database file, with canaries in every place that carries text; then the server is
stopped and each byte of what it left is searched. The controls are the same run without the codec, and canaries that
are written on purpose: they have to be found, or the search is blind.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter

from activities.delivering import Deliverer
from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.codes import ClosingReason, Role, StepOutcome
from domain.command import CommandInvalid
from domain.errors import Unavailable
from domain.journey.advancing import AdvanceStep
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.sealed import Compartment
from eventlog.sealing import Sealer
from tests.fix_engine import MILA, Bench
from tests.fix_mail import MailSink
from tests.histories.stage import STAFF, until
from tests.security.canaries import canary, forms, found_in, hits
from vault.kek import create_kek
from vault.keys import Keys
from worker.codec import data_converter
from worker.development.processes import Children
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.releasing import Releases, build_id
from worker.road import Road
from workflows.messages import LOOK_AGAIN, Activity, Agenda, Delivery, FaultCode, Firing, Order, Start
from workflows.messages import Recorded as RecordedMessage

IN_COMMANDS = ("kind", "field", "code")
IN_ERRORS = ("load", "record", "fire", "deliver")
PLACES = ("note", *IN_COMMANDS, *IN_ERRORS)


class Blabbing(Recorder):
    """Fails now and then, with data in the words of its error, as a library might."""

    blab: frozenset[str] = frozenset()

    def load(self, start: Start) -> Agenda:
        self._perhaps("load")
        return super().load(start)

    def record(self, order: Order) -> RecordedMessage:
        self._perhaps("record")
        return super().record(order)

    def fire(self, firing: Firing) -> RecordedMessage:
        self._perhaps("fire")
        return super().fire(firing)

    def _perhaps(self, place: str) -> None:
        if place in self.blab:
            try:
                raise ValueError(f"{canary(place)}")
            except ValueError as error:
                raise RuntimeError(f"while looking at {canary(place)}") from error


class BlabbingDeliverer(Deliverer):
    """Its first attempt fails in the same way."""

    failed = False

    async def deliver(self, delivery: Delivery) -> None:
        if not self.failed:
            self.failed = True
            raise RuntimeError(f"550 no such user {canary('deliver')}")
        await super().deliver(delivery)


class Run:
    """A journey's life on a server of its own, whose files are then searched."""

    def __init__(self, bench: Bench, keys: Keys, server: TemporalServer, mail: MailSink) -> None:
        self.bench, self.server, self.mail = bench, server, mail
        self.keys = keys
        self.recorder = Blabbing(bench.log, PathwayStore(bench.pathways), "test", rights=NO_RIGHTS_ASKED)
        self.strings: dict[str, set[str]] = defaultdict(set)

    async def live(self, converter: DataConverter) -> None:
        """Opened, noted, refused, failing in every activity, reminded, queried, moved, closed."""
        client = await Client.connect(self.server.address, data_converter=converter, identity="putokaz")
        queue, journey = f"q-{uuid4()}", uuid4()
        road = Road(client, self.recorder, task_queue=queue)
        post = BlabbingDeliverer(self.bench.log, STAFF, self.mail.postbox, lambda code: f"https://example.org/j/{code}")
        releases = Releases(client, task_queue=queue)
        build, stop = build_id("0.1.0"), asyncio.Event()
        async with engine(client, self.recorder, post, task_queue=queue, version=releases.version(build)):
            care = asyncio.create_task(releases.care(build, stop, alone=True))
            async with asyncio.timeout(20):
                while await releases.current() != build:
                    await asyncio.sleep(0.3)
            await road.take(self.bench.order(journey, OpenJourney(pin=self.bench.pin, caseworker=MILA)))
            handle = client.get_workflow_handle(journey_stream(journey))
            await self._commands(road, journey)
            await self._errors(road, handle, journey)
            assert await handle.query("agenda", result_type=Agenda) is not None
            await self._letter(handle, journey)
            await handle.terminate(reason="audit")
            await road.take(self.bench.order(journey, Assign(role=Role.LAWYER, staff=uuid4())))
            await road.take(self.bench.order(journey, CloseJourney(reason=ClosingReason.GOALS_REACHED)))
            await handle.result()
            await asyncio.sleep(1.0)
            await self._read(client)
            stop.set()
            await care
        self.server.stop()

    async def _commands(self, road: Road, journey: UUID) -> None:
        command_id = uuid4()
        sealed = Sealer(self.keys).seal(
            " ".join(canary("note")),
            stream=journey_stream(journey),
            compartment=Compartment.NOTES,
            field="note",
            command_id=command_id,
        )
        done = AdvanceStep(step="contact", outcome=StepOutcome.DONE, note=sealed)
        await road.take(self.bench.order(journey, done, command_id=command_id))
        await road.take(self.bench.order(journey, AdvanceStep(step="follow-up", outcome=StepOutcome.DONE)))
        for command in (
            f'{{"kind": "{canary("kind")}"}}',
            f'{{"kind": "assign", "{canary("field")}": 1}}',
            f'{{"kind": "advance-step", "step": "{canary("code")}", "outcome": "done"}}',
        ):
            order = Order(stream=journey_stream(journey), command_id=uuid4(), actor=MILA, command=command)
            with pytest.raises(CommandInvalid) as invalid:
                await road.take(order)
            assert not hits(str(invalid.value).encode(), ["code"])

    async def _errors(self, road: Road, handle: WorkflowHandle[object, object], journey: UUID) -> None:
        self.recorder.blab = frozenset({"load", "record", "fire"})
        await handle.signal(LOOK_AGAIN)
        with suppress(Unavailable, RuntimeError):
            await road.take(self.bench.order(journey, Assign(role=Role.LAWYER, staff=uuid4())))
        await asyncio.sleep(1.0)
        self.recorder.blab = frozenset({"fire"})

    async def _letter(self, handle: WorkflowHandle[object, object], journey: UUID) -> None:
        wake = self.bench.recorder.load(Start(stream=journey_stream(journey))).wake
        assert wake is not None
        self.bench.log.set_clock(wake.at)
        await handle.signal(LOOK_AGAIN)
        await asyncio.sleep(2.0)
        self.recorder.blab = frozenset()
        await until(lambda: len(self.mail.mails) > 0)

    async def _read(self, client: Client) -> None:
        """Every string that Temporal holds of the run in the clear, by the field in which it stands."""
        async for execution in client.list_workflows():
            history = await client.get_workflow_handle(execution.id, run_id=execution.run_id).fetch_history()
            for event in history.events:
                for field, value in strings(event):
                    self.strings[field].add(value)


def strings(message: Message) -> Iterator[tuple[str, str]]:
    """Every text in a message and in what it contains; payloads are bytes, and no texts."""
    for field, value in message.ListFields():
        values = value if field.is_repeated else [value]
        if field.message_type and field.message_type.GetOptions().map_entry:
            for key, item in value.items():
                yield f"{field.name}.key", str(key)
                if isinstance(item, Message):
                    yield from strings(item)
        elif field.type == FieldDescriptor.TYPE_MESSAGE:
            for item in values:
                yield from strings(item)
        elif field.type == FieldDescriptor.TYPE_STRING:
            for item in values:
                yield f"{message.DESCRIPTOR.name}.{field.name}", item


@pytest.fixture
def run(
    bench: Bench, vault_database: str, session_children: Children, mail_sink: MailSink, tmp_path: Path
) -> Iterator[Run]:
    """A server that writes into a folder of its own."""
    folder = tmp_path / "temporal"
    server = TemporalServer(folder, session_children, database=folder / "temporal.db", headless=True)
    server.start()
    keys = Keys(vault_database, create_kek(tmp_path / "kek"))
    yield Run(bench, keys, server, mail_sink)
    keys.close()
    server.stop()


UUID_ = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
CLOSED = re.compile(
    "|".join(
        (
            "",
            UUID_,
            rf"journey-{UUID_}",
            rf"q-{UUID_}(-letters)?|putokaz(-letters)?-[0-9a-f]{{32}}",  # our queues, and a worker's own
            r"[0-9a-f]{32}",  # what the SDK makes of the code of a worker without a release
            rf"{UUID_}/request",
            r"\d+",
            r"putokaz(-letters)?|history-service",  # ours, and the server's own name where it ends a task itself
            re.escape(build_id("0.1.0")),
            re.escape(f"putokaz.{build_id('0.1.0')}") + "|" + re.escape(f"putokaz:{build_id('0.1.0')}"),
            r"journey|decide|head-moved|look-again|core_local_activity|core_patch",
            "|".join(Activity),
            "|".join(FaultCode),
            r"request-from-RespondWorkflowTaskCompleted",
            r"audit|TerminateIfRunning WorkflowIdConflictPolicy",
            r"Encoded failure",
            r"encoding|putokaz-key|result|data|type|NextWake|StreamVersion|patch-data|TemporalChangeVersion",
            r"temporal-(python|rust|core)|\d+\.\d+\.\d+",
        )
    )
)
"""All that may be read: ids, and words of ours and of Temporal's that are the same for everybody."""


async def test_nothing_of_a_person_is_readable_in_temporals_files_or_our_logs(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Zero canaries in every file, row and log line; and every text in a history comes from a closed list."""
    caplog.set_level(logging.INFO)
    await run.live(data_converter(create_keyring(tmp_path / "ring")))
    logged = capfd.readouterr()
    assert found_in(run.server.folder, PLACES) == set()
    said = "\n".join((caplog.text, logged.out, logged.err))
    assert "activity failed" in said, "the logs are those of the run"
    assert hits(said.encode(), PLACES) == set()
    open_texts = {(f, v) for f, values in run.strings.items() for v in values if not CLOSED.fullmatch(v)}
    assert not open_texts, sorted(open_texts)
    assert {"unavailable", "internal", "not-delivered"} & run.strings["ApplicationFailureInfo.type"]


async def test_without_the_codec_the_same_run_is_found(run: Run) -> None:
    """The control: whatever travels in commands is there to be read."""
    await run.live(pydantic_data_converter)
    found = {place for place, _ in found_in(run.server.folder, PLACES)}
    assert found >= set(IN_COMMANDS)
    assert "note" not in found, "sealed before it travels: the second wall is not the only one"


async def test_the_search_finds_every_form(session_children: Children, tmp_path: Path) -> None:
    """The control of the search itself: each form of a canary, written into Temporal on purpose, is found."""
    folder = tmp_path / "temporal"
    server = TemporalServer(folder, session_children, database=folder / "temporal.db", headless=True)
    server.start()
    client = await Client.connect(server.address)
    wanted = set()
    for text in canary("planted"):
        for form, needle in forms(text).items():
            wanted.add(("planted", form))
            await client.start_workflow("nobody", needle, id=f"w-{uuid4()}", task_queue="nobody")
    server.stop()
    assert found_in(folder, ["planted"]) == wanted
    assert found_in(folder, ["elsewhere"]) == set()
