"""A home visit two hundred kilometres away. The team falls silent; who is called, and when it is over.

Written on the pure domain with the clock moved by hand: each timer fires at its own moment. Times are those of Belgrade
in March, one hour before UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from domain.codes import ObligationKind
from domain.command import Command
from domain.event import Event, Recorded
from domain.journey import decide, fold
from domain.journey.missions import MissionNoted
from domain.journey.opening import OpenJourney
from domain.journey.state import Journey, journey_stream
from domain.mission.alarm import AbortMission, AcknowledgeAlarm
from domain.mission.codes import (
    AbortReason,
    CheckInWord,
    Housing,
    Met,
    MissionCost,
    MissionOutcome,
    MissionPhase,
    MissionPurpose,
    RiskOverrideReason,
    Safety,
    Wellbeing,
)
from domain.mission.moving import MoveMission
from domain.mission.promises import promises
from domain.mission.reporting import ReportMission
from domain.mission.rides import rides
from domain.mission.risk import CheckRisk, OverrideRisk
from domain.mission.underway import CheckIn, DepartMission, ReturnMission
from domain.mission.values import Cost, Costs, HomeVisit
from domain.refusal import RefusalCode, Refused
from domain.stream.dispatching import AcknowledgeRelay
from tests.domain.mission.given import (
    ANA,
    BOJAN,
    CECA,
    DOUBTFUL,
    JOURNEY,
    LEG,
    OTHER,
    Given,
    pathway,
    plan,
    report_of,
    told,
)
from tests.pathway_examples import small_pin


class Client:
    """A journey that a mission serves: it hears what the mission's workflow relays."""

    def __init__(self, journey: UUID) -> None:
        self.id = journey
        self.stream = journey_stream(journey)
        self.history: tuple[Recorded[Event], ...] = ()
        self._tell(OpenJourney(pin=small_pin()), datetime(2026, 1, 12, 9, tzinfo=UTC))

    @property
    def state(self) -> Journey:
        state = fold(self.history)
        assert state is not None
        return state

    def _tell(self, command: Command, now: datetime) -> None:
        before = fold(self.history)
        decision = decide(before, command, pathway(), now, stream=self.stream)
        assert not isinstance(decision, Refused)
        known = len(self.history)
        self.history += tuple(
            Recorded(self.stream, known + n, known + n, event, now, ANA, uuid5(self.id, str(known)))
            for n, event in enumerate(decision, 1)
        )

    def hears(self, mission: Given) -> Given:
        """The relays for this journey, answered."""
        for dispatch in list(mission.state.pending.values()):
            if dispatch.target == self.id:
                self._tell(dispatch.command, mission.now)
                mission = mission.having(AcknowledgeRelay(dispatch=dispatch.id))
        return mission


def at(hour: int, minute: int = 0) -> datetime:
    """A time in Belgrade on that Tuesday, 3 March 2026."""
    return datetime(2026, 3, 3, hour - 1, minute, tzinfo=UTC)


