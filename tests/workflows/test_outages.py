"""What fails for longer than a local activity is tried must end no workflow."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from domain.codes import Role
from domain.journey.assignment import Assign
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from tests.fix_engine import Bench
from tests.fix_mail import MailSink
from tests.histories.scenarios import database_away_at_the_start, database_away_when_a_timer_fires
from tests.histories.stage import Stage, on_stage
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.keyring import create_keyring
from workflows.messages import Agenda, Start


async def runs_on(stage: Stage) -> None:
    """Every workflow of the stage is at work."""
    for journey in stage.journeys:
        description = await stage.client.get_workflow_handle(journey_stream(journey)).describe()
        assert description.status is WorkflowExecutionStatus.RUNNING


async def test_a_database_away_for_seconds_ends_no_workflow(
    bench: Bench, temporal_server: TemporalServer, mail_sink: MailSink, tmp_path: Path
) -> None:
    """Loading, and firing: the local activity gives up after two tries, a normal one goes on until it is done."""
    ring = create_keyring(tmp_path / f"{uuid4()}")
    client = await Client.connect(temporal_server.address, data_converter=data_converter(ring))
    for scenario in (database_away_at_the_start, database_away_when_a_timer_fires):
        async with on_stage(bench, client, mail_sink) as stage:
            await scenario(stage)
            await runs_on(stage)


async def test_what_was_recorded_while_a_load_was_under_way_is_loaded(
    bench: Bench, temporal_server: TemporalServer, mail_sink: MailSink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load of an outage is long on its way, so its answer may be old when it comes: the loop asks again by itself."""
    ring = create_keyring(tmp_path / f"{uuid4()}")
    client = await Client.connect(temporal_server.address, data_converter=data_converter(ring))
    async with on_stage(bench, client, mail_sink) as stage:
        journey = stage.journey()
        bench.record(journey, OpenJourney(pin=bench.pin))
        load, loads = stage.recorder.load, list[Agenda]()

        def overtaken(start: Start) -> Agenda:
            loads.append(load(start))
            if len(loads) == 1:
                bench.record(journey, Assign(role=Role.LAWYER, staff=uuid4()))
            return loads[-1]

        monkeypatch.setattr(stage.recorder, "load", overtaken)
        stage.recorder.outages = 2  # so the local activity fails, and the normal one brings the answer
        await stage.relay.tell(journey_stream(journey), 1)
        await stage.settled(journey)
        assert len(loads) == 2
