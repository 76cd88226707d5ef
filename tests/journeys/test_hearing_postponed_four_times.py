"""A main hearing that is postponed four times, once without a date, and at last held."""

from __future__ import annotations

from domain.journey.hearing.codes import (
    ArrangementStatus,
    Attendance,
    DateEnd,
    HearingOutcome,
    HearingReason,
    HearingStatus,
)
from domain.journey.hearing.commands import (
    AcknowledgeHearing,
    ArrangeHearing,
    ConfirmHearing,
    DebriefHearing,
    HoldHearing,
    MoveHearing,
    PostponeHearing,
    SummonHearing,
)
from domain.journey.obligation import obligations
from tests.journeys.hearing_script import Script, at
from tests.journeys.tale import Tale


def a_hearing_is_postponed_four_times() -> Tale:
    """One hearing from the first summons to the talk afterwards; nobody is ever told of a date that has moved."""
    script = Script.opened(at(2026, 1, 12))
    script.do(SummonHearing(hearing_kind="criminal-main", starts_at=at(2026, 3, 10)), AcknowledgeHearing(hearing=1))
    lines = script.journey.state.hearings[1].arrangements
    not_needed = ArrangementStatus.NOT_NEEDED
    script.do(*(ArrangeHearing(hearing=1, arrangement=key, status=not_needed) for key in lines))

    script.until(at(2026, 3, 10, 11))
    assert script.told("hearing:1") == [
        "2026-02-08 08:00 hearing:1 before-30-calendar-days → lawyer",
        "2026-02-24 08:00 hearing:1 before-14-calendar-days → lawyer",
        "2026-03-03 08:00 hearing:1 before-7-calendar-days → lawyer",
        "2026-03-07 08:00 hearing:1 before-3-calendar-days → lawyer",
        "2026-03-09 08:00 hearing:1 before-1-calendar-days → lawyer",
        "2026-03-10 07:00 hearing:1 before-2-hours → lawyer",
    ]

    # The lawyer does not say that she has seen the new date: others hear of it within a day.
    script.letters.clear()
    script.do(PostponeHearing(hearing=1, reason=HearingReason.DEFENDANT_ABSENT, starts_at=at(2026, 4, 14)))
    script.until(at(2026, 3, 11, 12))
    assert script.told("hearing:1:seen") == [
        "2026-03-10 11:00 hearing:1:seen alarm → lawyer",
        "2026-03-10 23:00 hearing:1:seen due+escalate-supervisor-after-0-hours → lawyer, supervisor",
        "2026-03-11 11:00 hearing:1:seen escalate-on-call-after-12-hours → lawyer, on-call",
    ]
    script.do(AcknowledgeHearing(hearing=1))

    # The court calls a week before: the panel will not be complete, and no date is free.
    script.letters.clear()
    script.until(at(2026, 4, 7, 10)).do(PostponeHearing(hearing=1, reason=HearingReason.PANEL_INCOMPLETE))
    assert [line.split(" → ")[0] for line in script.told("hearing:1")] == [
        "2026-03-15 08:00 hearing:1 before-30-calendar-days",
        "2026-03-31 08:00 hearing:1 before-14-calendar-days",
        "2026-04-07 08:00 hearing:1 before-7-calendar-days",
    ]
    script.letters.clear()
    script.until(at(2026, 4, 30, 9))
    assert [line.split(" → ")[0] for line in script.told("hearing:1")] == [
        "2026-04-22 08:00 hearing:1 before-15-calendar-days",
        "2026-04-23 16:00 hearing:1 stall",  # ten working days: Good Friday and Easter Monday are none
    ]

    script.do(MoveHearing(hearing=1, reason=HearingReason.DATE_FIXED, starts_at=at(2026, 6, 16)))
    script.do(AcknowledgeHearing(hearing=1))
    script.until(at(2026, 6, 16, 10)).do(
        PostponeHearing(hearing=1, reason=HearingReason.EXPERT_ABSENT, starts_at=at(2026, 9, 8))
    )
    script.do(AcknowledgeHearing(hearing=1))
    script.until(at(2026, 9, 1, 10)).do(
        PostponeHearing(hearing=1, reason=HearingReason.CLIENT_ILL, starts_at=at(2026, 10, 26))
    )
    script.do(AcknowledgeHearing(hearing=1)).until(at(2026, 10, 20)).do(ConfirmHearing(hearing=1))
    script.letters.clear()
    script.until(at(2026, 10, 26, 12)).do(
        HoldHearing(hearing=1, outcome=HearingOutcome.CLIENT_HEARD, attendance=Attendance.BY_LINK)
    )
    assert script.told("hearing:1") == [
        "2026-10-23 08:00 hearing:1 before-3-calendar-days → lawyer",
        "2026-10-25 08:00 hearing:1 before-1-calendar-days → lawyer",  # the night before, clocks went back
        "2026-10-26 07:00 hearing:1 before-2-hours → lawyer",
    ]

    hearing = script.journey.state.hearings[1]
    assert hearing.status is HearingStatus.HELD
    assert hearing.postponements == 4
    assert [(f"{d.starts_at:%d.%m.}", d.ended) for d in hearing.dates] == [
        ("10.03.", DateEnd.POSTPONED),
        ("14.04.", DateEnd.POSTPONED),
        ("16.06.", DateEnd.POSTPONED),
        ("08.09.", DateEnd.POSTPONED),
        ("26.10.", DateEnd.HELD),
    ]
    script.do(DebriefHearing(hearing=1))
    assert not [o for o in obligations(script.journey.state) if o.key.startswith("hearing:")]
    return Tale.of(script.journey)


def test_a_hearing_is_postponed_four_times() -> None:
    """As above."""
    a_hearing_is_postponed_four_times()
