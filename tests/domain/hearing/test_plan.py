"""The plan of a witness who comes from abroad: counted back, recomputed with the hearing, what is done stays done."""

from __future__ import annotations

from datetime import date

from domain.journey.hearing.codes import HearingOutcome, HearingReason, TaskStatus
from domain.journey.hearing.commands import (
    CancelHearing,
    HoldHearing,
    MoveHearing,
    PlanHearing,
    PostponeHearing,
    SettleHearingTask,
)
from domain.journey.hearing.events import HearingMoved
from domain.journey.hearing.state import TaskState
from domain.refusal import RefusalCode
from tests.domain.given import Given
from tests.domain.hearing.court import BEGINNING, hearing, ladder, local, owed, owes, rung, summoned

SEPTEMBER, DECEMBER = local(2026, 9, 15), local(2026, 12, 14)
PLAN = PlanHearing(hearing=1, plan="from-abroad")


def planned(at: Given | None = None) -> Given:
    """A hearing half a year ahead, with its plan."""
    return (at or summoned(SEPTEMBER)).having(PLAN)


def tasks(at: Given) -> dict[str, TaskState]:
    """The tasks of the plan."""
    plan = hearing(at).plan
    assert plan is not None
    return dict(plan.tasks)


def done(task: str, status: TaskStatus = TaskStatus.DONE) -> SettleHearingTask:
    """It is done."""
    return SettleHearingTask(hearing=1, task=task, status=status)


def days(at: Given) -> dict[str, date | None]:
    """The day of each open task that is due."""
    return {k: t.clockwork.deadline.due_on for k, t in tasks(at).items() if t.clockwork and t.status is TaskStatus.OPEN}


def test_a_plan_is_counted_back_from_the_day() -> None:
    """Where somebody has to be reached, on a working day: the last one before it; after the hearing, the first one."""
    assert days(planned()) == {
        "consent": date(2026, 6, 17),
        "papers": date(2026, 7, 2),
        "ticket": date(2026, 7, 31),  # 1 August is a Saturday
        "arrival": date(2026, 9, 14),
        "return": date(2026, 9, 16),
        "check": date(2026, 9, 29),
    }


def test_the_plan_moves_with_the_hearing_in_the_same_event() -> None:
    """What is done stays done; the rest has the version of the new date."""
    at = planned().having(done("consent"), done("papers"))
    decision = at.when(MoveHearing(hearing=1, starts_at=DECEMBER, reason=HearingReason.COURT_RESCHEDULED))
    assert [type(event) for event in decision.events] == [HearingMoved]
    moved = decision.after
    assert days(moved) == {
        "ticket": date(2026, 10, 30),
        "arrival": date(2026, 12, 13),
        "return": date(2026, 12, 15),
        "check": date(2026, 12, 28),
    }
    assert tasks(moved)["consent"].status is TaskStatus.DONE
    assert {owed(moved, key).clockwork.date_version for key in owes(moved)} == {2}


def test_a_day_that_has_passed_is_due_now_and_says_so() -> None:
    """Ten weeks are not enough for what begins thirteen weeks before."""
    at = planned(summoned(local(2026, 5, 12)))
    consent = tasks(at)["consent"]
    assert consent.clockwork is not None
    assert (consent.planned_on, consent.clockwork.deadline.due_on) == (date(2026, 2, 11), date(2026, 3, 2))
    assert consent.is_late
    assert owed(at, "hearing:1:task:consent").due_at == BEGINNING
    assert not tasks(at)["ticket"].is_late
    fired = at.when(rung(at, "due", "hearing:1:task:consent"))
    assert fired.events


def test_after_the_hearing_only_what_follows_it_is_owed() -> None:
    """The return and the check, beside the talk; what should have been done before is past."""
    at = planned().having(done("arrival")).at(local(2026, 9, 15, 12))
    held = at.having(HoldHearing(hearing=1, outcome=HearingOutcome.CLIENT_HEARD))
    assert owes(held) == {"hearing:1:debrief-1", "hearing:1:task:return", "hearing:1:task:check"}
    home = held.having(done("return"), done("check", TaskStatus.NOT_NEEDED))
    assert owes(home) == {"hearing:1:debrief-1"}


def test_called_off_before_the_journey_nothing_is_owed() -> None:
    """Nobody has come, so nobody goes home."""
    cancelled = planned().having(CancelHearing(hearing=1, reason=HearingReason.PROCEEDINGS_ENDED))
    assert owes(cancelled) == set()


def test_who_has_arrived_needs_a_way_home_whatever_the_court_does() -> None:
    """Postponed at the door: without a date, or by three months, the return keeps its day."""
    at = planned().having(done("arrival")).at(SEPTEMBER)
    postponed = PostponeHearing(hearing=1, reason=HearingReason.PANEL_INCOMPLETE)
    for after in (at.having(postponed), at.having(postponed.model_copy(update={"starts_at": DECEMBER}))):
        assert days(after)["return"] == date(2026, 9, 16)
        assert owed(after, "hearing:1:task:return").clockwork.date_version == 2
    called_off = at.having(CancelHearing(hearing=1, reason=HearingReason.PROCEEDINGS_ENDED))
    assert owes(called_off) == {"hearing:1:task:return", "hearing:1:task:check"}


def test_without_a_date_the_plan_rests() -> None:
    """And goes on with the next one."""
    at = planned().having(done("consent")).at(local(2026, 7, 1))
    waiting = at.having(PostponeHearing(hearing=1, reason=HearingReason.COURT_CLOSED))
    assert owes(waiting) == {"hearing:1"}
    goes_on = waiting.having(MoveHearing(hearing=1, starts_at=DECEMBER, reason=HearingReason.DATE_FIXED))
    assert days(goes_on)["papers"] == date(2026, 9, 30)


def test_a_task_that_was_not_done_after_all() -> None:
    """Open again: on the same date with what is left of its ladder, on another date anew."""
    at = planned().at(local(2026, 6, 17, 16))
    at = at.having(rung(at, "due", "hearing:1:task:consent"), done("consent"))
    again = at.having(done("consent", TaskStatus.OPEN))
    assert "due" not in ladder(again, "hearing:1:task:consent")
    moved = at.having(
        MoveHearing(hearing=1, starts_at=DECEMBER, reason=HearingReason.COURT_RESCHEDULED),
        done("consent", TaskStatus.OPEN),
    )
    assert ladder(moved, "hearing:1:task:consent")["due"] == "2026-09-15 16:00"
    waiting = at.having(PostponeHearing(hearing=1, reason=HearingReason.COURT_CLOSED), done("consent", TaskStatus.OPEN))
    assert owes(waiting) == {"hearing:1"}


def test_what_keeps_a_plan_out() -> None:
    """Each with its own code."""
    at = summoned(SEPTEMBER)
    unknown = PLAN.model_copy(update={"plan": "holiday"})
    at.when(unknown).then_refused(RefusalCode.UNKNOWN_PLAN, allowed=("from-abroad",))
    at.when(done("consent")).then_refused(RefusalCode.UNKNOWN_TASK)
    started = at.having(PLAN)
    started.when(PLAN).then_refused(RefusalCode.PLAN_ALREADY_STARTED, part="hearing:1:plan")
    started.when(done("consent", TaskStatus.OPEN)).then_nothing()
    old = done("consent").model_copy(update={"seen": 1})
    started.when(old).then_refused(RefusalCode.PART_CHANGED, part="hearing:1:task:consent")
    waiting = at.having(PostponeHearing(hearing=1, reason=HearingReason.COURT_CLOSED))
    waiting.when(PLAN).then_refused(RefusalCode.HEARING_WITHOUT_DATE)
