"""To which part of a file an event or an obligation belongs: what must be allowed for it to be shown."""

from __future__ import annotations

from domain.codes import ObligationKind
from domain.command import Command
from domain.event import EVENT_TYPES, Event
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Stance
from domain.sealed import Compartment

FILE: tuple[Action, ...] = (Action.READ_OVERVIEW, Action.READ_LEGAL, Action.READ_HEARINGS, Action.READ_HEALTH)
"""Whoever may read one of these may open the file, and finds in it what they may read."""

_LEGAL = frozenset({Action.READ_LEGAL})
_HEARINGS = frozenset({Action.READ_HEARINGS})
_STANDING = frozenset({Action.READ_OVERVIEW, Action.READ_LEGAL})
"""Formal status, screening, residence: recorded by caseworkers and lawyers alike."""
_OVERVIEW = frozenset({Action.READ_OVERVIEW})
_ROOMS = {
    "domain.journey.proceedings": _LEGAL,
    "domain.journey.hearing": _HEARINGS,
    "domain.journey.status": _STANDING,
    "domain.journey.screening": _STANDING,
    "domain.journey.residence": _STANDING,
    "domain.journey.document.legal": _LEGAL,
    "domain.journey.document.health": frozenset({Action.READ_HEALTH}),
}
_KINDS = {
    ObligationKind.TERM: _LEGAL,
    ObligationKind.LIMITATION: _LEGAL,
    ObligationKind.TERM_CONFIRMATION: _LEGAL,
    ObligationKind.POWER_OF_ATTORNEY: _LEGAL,
    ObligationKind.COURT_FEE: _LEGAL,
    ObligationKind.HEARING: _HEARINGS,
    ObligationKind.HEARING_COMPANION: _HEARINGS,
    ObligationKind.HEARING_ARRANGEMENT: _HEARINGS,
    ObligationKind.HEARING_ACKNOWLEDGEMENT: _HEARINGS,
    ObligationKind.HEARING_TASK: _HEARINGS,
    ObligationKind.HEARING_DEBRIEF: _HEARINGS,
    ObligationKind.RESIDENCE: _STANDING,
}
_OF_COMPARTMENT = {
    Compartment.NOTES: Action.READ_NOTES,
    Compartment.LEGAL: Action.READ_LEGAL,
    Compartment.HEALTH: Action.READ_HEALTH,
}
"""Which part of a file the documents of a compartment belong to."""
_WITH_NOTES = {Action.READ_OVERVIEW: Action.READ_NOTES}
"""The notes of the overview are a part of their own; those of a hearing are read with the hearing."""


def parts_of_event(event: type[Event]) -> frozenset[Action]:
    """Any of these shows it. An event belongs to the part of the file whose module defines it."""
    return _parts_of_room(event.__module__)


def parts_of_command(command: type[Command]) -> frozenset[Action]:
    """Any of these shows what was asked with it. A command belongs where its module does."""
    return _parts_of_room(command.__module__)


def shows_command(stance: Stance, command: type[Command]) -> bool:
    """Whether what was asked with such a command is theirs to read."""
    return _any(stance, parts_of_command(command))


def _parts_of_room(room: str) -> frozenset[Action]:
    return next((parts for name, parts in _ROOMS.items() if room == name or room.startswith(f"{name}.")), _OVERVIEW)


def parts_of_kind(kind: ObligationKind) -> frozenset[Action]:
    """Any of these shows it."""
    return _KINDS.get(kind, _OVERVIEW)


def shows_event(stance: Stance, event: type[Event]) -> bool:
    """Whether such an event of a journey is theirs to read."""
    return _any(stance, parts_of_event(event))


def hidden_topics(stance: Stance) -> list[str]:
    """The topics of a journey's timeline that are not theirs to read, without schema versions."""
    return sorted(topic for topic, cls in EVENT_TYPES.items() if not shows_event(stance, cls))


def opens_note(stance: Stance, event: type[Event]) -> bool:
    """Whether the note of such an event may be opened for them."""
    parts = (_WITH_NOTES.get(part, part) for part in parts_of_event(event))
    return any(Compartment.NOTES in stance.opens(part) for part in parts)


def opens_file(stance: Stance) -> bool:
    """Whether some part of the file is theirs to read."""
    return _any(stance, frozenset(FILE))


def shows(stance: Stance, kind: ObligationKind) -> bool:
    """Whether something of this kind that a journey owes is theirs to read."""
    return _any(stance, parts_of_kind(kind))


def opens_document(stance: Stance, compartment: Compartment) -> bool:
    """Whether documents of that compartment are theirs to read: documents at all, and the part that it belongs to."""
    part = _OF_COMPARTMENT.get(compartment)
    return part is not None and all(isinstance(stance.may(a), Allowed) for a in (Action.READ_DOCUMENTS, part))


def _any(stance: Stance, parts: frozenset[Action]) -> bool:
    return any(isinstance(stance.may(part), Allowed) for part in parts)
