"""Correcting: the right thing beside the mistake, in every direction."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from domain.codes import RungEffect, StepOutcome, StepReason
from domain.journey.advancing import AdvanceStep, OpenStep, ScheduleStep
from domain.journey.correcting import CorrectStep
from domain.journey.milestones import MilestoneReached
from domain.journey.state import StepStatus
from domain.journey.steps import StepCorrected
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung
from tests.domain.given import (
    NOTE,
    Given,
    begun,
    dated,
    entered,
    planned,
    step_opened,
    supported,
    with_hearing,
)

DONE, DECLINED, SKIPPED = StepOutcome.DONE, StepOutcome.DECLINED, StepOutcome.SKIPPED
NO_SHOW, POSTPONED = StepOutcome.NO_SHOW, StepOutcome.POSTPONED
NEXT_WEEK = date(2026, 3, 9)


def after_outcome(before: Given, step: str, outcome: StepOutcome, **fields: object) -> tuple[Given, int]:
    """The journey after an outcome, and what a correction of it names."""
    command = AdvanceStep.model_validate({"step": step, "outcome": outcome, **fields})
    after = before.having(command)
    version = after.step(f"{step}:1").advanced_version
    assert version is not None
    return after.later(hours=1), version


def test_one_settling_outcome_is_replaced_by_another() -> None:
    """The step stays settled; no date changes."""
    before, version = after_outcome(begun(), "contact", SKIPPED, reason=StepReason.OTHER)
    after = before.when(CorrectStep(step="contact", corrects=version, outcome=DECLINED, note=NOTE)).then(
        StepCorrected(step="contact", occurrence=1, corrects=version, outcome=DECLINED, note=NOTE)
    )
    contact = after.step("contact:1")
    assert (contact.status, contact.outcome) == (StepStatus.SETTLED, DECLINED)


def test_a_step_that_was_done_after_all_opens_what_waited_for_it() -> None:
    """What follows from the pathway follows from a correction too."""
    before, version = after_outcome(begun(), "contact", DECLINED)
    after = before.when(CorrectStep(step="contact", corrects=version, outcome=DONE)).then(
        StepCorrected(step="contact", occurrence=1, corrects=version, outcome=DONE),
        step_opened("plan", now=before.now),
    )
    after.having(AdvanceStep(step="plan", outcome=DONE))


def test_a_step_that_was_done_after_all_starts_what_it_starts() -> None:
    """The talk after a hearing is not lost because somebody first typed that it was declined."""
    before, version = after_outcome(with_hearing(days=1).later(days=2), "hearing", DECLINED)
    before.when(CorrectStep(step="hearing", corrects=version, outcome=DONE)).then(
        StepCorrected(step="hearing", occurrence=1, corrects=version, outcome=DONE),
        step_opened("debrief", now=before.now),
    )


def test_a_correction_of_the_date_only_starts_nothing_twice() -> None:
    """It was done before and is done now."""
    before, version = after_outcome(with_hearing(days=1).later(days=2), "hearing", DONE)
    before = before.having(AdvanceStep(step="debrief", outcome=DONE))
    happened = before.now - timedelta(hours=5)
    before.when(CorrectStep(step="hearing", corrects=version, outcome=DONE, occurred_at=happened)).then(
        StepCorrected(step="hearing", occurrence=1, corrects=version, outcome=DONE, occurred_at=happened)
    )


def test_a_plan_that_was_agreed_after_all_reaches_its_milestone() -> None:
    """And enters its stage."""
    before, version = after_outcome(planned(), "plan", DECLINED)
    before.when(CorrectStep(step="plan", corrects=version, outcome=DONE)).then(
        StepCorrected(step="plan", occurrence=1, corrects=version, outcome=DONE),
        MilestoneReached(milestone="plan-agreed"),
        entered("support"),
        step_opened("follow-up", now=before.now),
    )


def test_a_step_that_did_not_happen_is_open_again_with_the_date_it_had() -> None:
    """The due day is the old one; only the moment of stalling is new."""
    before, version = after_outcome(begun(), "contact", DONE)
    old = before.step("contact:1").clockwork.deadline
    corrected = before.when(CorrectStep(step="contact", corrects=version)).events[0]
    assert isinstance(corrected, StepCorrected)
    assert corrected.deadline is not None
    assert corrected.deadline.due_at == old.due_at
    after = before.when(CorrectStep(step="contact", corrects=version)).after
    contact = after.step("contact:1")
    assert (contact.status, contact.outcome, contact.settled_at) == (StepStatus.OPEN, None, None)
    assert contact.advanced_version is None


def test_a_hearing_marked_done_by_mistake_gets_its_date_and_reminders_back() -> None:
    """Nobody has to remember to enter the date of the hearing a second time."""
    hearing = with_hearing()
    appointment = hearing.step("hearing:1").appointment
    ladder = hearing.step("hearing:1").clockwork.deadline.rungs
    before, version = after_outcome(hearing.later(days=1), "hearing", DONE)
    after = before.having(CorrectStep(step="hearing", corrects=version))
    state = after.step("hearing:1")
    assert state.appointment == appointment
    assert state.clockwork.deadline.rungs == ladder


def test_a_hearing_postponed_by_mistake_is_on_its_first_date_again() -> None:
    """The date before the mistake, not the mistaken one."""
    hearing = with_hearing()
    first = hearing.step("hearing:1")
    before, version = after_outcome(
        hearing.later(days=1),
        "hearing",
        POSTPONED,
        reason=StepReason.COURT_POSTPONED,
        next_at=hearing.now + timedelta(days=200),
    )
    after = before.having(CorrectStep(step="hearing", corrects=version)).step("hearing:1")
    assert (after.appointment, after.clockwork.deadline.due_at) == (first.appointment, first.clockwork.deadline.due_at)
    assert after.clockwork.date_version > before.step("hearing:1").clockwork.date_version


def test_a_date_set_after_the_mistake_stays() -> None:
    """The mistake was the outcome; the date is somebody's later decision."""
    hearing = with_hearing()
    before, version = after_outcome(hearing.later(days=1), "hearing", NO_SHOW)
    moved = before.having(ScheduleStep(step="hearing", appointment=before.now + timedelta(days=20)))
    after = moved.having(CorrectStep(step="hearing", corrects=version)).step("hearing:1")
    assert after.appointment == before.now + timedelta(days=20)
    assert after.missed == 0


