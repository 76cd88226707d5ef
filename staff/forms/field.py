"""Fields of a form as data: one template draws them all, one module reads them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from staff.i18n.words import Words


class FieldKind(StrEnum):
    """DAY is a local day; MOMENT a local day with its time; NOTE a free text, sealed before it travels;
    TEXT a short one for the vault, which never travels with the command. LINE is one line of a sealed text; CHECKS are
    any number of several, each an input of its own; NUMBER a telephone number, which the vault keeps; CLOCK a time
    of day."""

    RADIOS = "radios"
    SELECT = "select"
    DAY = "day"
    MOMENT = "moment"
    NOTE = "note"
    CODE = "code"
    TEXT = "text"
    LINE = "line"
    CHECKS = "checks"
    NUMBER = "number"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; `value` is a code."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """`shown_for`: values of the form's first radios for which it matters; scripts hide it for the others.

    Without scripts it is always there, and its hint says when it is needed. `focused`: the page begins there.
    """

    name: str
    kind: FieldKind
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    optional: bool = False
    shown_for: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    default: str = ""
    focused: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """Of its choices, in their order."""
        return tuple(choice.value for choice in self.choices)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of its inputs."""
        if self.kind is FieldKind.MOMENT:
            return f"{self.name}-day", f"{self.name}-time"
        if self.kind is FieldKind.CHECKS:
            return tuple(f"{self.name}-{choice.value}" for choice in self.choices)
        return (self.name,)


def choices(codes: tuple[Enum, ...] | list[Enum], words: Words) -> tuple[Choice, ...]:
    """Choices of codes, labelled in the language of the page with a capital."""
    return tuple(Choice(str(code.value), capital(words.label(code))) for code in codes)


def capital(text: str) -> str:
    """The text with its first letter in capitals, the rest as it is."""
    return text[:1].upper() + text[1:]
