"""Random commands of hearings, often ones that make sense."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from domain.command import Command
from domain.journey.hearing.codes import (
    ArrangementStatus,
    Attendance,
    DebriefOutcome,
    HearingOutcome,
    HearingReason,
    TaskStatus,
)
from domain.journey.hearing.commands import (
    AcknowledgeHearing,
    ArrangeHearing,
    CancelHearing,
    ConfirmHearing,
    CorrectHearing,
    DebriefHearing,
    HoldHearing,
    InterruptHearing,
    MissHearing,
    MoveHearing,
    PlanHearing,
    PostponeHearing,
    SettleHearingTask,
    SummonHearing,
)
from domain.journey.state import Journey
from tests.domain.given import MILA

KINDS = ("witness", "preparatory", "wedding")
TASKS = ("consent", "papers", "ticket", "arrival", "return", "check", "party")
LINES = ("power-of-attorney", "interpreter", "childcare", "horses")
ZONES = ("Europe/Belgrade", "Asia/Tokyo", "America/New_York", None, None, None, "Europe/Nowhere")


@st.composite
def hearing_commands(draw: st.DrawFn, journey: Journey, now: datetime) -> Command:
    """Any command of this part."""
    number = draw(st.sampled_from([*(journey.hearings or (1,)), *journey.hearings, len(journey.hearings) + 1]))
    state = journey.hearings.get(number)
    versions = [v for v in (state.version, state.said_version, state.summoned_version) if v] if state else [1]
    seen = draw(st.sampled_from([None, None, None, *versions]))
    at = now + timedelta(days=draw(st.integers(-1, 200)), minutes=draw(st.integers(0, 1439)))
    maybe_at = draw(st.none() | st.just(at))
    zone = draw(st.sampled_from(ZONES))
    occurred = draw(st.none() | st.just(now - timedelta(hours=draw(st.integers(-1, 90)))))
    reason = draw(st.sampled_from(HearingReason))
    kind = draw(st.sampled_from(KINDS))
    task = SettleHearingTask(
        hearing=number, task=draw(st.sampled_from(TASKS)), status=draw(st.sampled_from(TaskStatus))
    )
    line = ArrangeHearing(
        hearing=number,
        arrangement=draw(st.sampled_from(LINES)),
        status=draw(st.sampled_from(ArrangementStatus)),
        by=draw(st.none() | st.just(MILA)),
    )
    correct = CorrectHearing(
        hearing=number,
        corrects=draw(st.sampled_from(versions)),
        hearing_kind=draw(st.none() | st.just(kind)),
        served_on=draw(st.none() | st.just(now.date())),
    )
    hold = HoldHearing(
        hearing=number,
        seen=seen,
        outcome=draw(st.sampled_from(HearingOutcome)),
        attendance=draw(st.none() | st.sampled_from(Attendance)),
        occurred_at=occurred,
    )
    postpone = PostponeHearing(
        hearing=number, seen=seen, reason=reason, starts_at=maybe_at, zone=zone, occurred_at=occurred
    )
    summon = SummonHearing(hearing_kind=kind, starts_at=at, zone=zone, occurred_at=occurred)
    usual: tuple[Command, ...] = (
        ConfirmHearing(hearing=number, seen=seen),
        MoveHearing(hearing=number, seen=seen, starts_at=maybe_at, zone=zone, reason=reason),
        MoveHearing(hearing=number, starts_at=at, reason=reason),
        postpone,
        postpone,
        InterruptHearing(hearing=number, seen=seen, reason=reason, starts_at=maybe_at, zone=zone, occurred_at=occurred),
        hold,
        correct,
        correct,
        line,
        line,
        task,
        task,
        PlanHearing(hearing=number, plan="from-abroad"),
        PlanHearing(hearing=number, plan=draw(st.sampled_from(("from-abroad", "from-abroad", "holiday")))),
        AcknowledgeHearing(hearing=number, seen=seen),
        DebriefHearing(hearing=number, outcome=draw(st.sampled_from(DebriefOutcome)), occurred_at=occurred),
        MissHearing(hearing=number, reason=reason),
        CancelHearing(hearing=number, reason=reason),
    )
    if all(h.is_over for h in journey.hearings.values()):
        return draw(st.sampled_from((summon, summon, summon, *usual)))
    return draw(st.sampled_from((summon, *usual) if len(journey.hearings) < 4 else usual))