def test_what_was_fired_before_the_mistake_is_not_fired_again() -> None:
    """And what was missed meanwhile comes late."""
    hearing = with_hearing(days=10)
    due = hearing.step("hearing:1").clockwork.deadline.due_at
    reminded = hearing.at(due - timedelta(days=6)).having(
        FireRung(obligation="step:hearing:1", rung="before-7-calendar-days", date_version=2)
    )
    before, version = after_outcome(reminded, "hearing", DONE)
    after = before.at(due + timedelta(hours=1)).having(CorrectStep(step="hearing", corrects=version))
    rungs = after.step("hearing:1").clockwork.deadline.rungs
    assert "before-7-calendar-days" not in {r.rung for r in rungs}
    assert [r.rung for r in rungs if r.at <= after.now] == ["due"]
    assert not [r for r in rungs if r.effect is RungEffect.REMIND and r.at <= after.now]


def test_a_no_show_that_was_a_postponement_keeps_its_next_date() -> None:
    """Only what is wrong changes; and it no longer counts as missed."""
    before, version = after_outcome(begun().later(hours=1), "contact", NO_SHOW, next_on=NEXT_WEEK)
    after = before.when(
        CorrectStep(step="contact", corrects=version, outcome=POSTPONED, reason=StepReason.STAFF_ABSENT)
    ).then(
        StepCorrected(step="contact", occurrence=1, corrects=version, outcome=POSTPONED, reason=StepReason.STAFF_ABSENT)
    )
    contact = after.step("contact:1")
    assert contact.missed == 0
    assert contact.clockwork == before.step("contact:1").clockwork


def test_a_step_said_to_be_done_was_a_no_show() -> None:
    """It is open again and needs its next date."""
    before, version = after_outcome(begun(), "contact", DONE)
    before.when(CorrectStep(step="contact", corrects=version, outcome=NO_SHOW)).then_refused(
        RefusalCode.DATE_REQUIRED, part="step:contact:1"
    )
    after = before.when(CorrectStep(step="contact", corrects=version, outcome=NO_SHOW, next_on=NEXT_WEEK)).then(
        StepCorrected(
            step="contact",
            occurrence=1,
            corrects=version,
            outcome=NO_SHOW,
            deadline=dated("contact", now=before.now, on=NEXT_WEEK),
        )
    )
    assert (after.step("contact:1").missed, after.step("contact:1").status) == (1, StepStatus.OPEN)


