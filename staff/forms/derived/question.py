"""How one field of a command is asked and read: by its type, or as a form says where the type does not tell."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum

from pydantic import AwareDatetime

from domain.command import Command, sealed_fields
from domain.errors import DefinitionError
from domain.sealed import Compartment, Sealed
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.forms.scene import Scene

MOST_RADIOS = 8
"""With more choices than that a list that folds open is read faster."""
UNSEALED = Sealed.PREFIX + "0" * 43
"""Stands in a preview where a typed text is going to be: it opens for nobody, and is never recorded."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: the field of a command, on the form of this word."""

    word: str
    name: str
    optional: bool

    def label(self, scene: Scene) -> str:
        """What stands above it: the form's own word for it, else the common one."""
        return scene.words(self._key(scene, ""))

    def hint(self, scene: Scene) -> str:
        """What stands below that; mostly nothing."""
        key = self._key(scene, "-hint")
        return scene.words(key) if scene.words.has(key) else ""

    def _key(self, scene: Scene, end: str) -> str:
        name = self.name.replace("_", "-") + end
        own = f"ask.{self.word}.{name}"
        return own if scene.words.has(own) else f"ask.{name}"

    def field(self, scene: Scene, kind: FieldKind, listed: tuple[Choice, ...] = ()) -> Field:
        """The field as a form draws it."""
        return Field(self.name, kind, self.label(scene), self.hint(scene), choices=listed, optional=self.optional)


@dataclass(frozen=True, slots=True)
class Question:
    """`draw` gives its fields; `read` its value, None where nothing was entered, with faults noted in the entry."""

    draw: Callable[[Scene, Asked], tuple[Field, ...]]
    read: Callable[[Scene, Entry, Asked], object | None]


def question_of(command: type[Command], name: str) -> Question:
    """The question that the type of the field asks. Raises `DefinitionError` for a type that tells too little."""
    if name in sealed_fields(command.kind):
        return _sealed(sealed_fields(command.kind)[name])
    found = _by_type(command.model_fields[name].annotation)
    if found is None:
        raise DefinitionError(f"form {command.kind}: say how {name} is asked, its type does not tell")
    return found


def one_of(listed: Callable[[Scene], Iterable[Choice]]) -> Question:
    """One of choices that pathway, directory or file give."""

    def draw(scene: Scene, asked: Asked) -> tuple[Field, ...]:
        return (_choosing(scene, asked, tuple(listed(scene))),)

    def read(scene: Scene, entry: Entry, asked: Asked) -> object | None:
        return entry.listed(draw(scene, asked)[0])

    return Question(draw, read)


def some_of(listed: Callable[[Scene], Iterable[Choice]]) -> Question:
    """Any number of them."""

    def draw(scene: Scene, asked: Asked) -> tuple[Field, ...]:
        return (asked.field(scene, FieldKind.CHECKS, tuple(listed(scene))),)

    def read(scene: Scene, entry: Entry, asked: Asked) -> object | None:
        return entry.checked(asked.name, draw(scene, asked)[0].values) or None

    return Question(draw, read)


def codes(*members: Enum) -> Question:
    """Some of the codes of a closed list, in this order."""
    return one_of(lambda scene: choices(list(members), scene.words))


def _by_type(annotation: object) -> Question | None:
    kinds = [kind for kind in _kinds(annotation) if isinstance(kind, type)]
    enum = next((kind for kind in kinds if issubclass(kind, Enum)), None)
    if enum is not None:
        members = list(enum)
        several = tuple in {typing.get_origin(part) for part in (annotation, *typing.get_args(annotation))}
        return some_of(lambda scene: choices(members, scene.words)) if several else codes(*members)
    for kind, found in _PLAIN.items():
        if kind in kinds:
            return found
    return None


def _kinds(annotation: object) -> Iterable[object]:
    """Every type that an annotation is made of."""
    yield annotation
    for part in typing.get_args(annotation):
        yield from _kinds(part)


def _choosing(scene: Scene, asked: Asked, listed: tuple[Choice, ...]) -> Field:
    return asked.field(scene, FieldKind.RADIOS if len(listed) <= MOST_RADIOS else FieldKind.SELECT, listed)


def _drawn(kind: FieldKind) -> Callable[[Scene, Asked], tuple[Field, ...]]:
    return lambda scene, asked: (asked.field(scene, kind),)


def _sealed(compartment: Compartment) -> Question:
    """A text that is sealed before it travels: of notes several lines, else one."""
    is_long = compartment is Compartment.NOTES

    def read(_: Scene, entry: Entry, asked: Asked) -> object | None:
        text = entry.note(asked.name) if is_long else entry.line(asked.name)
        return None if text is None else entry.sealed.get(asked.name, UNSEALED)

    return Question(_drawn(FieldKind.NOTE if is_long else FieldKind.LINE), read)


def _amount(_: Scene, entry: Entry, asked: Asked) -> object | None:
    """Dinars as people write them: `4.500,50`, `4500.50`, `4500`."""
    text = entry.text(asked.name).replace(" ", "")
    if not text:
        return None
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount >= 10**10 or amount != round(amount, 2):
        entry.faults[asked.name] = "form.fault.amount"
        return None
    return amount


_PLAIN: dict[object, Question] = {
    AwareDatetime: Question(_drawn(FieldKind.MOMENT), lambda _, entry, asked: entry.moment(asked.name)),
    date: Question(_drawn(FieldKind.DAY), lambda _, entry, asked: entry.day(asked.name)),
    Decimal: Question(_drawn(FieldKind.CODE), _amount),
}
"""By the type of the field."""
