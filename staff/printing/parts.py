"""Which part of a file something belongs to, by the action that reads it."""

from __future__ import annotations

from domain.codes import ObligationKind
from domain.event import Event
from domain.rights.actions import Action

_MODULES = {"domain.journey.proceedings": Action.READ_LEGAL, "domain.journey.hearing": Action.READ_HEARINGS}
_LEGAL = frozenset(
    {
        ObligationKind.TERM,
        ObligationKind.LIMITATION,
        ObligationKind.TERM_CONFIRMATION,
        ObligationKind.POWER_OF_ATTORNEY,
        ObligationKind.COURT_FEE,
    }
)


def part_of(event: Event | None) -> Action:
    """The legal part, hearings, else the overview."""
    room = "" if event is None else type(event).__module__
    return next((part for name, part in _MODULES.items() if f"{room}.".startswith(f"{name}.")), Action.READ_OVERVIEW)


def part_owed(kind: ObligationKind) -> Action:
    """The same for what is owed."""
    if kind in _LEGAL:
        return Action.READ_LEGAL
    return Action.READ_HEARINGS if kind.value.partition("-")[0] == "hearing" else Action.READ_OVERVIEW
