"""A mission under any commands and any behaviour of its timers: what holds after every step."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.command import Command, from_wire, to_wire
from domain.event import Event
from domain.mission.alarm import AbortMission, AcknowledgeAlarm
from domain.mission.codes import AbortReason, CancelReason, CheckInWord, RiskOverrideReason
from domain.mission.kind import MISSION
from domain.mission.moving import MoveMission
from domain.mission.owing import KEYS
from domain.mission.planning import CancelMission, ChangeCrew
from domain.mission.promises import promises
from domain.mission.reporting import CorrectMissionReport, ReportMission
from domain.mission.risk import CheckRisk, OverrideRisk
from domain.mission.underway import CheckIn, DepartMission, ReturnMission
from domain.mission.values import Crew
from domain.refusal import Refused
from domain.stream.firing import FireRung, RungsFired
from domain.stream.obligation import wakes_of
from domain.stream.promise import OPEN_END, PromiseKind
from domain.stream.simple import has_live_timer
from tests.domain.mission.given import ANA, BOJAN, CECA, CLEAR, DOUBTFUL, LEAVE, VAN, Given, plan, report_of

PEOPLE = (ANA, BOJAN, CECA)


@st.composite
def commands(draw: st.DrawFn, now: datetime) -> Command:
    """Any command but planning and firing; often one that makes sense."""
    ahead = now + timedelta(minutes=draw(st.integers(-30, 3000)))
    back = ahead + timedelta(minutes=draw(st.integers(-5, 900)))
    occurred = draw(st.none() | st.none() | st.just(now - timedelta(minutes=draw(st.integers(-5, 240)))))
    seen = draw(st.none() | st.none() | st.integers(1, 6))
    team = draw(st.permutations(PEOPLE))[: draw(st.integers(1, 3))]
    crew = Crew(team=tuple(team), lead=draw(st.sampled_from(PEOPLE)), vehicle=draw(st.sampled_from((None, VAN))))
    by = draw(st.sampled_from((*PEOPLE, UUID(int=9))))
    reports = (report_of(),)
    return draw(
        st.sampled_from(
            (
                CheckRisk(answers=draw(st.sampled_from((CLEAR, CLEAR, DOUBTFUL, ()))), by=by),
                CheckRisk(answers=CLEAR, by=by),
                OverrideRisk(reason=RiskOverrideReason.OTHER, by=by),
                DepartMission(occurred_at=occurred, seen=seen),
                DepartMission(),
                CheckIn(word=draw(st.sampled_from(CheckInWord)), occurred_at=occurred),
                AcknowledgeAlarm(obligation=draw(st.none() | st.sampled_from(sorted(KEYS.values())))),
                AcknowledgeAlarm(),
                AbortMission(reason=AbortReason.OTHER, occurred_at=occurred),
                ReturnMission(occurred_at=occurred),
                MoveMission(departure=draw(st.none() | st.just(ahead)), expected_return=back, seen=seen),
                ChangeCrew(crew=crew, seen=seen),
                CancelMission(reason=CancelReason.OTHER),
                ReportMission(reports=draw(st.sampled_from((reports, ())))),
                CorrectMissionReport(reports=reports, seen=seen),
            )
        )
    )


class MissionMachine(RuleBasedStateMachine):
    """One mission, its clock, and a workflow that fires late, twice or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.given = Given()
        self.fired: set[tuple[str, str, int]] = set()

    @initialize(leaves=st.booleans(), is_back=st.booleans())
    def begin(self, leaves: bool, is_back: bool) -> None:
        """Often it is out there already: there most may happen."""
        self.tell(plan(legs=()))
        if leaves:
            self.tell(CheckRisk(answers=CLEAR, by=ANA))
            self.given = self.given.at(LEAVE)
            self.tell(DepartMission())
            if is_back:
                self.tell(ReturnMission())

    def tell(self, command: Command) -> tuple[Event, ...]:
        """Decides and records; nothing raises."""
        assert from_wire(to_wire(command)) == command
        decision = self.given.when(command).decision
        if isinstance(decision, Refused):
            return ()
        before = MISSION.fold(self.given.history)
        foreseen = promises(MISSION.fold(self.given.and_then(*decision).history, None) or self.given.state)
        later = self.given.later(seconds=7).and_then(*decision)
        assert promises(later.state) == foreseen, "what is promised depends on when it was recorded"
        self.given = self.given.and_then(*decision)
        if before is not None:
            self._dates_only_grow(before.timers)
        for event in decision:
            if isinstance(event, RungsFired):
                told = {(event.obligation, rung, event.date_version) for rung in event.rungs}
                assert not told & self.fired, "a rung was fired twice for the same date"
                self.fired |= told
        return decision

    def _dates_only_grow(self, before: object) -> None:
        assert isinstance(before, dict)
        for kind, timer in before.items():
            after = self.given.state.timers[kind]
            assert after.clockwork.date_version >= timer.clockwork.date_version

    @rule(data=st.data())
    def command(self, data: st.DataObject) -> None:
        self.tell(data.draw(commands(self.given.now)))

    @rule(word=st.sampled_from(CheckInWord))
    def is_heard_of(self, word: CheckInWord) -> None:
        self.tell(CheckIn(word=word))

    @rule(
        command=st.sampled_from(
            (
                AcknowledgeAlarm(),
                AbortMission(reason=AbortReason.THREAT),
                ReturnMission(),
                ReportMission(reports=(report_of(),)),
            )
        )
    )
    def goes_on(self, command: Command) -> None:
        self.tell(command)

    @rule(minutes=st.integers(1, 90) | st.integers(1, 60 * 24))
    def time_passes(self, minutes: int) -> None:
        self.given = self.given.later(minutes=minutes)

    @rule(twice=st.booleans())
    def timer_fires(self, twice: bool) -> None:
        wakes = wakes_of(MISSION.obligations(self.given.state))
        if not wakes:
            return
        wake = wakes[0]
        self.given = self.given.at(max(self.given.now, wake.at))
        command = FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
        assert self.tell(command), "the moment had come, and nothing happened"
        if twice:
            assert not any(isinstance(event, RungsFired) and wake.rung in event.rungs for event in self.tell(command))

    @invariant()
    def an_open_mission_has_a_live_timer(self) -> None:
        """Whatever happened to it."""
        if self.given.history:
            state = self.given.state
            assert has_live_timer(MISSION, state)
            assert state.is_open == bool(MISSION.obligations(state))

    @invariant()
    def who_is_out_is_taken_and_nobody_else(self) -> None:
        """Until the return is recorded."""
        if self.given.history:
            state = self.given.state
            out = {p.resource for p in promises(state) if p.kind is PromiseKind.OUT}
            assert out == (state.plan.crew.resources if state.is_out else frozenset())
            assert all(p.since < p.until <= OPEN_END for p in promises(state))
            if not state.is_open:
                assert not promises(state)


MissionMachine.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestMissionModel = MissionMachine.TestCase
