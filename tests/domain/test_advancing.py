"""Advancing a step with each of its outcomes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.codes import ClosingReason, StepOutcome, StepReason
from domain.command import CommandInvalid, parse
from domain.journey.advancing import AdvanceStep, OpenStep, ScheduleStep
from domain.journey.closing import CloseJourney
from domain.journey.milestones import MilestoneReached
from domain.journey.state import StepStatus
from domain.refusal import RefusalCode, Refused
from tests.domain.given import (
    MONDAY,
    NOTE,
    advanced,
    begun,
    dated,
    entered,
    kinds,
    planned,
    review_scheduled,
    step_opened,
    supported,
    with_hearing,
)

DONE, DECLINED, SKIPPED = StepOutcome.DONE, StepOutcome.DECLINED, StepOutcome.SKIPPED
NO_SHOW, POSTPONED = StepOutcome.NO_SHOW, StepOutcome.POSTPONED
NEXT_WEEK = date(2026, 3, 9)


def test_a_step_done_opens_what_waited_for_it() -> None:
    """In the same decision."""
    now = begun().later(hours=1).now
    after = (
        begun()
        .at(now)
        .when(AdvanceStep(step="contact", outcome=DONE, note=NOTE))
        .then(advanced("contact", note=NOTE), step_opened("plan", now=now))
    )
    contact = after.step("contact:1")
    assert (contact.status, contact.outcome, contact.settled_at) == (StepStatus.SETTLED, DONE, now)


def test_the_last_step_of_a_plan_reaches_a_milestone_and_enters_a_stage() -> None:
    """Milestones first, then stages, then steps."""
    before = planned().later(hours=1)
    before.when(AdvanceStep(step="plan", outcome=DONE)).then(
        advanced("plan"),
        MilestoneReached(milestone="plan-agreed"),
        entered("support"),
        step_opened("follow-up", now=before.now),
    )


def test_a_step_declined_by_the_client_is_settled_without_a_reason() -> None:
    """A client owes nobody a reason."""
    before = begun().later(hours=1)
    after = before.when(AdvanceStep(step="contact", outcome=DECLINED)).then(
        advanced("contact", DECLINED), review_scheduled(now=before.now)
    )
    assert after.step("contact:1").status is StepStatus.SETTLED


def test_a_skipped_step_says_why() -> None:
    """Skipping is a decision of ours."""
    before = begun().later(hours=1)
    before.when(AdvanceStep(step="contact", outcome=SKIPPED, reason=StepReason.DONE_BY_PARTNER)).then(
        advanced("contact", SKIPPED, reason=StepReason.DONE_BY_PARTNER), review_scheduled(now=before.now)
    )
    before.when(AdvanceStep(step="contact", outcome=SKIPPED)).then_refused(
        RefusalCode.REASON_REQUIRED, part="step:contact:1", part_version=4
    )


def test_a_no_show_leaves_the_step_open_with_its_next_date() -> None:
    """It is counted and counts against nobody; the old timers are void."""
    before = begun().later(hours=1)
    after = before.when(AdvanceStep(step="contact", outcome=NO_SHOW, next_on=NEXT_WEEK)).then(
        advanced("contact", NO_SHOW, deadline=dated("contact", now=before.now, on=NEXT_WEEK))
    )
    contact = after.step("contact:1")
    assert (contact.status, contact.missed, contact.clockwork.date_version) == (StepStatus.OPEN, 1, 2)
    again = after.having(AdvanceStep(step="contact", outcome=NO_SHOW, next_on=date(2026, 3, 10)))
    assert again.step("contact:1").missed == 2


def test_a_postponed_step_has_a_reason_and_a_next_date() -> None:
    """Neither may be missing."""
    before = begun().later(hours=1)
    reason = StepReason.CLIENT_ILL
    before.when(AdvanceStep(step="contact", outcome=POSTPONED, reason=reason, next_on=NEXT_WEEK)).then(
        advanced("contact", POSTPONED, reason=reason, deadline=dated("contact", now=before.now, on=NEXT_WEEK))
    )
    before.when(AdvanceStep(step="contact", outcome=POSTPONED, next_on=NEXT_WEEK)).then_refused(
        RefusalCode.REASON_REQUIRED
    )
    before.when(AdvanceStep(step="contact", outcome=POSTPONED, reason=reason)).then_refused(
        RefusalCode.DATE_REQUIRED, part="step:contact:1"
    )
    before.when(AdvanceStep(step="contact", outcome=NO_SHOW)).then_refused(RefusalCode.DATE_REQUIRED)


def test_a_next_date_may_have_an_hour() -> None:
    """For a step without an appointment of its own too: a home visit is put off to Thursday at two."""
    at = datetime(2026, 3, 5, 13, tzinfo=UTC)
    before = begun().later(hours=1)
    after = before.when(AdvanceStep(step="contact", outcome=NO_SHOW, next_at=at)).then(
        advanced("contact", NO_SHOW, deadline=dated("contact", now=before.now, at=at), appointment=at)
    )
    assert after.step("contact:1").appointment == at


def test_a_postponed_hearing_may_have_no_date_yet() -> None:
    """The court sets one later; until then what is due is to get it."""
    before = with_hearing().later(days=1)
    reason = StepReason.COURT_POSTPONED
    after = before.when(AdvanceStep(step="hearing", outcome=POSTPONED, reason=reason)).then(
        advanced("hearing", POSTPONED, reason=reason, deadline=dated("hearing", now=before.now))
    )
    assert after.step("hearing:1").appointment is None


def test_a_postponed_hearing_moves_with_all_its_reminders() -> None:
    """One event holds the new instant and every timer."""
    before = with_hearing().later(days=1)
    at = before.now + timedelta(days=90)
    after = before.when(
        AdvanceStep(step="hearing", outcome=POSTPONED, reason=StepReason.COURT_POSTPONED, next_at=at)
    ).then(
        advanced(
            "hearing",
            POSTPONED,
            reason=StepReason.COURT_POSTPONED,
            deadline=dated("hearing", now=before.now, at=at),
            appointment=at,
        )
    )
    assert [r.rung for r in after.step("hearing:1").clockwork.deadline.rungs][:4] == [
        "before-7-calendar-days",
        "before-3-calendar-days",
        "before-1-calendar-days",
        "due",
    ]


def test_a_next_date_lies_ahead() -> None:
    """Today is still possible, yesterday is not."""
    before = begun().later(hours=1)
    before.when(AdvanceStep(step="contact", outcome=NO_SHOW, next_on=date(2026, 3, 1))).then_refused(
        RefusalCode.DATE_IN_THE_PAST
    )
    assert before.when(AdvanceStep(step="contact", outcome=NO_SHOW, next_on=date(2026, 3, 2))).events
    with_hearing().when(AdvanceStep(step="hearing", outcome=NO_SHOW, next_at=MONDAY)).then_refused(
        RefusalCode.DATE_IN_THE_PAST
    )


def test_what_a_step_starts_opens_with_it() -> None:
    """A talk within 48 hours after the hearing."""
    before = with_hearing(days=1).later(days=1, hours=3)
    before.when(AdvanceStep(step="hearing", outcome=DONE)).then(
        advanced("hearing"), step_opened("debrief", now=before.now)
    )


def test_only_a_step_done_starts_others() -> None:
    """Nobody talks over a hearing that was declined."""
    before = with_hearing(days=1).later(days=2)
    before.when(AdvanceStep(step="hearing", outcome=DECLINED)).then(advanced("hearing", DECLINED))


def test_what_is_open_already_is_not_started_again() -> None:
    """One open occurrence of a step."""
    before = with_hearing(days=1).having(OpenStep(step="debrief")).later(days=2)
    before.when(AdvanceStep(step="hearing", outcome=DONE)).then(advanced("hearing"))


def test_an_outcome_is_dated_when_it_happened() -> None:
    """Terms that run from it count from there."""
    happened = MONDAY + timedelta(minutes=30)
    after = begun().later(days=1).having(AdvanceStep(step="contact", outcome=DONE, occurred_at=happened))
    assert after.step("contact:1").settled_at == happened


def test_an_outcome_happened_within_the_journey() -> None:
    """Not before its first day and not tomorrow."""
    before = begun().later(hours=1)
    before.when(AdvanceStep(step="contact", outcome=DONE, occurred_at=MONDAY - timedelta(days=1))).then_refused(
        RefusalCode.DATE_BEFORE_OPENING
    )
    before.when(AdvanceStep(step="contact", outcome=DONE, occurred_at=MONDAY + timedelta(days=1))).then_refused(
        RefusalCode.DATE_IN_THE_FUTURE
    )


def test_an_outcome_that_the_pathway_does_not_have_is_refused_with_those_it_has() -> None:
    """The plan cannot be skipped."""
    planned().when(AdvanceStep(step="plan", outcome=SKIPPED, reason=StepReason.OTHER)).then_refused(
        RefusalCode.OUTCOME_NOT_ALLOWED, part="step:plan:1", allowed=("done", "declined", "postponed")
    )


def test_an_unknown_step_is_refused_with_the_known_ones() -> None:
    """All of them, in the order of the pathway."""
    begun().when(AdvanceStep(step="nothing", outcome=DONE)).then_refused(
        RefusalCode.UNKNOWN_STEP, allowed=("contact", "plan", "hearing", "debrief", "visit", "follow-up")
    )


def test_a_step_that_is_not_open_is_refused_with_what_blocks_it() -> None:
    """A condition that does not hold, or a stage that is not active."""
    refused = begun().when(AdvanceStep(step="plan", outcome=DONE)).decision
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.STEP_NOT_OPEN
    assert [(u.kind, u.name, u.wants) for u in refused.unmet] == [("step", "contact", "done")]
    refused = begun().when(AdvanceStep(step="visit", outcome=DONE)).decision
    assert isinstance(refused, Refused)
    assert [(u.kind, u.name, u.wants) for u in refused.unmet] == [("stage", "support", "active")]


def test_a_settled_step_is_not_advanced_again() -> None:
    """The refusal shows its last version."""
    planned().when(AdvanceStep(step="contact", outcome=DONE)).then_refused(
        RefusalCode.STEP_NOT_OPEN, part="step:contact:1", part_version=5
    )


def test_only_a_change_of_that_step_conflicts() -> None:
    """A form that shows an old version of it is refused; what happens to other parts does not matter."""
    before = with_hearing()
    seen = before.step("plan:1").version
    assert before.when(AdvanceStep(step="plan", outcome=DONE, seen=seen)).events
    moved = before.having(ScheduleStep(step="plan", on=NEXT_WEEK))
    moved.when(AdvanceStep(step="plan", outcome=DONE, seen=seen)).then_refused(
        RefusalCode.PART_CHANGED, part="step:plan:1", part_version=moved.step("plan:1").version
    )
    settled = before.having(AdvanceStep(step="plan", outcome=DONE))
    settled.when(AdvanceStep(step="plan", outcome=DONE, seen=seen)).then_refused(RefusalCode.PART_CHANGED)


def test_a_closed_journey_takes_no_outcome() -> None:
    """It is to be reopened first."""
    begun().having(CloseJourney(reason=ClosingReason.CLIENT_WISH)).when(
        AdvanceStep(step="contact", outcome=DONE)
    ).then_refused(RefusalCode.JOURNEY_CLOSED)


def test_dates_out_of_this_world_never_reach_a_decider() -> None:
    """A year typed as 20026 is refused with its field; counting on from there would overflow."""
    for when in ("1026-03-09", "9999-12-31"):
        with pytest.raises(CommandInvalid, match="next_on"):
            parse("advance-step", {"step": "contact", "outcome": "no-show", "next_on": when})
        with pytest.raises(CommandInvalid, match="next_at"):
            parse("advance-step", {"step": "contact", "outcome": "no-show", "next_at": f"{when}T10:00:00Z"})
        with pytest.raises(CommandInvalid, match="occurred_at"):
            parse("open-journey", {"pin": supported().state.pin.model_dump(), "occurred_at": f"{when}T10:00:00Z"})


def test_a_willing_client_walks_from_contact_to_support() -> None:
    """In so many events."""
    assert kinds([r.event for r in supported().history]) == [
        "opened",
        "assigned",
        "stage-entered",
        "step-opened",
        "step-advanced",
        "step-opened",
        "step-advanced",
        "milestone-reached",
        "stage-entered",
        "step-opened",
    ]
