"""Who a client is: names as typed, birth, contacts, case number.

    Identity(journey, names=(Name("Милица", NameUse.GIVEN, "sr-Cyrl"), Name("Ђорђевић", NameUse.FAMILY, "sr-Cyrl")),
             born=1996, contacts=(ContactPoint(ContactKind.PHONE, "+381600000001"),))

Values only; a `repr` shows nothing of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from vault.errors import IdentityInvalid

LONGEST_TEXT = 300
"""Letters of a name, a contact, a case number."""
MOST = 30
"""Names, and contacts, of one person."""
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_LANG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?")
_YEARS = range(1850, 2200)

Born = date | int
"""The day of birth, or the year where no more is known."""


class IdentityField(StrEnum):
    """What is revealed or corrected by itself: who needs a telephone number need not see where somebody lives."""

    NAMES = "names"
    BORN = "born"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    OTHER_CONTACT = "other-contact"
    CASE_NUMBER = "case-number"


class NameUse(StrEnum):
    """What a name is to the person."""

    GIVEN = "given"
    FAMILY = "family"
    PATRONYMIC = "patronymic"
    NICKNAME = "nickname"
    FORMER = "former"
    OTHER = "other"

    @property
    def is_main(self) -> bool:
        """Given and family names are the main name; all others are further ones."""
        return self in {NameUse.GIVEN, NameUse.FAMILY}


class ContactKind(StrEnum):
    """By what a client is reached; each is a field of its own."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    OTHER = "other-contact"

    @property
    def field(self) -> IdentityField:
        """The field that reveals it."""
        return IdentityField(self.value)


@dataclass(frozen=True, slots=True)
class Name:
    """One name, shown exactly as typed. `lang` is BCP 47 with the script where it matters: `sr-Cyrl`, `ar`."""

    text: str = field(repr=False)
    use: NameUse
    lang: str | None = None

    def __post_init__(self) -> None:
        _require_text(self.text)
        if self.lang is not None and not _LANG.fullmatch(self.lang):
            raise IdentityInvalid("a language is two or three letters, with the script behind them: sr-Cyrl")


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach a client; telephone numbers in E.164 (`vault.callers.normal` makes them so)."""

    kind: ContactKind
    value: str = field(repr=False)

    def __post_init__(self) -> None:
        _require_text(self.value)
        if self.kind is ContactKind.PHONE and not _E164.fullmatch(self.value):
            raise IdentityInvalid("a telephone number is + and 7 to 15 digits, with the country's prefix")


@dataclass(frozen=True, slots=True)
class Identity:
    """All that is known of who stands behind a journey; any part may be missing.

    Raises `IdentityInvalid`, also of its names and contacts: its text repeats nothing that was typed.
    """

    journey: UUID
    names: tuple[Name, ...] = field(default=(), repr=False)
    born: Born | None = field(default=None, repr=False)
    contacts: tuple[ContactPoint, ...] = field(default=(), repr=False)
    case_number: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if len(self.names) > MOST or len(self.contacts) > MOST:
            raise IdentityInvalid(f"one person has at most {MOST} names and {MOST} contacts")
        if self.born_year is not None and self.born_year not in _YEARS:
            raise IdentityInvalid("nobody is born in that year")
        if self.case_number is not None:
            _require_text(self.case_number)

    @property
    def born_year(self) -> int | None:
        """The year of birth, where it is known."""
        return year_of(self.born)

    @property
    def known(self) -> frozenset[IdentityField]:
        """The fields of which anything is known."""
        return frozenset(field for field in IdentityField if self.only({field}) != Identity(self.journey))

    def only(self, fields: Set[IdentityField]) -> Identity:
        """These fields alone; all others as if they were not known."""
        return Identity(
            self.journey,
            names=self.names if IdentityField.NAMES in fields else (),
            born=self.born if IdentityField.BORN in fields else None,
            contacts=tuple(contact for contact in self.contacts if contact.kind.field in fields),
            case_number=self.case_number if IdentityField.CASE_NUMBER in fields else None,
        )

    def corrected(self, other: Identity, fields: Set[IdentityField]) -> Identity:
        """These fields as `other` has them, all others as they are."""
        kept, new = self.only(frozenset(IdentityField) - fields), other.only(fields)
        return Identity(
            self.journey,
            names=kept.names + new.names,
            born=new.born if IdentityField.BORN in fields else kept.born,
            contacts=kept.contacts + new.contacts,
            case_number=new.case_number if IdentityField.CASE_NUMBER in fields else kept.case_number,
        )


def year_of(born: Born | None) -> int | None:
    """The year of a birth of which the day may be known."""
    return born.year if isinstance(born, date) else born


def stored(identity: Identity) -> bytes:
    """As it is sealed; the journey is in the context of the seal."""
    body = {
        "names": [[name.text, name.use.value, name.lang] for name in identity.names],
        "born": identity.born.isoformat() if isinstance(identity.born, date) else identity.born,
        "contacts": [[contact.kind.value, contact.value] for contact in identity.contacts],
        "case_number": identity.case_number,
    }
    return json.dumps(body).encode("ascii")


def restored(journey: UUID, content: bytes) -> Identity:
    """From what was sealed."""
    body = json.loads(content)
    born = body["born"]
    return Identity(
        journey,
        names=tuple(Name(text, NameUse(use), lang) for text, use, lang in body["names"]),
        born=date.fromisoformat(born) if isinstance(born, str) else born,
        contacts=tuple(ContactPoint(ContactKind(kind), value) for kind, value in body["contacts"]),
        case_number=body["case_number"],
    )


def _require_text(text: str) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise IdentityInvalid(f"a name, contact or case number has between 1 and {LONGEST_TEXT} letters")
