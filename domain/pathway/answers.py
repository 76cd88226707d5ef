"""Conditions over the answers of a form, as data: what decides which questions are asked. No expression strings.

ask_when: {all: [{question: works-now, is: yes}, {not: {question: days-off, at_least: 4}}]}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from domain.values import Code, Count, Value


class Answer(Value):
    """One answer: a code of the form, or a number of days. Of a question with several answers there are several."""

    question: Code
    answer: Code | None = None
    days: Annotated[int, Field(ge=0, le=36_525)] | None = None


class AnswerIs(Value):
    """`{question: documents-kept, is: yes}`; of a question with several answers, one of them."""

    question: Code
    is_: Code = Field(alias="is")


class AnswerAtLeast(Value):
    """`{question: days-since, at_least: 30}`; unanswered, it does not hold."""

    question: Code
    at_least: Count


class AllAnswers(Value):
    all: tuple[AnswerCondition, ...] = Field(min_length=1)


class AnyAnswer(Value):
    any: tuple[AnswerCondition, ...] = Field(min_length=1)


class NoAnswer(Value):
    not_: AnswerCondition = Field(alias="not")


_KEYS = {"all": "all", "any": "any", "not": "not", "not_": "not", "is": "is", "is_": "is", "at_least": "at_least"}


def _kind(value: Any) -> str | None:
    keys = value if isinstance(value, dict) else type(value).model_fields
    return next((kind for key, kind in _KEYS.items() if key in keys), None)


AnswerCondition = Annotated[
    Annotated[AllAnswers, Tag("all")]
    | Annotated[AnyAnswer, Tag("any")]
    | Annotated[NoAnswer, Tag("not")]
    | Annotated[AnswerIs, Tag("is")]
    | Annotated[AnswerAtLeast, Tag("at_least")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message="a condition over answers is all, any, not, or a question with `is` or `at_least`",
    ),
]

AllAnswers.model_rebuild()
AnyAnswer.model_rebuild()
NoAnswer.model_rebuild()

AnswerLeaf = AnswerIs | AnswerAtLeast


def holds(condition: AnswerCondition | None, answers: Sequence[Answer]) -> bool:
    """Whether the condition holds of these answers; no condition always holds."""
    match condition:
        case None:
            return True
        case AllAnswers(all=parts):
            return all(holds(part, answers) for part in parts)
        case AnyAnswer(any=parts):
            return any(holds(part, answers) for part in parts)
        case NoAnswer(not_=inner):
            return not holds(inner, answers)
        case AnswerIs(question=question, is_=wanted):
            return any(a.question == question and a.answer == wanted for a in answers)
        case AnswerAtLeast(question=question, at_least=least):
            return any(a.question == question and a.days is not None and a.days >= least for a in answers)
        case _:
            raise TypeError(f"no condition over answers: {condition!r}")


def leaves(condition: AnswerCondition | None) -> list[AnswerLeaf]:
    """Every leaf, for checks."""
    match condition:
        case None:
            return []
        case AllAnswers(all=parts) | AnyAnswer(any=parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case NoAnswer(not_=inner):
            return leaves(inner)
        case leaf:
            return [leaf]
