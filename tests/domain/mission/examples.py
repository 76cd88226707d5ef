"""One example of every event of a mission, with every field filled: ids and dates never change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from domain.codes import ObligationKind, Role, RungEffect
from domain.deadline import Deadline, Rung
from domain.event import Event
from domain.journey.missions import MissionNoted
from domain.mission.alarm import AlarmAcknowledged, MissionAborted
from domain.mission.codes import (
    AbortReason,
    CancelReason,
    CheckInWord,
    Housing,
    Met,
    MissionCost,
    MissionOutcome,
    MissionPhase,
    MissionPurpose,
    RiskAnswer,
    RiskOverrideReason,
    RiskResult,
    Safety,
    VisitNeed,
    Wellbeing,
)
from domain.mission.moving import MissionMoved
from domain.mission.planning import CrewChanged, MissionCancelled, MissionPlanned
from domain.mission.reporting import MissionReportCorrected, MissionReported
from domain.mission.risk import RiskChecked, RiskOverridden
from domain.mission.underway import AlarmRaised, CheckedIn, MissionDeparted, MissionReturned
from domain.mission.values import Cost, Costs, Crew, HomeVisit, JourneyReport, Leg, LegTimes, RiskReply
from domain.pathway.model import Pin
from domain.sealed import Identity, Notes, Sealed

ANA = UUID("00000000-0000-4000-8000-00000000b001")
BOJAN = UUID("00000000-0000-4000-8000-00000000b002")
CECA = UUID("00000000-0000-4000-8000-00000000b003")
VAN = UUID("11111111-1111-4111-8111-111111111111")
JOURNEY = UUID("7f3e0000-0000-4000-8000-000000000001")
MISSION = UUID("7f3e0000-0000-4000-8000-0000000000f1")
AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
LEAVE = datetime(2026, 3, 3, 9, tzinfo=UTC)
BACK = datetime(2026, 3, 3, 15, tzinfo=UTC)
NOTE: Sealed[Notes] = Sealed.from_bytes(bytes(range(64)))
PLACE: Sealed[Identity] = Sealed.from_bytes(bytes(range(64)))
CREW = Crew(team=(ANA, BOJAN), lead=ANA, vehicle=VAN, supervisor=CECA)
LADDER = Deadline(
    due_at=LEAVE,
    due_on=date(2026, 3, 3),
    zone="Europe/Belgrade",
    calendar="rs-0.109",
    article="ZKP 224",
    rungs=(Rung(rung="call-1", at=LEAVE, effect=RungEffect.DUE, to=(Role.MOBILE_TEAM,)),),
)
TIMES = LegTimes(
    number=1,
    departs_at=LEAVE,
    arrives_at=LEAVE + timedelta(hours=1),
    shown_from=LEAVE - timedelta(minutes=30),
    shown_until=LEAVE + timedelta(minutes=90),
)
LEG = Leg(start=PLACE, end=PLACE, journey=JOURNEY, driver=BOJAN, **TIMES.model_dump())
VISIT = HomeVisit(
    met=Met.CLIENT,
    housing=Housing.ADEQUATE,
    safety=Safety.NO_CONCERN,
    wellbeing=Wellbeing.STABLE,
    needs=(VisitNeed.FOOD,),
    next_visit_on=date(2026, 4, 7),
)
REPORT = JourneyReport(journey=JOURNEY, outcome=MissionOutcome.DONE, visit=VISIT, note=NOTE)
COSTS = Costs(kilometres=212, items=(Cost(kind=MissionCost.FUEL, rsd=Decimal("8450.50")),))


def examples() -> tuple[Event, ...]:
    """All of them."""
    return (
        MissionPlanned(
            occurred_at=AT,
            pin=Pin(name="astra", version=2, sha256="ab" * 32),
            purpose=MissionPurpose.HOME_VISIT,
            crew=CREW,
            departure=LEAVE,
            expected_return=BACK,
            zone="Europe/Belgrade",
            legs=(LEG,),
            journeys=(JOURNEY,),
            departs=LADDER,
            note=NOTE,
        ),
        CrewChanged(occurred_at=AT, crew=CREW, note=NOTE),
        MissionMoved(
            occurred_at=AT,
            departure=LEAVE,
            expected_return=BACK,
            legs=(TIMES,),
            departs=LADDER,
            comes_back=LADDER,
            note=NOTE,
        ),
        MissionCancelled(occurred_at=AT, reason=CancelReason.NOT_SAFE, note=NOTE),
        RiskChecked(
            occurred_at=AT,
            answers=(RiskReply(question="threats", answer=RiskAnswer.UNKNOWN),),
            result=RiskResult.RAISED,
            by=ANA,
            note=NOTE,
        ),
        RiskOverridden(occurred_at=AT, reason=RiskOverrideReason.POLICE_ESCORT, by=CECA, note=NOTE),
        MissionDeparted(occurred_at=AT, left_at=LEAVE, check_in=LADDER, comes_back=LADDER, note=NOTE),
        CheckedIn(occurred_at=AT, word=CheckInWord.DELAYED, next=LADDER, note=NOTE),
        AlarmRaised(occurred_at=AT, alarm=LADDER),
        AlarmAcknowledged(
            occurred_at=AT, obligation="check-in", kind=ObligationKind.MISSION_CHECK_IN, next=LADDER, note=NOTE
        ),
        MissionAborted(occurred_at=AT, reason=AbortReason.FOLLOWED, alarm=LADDER, note=NOTE),
        MissionReturned(occurred_at=AT, report=LADDER, note=NOTE),
        MissionReported(occurred_at=AT, reports=(REPORT,), costs=COSTS, note=NOTE),
        MissionReportCorrected(occurred_at=AT, corrects=9, reports=(REPORT,), costs=COSTS, note=NOTE),
        MissionNoted(
            occurred_at=AT,
            mission=MISSION,
            mission_version=4,
            purpose=MissionPurpose.HOME_VISIT,
            phase=MissionPhase.REPORTED,
            departure=LEAVE,
            expected_return=BACK,
            zone="Europe/Belgrade",
            aborted=AbortReason.FOLLOWED,
            outcome=MissionOutcome.DONE,
        ),
    )
