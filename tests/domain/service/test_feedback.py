"""Feedback: coded, with a sealed text, never by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.codes import ClosingReason
from domain.journey.closing import CloseJourney
from domain.journey.service.codes import Move, WouldReturn
from domain.journey.service.codes import ServiceStatus as S
from domain.journey.service.feedback import GiveServiceFeedback, ServiceFeedbackGiven
from domain.refusal import RefusalCode
from tests.domain.given import NOTE
from tests.domain.service.told import advance, needed, stands, state


def test_the_client_says_how_it_was() -> None:
    """One to five, and whether they would come again."""
    held = stands("talk", S.CARRIED_OUT)
    after = held.when(GiveServiceFeedback(service="talk", rating=4, would_return=WouldReturn.YES, note=NOTE)).then(
        ServiceFeedbackGiven(service="talk", occurrence=1, rating=4, would_return=WouldReturn.YES, note=NOTE)
    )
    assert [(f.rating, f.would_return) for f in state(after, "talk").feedback] == [(4, WouldReturn.YES)]


def test_it_may_come_after_the_end() -> None:
    """But not about what did not happen, nor from the future."""
    closed = stands("talk", S.CARRIED_OUT).having(CloseJourney(reason=ClosingReason.GOALS_REACHED))
    assert closed.when(GiveServiceFeedback(service="talk", rating=2)).events
    needed("talk").when(GiveServiceFeedback(service="talk", rating=2)).then_refused(RefusalCode.SERVICE_NOT_HELD)
    tomorrow = closed.now + timedelta(days=1)
    closed.when(GiveServiceFeedback(service="talk", rating=2, occurred_at=tomorrow)).then_refused(
        RefusalCode.DATE_IN_THE_FUTURE
    )


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_is_one_of_five(rating: int) -> None:
    """Nothing else parses."""
    with pytest.raises(ValidationError):
        GiveServiceFeedback(service="talk", rating=rating)


def test_it_is_never_by_name() -> None:
    """No field names a person; a form that somebody filled in meanwhile is no conflict."""
    assert set(ServiceFeedbackGiven.model_fields) == {
        "occurred_at",
        "service",
        "occurrence",
        "rating",
        "would_return",
        "note",
    }
    held = stands("talk", S.CARRIED_OUT)
    seen = state(held, "talk").version
    given = held.having(GiveServiceFeedback(service="talk", rating=5))
    assert given.when(advance("talk", Move.CARRY_OUT, seen=seen)).events
