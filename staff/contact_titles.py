"""Titles of the hotline's codes: a contact holds codes, the pathway that it pins has the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.pathway.hotline import CallWindow
from domain.pathway.model import Pathway, Title
from projections.contacts.queries import ContactPage
from staff.forms.field import capital
from staff.i18n.words import Words
from staff.parts import Parts


@dataclass(frozen=True, slots=True)
class ContactTitles:
    """The titles of one pathway's hotline in one locale."""

    pathway: Pathway
    words: Words

    def caller(self, kind: str) -> str:
        hotline = self.pathway.hotline
        return self._title(next((c.title for c in hotline.callers if c.kind == kind), None) if hotline else None)

    def topic(self, key: str) -> str:
        hotline = self.pathway.hotline
        return self._title(next((t.title for t in hotline.topics if t.topic == key), None) if hotline else None)

    def sign(self, key: str) -> str:
        hotline = self.pathway.hotline
        return self._title(next((s.title for s in hotline.dangers.signs if s.sign == key), None) if hotline else None)

    def duty(self, key: str) -> str:
        found = self.pathway.hotline.duty(key) if self.pathway.hotline else None
        return self._title(found.title if found else None)

    def window(self, key: str | None) -> str:
        """With its hours: `Mornings, 08:00–12:00`."""
        found = self.pathway.hotline.window(key) if self.pathway.hotline else None
        return hours(found, self.words) if found else self.words("titles.unknown")

    def language(self, code: str) -> str:
        """`Albanian`, in the language of the page; the code itself where nobody has a name for it."""
        return language(code, self.words)

    def _title(self, title: Title | None) -> str:
        return self.words.title(title) if title else self.words("titles.unknown")


def hours(window: CallWindow, words: Words) -> str:
    """A window with its hours on the wall clock."""
    return f"{words.title(window.title)}, {window.starts:%H:%M}–{window.ends:%H:%M}"


def language(code: str, words: Words) -> str:
    """The name of a language (BCP 47) in the language of the page."""
    names = words.locale.babel.languages
    return capital(str(names.get(code.replace("-", "_")) or names.get(code.partition("-")[0]) or code))


def contact_titles(pages: Iterable[ContactPage], parts: Parts, words: Words) -> dict[UUID, ContactTitles]:
    """The titles for each contact of a list, each pathway read once."""
    found: dict[tuple[str, int], ContactTitles] = {}
    by_contact = {}
    for page in pages:
        pin = (str(page.details["pathway"]), int(page.details["pathway_version"]))
        if pin not in found:
            found[pin] = ContactTitles(parts.desk.published(*pin), words)
        by_contact[page.row.contact] = found[pin]
    return by_contact
