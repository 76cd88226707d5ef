"""A form as somebody sends it: what was typed, the id of the command that it becomes, and what the button wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4


class Intent(StrEnum):
    """What the pressed button wants. GLANCE: the preview that a script asks for while the form is filled in."""

    CHECK = "check"
    EDIT = "edit"
    SAVE = "save"
    GLANCE = "glance"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it stands: what was typed, its id, and the version of the part that the person has seen."""

    texts: Mapping[str, str]
    command_id: UUID
    seen: int | None


def intent_of(texts: Mapping[str, str]) -> Intent:
    """What the button wants; whatever else was sent is to be checked."""
    wanted = texts.get("intent", "")
    return Intent(wanted) if wanted in {i.value for i in Intent} else Intent.CHECK


def command_id_of(texts: Mapping[str, str]) -> UUID:
    """The id that the form carries; a form that lost it gets a new one."""
    try:
        return UUID(texts.get("command_id", ""))
    except ValueError:
        return uuid4()
