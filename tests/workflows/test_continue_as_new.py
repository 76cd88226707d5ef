"""A journey outlives its history: run follows run, and no decision falls between them."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from uuid import uuid4

from temporalio.client import Client

from domain.codes import Role
from domain.journey.assignment import Assign, Assigned
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from tests.fix_engine import Bench
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.road import Road, Way
from workflows.messages import AnswerKind

DECISIONS = 150
AT_ONCE = 6


async def test_decisions_go_on_while_one_run_follows_another(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """More decisions than one history may hold, several at once: each is recorded once, through the workflow."""
    ring, queue, journey = create_keyring(tmp_path / "k"), f"q-{uuid4()}", uuid4()
    client = await Client.connect(temporal_server.address, data_converter=data_converter(ring))
    road, turns, ways = Road(client, bench.recorder, task_queue=queue), asyncio.Semaphore(AT_ONCE), Counter[Way]()
    handle = client.get_workflow_handle(journey_stream(journey))

    async def assign() -> None:
        async with turns:
            arrived = await road.take(bench.order(journey, Assign(role=Role.LAWYER, staff=uuid4())))
            assert arrived.answer.kind is AnswerKind.RECORDED
            ways[arrived.way] += 1

    async with engine(client, bench.recorder, None, task_queue=queue):
        await road.take(bench.order(journey, OpenJourney(pin=bench.pin)))
        first_run = (await handle.describe()).run_id
        await asyncio.gather(*(assign() for _ in range(DECISIONS)))
        last = await handle.describe()
    assigned = [r for r in bench.log.load(journey_stream(journey)).history if isinstance(r.event, Assigned)]
    assert len(assigned) == DECISIONS
    assert len({r.command_id for r in assigned}) == DECISIONS
    assert last.run_id != first_run, "the history grew beyond its bound in one run"
    assert last.history_length < 600
    assert ways[Way.WORKFLOW] > DECISIONS * 0.9
