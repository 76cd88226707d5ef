"""What forms choose from: providers, people, documents of the case, languages, countries, titles of the pathway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from domain.codes import Role
from domain.pathway.model import Title
from domain.provider.codes import ProviderStatus
from staff.forms.derived.question import Asked, Question, one_of, some_of
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.scene import Scene
from staff.pages.places import NEAR, countries, country, languages
from staff.pages.safety import recipients


def providers(scene: Scene) -> tuple[Choice, ...]:
    """Those of the directory who are active, by name."""
    visit = scene.visit
    named = recipients(visit)
    listed = visit.parts.office.providers.listed() if visit.parts.office else ()
    known = (Choice(str(each.id), named(each.id)) for each in listed if each.state.status is ProviderStatus.ACTIVE)
    return tuple(sorted(known, key=lambda choice: choice.text))


def people(scene: Scene, role: Role = Role.CASEWORKER) -> tuple[Choice, ...]:
    """Those of us who hold the role, else everybody, by name."""
    return tuple(Choice(str(person.id), person.name) for person in scene.people_for(role))


def documents(scene: Scene) -> Iterator[Choice]:
    """The papers of this case that somebody has filed and nobody has withdrawn."""
    words = scene.words
    for row in scene.file.document.documents if scene.file else ():
        if row.withdrawn_at is None:
            day = words.day(row.dated or row.filed_at)
            yield Choice(str(row.document), f"{words.label(row.kind)}, {day}")


class Titled(Protocol):
    """What a pathway gives a name."""

    @property
    def title(self) -> Title: ...


def titled(scene: Scene, known: Iterable[tuple[str, Titled]]) -> Iterator[Choice]:
    """Choices of a pathway, by their titles in the language of the page."""
    return (Choice(key, scene.words.title(each.title)) for key, each in known)


PROVIDER = one_of(providers)
PERSON = one_of(people)
DOCUMENT = one_of(documents)
LANGUAGE = one_of(lambda scene: languages(scene.words))
COUNTRY = one_of(lambda scene: countries(scene.words))
NEAR_COUNTRIES = some_of(lambda scene: (Choice(code, country(code, scene.words)) for code in NEAR))


def _typed(_: Scene, entry: Entry, asked: Asked) -> object | None:
    return entry.line(asked.name)


CODE = Question(lambda scene, asked: (asked.field(scene, FieldKind.CODE),), _typed)
"""A code of somebody's books, typed; the command knows what one looks like."""


def unasked(value: object) -> Question:
    """Nothing is asked: the form says it."""
    return Question(lambda scene, asked: (), lambda scene, entry, asked: value)


def labelled(asked: Asked, name: str, kind: FieldKind, label: str, listed: tuple[Choice, ...] = ()) -> Field:
    """One of several fields that together are one answer: which of them must be there its reader says."""
    return Field(f"{asked.name}-{name}", kind, label, choices=listed)
