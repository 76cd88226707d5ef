"""The journey's workflow on real servers: it decides in turn, wakes by itself, and outlives its history."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.service import RPCError

from domain.codes import ClosingReason, Relation, ReopeningReason, StepOutcome
from domain.event import Event, Recorded
from domain.journey.advancing import AdvanceStep
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.linking import LinkJourney, LinkMirrored
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.stream.firing import RungsFired
from tests.fix_engine import MILA, Bench
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.relay import LogRelay
from worker.road import Road, Way
from workflows.messages import Agenda, AnswerKind, Start


class Remembered:
    """A relay's position in memory."""

    def __init__(self) -> None:
        self.position = 0

    def read(self) -> int:
        return self.position

    def write(self, position: int) -> None:
        self.position = position


@asynccontextmanager
async def connected(server: TemporalServer, tmp_path: Path) -> AsyncIterator[Client]:
    """A client with a fresh key ring."""
    ring = create_keyring(tmp_path / "keyring.json")
    yield await Client.connect(server.address, data_converter=data_converter(ring))


def history(bench: Bench, journey: UUID) -> tuple[Recorded[Event], ...]:
    return bench.log.load(journey_stream(journey)).history


async def stream_version(client: Client, journey: UUID) -> int | None:
    """What the workflow shows to audits."""
    description = await client.get_workflow_handle(journey_stream(journey)).describe()
    return description.typed_search_attributes.get(SearchAttributeKey.for_int("StreamVersion"))


def pending(bench: Bench, journey: UUID) -> bool:
    """Whether the journey still has something to tell another one."""
    state = bench.recorder.journey(journey_stream(journey))
    assert state is not None
    return bool(state.pending)


async def test_a_journey_runs_from_its_opening_to_its_first_reminder(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """Opened through the road, the journey has a workflow, and its timer fires by the log's clock."""
    queue = f"q-{uuid4()}"
    async with connected(temporal_server, tmp_path) as client, engine(client, bench.recorder, None, task_queue=queue):
        road = Road(client, bench.recorder, task_queue=queue)
        journey = uuid4()
        arrived = await road.take(bench.order(journey, OpenJourney(pin=bench.pin, caseworker=MILA)))
        assert arrived.way is Way.WORKFLOW
        wake = bench.recorder.load(Start(stream=journey_stream(journey))).wake
        assert wake is not None
        # A day passes in the log; the workflow is told to look again, as the demo does when it sets the clock.
        bench.log.set_clock(wake.at - timedelta(seconds=1))
        await client.get_workflow_handle(journey_stream(journey)).signal("look-again")
        async with asyncio.timeout(20):
            while not any(isinstance(r.event, RungsFired) for r in history(bench, journey)):
                await asyncio.sleep(0.05)
        recorded = next(r for r in history(bench, journey) if isinstance(r.event, RungsFired))
        assert recorded.recorded_at >= wake.at
        assert recorded.event.model_dump()["late"] is False
        async with asyncio.timeout(10):
            while await stream_version(client, journey) != history(bench, journey)[-1].version:
                await asyncio.sleep(0.05)


async def test_a_closed_journey_ends_its_workflow_and_reopening_starts_it_again(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """The workflow lives as long as the journey is open, and no command falls between two lives."""
    queue = f"q-{uuid4()}"
    async with connected(temporal_server, tmp_path) as client, engine(client, bench.recorder, None, task_queue=queue):
        road, journey = Road(client, bench.recorder, task_queue=queue), uuid4()
        await road.take(bench.order(journey, OpenJourney(pin=bench.pin)))
        await road.take(bench.order(journey, CloseJourney(reason=ClosingReason.GOALS_REACHED)))
        async with asyncio.timeout(10):
            await client.get_workflow_handle(journey_stream(journey)).result()
        again = await road.take(bench.order(journey, ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED)))
        assert again.way is Way.WORKFLOW
        assert again.answer.kind is AnswerKind.RECORDED
        assert await client.get_workflow_handle(journey_stream(journey)).query("agenda") is not None


async def test_a_decision_recorded_without_temporal_reaches_the_workflow_by_the_relay(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """A journey opened while Temporal was away gets its workflow, and a later direct decision reaches it."""
    queue = f"q-{uuid4()}"
    journey = bench.opened()
    async with connected(temporal_server, tmp_path) as client, engine(client, bench.recorder, None, task_queue=queue):
        done = False
        relay = asyncio.create_task(LogRelay(client, bench.log, Remembered(), task_queue=queue).run(lambda: done))
        async with asyncio.timeout(20):
            await _until_version(client, journey, history(bench, journey)[-1].version)
            bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
            await _until_version(client, journey, history(bench, journey)[-1].version)
        done = True
        await relay


async def test_a_link_is_recorded_on_both_journeys(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """The first journey records the tie and its workflow makes the other record its side, once."""
    queue = f"q-{uuid4()}"
    async with connected(temporal_server, tmp_path) as client, engine(client, bench.recorder, None, task_queue=queue):
        road, child, guardian = Road(client, bench.recorder, task_queue=queue), uuid4(), bench.opened()
        await road.take(bench.order(child, OpenJourney(pin=bench.pin)))
        await road.take(bench.order(child, LinkJourney(other=guardian, relation=Relation.GUARDIAN)))
        async with asyncio.timeout(10):
            while pending(bench, child):
                await asyncio.sleep(0.05)
        mirrored = [r.event for r in history(bench, guardian) if isinstance(r.event, LinkMirrored)]
        assert mirrored == [LinkMirrored(other=child, relation=Relation.WARD)]


async def _until_version(client: Client, journey: UUID, version: int) -> None:
    handle = client.get_workflow_handle(journey_stream(journey))
    while True:
        with suppress(RPCError):  # the relay has not started it yet
            agenda = await handle.query("agenda", result_type=Agenda)
            if agenda is not None and agenda.version >= version:
                return
        await asyncio.sleep(0.05)
