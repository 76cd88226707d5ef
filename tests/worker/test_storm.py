"""More commands at once than the workflows can take in time: each person still gets one true answer."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

from temporalio.client import Client

from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.opening import JourneyOpened, OpenJourney
from domain.journey.state import journey_stream
from domain.journey.steps import StepAdvanced
from tests.fix_engine import Bench
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.road import Road, Way
from workflows.messages import AnswerKind

JOURNEYS = 60


async def test_a_storm_of_commands_is_answered_truly(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """With almost no patience for the workflow, many go directly while it is still at work on the same command."""
    ring = create_keyring(tmp_path / "k")
    client = await Client.connect(temporal_server.address, data_converter=data_converter(ring))
    queue, ways = f"q-{uuid4()}", Counter[Way]()
    road = Road(client, bench.recorder, task_queue=queue, patience=0.3)

    async def live() -> UUID:
        journey = uuid4()
        for command in (OpenJourney(pin=bench.pin), AdvanceStep(step="contact", outcome=StepOutcome.DONE)):
            arrived = await road.take(bench.order(journey, command))
            assert arrived.answer.kind is AnswerKind.RECORDED
            ways[arrived.way] += 1
        return journey

    async with engine(client, bench.recorder, None, task_queue=queue):
        journeys = await asyncio.gather(*(live() for _ in range(JOURNEYS)))
    assert ways[Way.DIRECT] > 0, "the storm was too weak to show anything"
    for journey in journeys:
        kinds = Counter(type(r.event) for r in bench.log.load(journey_stream(journey)).history)
        assert (kinds[JourneyOpened], kinds[StepAdvanced]) == (1, 1)
