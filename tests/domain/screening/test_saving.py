"""Saving a screening: coded answers in one event, each saved form beside the others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.codes import ClosingReason
from domain.journey.closing import CloseJourney
from domain.journey.screening.saving import SaveScreening, ScreeningSaved
from domain.pathway.answers import Answer
from domain.refusal import RefusalCode
from tests.domain.given import MONDAY, NOTE, begun
from tests.pathway_examples import small_pathway, small_pin

ALONE, NOT_ALONE = Answer(question="alone", answer="yes"), Answer(question="alone", answer="no")
OTHER = Answer(question="company", answer="other")
AWAY = Answer(question="days-away", days=30)
PAPERS, MONEY = Answer(question="worries", answer="papers"), Answer(question="worries", answer="money")
WHOLE = (NOT_ALONE, OTHER, AWAY, PAPERS, MONEY)


def talk(*answers: Answer, **fields: Any) -> SaveScreening:
    """The form with these answers."""
    return SaveScreening(form="talk", answers=answers, **fields)


def test_a_form_is_saved_as_one_event_with_the_version_of_its_questions() -> None:
    """By the pin of the pathway: a question is read as it was asked then."""
    held = MONDAY + timedelta(minutes=30)
    after = (
        begun()
        .later(hours=2)
        .when(talk(*WHOLE, note=NOTE, occurred_at=held))
        .then(ScreeningSaved(form="talk", pin=small_pin(), answers=WHOLE, unanswered=0, note=NOTE, occurred_at=held))
    )
    (saved,) = after.state.screenings
    assert (saved.held_at, saved.answers, saved.pin) == (held, WHOLE, small_pin())


def test_a_form_may_be_saved_before_its_end() -> None:
    """The talk was broken off: how much is left open stands in the event."""
    (event,) = begun().when(talk(NOT_ALONE)).events
    assert isinstance(event, ScreeningSaved)
    assert event.unanswered == 1


def test_a_later_screening_leaves_the_earlier_one_as_it_was() -> None:
    """Both stay, with their answers."""
    after = begun().having(talk(ALONE)).later(days=90).having(talk(*WHOLE))
    assert [s.answers for s in after.state.screenings] == [(ALONE,), WHOLE]
    assert [s.corrected_by for s in after.state.screenings] == [None, None]


def test_a_mistaken_one_is_named_by_the_one_that_is_right() -> None:
    """It stays to be read, marked."""
    before = begun().having(talk(ALONE))
    corrects = before.state.screenings[0].version
    after = before.having(talk(NOT_ALONE, corrects=corrects))
    wrong, right = after.state.screenings
    assert (wrong.corrected_by, right.corrected_by) == (right.version, None)
    assert wrong.answers == (ALONE,)
    after.when(talk(NOT_ALONE, corrects=corrects)).then_refused(
        RefusalCode.PART_CHANGED, part="screening:talk", part_version=right.version
    )
    begun().when(talk(ALONE, corrects=1)).then_refused(RefusalCode.NOTHING_TO_CORRECT, part="screening")


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ((ALONE, OTHER), "company"),
        ((OTHER,), "company"),
        ((NOT_ALONE, AWAY), "days-away"),
        ((NOT_ALONE, OTHER, Answer(question="days-away", days=6), PAPERS), "worries"),
    ],
)
def test_an_answer_to_what_is_not_asked_is_refused(answers: tuple[Answer, ...], question: str) -> None:
    """With the question in question."""
    begun().when(talk(*answers)).then_refused(RefusalCode.QUESTION_NOT_ASKED, part=f"screening:talk:{question}")


@pytest.mark.parametrize(
    "answers",
    [
        (Answer(question="alone", answer="maybe"),),
        (Answer(question="alone", days=3),),
        (Answer(question="alone"),),
        (Answer(question="alone", answer="yes", days=3),),
        (ALONE, NOT_ALONE),
        (ALONE, ALONE),
        (NOT_ALONE, OTHER, Answer(question="days-away", answer="yes")),
        (NOT_ALONE, OTHER, AWAY, Answer(question="days-away", days=31)),
        (NOT_ALONE, OTHER, AWAY, PAPERS, PAPERS),
        (NOT_ALONE, OTHER, AWAY, PAPERS, Answer(question="worries", answer="unknown")),
    ],
)
def test_an_answer_is_one_that_the_form_offers(answers: tuple[Answer, ...]) -> None:
    """Another code, another kind, one too many."""
    begun().when(talk(*answers)).then_refused(RefusalCode.ANSWER_NOT_POSSIBLE)


def test_forms_and_questions_are_those_of_the_pathway() -> None:
    """With those there are; and a form without a single answer says nothing."""
    begun().when(SaveScreening(form="other", answers=(ALONE,))).then_refused(
        RefusalCode.UNKNOWN_FORM, part="screening", allowed=("talk",)
    )
    begun().when(talk(Answer(question="name", answer="yes"))).then_refused(
        RefusalCode.UNKNOWN_QUESTION,
        part="screening:talk:name",
        allowed=("alone", "company", "days-away", "worries"),
    )
    with pytest.raises(ValidationError):
        talk()


def test_it_is_held_within_an_open_journey() -> None:
    """Not ahead, not after the end, and not where the pathway has no form."""
    begun().when(talk(ALONE, occurred_at=MONDAY + timedelta(days=1))).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    begun().having(CloseJourney(reason=ClosingReason.GOALS_REACHED)).when(talk(ALONE)).then_refused(
        RefusalCode.JOURNEY_CLOSED
    )
    without = small_pathway().model_copy(update={"screening": ()})
    begun().on(without).when(talk(ALONE)).then_refused(RefusalCode.NOT_IN_PATHWAY, part="screening")
