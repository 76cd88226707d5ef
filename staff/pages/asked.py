"""What was asked with a command, in words: the form, and each field that was filled in. Sealed texts stay sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from domain.command import Command
from domain.pathway.model import Pin
from domain.sealed import Sealed
from domain.values import Value
from staff.forms.rights import COMMANDS
from staff.titles import Titles
from staff.visit import Visit

_WORDS: Mapping[type[Command], str] = MappingProxyType({command: word for word, command in COMMANDS.items()})
_NOT_SAID = frozenset({"pin", "seen"})
"""What the page has anyway: the pathway, and the version that the form showed."""


def form_title(kind: type[Command] | None, visit: Visit) -> str:
    """What the button of the form says; of a command that has no form, that it is another one."""
    if kind is None:
        return visit.words("refused.not-kept")
    word = _WORDS.get(kind, kind.kind)
    keys = (f"do.{word}", f"refused.form.{word}", "refused.form.another")
    return visit.words(next(key for key in keys if visit.words.has(key)))


def fields_of(command: Command, titles: Titles, visit: Visit) -> list[tuple[str, str]]:
    """Each field that says something, by its name in the catalogue."""
    names = (name for name in type(command).model_fields if name not in _NOT_SAID)
    said = ((name, getattr(command, name)) for name in names)
    return [
        (_name(name, visit), _value(name, value, titles, visit)) for name, value in said if value not in (None, (), ())
    ]


def _name(name: str, visit: Visit) -> str:
    key = f"refused.field.{name.replace('_', '-')}"
    return visit.words(key) if visit.words.has(key) else name


def _value(name: str, value: Any, titles: Titles, visit: Visit) -> str:
    words = visit.words
    match value:
        case Sealed():
            return words("refused.sealed")
        case Enum():
            key = f"codes.{type(value).__name__}.{value.value}"
            return words.label(value) if words.has(key) else str(value.value)
        case bool():
            return words("refused.yes" if value else "refused.no")
        case datetime():
            return words.moment(value)
        case date():
            return words.day(value)
        case UUID():
            return visit.people[value].name if value in visit.people else str(value)
        case tuple() | frozenset():
            return ", ".join(_value(name, each, titles, visit) for each in value)
        case Pin() | Value():
            given = ((field, getattr(value, field)) for field in type(value).model_fields)
            return ", ".join(_value(field, each, titles, visit) for field, each in given if each is not None)
    if name == "step" and titles.pathway.find_step(value):
        return titles.step(value)
    if name == "stage" and titles.pathway.find_stage(value):
        return titles.stage(value)
    return str(value)
