"""A repatriated witness comes back to testify: the plan counts back, moves with the hearing, brings her home."""

from __future__ import annotations

from datetime import date

from domain.journey.hearing.codes import HearingOutcome, HearingReason, TaskStatus
from domain.journey.hearing.commands import (
    DebriefHearing,
    HoldHearing,
    MoveHearing,
    PlanHearing,
    SettleHearingTask,
    SummonHearing,
)
from domain.journey.obligation import obligations
from tests.journeys.hearing_script import Script, at
from tests.journeys.tale import Tale


def a_witness_comes_from_abroad_and_goes_home() -> Tale:
    """Summoned ten weeks ahead: what should have begun before is due at once, and says so."""
    script = Script.opened(at(2027, 2, 15))
    script.do(SummonHearing(hearing_kind="witness-examination", starts_at=at(2027, 4, 28)))
    script.do(PlanHearing(hearing=1, plan="witness-from-abroad"))
    assert _days(script) == {
        "consent-and-risk": (date(2027, 1, 28), date(2027, 2, 15)),
        "travel-documents": (date(2027, 2, 12), date(2027, 2, 15)),
        "ticket-and-escort": (date(2027, 3, 12), date(2027, 3, 12)),
        "stay": (date(2027, 4, 7), date(2027, 4, 7)),
        "hearing-still-on": (date(2027, 4, 23), date(2027, 4, 23)),
        "arrival": (date(2027, 4, 27), date(2027, 4, 27)),
        "way-home": (date(2027, 4, 29), date(2027, 4, 29)),
        "check-after-return": (date(2027, 5, 12), date(2027, 5, 12)),
    }
    script.do(_done("consent-and-risk"), _done("travel-documents")).until(at(2027, 3, 10))

    # The court moves it by two weeks; what is done stays done, the rest moves in the same event.
    script.do(MoveHearing(hearing=1, reason=HearingReason.COURT_RESCHEDULED, starts_at=at(2027, 5, 13)))
    assert {key: on for key, (_, on) in _days(script).items()} == {
        "ticket-and-escort": date(2027, 3, 29),
        "stay": date(2027, 4, 22),
        "hearing-still-on": date(2027, 5, 10),
        "arrival": date(2027, 5, 12),
        "way-home": date(2027, 5, 14),
        "check-after-return": date(2027, 5, 27),
    }
    script.letters.clear()
    script.until(at(2027, 3, 30, 8))
    assert [line for line in script.letters if ":task:" in line] == [
        "2027-03-24 08:00 hearing:1:task:ticket-and-escort before-5-calendar-days → caseworker",
        "2027-03-29 16:00 hearing:1:task:ticket-and-escort due → caseworker",
    ]
    script.do(*(_done(task) for task in ("ticket-and-escort", "stay")))
    script.until(at(2027, 5, 12, 15)).do(_done("hearing-still-on"), _done("arrival"))
    script.until(at(2027, 5, 13, 12)).do(HoldHearing(hearing=1, outcome=HearingOutcome.CLIENT_HEARD))
    assert _owed(script) == {
        "hearing:1:debrief-1",
        "hearing:1:task:way-home",
        "hearing:1:task:check-after-return",
    }
    script.do(DebriefHearing(hearing=1)).until(at(2027, 5, 14, 12)).do(_done("way-home"))
    script.until(at(2027, 5, 27, 12)).do(_done("check-after-return"))
    assert _owed(script) == set()
    return Tale.of(script.journey)


def test_a_witness_comes_from_abroad_and_goes_home() -> None:
    """As above."""
    a_witness_comes_from_abroad_and_goes_home()


def _done(task: str) -> SettleHearingTask:
    return SettleHearingTask(hearing=1, task=task, status=TaskStatus.DONE)


def _days(script: Script) -> dict[str, tuple[date | None, date]]:
    """The day by the plan and the day on which it is due, of what is open."""
    plan = script.journey.state.hearings[1].plan
    assert plan is not None
    return {
        key: (task.planned_on, task.clockwork.deadline.due_on)
        for key, task in plan.tasks.items()
        if task.clockwork is not None and task.status is TaskStatus.OPEN
    }


def _owed(script: Script) -> set[str]:
    return {o.key for o in obligations(script.journey.state) if o.key.startswith("hearing:")}
