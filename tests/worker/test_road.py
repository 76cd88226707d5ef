"""The road of a command while parts are away: one outcome for one command, and no false word to the person."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.codes import StepOutcome
from domain.command import CommandInvalid
from domain.errors import PathwayMissing, Unavailable
from domain.event import Event
from domain.journey.advancing import AdvanceStep
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from eventlog.log import EventLog
from tests.fix_engine import Bench
from worker.codec import data_converter
from worker.development.ports import any_free
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.road import Road, Way
from workflows.messages import MAX_COMMAND_BYTES, Answer, AnswerKind, Order


@pytest.fixture
async def client(temporal_server: TemporalServer, tmp_path: Path) -> Client:
    """A client of the running server."""
    return await Client.connect(temporal_server.address, data_converter=data_converter(create_keyring(tmp_path / "k")))


def topics(bench: Bench, journey: UUID) -> list[type[Event]]:
    return [type(r.event) for r in bench.log.load(journey_stream(journey)).history]


async def quickest(act: Callable[[], Awaitable[None]], *, within: float) -> float:
    """The seconds that it takes; up to three times, since a machine that does much else is no longer patience."""
    took = float("inf")
    for _ in range(3):
        began = time.monotonic()
        await act()
        took = min(took, time.monotonic() - began)
        if took < within:
            break
    return took


async def test_without_temporal_a_decision_is_recorded_directly(bench: Bench, tmp_path: Path) -> None:
    """Nobody listens at Temporal's address: the person waits a moment and the decision stands."""
    away = await Client.connect(
        f"127.0.0.1:{any_free()}", data_converter=data_converter(create_keyring(tmp_path / "k")), lazy=True
    )

    async def heard() -> None:
        arrived = await Road(away, bench.recorder).take(bench.order(uuid4(), OpenJourney(pin=bench.pin)))
        assert arrived.way is Way.DIRECT
        assert arrived.answer.kind is AnswerKind.RECORDED

    assert await quickest(heard, within=6) < 6


async def test_without_a_worker_the_decision_is_recorded_once(bench: Bench, client: Client) -> None:
    """The workflow does not answer in time, the decision goes directly; the worker that comes later finds it done."""
    queue, journey = f"q-{uuid4()}", bench.opened()
    order = bench.order(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    road = Road(client, bench.recorder, task_queue=queue)
    first = await road.take(order)
    assert first.way is Way.DIRECT
    before = topics(bench, journey)
    async with engine(client, bench.recorder, None, task_queue=queue):
        again = await road.take(order)
    assert again.answer == first.answer
    assert topics(bench, journey) == before


async def test_without_the_log_the_person_hears_that_nothing_is_lost(
    bench: Bench, client: Client, tmp_path: Path
) -> None:
    """The database is away: `Unavailable` within seconds, and the same command succeeds once it is back."""
    dead = EventLog(f"postgresql://nobody@127.0.0.1:{any_free()}/none", size=1)
    recorder = Recorder(dead, PathwayStore(bench.pathways), "test", rights=NO_RIGHTS_ASKED)
    queue = f"q-{uuid4()}"
    order = bench.order(uuid4(), OpenJourney(pin=bench.pin))

    async def heard() -> None:
        with pytest.raises(Unavailable):
            await Road(client, recorder, task_queue=queue).take(order)

    async with engine(client, recorder, None, task_queue=queue):
        waited = await quickest(heard, within=10)  # ending the engine is nobody's wait
    assert waited < 10
    dead.close()
    arrived = await Road(client, bench.recorder, task_queue=f"q-{uuid4()}").take(order)
    assert arrived.answer.kind is AnswerKind.RECORDED


async def test_a_pathway_that_the_worker_lacks_is_named_and_not_called_an_outage(
    bench: Bench, client: Client, tmp_path: Path
) -> None:
    """Nobody is told to send again what no repetition mends, and nobody waits for it."""
    queue, journey = f"q-{uuid4()}", bench.opened()
    without = Recorder(bench.log, PathwayStore(tmp_path / "none"), "test", rights=NO_RIGHTS_ASKED)
    order = bench.order(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    async with engine(client, without, None, task_queue=queue):
        with pytest.raises(PathwayMissing):
            await Road(client, bench.recorder, task_queue=queue).take(order)


async def test_an_oversized_command_is_refused_before_it_travels(bench: Bench, client: Client) -> None:
    """The message says what to do with long texts."""
    order = Order(stream=f"journey-{uuid4()}", command_id=uuid4(), actor=uuid4(), command="x" * (MAX_COMMAND_BYTES + 1))
    with pytest.raises(CommandInvalid, match="documents"):
        await Road(client, bench.recorder).take(order)


async def test_a_malformed_command_comes_back_with_its_field(bench: Bench, client: Client) -> None:
    """Through the workflow as well, a bad field is the caller's mistake and not an outage."""
    queue = f"q-{uuid4()}"
    order = Order(stream=f"journey-{uuid4()}", command_id=uuid4(), actor=uuid4(), command='{"kind":"no-such"}')
    async with engine(client, bench.recorder, None, task_queue=queue):
        with pytest.raises(CommandInvalid):
            await Road(client, bench.recorder, task_queue=queue).take(order)


async def test_an_outage_costs_only_the_first_person_the_whole_wait(bench: Bench, client: Client) -> None:
    """No worker answers: the next ones wait half a second; once a worker is there, the workflow is waited for again."""
    queue = f"q-{uuid4()}"
    road = Road(client, bench.recorder, task_queue=queue)

    async def waited() -> tuple[Way, float]:
        began = time.monotonic()
        arrived = await road.take(bench.order(uuid4(), OpenJourney(pin=bench.pin)))
        return arrived.way, time.monotonic() - began

    way, first = await waited()
    assert (way, first > 3.9) == (Way.DIRECT, True)
    way, second = await waited()
    assert (way, second < 2.0) == (Way.DIRECT, True)
    async with engine(client, bench.recorder, None, task_queue=queue):
        ways = [(await waited())[0] for _ in range(20)]
    assert ways[-1] is Way.WORKFLOW


@pytest.mark.parametrize(
    ("status", "way"), [(RPCStatusCode.NOT_FOUND, Way.BETWEEN_RUNS), (RPCStatusCode.UNAVAILABLE, Way.DIRECT)]
)
async def test_a_workflow_that_just_ended_is_not_an_outage(
    bench: Bench, client: Client, monkeypatch: pytest.MonkeyPatch, status: RPCStatusCode, way: Way
) -> None:
    """The decision is recorded either way; only an absent Temporal makes the page say that reminders rest."""
    road = Road(client, bench.recorder)

    async def ended(_: Order) -> Answer:
        raise RPCError("ended", status, b"")

    monkeypatch.setattr(road, "_through_workflow", ended)
    arrived = await road.take(bench.order(uuid4(), OpenJourney(pin=bench.pin)))
    assert (arrived.way, arrived.answer.kind) == (way, AnswerKind.RECORDED)
