"""People and vehicles are never in two places: claims of real missions in a real log."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.command import Command
from domain.mission.alarm import AbortMission
from domain.mission.codes import AbortReason, CancelReason, MissionPhase
from domain.mission.moving import MoveMission
from domain.mission.planning import CancelMission, ChangeCrew
from domain.mission.promises import promises
from domain.mission.state import Mission
from domain.mission.underway import CheckIn, DepartMission, ReturnMission
from domain.mission.values import Crew
from domain.refusal import RefusalCode, Refused
from domain.stream.promise import OPEN_END, PromiseKind
from tests.domain.mission.given import ANA, BOJAN, CECA, CHECK, CREW, VAN
from tests.fix_eventlog import administrator
from tests.missions.conftest import Base, refusal
from workflows.messages import AnswerKind

DANA, EMIR = (UUID(f"00000000-0000-4000-8000-00000000b00{n}") for n in (4, 5))
OTHERS = Crew(team=(DANA, EMIR), lead=DANA)


def claims(base: Base) -> set[tuple[UUID, datetime, datetime, str]]:
    """What the log holds: claimed resource, from, until, stream."""
    with administrator(base.bench.dsn) as connection:
        rows = connection.execute("SELECT resource, lower(during), upper(during), stream FROM eventlog.claims")
        return {(row[0], row[1], row[2], row[3]) for row in rows}


def test_two_missions_at_once_and_one_wins(base: Base) -> None:
    """From two threads at the same moment, many times: same people, overlapping. Never both, never neither."""
    ready = Barrier(2)

    def compete(mission: UUID, command: Command) -> AnswerKind:
        ready.wait()
        return base.tell(mission, command).kind

    with ThreadPoolExecutor(2) as threads:
        for round_ in range(12):
            start = 10 + 100 * round_
            first, second = base.plan(hours=start), base.plan(hours=start + 1)
            answers = list(threads.map(compete, (uuid4(), uuid4()), (first, second)))
            assert sorted(answers) == [AnswerKind.RECORDED, AnswerKind.REFUSED]
    assert len(claims(base)) == 12 * 3


def test_the_refusal_names_who_is_busy_and_until_when(base: Base) -> None:
    """And the same command again gets the same answer: it stands in the log."""
    first = uuid4()
    base.tell(first, base.plan(hours=10, lasts=4, crew=Crew(team=(ANA, BOJAN), lead=ANA)))
    until = base.state(first).plan.expected_return
    second, command_id = uuid4(), uuid4()
    command = base.plan(hours=12, crew=Crew(team=(BOJAN, CECA), lead=CECA))
    refused = refusal(base.tell(second, command, command_id))
    assert (refused.code, refused.other, refused.until) == (RefusalCode.RESOURCE_BUSY, BOJAN, until)
    assert refusal(base.tell(second, command, command_id)) == refused
    assert base.bench.recorder.state(f"mission-{second}") is None


def test_one_mission_may_leave_when_the_other_is_back(base: Base) -> None:
    """The van is handed over at the door."""
    start = base.now + timedelta(hours=10)
    middle, end = start + timedelta(hours=2), start + timedelta(hours=4)
    assert base.tell(uuid4(), base.plan(hours=0, departure=start, expected_return=middle)).kind is AnswerKind.RECORDED
    assert base.tell(uuid4(), base.plan(hours=0, departure=middle, expected_return=end)).kind is AnswerKind.RECORDED


@pytest.mark.parametrize("command", [CancelMission(reason=CancelReason.NOT_NEEDED), ChangeCrew(crew=OTHERS)])
def test_what_is_called_off_is_free_in_the_same_append(base: Base, command: Command) -> None:
    """Cancelled, or others go."""
    first = uuid4()
    base.tell(first, base.plan(hours=10))
    assert base.tell(uuid4(), base.plan(hours=11)).kind is AnswerKind.REFUSED
    base.tell(first, command)
    assert base.tell(uuid4(), base.plan(hours=11)).kind is AnswerKind.RECORDED


def test_a_plan_moves_over_its_own_time_and_not_over_others(base: Base) -> None:
    """And where it cannot move, it stays where it was, with all it has taken."""
    first, second = uuid4(), uuid4()
    base.tell(first, base.plan(hours=10))
    base.tell(second, base.plan(hours=20))
    plan = base.state(first).plan
    hour = timedelta(hours=1)
    moved = MoveMission(departure=plan.departure + hour, expected_return=plan.expected_return + hour)
    assert base.tell(first, moved).kind is AnswerKind.RECORDED
    before = claims(base)
    over = MoveMission(departure=plan.departure + 10 * hour, expected_return=plan.expected_return + 10 * hour)
    refused = refusal(base.tell(first, over))
    assert refused.until == base.state(second).plan.expected_return
    assert claims(base) == before


def test_nobody_leaves_twice_however_late_the_first_mission_is(base: Base) -> None:
    """The plan of the first is over, its people are not back: until then nobody knows when."""
    first, second = uuid4(), uuid4()
    base.tell(first, base.plan(hours=0.001, lasts=0.001))
    base.tell(first, CHECK)
    assert base.tell(first, DepartMission()).kind is AnswerKind.RECORDED
    base.tell(second, base.plan(hours=0.01, crew=Crew(team=(ANA, CECA), lead=CECA)))
    base.tell(second, CHECK)
    refused = refusal(base.tell(second, DepartMission()))
    assert (refused.code, refused.other, refused.until) == (RefusalCode.RESOURCE_BUSY, ANA, None)
    assert base.tell(first, AbortMission(reason=AbortReason.ROAD_CLOSED)).kind is AnswerKind.RECORDED
    assert base.tell(second, DepartMission()).kind is AnswerKind.REFUSED
    assert base.tell(first, ReturnMission()).kind is AnswerKind.RECORDED
    assert base.tell(second, DepartMission()).kind is AnswerKind.RECORDED


def held(base: Base, missions: list[UUID]) -> set[tuple[UUID, datetime, datetime, str]]:
    """What the states of these missions promise."""
    states = [base.bench.recorder.state(f"mission-{mission}") for mission in missions]
    return {
        (promise.claimed, promise.since, promise.until, state.stream)
        for state in states
        if isinstance(state, Mission)
        for promise in promises(state)
    }


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_the_log_claims_what_the_missions_promise(base: Base, seed: int) -> None:
    """Random commands to several missions that share people: no overlap, nothing forgotten, nothing kept too long."""
    chance = random.Random(seed)
    missions = [uuid4() for _ in range(4)]
    people = (ANA, BOJAN, CECA, DANA)
    refused: list[Refused] = []
    for _ in range(60):
        mission = chance.choice(missions)
        crew = Crew(team=tuple(chance.sample(people, 2)), lead=ANA, vehicle=chance.choice((None, VAN)))
        crew = crew.model_copy(update={"lead": crew.team[0]})
        hours, lasts = chance.choice((0.001, 1, 2, 3)), chance.choice((1, 2))
        departure = base.now + timedelta(hours=hours)
        command: Command = chance.choice(
            [
                base.plan(hours=hours, lasts=lasts, crew=crew),
                MoveMission(departure=departure, expected_return=departure + timedelta(hours=lasts)),
                ChangeCrew(crew=crew),
                CHECK,
                DepartMission(),
                DepartMission(),
                CheckIn(),
                AbortMission(reason=AbortReason.OTHER),
                ReturnMission(),
                CancelMission(reason=CancelReason.OTHER),
            ]
        )
        answer = base.tell(mission, command)
        if answer.kind is AnswerKind.REFUSED:
            refused.append(refusal(answer))
        state = base.bench.recorder.state(f"mission-{mission}")
        if state is not None and not state.is_open:
            missions[missions.index(mission)] = uuid4()
        assert claims(base) == held(base, missions)
    never_twice(claims(base))
    out = [base.state(m) for m in missions if base.bench.recorder.state(f"mission-{m}") is not None]
    away = [person for state in out if state.is_out for person in state.plan.crew.resources]
    assert len(away) == len(set(away)), "somebody is out on two missions"


def never_twice(found: set[tuple[UUID, datetime, datetime, str]]) -> None:
    """No two claims of one resource overlap."""
    by_resource: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for resource, since, until, _ in found:
        by_resource.setdefault(resource, []).append((since, until))
    for times in by_resource.values():
        ordered = sorted(times)
        assert all(one[1] <= other[0] for one, other in pairwise(ordered))


def test_the_claims_are_of_both_kinds(base: Base) -> None:
    """What the plan takes, and being out."""
    mission = uuid4()
    base.tell(mission, base.plan(hours=0.001))
    base.tell(mission, CHECK)
    base.tell(mission, DepartMission())
    kinds = [promise.kind for promise in promises(base.state(mission))]
    assert sorted(kinds) == sorted([*[PromiseKind.OUT] * 3, *[PromiseKind.PLANNED] * 3])
    assert {until for _, _, until, _ in claims(base)} == {base.state(mission).plan.expected_return, OPEN_END}
    assert base.state(mission).phase is MissionPhase.DEPARTED
    assert CREW.resources == {ANA, BOJAN, VAN}


def test_the_log_itself_refuses_what_overlaps(base: Base) -> None:
    """Whoever writes past the recorder is stopped by the constraint."""
    base.tell(uuid4(), base.plan(hours=10))
    statement = (
        "INSERT INTO eventlog.claims SELECT gen_random_uuid(), resource, during, 'mission-x' FROM eventlog.claims"
    )
    with administrator(base.bench.dsn) as connection, pytest.raises(psycopg.errors.ExclusionViolation):
        connection.execute(statement)
