"""The review that keeps an open journey alive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.codes import ClosingReason, Role, RungEffect, StepOutcome
from domain.deadline import review_deadline
from domain.journey import obligations, wakes
from domain.journey.advancing import AdvanceStep
from domain.journey.closing import CloseJourney
from domain.journey.review import HoldReview, ReviewHeld
from domain.pathway.model import Review, Span, Unit
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung
from tests.domain.given import MONDAY, NOTE, Given, begun, review_scheduled
from tests.pathway_examples import small_pathway


def idle() -> Given:
    """A journey whose client declined the only step."""
    return begun().having(AdvanceStep(step="contact", outcome=StepOutcome.DECLINED))


def test_the_engine_adds_a_review_where_nothing_else_is_owed() -> None:
    """Thirty days, with an owner."""
    (owed,) = obligations(idle().state)
    assert owed.key == "review"
    assert owed.owner.role is Role.CASEWORKER
    assert owed.due_at == datetime(2026, 4, 1, 14, tzinfo=UTC)


def test_a_review_that_is_held_is_followed_by_the_next() -> None:
    """While nothing else is owed."""
    before = idle().later(days=29)
    after = before.when(HoldReview(note=NOTE)).then(ReviewHeld(note=NOTE), review_scheduled(now=before.now))
    assert after.state.reviews == 2
    assert {w.date_version for w in wakes(after.state)} == {2}


def test_a_review_that_nobody_holds_is_followed_by_the_next() -> None:
    """Once its ladder has ended at the on-call person."""
    after = idle()
    for _ in range(4):
        wake = wakes(after.state)[0]
        after = after.at(wake.at).having(FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version))
    assert after.state.reviews == 2
    assert after.state.review is not None
    assert after.state.review.clockwork.deadline == review_deadline(small_pathway(), now=after.now)


def test_a_review_is_not_added_while_something_lives() -> None:
    """One promise is enough."""
    assert begun().state.review is None


def test_a_review_is_held_as_the_form_shows_it() -> None:
    """And only where there is one."""
    begun().when(HoldReview()).then_refused(RefusalCode.STEP_NOT_OPEN, part="review")
    before = idle()
    assert before.state.review is not None
    version = before.state.review.version
    before.when(HoldReview(seen=version - 1)).then_refused(
        RefusalCode.PART_CHANGED, part="review", part_version=version
    )
    assert before.when(HoldReview(seen=version)).events


def test_a_closed_journey_is_not_reviewed() -> None:
    """It owes nothing."""
    closed = idle().having(CloseJourney(reason=ClosingReason.CLIENT_WISH))
    assert closed.state.review is None


@pytest.mark.parametrize(
    "within",
    [Span(count=0), Span(count=0, unit=Unit.HOURS), Span(count=36, unit=Unit.HOURS), Span(count=1, unit=Unit.MONTHS)],
)
def test_a_review_always_lies_ahead(within: Span) -> None:
    """In any unit, also when it is decided after office hours: else it would be due at once, again and again."""
    pathway = small_pathway().model_copy(update={"review": Review(within=within, escalate=())})
    for hour in range(24):
        now = MONDAY + timedelta(hours=hour)
        deadline = review_deadline(pathway, now=now)
        assert deadline.due_at > now
        assert RungEffect.DUE in {r.effect for r in deadline.rungs}
