"""An action: a form that becomes one command. Registered by the word that stands in its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from domain.command import Command
from domain.sealed import Compartment, Notes, Sealed
from staff.forms.entry import Entry
from staff.forms.field import Field, FieldKind
from staff.forms.scene import Scene
from staff.i18n.words import Words

Note = Sealed[Notes] | None
Fields = tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """`fields` are drawn and read; `command` is made of an entry, or None where the entry has faults.

    `seen` is the version of the part that the form shows, sent back with it. `title` names the action on its page.
    `back`: where it leads once it is saved, where that is not the file. `sealed`: what is sealed besides the note.
    """

    word: str
    title: Callable[[Scene], str]
    fields: Callable[[Scene], Fields]
    command: Callable[[Scene, Entry, int | None, Note], Command | None]
    seen: Callable[[Scene], int | None] = lambda _: None
    part: Callable[[Scene], str | None] = lambda _: None
    warning: Callable[[Scene], str | None] = lambda _: None
    back: str | None = None
    sealed: Mapping[str, Compartment] = field(default_factory=dict)


ACTIONS: dict[str, Action] = {}


def register(action: Action) -> Action:
    """Adds an action. Raises `ValueError` for a word that is taken."""
    if action.word in ACTIONS:
        raise ValueError(f"two actions are called {action.word}")
    ACTIONS[action.word] = action
    return action


def titled(key: str, about: Callable[[Scene], str] | None = None) -> Callable[[Scene], str]:
    """A title from the catalogue, with what it is about put in."""

    def title(scene: Scene) -> str:
        return scene.words(key, about=about(scene)) if about else scene.words(key)

    return title


def step_title(scene: Scene) -> str:
    return scene.titles.step(scene.step.step)


class Spoken(Protocol):
    """What a form is about, in the language of its page."""

    @property
    def words(self) -> Words: ...


def note_field(scene: Spoken) -> Field:
    """The note that nearly every form ends with."""
    return Field("note", FieldKind.NOTE, scene.words("form.note"), scene.words("form.note-hint"), optional=True)


def happened_field(scene: Scene) -> Field:
    """When it happened, apart from when it is entered; left empty it is now."""
    return Field(
        "happened",
        FieldKind.MOMENT,
        scene.words("form.happened"),
        scene.words("form.happened-hint"),
        optional=True,
        earliest=scene.opened_on,
        latest=scene.today,
    )


def open_version(scene: Scene) -> int | None:
    """The version of the open step that the form shows."""
    return scene.open_step.version if scene.open_step else None


def open_part(scene: Scene) -> str | None:
    return scene.open_step.part if scene.open_step else None


def given(**fields: Any) -> dict[str, Any]:
    """The fields that are not None: what was not entered is not sent."""
    return {name: value for name, value in fields.items() if value is not None}
