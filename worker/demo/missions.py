"""The missions of the caseload: one that is out there now, one that nobody has reported on, and some that are over."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import UUID, uuid5

from activities.pathway_reading import Pinned
from domain.command import Command
from domain.mission.alarm import AbortMission, AcknowledgeAlarm
from domain.mission.codes import (
    AbortReason,
    CancelReason,
    CheckInWord,
    Housing,
    Met,
    MissionCost,
    MissionOutcome,
    MissionPurpose,
    RiskAnswer,
    RiskOverrideReason,
    Safety,
    VisitNeed,
    Wellbeing,
)
from domain.mission.moving import MoveMission
from domain.mission.planning import CancelMission, ChangeCrew, PlanMission
from domain.mission.reporting import CorrectMissionReport, ReportMission
from domain.mission.risk import CheckRisk, OverrideRisk
from domain.mission.state import mission_stream
from domain.mission.underway import CheckIn, DepartMission, ReturnMission
from domain.mission.values import Cost, Costs, Crew, HomeVisit, JourneyReport, RiskReply
from worker.demo.providers import VAN
from worker.demo.staff import JASNA, LUKA, MILA, NADA, SAVA, TEODORA, VERA
from worker.demo.tale import NAMESPACE, Dice
from worker.demo.told import Told

HOUR = timedelta(hours=1)
MissionStory = Generator[datetime, None, None]


class Writing(Protocol):
    """Where commands go."""

    def tell(self, tale: MissionTale, command: Command, actor: UUID, note: str | None, field: str = "note") -> None: ...


@dataclass
class MissionTale(Told):
    """One invented mission while it is being told. `present` is the moment at which the demonstration starts."""

    name: str
    pinned: Pinned
    present: datetime
    writing: Writing

    def __post_init__(self) -> None:
        self.id = uuid5(NAMESPACE, self.name)
        self.stream = mission_stream(self.id)
        self.now = self.present
        self.random = Dice(f"putokaz-demo|{self.name}")

    def tell(self, command: Command, actor: UUID = LUKA.id, note: str | None = None) -> None:
        """Gives a command."""
        self.writing.tell(self, command, actor, note)

    def day(self, days: int, hour: int) -> datetime:
        """So many days from the present, at that hour (UTC)."""
        return (self.present + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)

    def plan(
        self, purpose: MissionPurpose, departure: datetime, hours: int, *journeys: str, second: UUID = JASNA.id
    ) -> None:
        """Luka goes, with somebody, in the van; Vera hears of it when they are silent."""
        self.tell(
            PlanMission(
                pin=self.pinned.pin,
                purpose=purpose,
                crew=Crew(team=(LUKA.id, second), lead=LUKA.id, vehicle=VAN, supervisor=VERA.id),
                departure=departure,
                expected_return=departure + hours * HOUR,
                journeys=tuple(uuid5(NAMESPACE, journey) for journey in journeys),
            ),
            LUKA.id,
        )

    def check(self, *doubts: str) -> None:
        """The risk check: clear but for these questions."""
        rules = self.pinned.pathway.missions
        assert rules is not None
        answers = (
            RiskReply(question=q.question, answer=RiskAnswer.UNKNOWN if q.question in doubts else RiskAnswer(q.clear))
            for q in rules.risk_check
        )
        self.tell(CheckRisk(answers=tuple(answers), by=LUKA.id))

    def report(self, *reports: JourneyReport, kilometres: int, fuel: int, corrected: bool = False) -> None:
        """What it came to, and what it cost; `corrected` where the report before was mistaken."""
        costs = Costs(kilometres=kilometres, items=(Cost(kind=MissionCost.FUEL, rsd=Decimal(fuel)),))
        command = CorrectMissionReport if corrected else ReportMission
        self.tell(command(reports=reports, costs=costs))

    def ask_for_help(self) -> None:
        """The team says that it needs help."""
        self.tell(CheckIn(word=CheckInWord.HELP))


def out_now(tale: MissionTale) -> MissionStory:
    """Left a good hour and a half ago, was heard of half an hour ago, comes back in the evening."""
    left = tale.present - timedelta(minutes=100)
    yield left - timedelta(days=2)
    tale.plan(MissionPurpose.HOME_VISIT, left, 6, "plan-overdue", "guardian")
    yield left - timedelta(minutes=20)
    tale.check()
    yield left
    tale.tell(DepartMission())
    yield tale.present - timedelta(minutes=30)
    tale.tell(CheckIn())


def report_overdue(tale: MissionTale) -> MissionStory:
    """Came back four days ago; nobody has reported."""
    yield from _there_and_back(tale, -4, MissionPurpose.ACCOMPANIMENT, "in-three-weeks")


def at_home(tale: MissionTale) -> MissionStory:
    """A home visit, reported the day after."""
    yield from _there_and_back(tale, -40, MissionPurpose.HOME_VISIT, "guardian", second=TEODORA.id)
    yield tale.day(-39, 9)
    visit = HomeVisit(
        met=Met.CLIENT_AND_FAMILY,
        housing=Housing.INADEQUATE,
        safety=Safety.NO_CONCERN,
        wellbeing=Wellbeing.STABLE,
        needs=(VisitNeed.HEATING, VisitNeed.SCHOOL),
    )
    done = JourneyReport(journey=uuid5(NAMESPACE, "guardian"), outcome=MissionOutcome.DONE, visit=visit)
    tale.report(done, kilometres=148, fuel=5230)
    yield tale.day(-39, 10)
    tale.report(done, kilometres=184, fuel=5230, corrected=True)


def two_at_court(tale: MissionTale) -> MissionStory:
    """Two clients to the same building, earlier than planned and with another colleague; Vera let them go."""
    yield tale.day(-76, 9)
    tale.plan(MissionPurpose.TRANSPORT, tale.day(-75, 8), 6, "in-two-days", "in-three-weeks")
    yield tale.day(-76, 10)
    tale.tell(MoveMission(departure=tale.day(-75, 7), expected_return=tale.day(-75, 13)))
    tale.tell(ChangeCrew(crew=Crew(team=(LUKA.id, MILA.id), lead=LUKA.id, vehicle=VAN, supervisor=VERA.id)))
    tale.check("followed-before")
    tale.tell(OverrideRisk(reason=RiskOverrideReason.POLICE_ESCORT, by=NADA.id), NADA.id)
    yield tale.day(-75, 7)
    tale.tell(DepartMission())
    yield tale.day(-75, 8)
    tale.tell(CheckIn())
    yield tale.day(-75, 9)
    tale.tell(CheckIn())
    yield tale.day(-75, 10)
    tale.tell(ReturnMission())
    yield tale.day(-74, 8)
    outcomes = (MissionOutcome.DONE, MissionOutcome.PARTLY_DONE)
    names = ("in-two-days", "in-three-weeks")
    reports = (
        JourneyReport(journey=uuid5(NAMESPACE, name), outcome=outcome)
        for name, outcome in zip(names, outcomes, strict=True)
    )
    tale.report(*reports, kilometres=23, fuel=900)


def van_broke_down(tale: MissionTale) -> MissionStory:
    """Broken off on the way; on call took care of it until they were back."""
    yield tale.day(-21, 9)
    tale.plan(MissionPurpose.MEETING_RELATIVES, tale.day(-20, 6), 9, "plan-overdue")
    tale.check()
    yield tale.day(-20, 6)
    tale.tell(DepartMission())
    yield tale.day(-20, 7) - timedelta(minutes=10)
    tale.ask_for_help()
    yield tale.day(-20, 7)
    tale.tell(AbortMission(reason=AbortReason.VEHICLE_DOWN))
    yield tale.day(-20, 7) + timedelta(minutes=4)
    tale.tell(AcknowledgeAlarm(), NADA.id)
    yield tale.day(-20, 7) + timedelta(minutes=25)
    tale.tell(CheckIn())
    yield tale.day(-20, 7) + timedelta(minutes=50)
    tale.tell(ReturnMission())
    yield tale.day(-19, 8)
    not_reached = JourneyReport(journey=uuid5(NAMESPACE, "plan-overdue"), outcome=MissionOutcome.NOT_REACHED)
    tale.report(not_reached, kilometres=31, fuel=1100)


def called_off(tale: MissionTale) -> MissionStory:
    """The appointment moved."""
    yield tale.day(-12, 9)
    tale.plan(MissionPurpose.ACCOMPANIMENT, tale.day(-10, 7), 4, "in-two-days")
    yield tale.day(-11, 12)
    tale.tell(CancelMission(reason=CancelReason.APPOINTMENT_MOVED), NADA.id)


def ahead(tale: MissionTale) -> MissionStory:
    """In three days, with somebody who leaves us today: the seat goes to Nada."""
    yield tale.day(-1, 9)
    tale.plan(MissionPurpose.ACCOMPANIMENT, tale.day(3, 7), 4, "extended", second=SAVA)


def _there_and_back(
    tale: MissionTale, days: int, purpose: MissionPurpose, journey: str, second: UUID = JASNA.id
) -> MissionStory:
    yield tale.day(days - 2, 9)
    tale.plan(purpose, tale.day(days, 7), 5, journey, second=second)
    yield tale.day(days - 1, 12)
    tale.check()
    yield tale.day(days, 7)
    tale.tell(DepartMission())
    yield tale.day(days, 8)
    tale.tell(CheckIn())
    yield tale.day(days, 9)
    tale.tell(CheckIn())
    yield tale.day(days, 10)
    tale.tell(ReturnMission())


MISSIONS: Sequence[tuple[str, Callable[[MissionTale], MissionStory]]] = (
    ("mission-out-now", out_now),
    ("mission-report-overdue", report_overdue),
    ("mission-at-home", at_home),
    ("mission-two-at-court", two_at_court),
    ("mission-van-broke-down", van_broke_down),
    ("mission-called-off", called_off),
    ("mission-ahead", ahead),
)
"""Their names, from which their ids derive, and what happens."""
