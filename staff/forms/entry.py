"""What a person entered, read field by field; faults are collected, so that all of them are shown at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from typing import TypeVar
from uuid import UUID

from domain.calendar import at_local
from domain.sealed import MAX_SEALED_BYTES
from staff.forms.field import Field, FieldKind

C = TypeVar("C", bound=Enum)
LONGEST_NOTE = MAX_SEALED_BYTES - 256
"""Bytes (UTF-8); the seal itself needs the rest."""
_LONGEST_INPUT = 200


@dataclass(slots=True)
class Entry:
    """The texts of the inputs as typed, and the faults found so far: field name to message key.

    `sealed`: those texts that have been sealed, by field.
    """

    texts: Mapping[str, str]
    zone: str
    faults: dict[str, str] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.texts.get(name, "").strip()

    def code(self, name: str, kind: type[C]) -> C | None:
        """The chosen code; nothing chosen is None, anything unknown a fault."""
        value = self.text(name)
        if not value:
            return None
        if value not in {member.value for member in kind}:
            self.faults[name] = "form.fault.choice"
            return None
        return kind(value)

    def line(self, name: str) -> str | None:
        """One line of text, without the spaces around it; nothing typed is None."""
        return " ".join(self.text(name).split()) or None

    def clock(self, name: str) -> time | None:
        """A time of day on the wall clock."""
        text = self.text(name)
        found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::\d{2})?", text)
        if found and int(found[1]) < 24 and int(found[2]) < 60:
            return time(int(found[1]), int(found[2]))
        if text:
            self.faults[name] = "form.fault.time"
        return None

    def day(self, name: str) -> date | None:
        """The local day of a date input."""
        return self._day(name, self.text(name))

    def moment(self, name: str) -> datetime | None:
        """The instant of a day and a time on the wall clock of the pathway's zone."""
        day, clock = self.text(f"{name}-day"), self.text(f"{name}-time")
        if not day and not clock:
            return None
        if not day:
            self.faults[name] = "form.fault.day-missing"
            return None
        if not clock:
            self.faults[name] = "form.fault.time-missing"
            return None
        found = self._day(name, day)
        hours = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::\d{2})?", clock)
        if hours is None or int(hours[1]) > 23 or int(hours[2]) > 59:
            self.faults[name] = "form.fault.time"
            return None
        return at_local(found, time(int(hours[1]), int(hours[2])), self.zone) if found else None

    def note(self, name: str) -> str | None:
        """The free text as typed; too long is a fault, and nothing of it is cut."""
        text = self.texts.get(name, "").replace("\r\n", "\n")
        if len(text.encode()) > LONGEST_NOTE:
            self.faults[name] = "form.fault.note-too-long"
        return text if text.strip() else None

    def id(self, name: str) -> UUID | None:
        """An id that the form itself carried."""
        try:
            return UUID(self.text(name)) if self.text(name) else None
        except ValueError:
            self.faults[name] = "form.fault.choice"
            return None

    def listed(self, field: Field) -> str | None:
        """The chosen one of a field's own choices; nothing chosen is None, anything else a fault."""
        value = self.text(field.name)
        if value and value not in {choice.value for choice in field.choices}:
            self.faults[field.name] = "form.fault.choice"
            return None
        return value or None

    def number(self, name: str) -> int | None:
        """A whole number that the form itself carried."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None

    def checked(self, name: str, values: Iterable[str]) -> tuple[str, ...]:
        """Those of several that were ticked, in their order on the form."""
        return tuple(value for value in values if self.text(f"{name}-{value}"))

    def need(self, name: str, value: object, fault: str = "form.fault.missing") -> None:
        """Notes a fault where nothing was entered and nothing else is wrong with it."""
        if value is None and name not in self.faults:
            self.faults[name] = fault

    def check(self, fields: tuple[Field, ...]) -> None:
        """Notes a fault for an input that no page of ours could have sent, before anything is made of it."""
        for known in fields:
            if known.kind is not FieldKind.NOTE and any(
                len(self.texts.get(i, "")) > _LONGEST_INPUT for i in known.inputs
            ):
                self.faults[known.name] = "form.fault.choice"

    def _day(self, name: str, text: str) -> date | None:
        if not text:
            return None
        written = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?", text)
        iso = f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}" if written else text
        try:
            return date.fromisoformat(iso)
        except ValueError:
            self.faults[name] = "form.fault.day"
            return None
