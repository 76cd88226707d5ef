"""`given(planned()).when(command).then(events)` for missions, on a pathway with a small section of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from domain.codes import ObligationKind, Role
from domain.command import Command
from domain.event import Event, Recorded
from domain.mission.codes import MissionOutcome, MissionPurpose, RiskAnswer
from domain.mission.kind import MISSION
from domain.mission.planning import PlanMission
from domain.mission.risk import CheckRisk
from domain.mission.state import Mission, mission_stream
from domain.mission.underway import DepartMission, ReturnMission
from domain.mission.values import Crew, JourneyReport, LegWanted, RiskReply
from domain.pathway.chain import Chain
from domain.pathway.common import EscalateRung, RemindRung, Span, Title, Unit
from domain.pathway.missions import Missions, Prepared, Report, RiskQuestion
from domain.pathway.model import Pathway
from domain.refusal import RefusalCode, Refused
from domain.sealed import Identity, Sealed
from domain.stream.deciding import Decision
from domain.stream.firing import FireRung
from domain.stream.obligation import Obligation, wakes_of
from tests.pathway_examples import small_pathway, small_pin

MISSION_ID = UUID("7f3e0000-0000-4000-8000-0000000000f1")
JOURNEY = UUID("7f3e0000-0000-4000-8000-000000000001")
OTHER = UUID("7f3e0000-0000-4000-8000-000000000002")
ANA, BOJAN, CECA = (UUID(f"00000000-0000-4000-8000-00000000b00{n}") for n in (1, 2, 3))
"""Ana leads, Bojan drives, Ceca supervises."""
VAN = UUID("11111111-1111-4111-8111-111111111111")
CREW = Crew(team=(ANA, BOJAN), lead=ANA, vehicle=VAN, supervisor=CECA)
MONDAY = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
LEAVE = MONDAY + timedelta(days=1)
"""Tuesday, ten in the morning in Belgrade."""
BACK = LEAVE + timedelta(hours=6)
START: Sealed[Identity] = Sealed.from_bytes(bytes(range(64)))
END: Sealed[Identity] = Sealed.from_bytes(bytes(range(1, 65)))
LEG = LegWanted(
    start=START,
    end=END,
    departs_at=LEAVE + timedelta(hours=1),
    arrives_at=LEAVE + timedelta(hours=2),
    journey=JOURNEY,
    driver=BOJAN,
)
RULES = Missions(
    check_in_minutes=120,
    acknowledged_minutes=30,
    ride_minutes=30,
    silent=Chain(call=(Role.MOBILE_TEAM, Role.SUPERVISOR, Role.ON_CALL), every_minutes=15),
    alarm=Chain(call=(Role.SUPERVISOR, Role.ON_CALL), every_minutes=5),
    departure=Prepared(
        remind=(RemindRung(before=Span(count=1, unit=Unit.CALENDAR_DAYS)),),
        escalate=(EscalateRung(after=Span(count=1, unit=Unit.HOURS), to=Role.SUPERVISOR),),
    ),
    report=Report(
        remind=(RemindRung(before=Span(count=12, unit=Unit.HOURS)),),
        escalate=(
            EscalateRung(after=Span(count=24, unit=Unit.HOURS), to=Role.SUPERVISOR),
            EscalateRung(after=Span(count=48, unit=Unit.HOURS), to=Role.ON_CALL),
        ),
    ),
    risk_check=(
        RiskQuestion(question="threats", title=Title(sr="Претње?", en="Threats?")),
        RiskQuestion(question="place-known", title=Title(sr="Познато место?", en="Place known?"), clear="yes"),
    ),
)
CLEAR = (
    RiskReply(question="threats", answer=RiskAnswer.NO),
    RiskReply(question="place-known", answer=RiskAnswer.YES),
)
DOUBTFUL = (CLEAR[0], RiskReply(question="place-known", answer=RiskAnswer.UNKNOWN))
CHECK = CheckRisk(answers=CLEAR, by=ANA)


def pathway() -> Pathway:
    """The small pathway of all domain tests, of an organisation with a mobile team."""
    return small_pathway().model_copy(update={"missions": RULES})


def plan(**fields: Any) -> PlanMission:
    """Ana and Bojan take the van on Tuesday, for one client."""
    usual: dict[str, Any] = {
        "pin": small_pin(),
        "purpose": MissionPurpose.ACCOMPANIMENT,
        "crew": CREW,
        "departure": LEAVE,
        "expected_return": BACK,
        "legs": (LEG,),
        "journeys": (JOURNEY,),
    }
    return PlanMission(**(usual | fields))


def report_of(journey: UUID = JOURNEY, **fields: Any) -> JourneyReport:
    """It went as it should."""
    return JourneyReport(**({"journey": journey, "outcome": MissionOutcome.DONE} | fields))


@dataclass(frozen=True)
class Given:
    """A mission up to now."""

    history: tuple[Recorded[Event], ...] = ()
    now: datetime = MONDAY
    pathway: Pathway = field(default_factory=pathway)
    stream: str = mission_stream(MISSION_ID)

    @property
    def state(self) -> Mission:
        """What the history adds up to."""
        mission = MISSION.fold(self.history)
        assert mission is not None
        return mission

    @property
    def owed(self) -> dict[ObligationKind, Obligation]:
        """What it owes, by kind."""
        return {each.kind: each for each in MISSION.obligations(self.state)}

    def later(self, **span: float) -> Given:
        """The clock moved on by a `timedelta`."""
        return replace(self, now=self.now + timedelta(**span))

    def at(self, now: datetime) -> Given:
        """The clock set."""
        return replace(self, now=now)

    def and_then(self, *events: Event) -> Given:
        """More events, recorded now."""
        command_id, known = uuid5(MISSION_ID, f"{len(self.history)}"), len(self.history)
        more = tuple(
            Recorded(self.stream, known + n, known + n, event, self.now, ANA, command_id)
            for n, event in enumerate(events, start=1)
        )
        return replace(self, history=(*self.history, *more))

    def having(self, *commands: Command) -> Given:
        """More events, by commands that are taken now."""
        after = self
        for command in commands:
            after = after.when(command).after
        return after

    def when(self, command: Command) -> Then:
        """What is decided now."""
        before = MISSION.fold(self.history)
        return Then(self, MISSION.decide(before, command, self.pathway, self.now, stream=self.stream))

    def until(self, end: datetime) -> Given:
        """What the workflow does meanwhile: each timer fires when its moment has come."""
        given = self
        while given.state.is_open:
            first = wakes_of(MISSION.obligations(given.state))[0]
            if first.at > end:
                break
            command = FireRung(obligation=first.key, rung=first.rung, date_version=first.date_version)
            given = given.at(max(first.at, given.now)).having(command)
        return given.at(end)


@dataclass(frozen=True)
class Then:
    """An answer to be looked at."""

    given: Given
    decision: Decision

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, where it was taken."""
        assert not isinstance(self.decision, Refused), self.decision
        return self.decision

    @property
    def after(self) -> Given:
        """The mission with these events recorded."""
        return self.given.and_then(*self.events)

    def then(self, *topics: str) -> Given:
        """It is taken with exactly events of these topics."""
        assert [event.topic for event in self.events] == list(topics)
        return self.after

    def then_refused(self, code: RefusalCode, **fields: Any) -> None:
        """It is refused with this code, and where named with these fields."""
        assert isinstance(self.decision, Refused), self.decision
        assert self.decision.code is code, self.decision
        for name, value in fields.items():
            assert getattr(self.decision, name) == value, name


def planned(**fields: Any) -> Given:
    """A planned mission, on Monday."""
    return Given().having(plan(**fields))


def ready(**fields: Any) -> Given:
    """The same at the time of departure, with a clear risk check."""
    return planned(**fields).having(CHECK).at(LEAVE)


def departed(**fields: Any) -> Given:
    """The team has left in time."""
    return ready(**fields).having(DepartMission())


def returned(**fields: Any) -> Given:
    """The team is back in time; nobody has reported."""
    return departed(**fields).at(BACK - timedelta(minutes=10)).having(ReturnMission())


def told(given: Given, since: int = 0) -> list[tuple[str, list[str]]]:
    """Who was told after the first `since` events, and by which rung: `("call-2", ["supervisor"])`."""
    from domain.stream.firing import RungsFired

    fired = [each.event for each in given.history[since:] if isinstance(each.event, RungsFired)]
    return [("+".join(event.rungs), sorted(to.role.value for to in event.addressees)) for event in fired]
