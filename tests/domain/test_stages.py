"""Stages: entered and left by the pathway's conditions, or by a decision."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import StageExit, StepOutcome
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.consent import GiveConsent
from domain.journey.stages import EnterStage, LeaveStage, StageEntered, StageLeft
from domain.journey.state import StepStatus
from domain.refusal import RefusalCode, Refused
from tests.domain.given import (
    NOTE,
    advanced,
    begun,
    given,
    left,
    opened,
    planned,
    review_scheduled,
    step_opened,
    supported,
)


def test_a_stage_is_left_by_decision_and_what_was_open_in_it_ends() -> None:
    """An ended step owes nothing; a review keeps the journey alive."""
    before = begun().later(hours=1)
    after = before.when(LeaveStage(stage="intake", note=NOTE)).then(
        StageLeft(stage="intake", exit=StageExit.STOPPED, note=NOTE), review_scheduled(now=before.now)
    )
    assert after.step("contact:1").status is StepStatus.ENDED


def test_a_stage_is_entered_again_and_what_was_ended_opens_anew() -> None:
    """As a new occurrence with a new date."""
    before = begun().having(LeaveStage(stage="intake")).later(hours=1)
    after = before.when(EnterStage(stage="intake", note=NOTE)).then(
        StageEntered(stage="intake", note=NOTE), step_opened("contact", 2, now=before.now)
    )
    assert after.state.stages["intake"].times == 2


def test_a_stage_is_left_by_itself_when_its_condition_holds() -> None:
    """With what follows in the same decision."""
    before = supported().later(days=1)
    before.when(AdvanceStep(step="follow-up", outcome=StepOutcome.DONE)).then(
        advanced("follow-up"), left("support"), review_scheduled(now=before.now)
    )


def test_a_stage_is_not_left_by_itself_under_an_appointment() -> None:
    """A hearing and its reminders never end as a side effect of another step."""
    before = supported().having(GiveConsent.model_validate({"purpose": "assistance"}))
    before = before.having(OpenStep(step="visit", appointment=before.now + timedelta(days=30))).later(days=1)
    after = before.when(AdvanceStep(step="follow-up", outcome=StepOutcome.DONE)).then(advanced("follow-up"))
    assert after.state.is_active("support")
    after.later(days=30).when(AdvanceStep(step="visit", outcome=StepOutcome.DONE)).then(
        advanced("visit"), left("support"), review_scheduled(now=after.later(days=30).now)
    )


def test_a_stage_entered_again_is_left_by_decision_only() -> None:
    """A person entered it for a reason that its old steps do not know."""
    before = supported().having(AdvanceStep(step="follow-up", outcome=StepOutcome.DONE))
    after = before.when(EnterStage(stage="support")).then(StageEntered(stage="support"))
    assert after.state.is_active("support")


def test_an_unknown_stage_is_refused_with_the_known_ones() -> None:
    """Entering and leaving."""
    begun().when(EnterStage(stage="nowhere")).then_refused(RefusalCode.UNKNOWN_STAGE, allowed=("intake", "support"))
    begun().when(LeaveStage(stage="nowhere")).then_refused(RefusalCode.UNKNOWN_STAGE, allowed=("intake", "support"))


def test_an_active_stage_is_not_entered() -> None:
    """It is entered already."""
    begun().when(EnterStage(stage="intake")).then_refused(RefusalCode.STAGE_ALREADY_ENTERED)


def test_a_stage_that_is_not_active_is_not_left() -> None:
    """The refusal says which are."""
    planned().when(LeaveStage(stage="support")).then_refused(RefusalCode.STAGE_NOT_ENTERED, allowed=("intake",))


def test_a_stage_is_entered_only_where_its_condition_holds() -> None:
    """The refusal says what is missing."""
    then = planned().when(EnterStage(stage="support"))
    then.then_refused(RefusalCode.CONDITION_NOT_MET)
    refused = given(opened()).when(EnterStage(stage="support")).decision
    assert isinstance(refused, Refused)
    (unmet,) = refused.unmet
    assert (unmet.kind, unmet.name, unmet.wants) == ("step", "plan", "done")
