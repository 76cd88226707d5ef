"""A sealed text as a page shows it: as it was typed, or why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.codes import StreamName
from domain.errors import KeyDestroyed, SealBroken
from domain.sealed import Compartment
from staff.visit import Visit
from vault.errors import VaultUnavailable


class NoteState(StrEnum):
    ERASED = "erased"
    BROKEN = "broken"
    NOT_YOURS = "not-yours"
    AWAY = "away"
    ON_REQUEST = "on-request"
    """It is shown to whoever asks for it, once that is written down."""


@dataclass(frozen=True, slots=True)
class Note:
    """`text` as it was typed; None with the reason where it cannot be shown."""

    text: str | None
    state: NoteState | None = None


def opened(
    visit: Visit,
    stream: UUID,
    compartment: Compartment,
    field: str,
    command_id: UUID,
    sealed: str,
    kind: StreamName = StreamName.JOURNEY,
) -> Note:
    """A sealed text for display, or why it cannot be shown."""
    try:
        unseal = visit.parts.desk.unseal
        text = unseal(stream, compartment, field=field, command_id=command_id, sealed=sealed, kind=kind)
    except KeyDestroyed:
        return Note(None, NoteState.ERASED)
    except SealBroken:
        return Note(None, NoteState.BROKEN)
    except VaultUnavailable:
        return Note(None, NoteState.AWAY)  # the file is worth reading without it
    return Note(text)
