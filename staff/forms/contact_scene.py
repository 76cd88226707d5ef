"""What a form about a contact of the hotline is about: the contact as its page shows it, and the rules it pins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.calendar import local_date
from domain.command import Command
from domain.pathway.hotline import Hotline
from domain.pathway.model import Pathway
from domain.rights.actions import Action as Right
from projections.contacts.queries import ContactPage, ContactRow
from staff.contact_titles import ContactTitles
from staff.forms.action import Fields, Note
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.scene import NothingHere
from staff.i18n.words import Words
from staff.ports import Desk
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class ContactScene:
    """`about` is what the address names: the number of a danger, the id of a journey."""

    visit: Visit
    contact: UUID
    about: str
    page: ContactPage
    pathway: Pathway

    @property
    def words(self) -> Words:
        return self.visit.words

    @property
    def titles(self) -> ContactTitles:
        return ContactTitles(self.pathway, self.words)

    @property
    def desk(self) -> Desk:
        return self.visit.parts.desk

    @property
    def row(self) -> ContactRow:
        return self.page.row

    @property
    def today(self) -> date:
        return local_date(self.visit.now, self.pathway.zone)

    @property
    def hotline(self) -> Hotline:
        """The rules. Raises `NothingHere` for a pathway without any."""
        if self.pathway.hotline is None:
            raise NothingHere("hotline")
        return self.pathway.hotline

    @property
    def promise(self) -> dict[str, Any] | None:
        """The promised call, as the read model has it."""
        found: dict[str, Any] | None = self.page.details["promise"]
        return found

    @property
    def danger(self) -> dict[str, Any]:
        """The danger with the number in the address. Raises `NothingHere`."""
        rows: list[dict[str, Any]] = self.page.details["dangers"]
        found = next((row for row in rows if str(row["number"]) == self.about), None)
        if found is None:
            raise NothingHere(self.about)
        return found

    def people(self) -> tuple[Choice, ...]:
        """Everybody who works here, by name."""
        known = sorted(self.visit.people.values(), key=lambda person: person.name)
        return tuple(Choice(str(person.id), person.name) for person in known)


@dataclass(frozen=True, slots=True)
class ContactAction:
    """As `staff.forms.action.Action`, for a contact. `right` is asked for before anything is drawn.

    `with_note`: the note is what the command is made of, so it is sealed for the preview as well.
    """

    word: str
    right: Right
    title: str
    fields: Callable[[ContactScene], Fields]
    command: Callable[[ContactScene, Entry, int | None, Note], Command | None]
    seen: Callable[[ContactScene], int | None] = lambda _: None
    about: Callable[[ContactScene], str] = lambda _: ""
    with_note: bool = False


@dataclass(frozen=True, slots=True)
class ContactActions:
    """The actions by the word in their address."""

    known: dict[str, ContactAction] = field(default_factory=dict)

    def register(self, action: ContactAction) -> ContactAction:
        """Adds one. Raises `ValueError` for a word that is taken."""
        if action.word in self.known:
            raise ValueError(f"two actions on a contact are called {action.word}")
        self.known[action.word] = action
        return action


CONTACT_ACTIONS = ContactActions()


def happened(scene: ContactScene) -> Field:
    """When it happened, apart from when it is entered; left empty it is now."""
    words = scene.words
    return Field(
        "happened",
        FieldKind.MOMENT,
        words("form.happened"),
        words("form.happened-hint"),
        optional=True,
        latest=scene.today,
    )
