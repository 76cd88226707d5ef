"""A pathway or a rule released under a running journey neither loses nor doubles a reminder.

The journey pins its pathway; every instant of its ladder stands in an event. So a release reaches a running history
only through a decision, and the workflow learns nothing but the next wake.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client, WorkflowHistory
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.journey.advancing import ScheduleStep
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.pathway.model import Pathway, RemindRung, Span, Unit
from domain.stream.firing import RungsFired
from tests.fix_engine import MILA, Bench, write_pathway
from tests.pathway_examples import small_pathway
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import KeyRing, create_keyring
from worker.road import Road
from workflows.journey import JourneyWorkflow
from workflows.messages import LOOK_AGAIN


def with_ladder(version: int, *before: int) -> Pathway:
    """The small pathway with other reminders for its first step, in hours before it is due."""
    pathway = small_pathway(version)
    rungs = tuple(RemindRung(before=Span(count=hours, unit=Unit.HOURS)) for hours in before)
    contact = pathway.stages[0].steps[0].model_copy(update={"remind": rungs})
    intake = pathway.stages[0].model_copy(update={"steps": (contact, *pathway.stages[0].steps[1:])})
    return pathway.model_copy(update={"stages": (intake, *pathway.stages[1:])})


def fired(bench: Bench, journey: UUID) -> list[str]:
    """The rungs that were fired, in their order."""
    history = bench.log.load(journey_stream(journey)).history
    return [rung for r in history if isinstance(r.event, RungsFired) for rung in r.event.rungs]


async def pass_until(bench: Bench, client: Client, journey: UUID, count: int) -> None:
    """Sets the log's clock from wake to wake until `count` rungs have been fired."""
    async with asyncio.timeout(60):
        while len(fired(bench, journey)) < count:
            state = bench.recorder.journey(journey_stream(journey))
            assert state is not None
            from domain.journey import wakes

            bench.log.set_clock(max(wakes(state)[0].at, bench.log.now()))
            await client.get_workflow_handle(journey_stream(journey)).signal(LOOK_AGAIN)
            before = len(fired(bench, journey))
            while len(fired(bench, journey)) == before:
                await asyncio.sleep(0.03)


@pytest.mark.parametrize("released", [(), (20, 8, 4, 2)], ids=["a rung dropped", "rungs added"])
async def test_a_released_ladder_leaves_running_journeys_their_own(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path, released: tuple[int, ...]
) -> None:
    """A new version with fewer or more rungs: the running journey fires each of its own rungs once, across workers."""
    queue, journey, ring = f"q-{uuid4()}", uuid4(), create_keyring(tmp_path / "keyring.json")
    client = await Client.connect(temporal_server.address, data_converter=data_converter(ring))
    pin = write_pathway(bench.pathways, with_ladder(2, 6, 4))
    recorder = Recorder(bench.log, PathwayStore(bench.pathways), "before", rights=NO_RIGHTS_ASKED)
    async with engine(client, recorder, None, task_queue=queue):
        await Road(client, recorder, task_queue=queue).take(bench.order(journey, OpenJourney(pin=pin, caseworker=MILA)))
        await pass_until(bench, client, journey, 1)
    write_pathway(bench.pathways, with_ladder(3, *released))
    after = Recorder(bench.log, PathwayStore(bench.pathways), "after", rights=NO_RIGHTS_ASKED)
    async with engine(client, after, None, task_queue=queue):
        await pass_until(bench, client, journey, 4)
    assert fired(bench, journey)[:3] == ["before-6-hours", "before-4-hours", "due"]
    assert len(fired(bench, journey)) == len(set(fired(bench, journey)))
    await replayed(client, ring, journey)


async def test_a_moved_date_takes_all_its_timers_along(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """A date moved under a sleeping workflow: the old wakes are void, the new ones fire once."""
    queue, journey, ring = f"q-{uuid4()}", uuid4(), create_keyring(tmp_path / "keyring.json")
    client = await Client.connect(temporal_server.address, data_converter=data_converter(ring))
    pin = write_pathway(bench.pathways, with_ladder(2, 6, 4))
    recorder = Recorder(bench.log, PathwayStore(bench.pathways), "test", rights=NO_RIGHTS_ASKED)
    async with engine(client, recorder, None, task_queue=queue):
        road = Road(client, recorder, task_queue=queue)
        await road.take(bench.order(journey, OpenJourney(pin=pin, caseworker=MILA)))
        await pass_until(bench, client, journey, 1)
        later = (bench.log.now() + timedelta(days=20)).date()
        await road.take(bench.order(journey, ScheduleStep(step="contact", on=later)))
        await pass_until(bench, client, journey, 4)
        history = bench.log.load(journey_stream(journey)).history
    events = [r.event for r in history if isinstance(r.event, RungsFired)]
    assert [(e.date_version, e.rungs) for e in events[:4]] == [
        (1, ("before-6-hours",)),
        (2, ("before-6-hours",)),
        (2, ("before-4-hours",)),
        (2, ("due",)),
    ]
    assert events[1].due_at.date() == later
    await replayed(client, ring, journey)


async def replayed(client: Client, ring: KeyRing, journey: UUID) -> None:
    """Replays the workflow's own history; raises where today's code would take another way."""
    fetched: WorkflowHistory = await client.get_workflow_handle(journey_stream(journey)).fetch_history()
    replayer = Replayer(
        workflows=[JourneyWorkflow],
        data_converter=data_converter(ring),
        workflow_runner=SandboxedWorkflowRunner(),
    )
    result = await replayer.replay_workflow(fetched)
    assert result.replay_failure is None
