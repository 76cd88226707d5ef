"""The list of missions, the row of one, what a journey's file shows of them; rows made anew are the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from uuid import uuid4

import pytest

from domain.codes import ObligationKind
from domain.journey.opening import OpenJourney
from domain.mission.codes import OPEN, OUT, CancelReason, MissionCost, MissionOutcome, MissionPhase, RiskResult
from domain.mission.planning import CancelMission
from domain.mission.reporting import ReportMission
from domain.mission.state import mission_stream
from domain.mission.underway import CheckIn, DepartMission, ReturnMission
from domain.mission.values import Cost, Costs, Crew
from projections.install import install
from projections.journey_file.queries import file
from projections.loop import Projector
from projections.missions.queries import MissionFilter, find_mission, find_missions_by_code, list_missions
from projections.my_day.queries import my_day
from projections.reader import Reader
from tests.domain.mission.given import ANA, CECA, CHECK, CREW, report_of
from tests.missions.conftest import Base
from workflows.messages import Relay


@pytest.fixture
def reader(base: Base) -> Iterator[Reader]:
    """The read models of this log."""
    install(base.bench.dsn)
    with closing(Reader(base.bench.dsn, size=1)) as reader:
        yield reader


def catch_up(base: Base) -> None:
    Projector(base.bench.dsn).catch_up()


def test_a_mission_from_plan_to_report(base: Base, reader: Reader) -> None:
    """Where it stands at each moment, on its list, in the lead's day and in the journey's file."""
    journey, mission = uuid4(), uuid4()
    base.bench.record(journey, OpenJourney(pin=base.bench.pin))
    for command in (base.plan(hours=0.01, journeys=(journey,)), CHECK, DepartMission(), CheckIn()):
        base.tell(mission, command)
    for dispatch in list(base.state(mission).pending):
        base.bench.recorder.relay(Relay(stream=mission_stream(mission), dispatch=dispatch))
    catch_up(base)
    (row,) = list_missions(reader, MissionFilter(phases=OUT)).rows
    assert (row.mission, row.phase, row.team, row.vehicle) == (mission, MissionPhase.DEPARTED, CREW.team, CREW.vehicle)
    assert (row.risk, row.rings) == (RiskResult.CLEAR, False)
    assert row.next_kind in {ObligationKind.MISSION_CHECK_IN, ObligationKind.MISSION_RETURN}
    assert find_missions_by_code(reader, row.code.lower()) == (row,)
    day = my_day(reader, staff=ANA, now=base.now, today=base.now.date())
    assert {each.kind for each in day.rows} == {ObligationKind.MISSION_CHECK_IN, ObligationKind.MISSION_RETURN}
    found = file(reader, journey)
    assert found is not None
    (noted,) = found.document.missions
    assert (noted.code, noted.phase) == (row.code, MissionPhase.DEPARTED)

    costs = Costs(kilometres=80, items=(Cost(kind=MissionCost.FUEL, rsd=Decimal("1234.5")),))
    for command in (ReturnMission(), ReportMission(reports=(report_of(journey),), costs=costs)):
        base.tell(mission, command)
    catch_up(base)
    over = find_mission(reader, mission)
    assert over is not None
    assert (over.phase, over.kilometres, over.rsd) == (MissionPhase.REPORTED, 80, Decimal("1234.50"))
    assert over.outcomes == {journey: MissionOutcome.DONE}
    assert (over.next_kind, over.next_due_at) == (None, None)
    assert list_missions(reader, MissionFilter(phases=OPEN)).total == 0


def test_missions_are_filtered_and_paged(base: Base, reader: Reader) -> None:
    """The latest departure first; each once, however they are turned over."""
    ours, theirs = [uuid4() for _ in range(3)], uuid4()
    for number, mission in enumerate(ours):
        base.tell(mission, base.plan(hours=10 + 10 * number))
    base.tell(theirs, base.plan(hours=100, crew=Crew(team=(CECA, uuid4()), lead=CECA)))
    base.tell(ours[0], CancelMission(reason=CancelReason.OTHER))
    catch_up(base)
    page = list_missions(reader, limit=3)
    rest = list_missions(reader, limit=3, cursor=page.next)
    assert (page.total, [row.mission for row in (*page.rows, *rest.rows)]) == (4, [theirs, *reversed(ours)])
    assert [row.mission for row in list_missions(reader, MissionFilter(staff=CECA)).rows] == [theirs]
    assert list_missions(reader, MissionFilter(phases={MissionPhase.CANCELLED})).total == 1
    assert list_missions(reader, MissionFilter(code="PK-1234567")).total == 0
    assert find_mission(reader, uuid4()) is None
