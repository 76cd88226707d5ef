"""Who a client is, as typed into a form: rows of names and contacts, birth, case number. Nothing is transliterated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from staff.forms.entry import Entry
from staff.forms.field import Field, FieldKind
from staff.i18n.words import Words
from vault.errors import IdentityInvalid, NumberInvalid
from vault.identity import LONGEST_TEXT, Born, ContactKind, ContactPoint, Identity, IdentityField, Name, NameUse

Number = Callable[[str], str]
"""Makes E.164 of a telephone number. Raises `NumberInvalid`."""
_EMPTY_ROWS = 2


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name in the form; `lang` travels with it unseen."""

    number: int
    text: str = field(repr=False)
    use: NameUse
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact in the form; `name` is that of its input."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class IdentityRows:
    """What the form shows, of these fields alone; `seen` is the version that it begins from, 0 where there is none."""

    fields: frozenset[IdentityField]
    seen: int
    names: Sequence[NameRow]
    contacts: Mapping[IdentityField, Sequence[ContactRow]]
    born: str = field(repr=False)
    case_number: str = field(repr=False)


def chosen_fields(texts: Mapping[str, str]) -> frozenset[IdentityField]:
    """The fields whose boxes are ticked."""
    return frozenset(each for each in IdentityField if f"field-{each.value}" in texts)


def rows_of(identity: Identity, fields: frozenset[IdentityField], seen: int) -> IdentityRows:
    """The form for an identity as it is stored, with room for more; given and family name are asked for in any case."""
    names = [NameRow(number, each.text, each.use, each.lang or "") for number, each in enumerate(identity.names)]
    missing = [use for use in (NameUse.GIVEN, NameUse.FAMILY) if use not in {each.use for each in identity.names}]
    for use in [*missing, *[NameUse.OTHER] * _EMPTY_ROWS][: max(_EMPTY_ROWS, len(missing))]:
        names.append(NameRow(len(names), "", use))
    contacts = {kind.field: _contact_rows(kind, identity) for kind in ContactKind if kind.field in fields}
    born = "" if identity.born is None else str(identity.born)
    return IdentityRows(fields, seen, names, contacts, born, identity.case_number or "")


def _contact_rows(kind: ContactKind, identity: Identity) -> list[ContactRow]:
    values = [each.value for each in identity.contacts if each.kind is kind]
    return [ContactRow(f"{kind.value}-{number}", value) for number, value in enumerate([*values, ""])]


def rows_typed(texts: Mapping[str, str]) -> IdentityRows:
    """The form as it was sent, to be shown again."""
    fields = chosen_fields(texts)
    contacts = {
        kind.field: [ContactRow(name, texts[name]) for name in _numbered(texts, kind.value)]
        for kind in ContactKind
        if kind.field in fields
    }
    names = [
        NameRow(number, texts[f"name-{number}"], _use(texts, number), texts.get(f"name-{number}-lang", ""))
        for number in range(len(_numbered(texts, "name")))
    ]
    seen = Entry(texts, "UTC").number("seen") or 0
    return IdentityRows(fields, seen, names, contacts, texts.get("born", ""), texts.get("case-number", ""))


def identity_typed(
    journey: UUID, texts: Mapping[str, str], zone: str, number: Number
) -> tuple[Identity | None, dict[str, str]]:
    """The identity of a form, or None and what is wrong with it: name of the input to message key."""
    entry = Entry(texts, zone)
    names = [_name(texts, row, entry) for row in range(len(_numbered(texts, "name")))]
    contacts = [
        _contact(kind, name, texts, entry, number) for kind in ContactKind for name in _numbered(texts, kind.value)
    ]
    case_number = texts.get("case-number", "").strip() or None
    if case_number is not None and len(case_number) > LONGEST_TEXT:
        entry.faults["case-number"] = "identity.fault.long"
    born = born_typed(entry, "born")
    if entry.faults:
        return None, entry.faults
    given, reached = tuple(each for each in names if each), tuple(each for each in contacts if each)
    return Identity(journey, given, born, reached, case_number), {}


def client_fields(words: Words) -> tuple[Field, ...]:
    """What the form that opens a journey asks of its client, none of it required."""
    return (
        Field("client-given", FieldKind.TEXT, words("identity.given"), words("identity.opening-hint"), optional=True),
        Field("client-family", FieldKind.TEXT, words("identity.family"), optional=True),
        Field("client-born", FieldKind.TEXT, words("identity.born"), words("identity.born-hint"), optional=True),
    )


def client_typed(journey: UUID, entry: Entry) -> Identity | None:
    """The client of a journey that is about to be opened; None where nothing was typed. Notes what is wrong."""
    names = [
        Name(text, use)
        for field_name, use in (("client-given", NameUse.GIVEN), ("client-family", NameUse.FAMILY))
        if (text := entry.text(field_name))
    ]
    born = born_typed(entry, "client-born")
    client = Identity(journey, tuple(names), born)
    return client if client.known and not entry.faults else None


def born_typed(entry: Entry, name: str) -> Born | None:
    """A day, or a year alone: `1996`, `12. 3. 1996.`"""
    typed = entry.text(name)
    found: Born | None
    if len(typed.rstrip(".")) == 4 and typed.rstrip(".").isascii() and typed.rstrip(".").isdigit():
        found = int(typed.rstrip("."))
    else:
        found = entry.day(name)
    try:
        Identity(UUID(int=0), born=found)
    except IdentityInvalid:
        entry.faults[name] = "identity.fault.born"
        return None
    if name in entry.faults:
        entry.faults[name] = "identity.fault.born"
    return found


def _name(texts: Mapping[str, str], row: int, entry: Entry) -> Name | None:
    text = texts[f"name-{row}"].strip()
    if not text:
        return None
    try:
        return Name(text, _use(texts, row), texts.get(f"name-{row}-lang") or None)
    except IdentityInvalid:
        entry.faults[f"name-{row}"] = "identity.fault.long"
        return None


def _contact(
    kind: ContactKind, name: str, texts: Mapping[str, str], entry: Entry, number: Number
) -> ContactPoint | None:
    typed = texts[name].strip()
    if not typed:
        return None
    try:
        return ContactPoint(kind, number(typed) if kind is ContactKind.PHONE else typed)
    except NumberInvalid:
        entry.faults[name] = "identity.fault.number"
    except IdentityInvalid:
        entry.faults[name] = "identity.fault.long"
    return None


def _use(texts: Mapping[str, str], row: int) -> NameUse:
    typed = texts.get(f"name-{row}-use", "")
    return NameUse(typed) if typed in {use.value for use in NameUse} else NameUse.OTHER


def _numbered(texts: Mapping[str, str], name: str) -> list[str]:
    """The inputs `name-0`, `name-1` … as far as they go without a gap."""
    found: list[str] = []
    while (each := f"{name}-{len(found)}") in texts:
        found.append(each)
    return found
