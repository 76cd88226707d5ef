"""A running journey goes over to another version: its workflow, which knows no rules, follows the new date."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from domain.journey.migration.events import JourneyMigrated, MigrateJourney
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.pathway.model import Span, Stage
from domain.stream.firing import RungsFired
from tests.fix_engine import MILA, Bench, write_pathway
from tests.pathway_examples import small_pathway
from tests.workflows.test_journey_workflow import connected, history
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.road import Road, Way
from workflows.messages import AnswerKind, Start


def quicker() -> Stage:
    """The intake, with a contact that is due within two hours."""
    intake = small_pathway().stages[0]
    contact = intake.steps[0]
    due = contact.due.model_copy(update={"within": Span.model_validate({"count": 2, "unit": "hours"})})
    return intake.model_copy(
        update={"steps": (contact.model_copy(update={"due": due, "remind": ()}), *intake.steps[1:])}
    )


async def test_the_timer_of_a_migrated_journey_follows_its_new_date(
    bench: Bench, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """It fires by the new date, and nothing fires by the old one."""
    second = small_pathway(2).model_copy(update={"stages": (quicker(), small_pathway().stages[1])})
    pin = write_pathway(bench.pathways, second)
    queue, journey = f"q-{uuid4()}", uuid4()
    stream = journey_stream(journey)
    async with connected(temporal_server, tmp_path) as client, engine(client, bench.recorder, None, task_queue=queue):
        road = Road(client, bench.recorder, task_queue=queue)
        await road.take(bench.order(journey, OpenJourney(pin=bench.pin, caseworker=MILA)))
        before = bench.recorder.load(Start(stream=stream)).wake
        moved = await road.take(bench.order(journey, MigrateJourney(pin=pin)))
        assert (moved.way, moved.answer.kind) == (Way.WORKFLOW, AnswerKind.RECORDED)
        assert isinstance(history(bench, journey)[-1].event, JourneyMigrated)
        wake = bench.recorder.load(Start(stream=stream)).wake
        assert before is not None
        assert wake is not None
        assert (wake.date_version, wake.at < before.at) == (before.date_version + 1, True)
        bench.log.set_clock(wake.at - timedelta(seconds=1))
        await client.get_workflow_handle(stream).signal("look-again")
        async with asyncio.timeout(20):
            while not any(isinstance(each.event, RungsFired) for each in history(bench, journey)):
                await asyncio.sleep(0.05)
        fired = [each for each in history(bench, journey) if isinstance(each.event, RungsFired)]
        told = [each.event for each in fired if isinstance(each.event, RungsFired)]
        assert [(event.date_version, event.rungs) for event in told] == [(wake.date_version, ("due",))]
        assert fired[0].recorded_at >= wake.at
