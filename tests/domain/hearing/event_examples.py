"""One example of every event of a hearing, with every field filled: ids and dates never change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.codes import Role, RungEffect
from domain.deadline import Deadline, Rung
from domain.event import Event
from domain.journey.hearing.codes import (
    ArrangementStatus,
    Attendance,
    DebriefOutcome,
    HearingOutcome,
    HearingReason,
    HearingStatus,
    TaskStatus,
)
from domain.journey.hearing.events import (
    HearingArranged,
    HearingCancelled,
    HearingConfirmed,
    HearingCorrected,
    HearingDebriefed,
    HearingHeld,
    HearingInterrupted,
    HearingMoved,
    HearingNotHeld,
    HearingPlanned,
    HearingPostponed,
    HearingSeen,
    HearingSummoned,
    HearingTaskSettled,
    TaskTimer,
    Timer,
    Timers,
)
from domain.pathway.hearings import Matter, Side
from domain.sealed import Legal, Notes, Sealed

HAPPENED = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
HEARING = datetime(2026, 5, 13, 7, tzinfo=UTC)
COURT = UUID("00000000-0000-4000-8000-00000000c001")
PROCEEDING = UUID("00000000-0000-4000-8000-00000000c002")
NOTE: Sealed[Notes] = Sealed.from_bytes(bytes(range(64)))
PLACE: Sealed[Legal] = Sealed.from_bytes(bytes(range(60)))
LADDER = Deadline(
    due_at=HEARING,
    due_on=date(2026, 5, 13),
    zone="Europe/Belgrade",
    calendar="rs-0.109",
    article="ZPP 304",
    rungs=(Rung(rung="before-2-hours", at=HEARING - timedelta(hours=2), effect=RungEffect.REMIND),),
)
TIMER = Timer(timer="interpreter", role=Role.CASEWORKER, deadline=LADDER)
TASK = TaskTimer(
    task="arrival",
    role=Role.CASEWORKER,
    side=Side.BEFORE,
    follows="ticket",
    planned_on=date(2026, 5, 12),
    deadline=LADDER,
)
TIMERS = Timers(
    track=LADDER,
    role=Role.LAWYER,
    companions=(TIMER,),
    arrangements=(TIMER,),
    renewed=("interpreter",),
    seen=TIMER,
    tasks=(TASK,),
)
WHEN: dict[str, Any] = {"starts_at": HEARING, "zone": "Europe/Belgrade", "venue": COURT, "place": PLACE}
SAID: dict[str, Any] = {"occurred_at": HAPPENED, "hearing": 2, "note": NOTE}


def hearing_events() -> tuple[Event, ...]:
    """All of them."""
    return (
        HearingSummoned(
            **SAID,
            **WHEN,
            hearing_kind="preparatory",
            matter=Matter.CIVIL,
            trap="claim-withdrawn",
            proceeding=PROCEEDING,
            served_on=date(2026, 2, 27),
            timers=TIMERS,
        ),
        HearingConfirmed(**SAID),
        HearingMoved(**SAID, **WHEN, reason=HearingReason.COURT_RESCHEDULED, timers=TIMERS),
        HearingPostponed(**SAID, **WHEN, reason=HearingReason.DEFENDANT_ABSENT, timers=TIMERS),
        HearingInterrupted(**SAID, **WHEN, reason=HearingReason.TIME_RAN_OUT, timers=TIMERS, debrief=TIMER),
        HearingHeld(**SAID, outcome=HearingOutcome.CLIENT_HEARD, attendance=Attendance.BY_LINK, debrief=TIMER),
        HearingNotHeld(**SAID, reason=HearingReason.PANEL_INCOMPLETE),
        HearingCancelled(**SAID, reason=HearingReason.PARTIES_SETTLED),
        HearingCorrected(
            **SAID,
            **WHEN,
            corrects=17,
            status=HearingStatus.CONFIRMED,
            hearing_kind="preparatory",
            matter=Matter.CIVIL,
            trap="claim-withdrawn",
            proceeding=PROCEEDING,
            served_on=date(2026, 2, 27),
            timers=TIMERS,
        ),
        HearingArranged(**SAID, arrangement="interpreter", status=ArrangementStatus.CONFIRMED, by=COURT, timer=TIMER),
        HearingSeen(**SAID),
        HearingPlanned(**SAID, plan="from-abroad", tasks=(TASK,)),
        HearingTaskSettled(**SAID, task="arrival", status=TaskStatus.OPEN, timer=TASK),
        HearingDebriefed(**SAID, debrief=1, outcome=DebriefOutcome.DECLINED),
    )
