"""A form derived from its command, and the register of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from domain.command import Command, sealed_fields
from staff.forms.action import Action, Fields, Note, happened_field, note_field, register
from staff.forms.derived.place import Place
from staff.forms.derived.question import Asked, Question, question_of
from staff.forms.entry import Entry
from staff.forms.field import Field
from staff.forms.scene import Scene

R = TypeVar("R")
_COMMON = frozenset({"seen", "note", "occurred_at", "corrects"})
"""What every form asks in the same way, or sends along unasked."""


@dataclass(frozen=True)
class Form(Generic[R]):
    """`possible`: whether it can be filled in about this row now. `corrects`: the version that it says was wrong."""

    command: type[Command]
    place: Place[R]
    possible: Callable[[Scene, R], bool]
    corrects: Callable[[R], int | None]
    questions: Mapping[str, Question]

    @property
    def word(self) -> str:
        return self.command.kind

    def asked(self, name: str) -> Asked:
        """The question of this name as the command asks it: optional, or not."""
        return Asked(self.word, name, not self.command.model_fields[name].is_required())

    def title(self, scene: Scene) -> str:
        """What is done, and about what. Raises `NothingHere`."""
        done, about = scene.words(f"do.{self.word}"), self.place.name(scene, self.place.row(scene))
        return f"{done}: {about}" if about else done

    def fields(self, scene: Scene) -> Fields:
        """What is asked, then when it happened and a note, where the command takes them."""
        known = self.command.model_fields
        fields = [f for name, question in self.questions.items() for f in question.draw(scene, self.asked(name))]
        happened = (happened_field(scene),) if "occurred_at" in known else ()
        return (*fields, *happened, *((note_field(scene),) if "note" in known else ()))

    def build(self, scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
        """The command of an entry; None with a fault beside each field that is at fault."""
        row, known = self.place.row(scene), self.command.model_fields
        values: dict[str, Any] = dict(self.place.given(row))
        for name, question in self.questions.items():
            asked = self.asked(name)
            values[name] = question.read(scene, entry, asked)
            if not asked.optional and not self._at_fault(scene, entry, name):
                entry.need(self._first(scene, name), values[name])
        happened = entry.moment("happened") if "occurred_at" in known else None
        if entry.faults:
            return None
        values |= {"seen": seen, "note": note, "occurred_at": happened, "corrects": self.corrects(row)}
        given = {name: value for name, value in values.items() if value is not None and name in known}
        try:
            return self.command(**given)
        except ValidationError as invalid:
            for fault in invalid.errors(include_input=False, include_context=False, include_url=False):
                name = str(fault["loc"][0]) if fault["loc"] else ""
                entry.faults[self._first(scene, name)] = "form.fault.not-together"
            return None

    def _at_fault(self, scene: Scene, entry: Entry, name: str) -> bool:
        return any(field.name in entry.faults for field in self._drawn(scene, name))

    def _first(self, scene: Scene, name: str) -> str:
        """The field beside which a fault of a question is said; of the whole entry beside the first."""
        return next((f.name for f in (*self._drawn(scene, name), *self.fields(scene))), "note")

    def _drawn(self, scene: Scene, name: str) -> tuple[Field, ...]:
        return self.questions[name].draw(scene, self.asked(name)) if name in self.questions else ()


FORMS: dict[str, Form[Any]] = {}
COMMANDS: dict[str, type[Command]] = {}
"""Which command each becomes, by its word."""


def derive(
    command: type[Command],
    place: Place[R],
    possible: Callable[[Scene, R], bool] = lambda scene, row: True,
    *,
    corrects: Callable[[R], int | None] = lambda _: None,
    without: frozenset[str] = frozenset(),
    warning: str | None = None,
    given: tuple[str, ...] = (),
    **questions: Question,
) -> None:
    """Registers the form of a command.

    `given`: what the address says, and `without`: what no form asks (the API does). `warning`: the key of what stands
    above it. Raises `DefinitionError` for a field that nobody says how to ask.
    """
    unasked = _COMMON | without | frozenset(given)
    asked = {
        name: questions.get(name) or question_of(command, name) for name in command.model_fields if name not in unasked
    }
    form = Form(command, place, possible, corrects, asked)
    texts = {name: held for name, held in sealed_fields(command.kind).items() if name in asked}
    register(
        Action(
            form.word,
            form.title,
            form.fields,
            form.build,
            lambda scene: place.version(place.row(scene)) if "seen" in command.model_fields else None,
            lambda scene: place.part(place.row(scene)),
            lambda scene: scene.words(warning) if warning else None,
            sealed=texts,
        )
    )
    FORMS[form.word], COMMANDS[form.word] = form, command


def possible_now(scene: Scene) -> Iterator[tuple[Form[Any], Any]]:
    """Every form that can be filled in about this file now, with the row that it is about."""
    for form in FORMS.values():
        for row in form.place.rows(scene):
            if form.possible(scene, row):
                yield form, row