def test_the_mission_that_falls_silent() -> None:
    """Monday to Friday."""
    client, sibling = Client(JOURNEY), Client(OTHER)

    # Monday: Ana and Bojan are to visit two siblings on Tuesday from ten to six. Bojan drives.
    leg = LEG.model_copy(update={"departs_at": at(10, 30), "arrives_at": at(13)})
    mission = Given().having(
        plan(
            purpose=MissionPurpose.HOME_VISIT,
            departure=at(10),
            expected_return=at(18),
            legs=(leg,),
            journeys=(JOURNEY, OTHER),
        )
    )
    mission = sibling.hears(client.hears(mission))
    assert not mission.state.pending
    noted = client.state.missions[mission.state.id]
    assert (noted.phase, noted.departure) == (MissionPhase.PLANNED, at(10))
    assert noted.outcome is None

    # Nobody knows the place: the check is not clear. Ceca, who stays, takes it on herself: the police come along.
    mission = mission.having(CheckRisk(answers=DOUBTFUL, by=ANA)).at(at(9, 50))
    mission.when(DepartMission()).then_refused(RefusalCode.RISK_NOT_CLEAR)
    mission = mission.having(OverrideRisk(reason=RiskOverrideReason.POLICE_ESCORT, by=CECA))

    # Tuesday at ten they leave. Bojan sees the address from ten until the ride is over; Ana never does.
    mission = mission.at(at(10)).having(DepartMission())
    assert rides(mission.state, driver=BOJAN, now=at(9, 59))[0].places is None
    assert rides(mission.state, driver=BOJAN, now=at(10))[0].places is not None
    assert rides(mission.state, driver=ANA, now=at(11)) == ()
    assert rides(mission.state, driver=BOJAN, now=at(13, 30))[0].places is None

    # At half past eleven all is well; the next word is due at half past one. It does not come.
    mission = mission.at(at(11, 30)).having(CheckIn())
    heard = len(mission.history)
    mission = mission.until(at(14, 16))
    assert told(mission, heard) == [
        ("call-1", ["mobile-team"]),
        ("call-2+stall", ["mobile-team", "supervisor"]),
        ("call-3", ["mobile-team", "on-call"]),
        ("again-1", ["mobile-team", "on-call"]),
    ]

    # Ceca answers at 14:16. She has half an hour; at 14:46 the chain begins anew, since nobody has been heard of.
    mission = mission.having(AcknowledgeAlarm())
    answered = len(mission.history)
    mission = mission.until(at(14, 45))
    assert told(mission, answered) == []
    mission = mission.until(at(14, 50))
    assert told(mission, answered) == [("call-1", ["mobile-team"])]

    # At 14:50 Ana calls from a petrol station: no network in the valley, and a car behind them. They break off.
    mission = mission.having(CheckIn(word=CheckInWord.HELP))
    mission = mission.having(AbortMission(reason=AbortReason.FOLLOWED))
    assert rides(mission.state, driver=BOJAN, now=at(14, 51)) == ()
    mission.when(MoveMission(expected_return=at(20))).then_refused(RefusalCode.MISSION_NOT_PLANNED)
    broken_off = len(mission.history)
    mission = mission.until(at(14, 56))
    assert told(mission, broken_off) == [
        ("call-1", ["mobile-team", "supervisor"]),
        ("call-2+stall", ["mobile-team", "on-call"]),
    ]
    mission = sibling.hears(client.hears(mission))
    assert client.state.missions[mission.state.id].aborted is AbortReason.FOLLOWED

    # On call answers, they are heard of twice on the way, and nobody may send them elsewhere until they are back.
    mission = mission.having(AcknowledgeAlarm())
    for minutes in (20, 45):
        mission = mission.until(at(14, 56) + timedelta(minutes=minutes)).having(CheckIn())
    assert promises(mission.state)
    mission = mission.until(at(17, 5)).having(ReturnMission())
    assert not promises(mission.state)
    assert list(mission.owed) == [ObligationKind.MISSION_REPORT]

    # Nobody writes the report by Thursday at five: it is asked for, and on Friday the supervisor hears of it.
    back = len(mission.history)
    mission = mission.until(at(17, 5) + timedelta(days=3, hours=1))
    rungs = [rung for rung, _ in told(mission, back)]
    assert rungs[:2] == ["before-12-hours", "due"]
    assert "supervisor" in {role for _, roles in told(mission, back) for role in roles}

    # Then it is there: what it came to for each of the siblings, and what it cost. Nothing is owed any more.
    visit = HomeVisit(
        met=Met.NOBODY, housing=Housing.NOT_SEEN, safety=Safety.NOT_ASSESSED, wellbeing=Wellbeing.NOT_ASSESSED
    )
    reports = tuple(report_of(each, outcome=MissionOutcome.NOT_SAFE, visit=visit) for each in (JOURNEY, OTHER))
    costs = Costs(kilometres=388, items=(Cost(kind=MissionCost.FUEL, rsd=Decimal("7420.00")),))
    mission = sibling.hears(client.hears(mission.having(ReportMission(reports=reports, costs=costs))))
    assert not mission.state.is_open
    for each in (client, sibling):
        assert each.state.missions[mission.state.id].outcome is MissionOutcome.NOT_SAFE
    noted_phases = [r.event.phase for r in client.history if isinstance(r.event, MissionNoted)]
    assert noted_phases == [
        MissionPhase.PLANNED,
        MissionPhase.DEPARTED,
        MissionPhase.ABORTED,
        MissionPhase.RETURNED,
        MissionPhase.REPORTED,
    ]
