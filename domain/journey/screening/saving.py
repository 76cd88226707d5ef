"""Saving a screening: only what the form asks can be answered, with what the form offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.screening.state import SCREENING, ScreeningState
from domain.journey.state import Journey
from domain.journey.timing import Instant, misdated
from domain.pathway.answers import Answer
from domain.pathway.model import Pin
from domain.pathway.screening import UNKNOWN, Question, QuestionKind, ScreeningForm, asked_questions, next_questions
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.values import Code, Count


class ScreeningSaved(Event, topic="journey.screening-saved"):
    """A form was filled in, as far as it went. `pin` says in which version of the pathway its questions stand."""

    form: Code
    pin: Pin
    answers: tuple[Answer, ...]
    unanswered: Count
    corrects: Count | None = None
    note: Sealed[Notes] | None = None


class SaveScreening(Command, kind="save-screening"):
    """Saves a form with the answers so far. `corrects` is the version of a screening that was a mistake."""

    form: Code
    answers: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=500)]
    corrects: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


@decides(SaveScreening)
def _save(journey: Journey, command: SaveScreening, surroundings: Surroundings) -> Decision:
    pathway = surroundings.pathway
    if not pathway.screening:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, part=SCREENING)
    form = pathway.find_form(command.form)
    if form is None:
        return Refused(code=RefusalCode.UNKNOWN_FORM, part=SCREENING, allowed=tuple(f.form for f in pathway.screening))
    refused = misdated(journey, command.occurred_at, surroundings) or _not_to_correct(journey, command)
    if refused := refused or faulty(form, command.answers):
        return refused
    return (
        ScreeningSaved(
            form=form.form,
            pin=journey.pin,
            answers=command.answers,
            unanswered=len(next_questions(form, command.answers)),
            corrects=command.corrects,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


def _not_to_correct(journey: Journey, command: SaveScreening) -> Refused | None:
    if command.corrects is None:
        return None
    mistake = next((s for s in journey.screenings if s.version == command.corrects), None)
    if mistake is None or mistake.form != command.form:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=SCREENING)
    if mistake.corrected_by is not None:
        return Refused(code=RefusalCode.PART_CHANGED, part=mistake.part, part_version=mistake.corrected_by)
    return None


def faulty(form: ScreeningForm, answers: Sequence[Answer]) -> Refused | None:
    """Why these are no answers to this form; None where they are. The part of the refusal names the question."""
    asked = {q.question for q in asked_questions(form, answers)}
    given = Counter(a.question for a in answers)
    for answer in answers:
        part = f"{SCREENING}:{form.form}:{answer.question}"
        question = form.find_question(answer.question)
        if question is None:
            known = tuple(q.question for _, q in form.places())
            return Refused(code=RefusalCode.UNKNOWN_QUESTION, part=part, allowed=known)
        if answer.question not in asked:
            return Refused(code=RefusalCode.QUESTION_NOT_ASKED, part=part)
        if not _possible(question, answer) or (given[answer.question] > 1 and not _together(question, answers)):
            return Refused(code=RefusalCode.ANSWER_NOT_POSSIBLE, part=part, allowed=question.possible)
    return None


def _possible(question: Question, answer: Answer) -> bool:
    if answer.answer is None:
        return question.kind is QuestionKind.DAYS and answer.days is not None
    return answer.days is None and answer.answer in question.possible


def _together(question: Question, answers: Sequence[Answer]) -> bool:
    """Whether several answers to one question go together: different choices, and not `unknown` beside another."""
    given = [a.answer for a in answers if a.question == question.question]
    return question.kind is QuestionKind.SEVERAL and UNKNOWN not in given and len(set(given)) == len(given)


@evolves(ScreeningSaved)
def _saved(journey: Journey, recorded: Recorded[ScreeningSaved]) -> Journey:
    event = recorded.event
    before = tuple(
        replace(s, corrected_by=recorded.version) if s.version == event.corrects else s for s in journey.screenings
    )
    screening = ScreeningState(
        version=recorded.version,
        form=event.form,
        pin=event.pin,
        held_at=recorded.occurred_at,
        answers=event.answers,
        unanswered=event.unanswered,
    )
    return replace(journey, screenings=(*before, screening))
