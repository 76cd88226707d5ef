"""Closing with a reason, and reopening."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.codes import ClosingReason, Phase, ReopeningReason, StepOutcome
from domain.journey import obligations, wakes
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.closing import CloseJourney, JourneyClosed, JourneyReopened, ReopenJourney
from domain.journey.merging import MergeJourney
from domain.journey.state import StepStatus
from domain.journey.steps import StepOpened, StepScheduled
from domain.refusal import RefusalCode
from tests.domain.given import (
    MONDAY,
    NOTE,
    OTHER,
    begun,
    planned,
    review_scheduled,
    step_opened,
    supported,
    with_hearing,
)


@pytest.mark.parametrize("reason", ClosingReason)
def test_a_journey_is_closed_for_any_reason_and_owes_nothing(reason: ClosingReason) -> None:
    """Death, disappearance and detention are reasons like others; what was open has ended."""
    after = begun().when(CloseJourney(reason=reason, note=NOTE)).then(JourneyClosed(reason=reason, note=NOTE))
    assert after.state.phase is Phase.CLOSED
    assert (obligations(after.state), wakes(after.state)) == ([], [])
    assert after.step("contact:1").status is StepStatus.ENDED


def test_a_closing_is_dated_when_it_happened() -> None:
    """Not in the future, and not before the journey began."""
    died = MONDAY + timedelta(days=2)
    before = begun().later(days=5)
    after = before.when(CloseJourney(reason=ClosingReason.DEATH, occurred_at=died)).then(
        JourneyClosed(reason=ClosingReason.DEATH, occurred_at=died)
    )
    assert after.state.closing is not None
    assert after.state.closing.at == died
    before.when(CloseJourney(reason=ClosingReason.DEATH, occurred_at=before.now + timedelta(days=1))).then_refused(
        RefusalCode.DATE_IN_THE_FUTURE
    )
    before.when(CloseJourney(reason=ClosingReason.DEATH, occurred_at=MONDAY - timedelta(days=1))).then_refused(
        RefusalCode.DATE_BEFORE_OPENING
    )


def test_a_closed_journey_is_not_closed_again() -> None:
    """It is to be reopened first."""
    begun().having(CloseJourney(reason=ClosingReason.MISSING)).when(
        CloseJourney(reason=ClosingReason.DEATH)
    ).then_refused(RefusalCode.JOURNEY_CLOSED)


@pytest.mark.parametrize("reason", [r for r in ReopeningReason if r is not ReopeningReason.CLOSED_BY_MISTAKE])
def test_a_reopened_journey_goes_on_with_new_dates(reason: ReopeningReason) -> None:
    """What was ended opens anew; what was settled stays so."""
    closed = planned().having(CloseJourney(reason=ClosingReason.UNREACHABLE)).later(days=400)
    after = closed.when(ReopenJourney(reason=reason, note=NOTE)).then(
        JourneyReopened(reason=reason, note=NOTE), step_opened("plan", 2, now=closed.now)
    )
    assert (after.state.phase, after.state.reopened, after.state.closing) == (Phase.OPEN, 1, None)


def test_a_reopened_journey_with_nothing_to_do_is_reviewed() -> None:
    """It is never without a timer."""
    done = supported().having(AdvanceStep(step="follow-up", outcome=StepOutcome.DONE))
    closed = done.having(CloseJourney(reason=ClosingReason.GOALS_REACHED)).later(days=90)
    closed.when(ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED)).then(
        JourneyReopened(reason=ReopeningReason.CLIENT_RETURNED), review_scheduled(now=closed.now)
    )


def test_a_hearing_ahead_is_there_again_when_the_journey_is_reopened() -> None:
    """The court did not close its file: the date and what is left of the ladder come back, whatever the reason."""
    before = with_hearing()
    appointment = before.step("hearing:1").appointment
    closed = before.having(CloseJourney(reason=ClosingReason.MISSING)).later(days=10)
    events = closed.when(ReopenJourney(reason=ReopeningReason.FOUND)).events
    assert [(e.step, e.occurrence) for e in events if isinstance(e, StepOpened)] == [("hearing", 2), ("plan", 2)]
    (scheduled,) = (e for e in events if isinstance(e, StepScheduled))
    assert scheduled.appointment == appointment
    assert scheduled.deadline.rungs == before.step("hearing:1").clockwork.deadline.rungs


def test_a_hearing_gone_by_meanwhile_is_not_opened_again() -> None:
    """Unless the closing was a mistake: then somebody has to say how it went."""
    closed = with_hearing().having(CloseJourney(reason=ClosingReason.MISSING)).later(days=100)
    found = closed.when(ReopenJourney(reason=ReopeningReason.FOUND)).events
    assert [e.step for e in found if isinstance(e, StepOpened)] == ["plan"]
    mistake = closed.when(ReopenJourney(reason=ReopeningReason.CLOSED_BY_MISTAKE)).events
    assert [e.step for e in mistake if isinstance(e, StepOpened)] == ["plan", "hearing"]


def test_after_a_closing_by_mistake_everything_open_is_open_again_with_its_old_dates() -> None:
    """Nothing is lost and nothing gets more time than it had."""
    before = planned().having(OpenStep(step="debrief"))
    closed = before.having(CloseJourney(reason=ClosingReason.GOALS_REACHED)).later(hours=1)
    after = closed.having(ReopenJourney(reason=ReopeningReason.CLOSED_BY_MISTAKE))
    for key in ("plan", "debrief"):
        old, new = before.step(f"{key}:1").clockwork.deadline, after.step(f"{key}:2").clockwork.deadline
        assert (new.due_at, new.rungs) == (old.due_at, old.rungs)


def test_only_a_closed_journey_is_reopened() -> None:
    """A merged one goes on in the survivor."""
    begun().when(ReopenJourney(reason=ReopeningReason.FOUND)).then_refused(RefusalCode.JOURNEY_NOT_CLOSED)
    begun().having(MergeJourney(survivor=OTHER)).when(ReopenJourney(reason=ReopeningReason.FOUND)).then_refused(
        RefusalCode.JOURNEY_MERGED, other=OTHER
    )
