"""Section `screening`: forms of coded questions with skip logic. A form never decides anything by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from pydantic import Field, model_validator

from domain.pathway.answers import Answer, AnswerCondition, holds
from domain.pathway.common import Title
from domain.pathway.formal_status import HtcdsName
from domain.values import Code, Value

UNKNOWN = "unknown"
"""Asked, and the person does not know or does not wish to say. Every question can be answered so."""


class QuestionKind(StrEnum):
    """What an answer may be. Never free text."""

    YES_NO = "yes-no"
    CHOICE = "choice"
    SEVERAL = "several"
    """Any number of the choices."""
    DAYS = "days"


class Choice(Value):
    """One possible answer."""

    choice: Code
    title: Title
    htcds: HtcdsName | None = None


class Question(Value):
    """One question. It is asked where `ask_when` holds of the answers to questions before it."""

    question: Code
    title: Title
    kind: QuestionKind
    help: Title | None = None
    choices: tuple[Choice, ...] = ()
    ask_when: AnswerCondition | None = None
    htcds: HtcdsName | None = None
    """The HTCDS field that the answers belong to."""

    @model_validator(mode="after")
    def _choices_belong_to_a_choice(self) -> Question:
        chooses = self.kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL)
        if chooses and not self.choices:
            raise ValueError("a question with choices needs `choices`")
        if not chooses and self.choices:
            raise ValueError(f"a question of kind {self.kind.value} has no `choices`: remove them")
        return self

    @property
    def possible(self) -> tuple[Code, ...]:
        """The codes that answer it; a number of days besides where it asks for one."""
        match self.kind:
            case QuestionKind.YES_NO:
                return ("yes", "no", UNKNOWN)
            case QuestionKind.DAYS:
                return (UNKNOWN,)
            case _:
                return (*(c.choice for c in self.choices), UNKNOWN)


class Section(Value):
    """Questions that are asked together, or not at all."""

    section: Code
    title: Title
    ask_when: AnswerCondition | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class ScreeningForm(Value):
    """A form: sections in the order in which they are asked."""

    form: Code
    title: Title
    sections: tuple[Section, ...] = Field(min_length=1)

    def places(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section, in order."""
        return ((section, question) for section in self.sections for question in section.questions)

    def find_question(self, key: str) -> Question | None:
        return next((q for _, q in self.places() if q.question == key), None)


def asked_questions(form: ScreeningForm, answers: Sequence[Answer]) -> tuple[Question, ...]:
    """The questions that are asked, given these answers, in order.

    An answer counts only where its own question is asked: what skipped one question skips those that hang on it.
    """
    found: list[Question] = []
    counting: list[Answer] = []
    for section, question in form.places():
        if holds(section.ask_when, counting) and holds(question.ask_when, counting):
            found.append(question)
            counting += [a for a in answers if a.question == question.question]
    return tuple(found)


def next_questions(form: ScreeningForm, answers: Sequence[Answer]) -> tuple[Question, ...]:
    """The questions that are asked and not answered yet, in order; empty once the form is complete."""
    answered = {a.question for a in answers}
    return tuple(q for q in asked_questions(form, answers) if q.question not in answered)
