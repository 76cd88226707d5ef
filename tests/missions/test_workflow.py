"""The mission's workflow on real servers: silent means called, and the journeys are told."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from temporalio.client import Client

from domain.journey.missions import MissionNoted
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.mission.codes import MissionPhase
from domain.mission.reporting import ReportMission
from domain.mission.state import mission_stream
from domain.mission.underway import CheckIn, DepartMission, ReturnMission
from domain.stream.firing import RungsFired
from tests.domain.mission.given import ANA, CECA, CHECK, report_of
from tests.missions.conftest import Base
from tests.workflows.test_journey_workflow import connected
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.road import Road, Way
from workflows.messages import LOOK_AGAIN, AnswerKind


def fired(base: Base, mission: UUID) -> list[RungsFired]:
    """The rungs that were reached."""
    history = base.bench.log.load(mission_stream(mission)).history
    return [recorded.event for recorded in history if isinstance(recorded.event, RungsFired)]


async def passes(base: Base, client: Client, mission: UUID, minutes: float) -> None:
    """The log's clock goes on; the workflow is told, as the demo tells it."""
    base.bench.log.set_clock(base.now + timedelta(minutes=minutes))
    await client.get_workflow_handle(mission_stream(mission)).signal(LOOK_AGAIN)


async def test_a_silent_team_is_called_by_the_workflow(
    base: Base, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """Planned, left, silent: the lead, then the supervisor; heard of; back; reported. Its journey hears of it."""
    queue, mission, journey = f"q-{uuid4()}", uuid4(), uuid4()
    base.bench.record(journey, OpenJourney(pin=base.bench.pin))
    async with (
        connected(temporal_server, tmp_path) as client,
        engine(client, base.bench.recorder, None, task_queue=queue),
        asyncio.timeout(60),
    ):
        road = Road(client, base.bench.recorder, task_queue=queue)
        for command in (base.plan(hours=1, lasts=6, journeys=(journey,)), CHECK, DepartMission()):
            arrived = await road.take(base.order(mission, command))
            assert (arrived.way, arrived.answer.kind) == (Way.WORKFLOW, AnswerKind.RECORDED)
        await passes(base, client, mission, 121)
        while not fired(base, mission):
            await asyncio.sleep(0.05)
        assert [to.staff for to in fired(base, mission)[0].addressees] == [ANA]
        await passes(base, client, mission, 15)
        while len(fired(base, mission)) < 2:
            await asyncio.sleep(0.05)
        assert {to.staff for to in fired(base, mission)[1].addressees} == {ANA, CECA}
        for command in (CheckIn(), ReturnMission(), ReportMission(reports=(report_of(journey),))):
            arrived = await road.take(base.order(mission, command))
            assert arrived.answer.kind is AnswerKind.RECORDED
        while base.state(mission).pending:
            await asyncio.sleep(0.05)
    noted = [
        recorded.event.phase
        for recorded in base.bench.log.load(journey_stream(journey)).history
        if isinstance(recorded.event, MissionNoted)
    ]
    assert noted[-1] is MissionPhase.REPORTED
    assert noted == sorted(noted, key=list(MissionPhase).index)