def test_a_no_show_that_was_done_settles_the_step() -> None:
    """The other way round."""
    before, version = after_outcome(begun().later(hours=1), "contact", NO_SHOW, next_on=NEXT_WEEK)
    after = before.having(CorrectStep(step="contact", corrects=version, outcome=DONE))
    assert (after.step("contact:1").missed, after.step("contact:1").status) == (0, StepStatus.SETTLED)


def test_a_corrected_hearing_takes_an_hour() -> None:
    """The wrong date was typed; the right one goes with all its timers."""
    before, version = after_outcome(with_hearing().later(days=1), "hearing", NO_SHOW)
    at = datetime(2026, 6, 1, 7, tzinfo=UTC)
    after = before.when(CorrectStep(step="hearing", corrects=version, outcome=NO_SHOW, next_at=at)).then(
        StepCorrected(
            step="hearing",
            occurrence=1,
            corrects=version,
            outcome=NO_SHOW,
            deadline=dated("hearing", now=before.now, at=at),
            appointment=at,
        )
    )
    assert after.step("hearing:1").appointment == at


def test_a_correction_is_held_to_what_an_outcome_is_held_to() -> None:
    """Reason, date, outcomes of the pathway, the step itself."""
    before, version = after_outcome(begun(), "contact", DONE)
    before.when(CorrectStep(step="contact", corrects=version, outcome=SKIPPED)).then_refused(
        RefusalCode.REASON_REQUIRED, part="step:contact:1"
    )
    before.when(CorrectStep(step="contact", corrects=version, outcome=NO_SHOW, next_on=date(2026, 3, 1))).then_refused(
        RefusalCode.DATE_IN_THE_PAST
    )
    before.when(CorrectStep(step="contact", corrects=version, next_on=date(2026, 3, 1))).then_refused(
        RefusalCode.DATE_IN_THE_PAST
    )
    before.when(
        CorrectStep(step="contact", corrects=version, outcome=DONE, occurred_at=before.now + timedelta(days=1))
    ).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    before.when(CorrectStep(step="nothing", corrects=version, outcome=DONE)).then_refused(RefusalCode.UNKNOWN_STEP)
    other, plan = after_outcome(planned(), "plan", DONE)
    other.when(CorrectStep(step="plan", corrects=plan, outcome=SKIPPED, reason=StepReason.OTHER)).then_refused(
        RefusalCode.OUTCOME_NOT_ALLOWED, allowed=("done", "declined", "postponed")
    )


def test_only_the_latest_of_a_step_is_corrected() -> None:
    """The form showed an older one: the loser sees both."""
    first, version = after_outcome(begun().later(hours=1), "contact", NO_SHOW, next_on=NEXT_WEEK)
    second, latest = after_outcome(first, "contact", NO_SHOW, next_on=date(2026, 3, 10))
    second.when(CorrectStep(step="contact", corrects=version)).then_refused(
        RefusalCode.PART_CHANGED, part="step:contact:1", part_version=latest
    )


def test_what_was_never_said_is_not_corrected() -> None:
    """An opening is no outcome."""
    begun().when(CorrectStep(step="contact", corrects=4)).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    begun().when(CorrectStep(step="plan", corrects=4)).then_refused(RefusalCode.NOTHING_TO_CORRECT)


def test_an_outcome_in_a_stage_that_was_left_can_be_replaced_but_not_undone() -> None:
    """To undo it the stage is entered again first."""
    before, version = after_outcome(supported(), "follow-up", DONE)
    assert not before.state.is_active("support")
    before.when(CorrectStep(step="follow-up", corrects=version)).then_refused(
        RefusalCode.STAGE_NOT_ENTERED, part="step:follow-up:1"
    )
    before.when(CorrectStep(step="follow-up", corrects=version, outcome=DECLINED)).then(
        StepCorrected(step="follow-up", occurrence=1, corrects=version, outcome=DECLINED)
    )


def test_a_step_with_a_newer_open_occurrence_is_not_opened_a_second_time() -> None:
    """One open occurrence of a step."""
    before, version = after_outcome(with_hearing(days=1).later(days=2), "hearing", DECLINED)
    again = before.having(OpenStep(step="hearing"))
    again.when(CorrectStep(step="hearing", corrects=version)).then_refused(
        RefusalCode.STEP_ALREADY_OPEN, part="step:hearing:2"
    )
