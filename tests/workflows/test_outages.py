"""What fails for longer than a local activity is tried must end no workflow."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from temporalio.client import Client, WorkflowExecutionStatus

from domain.journey.state import journey_stream
from tests.fix_engine import Bench
from tests.fix_mail import MailSink
from tests.histories.scenarios import database_away_at_the_start, database_away_when_a_timer_fires
from tests.histories.stage import Stage, on_stage
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.keyring import create_keyring


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
