"""Stalls: a fact with a cause, found by the clock or said by a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.codes import SYSTEM_ACTOR, Mover, StallCause
from domain.event import Recorded
from domain.journey import evolve
from domain.journey.advancing import AdvanceStep, ScheduleStep
from domain.journey.stalling import NEXT_ACTION, WHOSE_MOVE, ResumeStep, StallStep, StepResumed, StepStalled
from domain.refusal import RefusalCode
from tests.domain.given import MILA, NOTE, begun, planned, with_hearing


@pytest.mark.parametrize("cause", StallCause)
def test_a_step_stalls_with_any_cause_and_moves_again(cause: StallCause) -> None:
    """Resuming keeps the due instant and gives a new moment of stalling."""
    before = planned().later(hours=1)
    stalled = before.when(StallStep(step="plan", cause=cause, note=NOTE)).then(
        StepStalled(step="plan", occurrence=1, cause=cause, note=NOTE)
    )
    stall = stalled.step("plan:1").stall
    assert stall is not None
    assert (stall.cause, stall.since) == (cause, before.now)
    later = stalled.later(days=2)
    (resumed,) = later.when(ResumeStep(step="plan", note=NOTE)).events
    assert isinstance(resumed, StepResumed)
    old = before.step("plan:1").clockwork.deadline
    assert resumed == StepResumed(step="plan", occurrence=1, deadline=resumed.deadline, note=NOTE)
    assert resumed.deadline.due_at == old.due_at
    assert later.and_then(resumed).step("plan:1").stall is None


@pytest.mark.parametrize("cause", StallCause)
def test_every_cause_has_a_next_action_and_a_mover(cause: StallCause) -> None:
    """A stall without them would be a complaint."""
    assert cause in NEXT_ACTION
    assert cause in WHOSE_MOVE


def test_waiting_on_a_client_is_the_clients_move_only_there() -> None:
    """Whatever is ours stays ours."""
    assert [c for c, m in WHOSE_MOVE.items() if m is Mover.CLIENT] == [StallCause.WAITING_ON_CLIENT]


def test_the_same_stall_is_not_said_twice_but_its_cause_may_change() -> None:
    """Now the court is asked, not the client."""
    before = planned().having(StallStep(step="plan", cause=StallCause.WAITING_ON_CLIENT))
    before.when(StallStep(step="plan", cause=StallCause.WAITING_ON_CLIENT)).then_refused(
        RefusalCode.ALREADY_STALLED, part="step:plan:1"
    )
    before.when(StallStep(step="plan", cause=StallCause.WAITING_ON_COURT)).then(
        StepStalled(step="plan", occurrence=1, cause=StallCause.WAITING_ON_COURT)
    )


def test_only_an_open_step_stalls_and_only_a_stalled_one_resumes() -> None:
    """As the form shows it."""
    begun().when(StallStep(step="plan", cause=StallCause.OVERDUE)).then_refused(RefusalCode.STEP_NOT_OPEN)
    begun().when(ResumeStep(step="contact")).then_refused(RefusalCode.NOT_STALLED, part="step:contact:1")
    begun().when(ResumeStep(step="plan")).then_refused(RefusalCode.STEP_NOT_OPEN)
    begun().when(ResumeStep(step="nothing")).then_refused(RefusalCode.UNKNOWN_STEP)
    begun().when(StallStep(step="contact", cause=StallCause.OVERDUE, seen=1)).then_refused(RefusalCode.PART_CHANGED)
    begun().when(ResumeStep(step="contact", seen=1)).then_refused(RefusalCode.PART_CHANGED)


def test_an_outcome_or_a_new_date_ends_a_stall() -> None:
    """It moves."""
    stalled = planned().having(StallStep(step="plan", cause=StallCause.WAITING_ON_CLIENT))
    for command in (
        ScheduleStep(step="plan", on=date(2026, 4, 1)),
        AdvanceStep.model_validate(
            {"step": "plan", "outcome": "postponed", "reason": "client-asked", "next_on": "2026-04-01"}
        ),
        AdvanceStep.model_validate({"step": "plan", "outcome": "done"}),
    ):
        assert stalled.having(command).step("plan:1").stall is None


def test_a_hearing_that_moves_again_does_not_stall_before_its_date() -> None:
    """A hearing in two months stands still for nobody meanwhile; its reminders stay as they were."""
    before = with_hearing().having(StallStep(step="hearing", cause=StallCause.WAITING_ON_COURT)).later(days=3)
    old = before.step("hearing:1").clockwork
    after = before.having(ResumeStep(step="hearing")).step("hearing:1").clockwork
    assert after.deadline.rungs == old.deadline.rungs
    assert after.date_version == old.date_version + 1


def test_a_step_resumed_after_its_due_day_has_its_limit_anew() -> None:
    """Five working days from Easter Saturday, and Easter Monday is none: Monday the 20th."""
    before = planned().later(days=40).having(StallStep(step="plan", cause=StallCause.OVERDUE))
    (rung,) = before.having(ResumeStep(step="plan")).step("plan:1").clockwork.deadline.rungs
    assert rung.rung == "stall"
    assert before.now == datetime(2026, 4, 11, 10, tzinfo=UTC)
    assert rung.at == datetime(2026, 4, 20, 14, tzinfo=UTC)


def test_a_stall_found_by_the_clock_makes_no_open_form_stale() -> None:
    """Nobody else has decided anything: what a person typed meanwhile is taken."""
    before = planned()
    seen = before.step("plan:1").version
    found = Recorded(
        stream=before.state.stream,
        version=before.state.version + 1,
        position=99,
        event=StepStalled(step="plan", occurrence=1, cause=StallCause.OVERDUE),
        recorded_at=before.now,
        actor=SYSTEM_ACTOR,
        command_id=UUID(int=1),
    )
    assert evolve(before.state, found).steps["step:plan:1"].version == seen
    said = found._replace(actor=MILA)
    assert evolve(before.state, said).steps["step:plan:1"].version == found.version
