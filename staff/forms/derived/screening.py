"""The forms of questions of a pathway, asked on paper or in a talk and saved here; and the correction of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.journey.screening.saving import SaveScreening
from domain.pathway.answers import Answer
from domain.pathway.screening import UNKNOWN, QuestionKind, ScreeningForm, asked_questions
from domain.pathway.screening import Question as Asking
from projections.journey_file.standing import ScreeningRow
from staff.forms.derived.choosing import labelled
from staff.forms.derived.form import derive
from staff.forms.derived.place import Card, Place
from staff.forms.derived.question import Asked, Question
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.scene import Scene
from staff.i18n.words import Words


@dataclass(frozen=True, slots=True)
class ScreeningOf:
    """A form of the pathway, and the screening that is said to be a mistake, where it is a correction."""

    form: ScreeningForm
    wrong: ScreeningRow | None = None


def _rows(scene: Scene) -> Iterator[ScreeningOf]:
    for form in scene.pathway.screening:
        yield ScreeningOf(form)
    for row in scene.file.document.screenings if scene.file else ():
        found = scene.pathway.find_form(row.form)
        if found is not None and row.corrected_by is None:
            yield ScreeningOf(found, row)


SCREENING = Place(
    Card.SCREENINGS,
    _rows,
    lambda one: f"{one.form.form}:{one.wrong.version}" if one.wrong else one.form.form,
    lambda scene, one: scene.words.title(one.form.title),
    lambda one: {"form": one.form.form},
    lambda one: None,
    lambda one: None,
    lambda one: str(one.wrong.version) if one.wrong else "",
)


def _choice(code: str, asking: Asking, words: Words) -> Choice:
    known = next((c for c in asking.choices if c.choice == code), None)
    return Choice(code, words.title(known.title) if known else words(f"screening.answer.{code}"))


def _fields(scene: Scene, asked: Asked, asking: Asking) -> Iterator[Field]:
    """Choices as radios or ticks; of a number of days the number, and apart from it that nobody knows."""
    words, title = scene.words, scene.words.title(asking.title)
    listed = tuple(_choice(code, asking, words) for code in asking.possible)
    match asking.kind:
        case QuestionKind.SEVERAL:
            yield labelled(asked, asking.question, FieldKind.CHECKS, title, listed)
        case QuestionKind.DAYS:
            yield labelled(asked, asking.question, FieldKind.CODE, title)
            unknown = f"{title}: {words(f'screening.answer.{UNKNOWN}')}"
            yield labelled(asked, f"{asking.question}-{UNKNOWN}", FieldKind.CHECKS, unknown, listed)
        case _:
            yield labelled(asked, asking.question, FieldKind.RADIOS, title, listed)


def _draw(scene: Scene, asked: Asked) -> tuple[Field, ...]:
    form = SCREENING.row(scene).form
    return tuple(field for _, asking in form.places() for field in _fields(scene, asked, asking))


def _answers(scene: Scene, entry: Entry, asked: Asked, asking: Asking) -> Iterator[Answer]:
    field, *more = _fields(scene, asked, asking)
    match asking.kind:
        case QuestionKind.SEVERAL:
            yield from (
                Answer(question=asking.question, answer=each) for each in entry.checked(field.name, field.values)
            )
        case QuestionKind.DAYS:
            days = entry.number(field.name)
            if days is None and entry.text(field.name):
                entry.faults[field.name] = "form.fault.digits"
            if days is not None:
                yield Answer(question=asking.question, days=days)
            elif entry.checked(more[0].name, more[0].values):
                yield Answer(question=asking.question, answer=UNKNOWN)
        case _:
            chosen = entry.listed(field)
            if chosen is not None:
                yield Answer(question=asking.question, answer=chosen)


def _read(scene: Scene, entry: Entry, asked: Asked) -> object | None:
    """All answers; one to a question that the others leave out is a fault beside it, and nothing is dropped."""
    form = SCREENING.row(scene).form
    given = [answer for _, asking in form.places() for answer in _answers(scene, entry, asked, asking)]
    known = {asking.question for asking in asked_questions(form, given)}
    for answer in given:
        if answer.question not in known:
            entry.faults[f"{asked.name}-{answer.question}"] = "form.fault.not-asked"
    return tuple(given) or None


derive(
    SaveScreening,
    SCREENING,
    given=("form",),
    corrects=lambda one: one.wrong.version if one.wrong else None,
    answers=Question(_draw, _read),
)
