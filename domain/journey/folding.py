"""Folding: each part registers how its events change the journey; nothing here computes a date or reads a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from domain.errors import DefinitionError, EventUnreadable
from domain.event import Event, Recorded
from domain.journey.copying import replace
from domain.journey.state import Journey

E = TypeVar("E", bound=Event)
Change = Callable[[Journey, Recorded[E]], Journey]
Beginning = Callable[[Recorded[E]], Journey]

_CHANGES: dict[type[Event], Change[Any]] = {}
_BEGINNINGS: dict[type[Event], Beginning[Any]] = {}


def evolves(event: type[E]) -> Callable[[Change[E]], Change[E]]:
    """Registers how `event` changes a journey that exists."""

    def register(change: Change[E]) -> Change[E]:
        if event in _CHANGES:
            raise DefinitionError(f"{event.__name__} is folded twice")
        _CHANGES[event] = change
        return change

    return register


def begins(event: type[E]) -> Callable[[Beginning[E]], Beginning[E]]:
    """Registers the event that a journey begins with."""

    def register(beginning: Beginning[E]) -> Beginning[E]:
        _BEGINNINGS[event] = beginning
        return beginning

    return register


def evolve(journey: Journey | None, recorded: Recorded[Event]) -> Journey:
    """The journey after one more event. Raises `EventUnreadable` where no part knows the event."""
    kind = type(recorded.event)
    if journey is None:
        beginning = _BEGINNINGS.get(kind)
        if beginning is None:
            raise EventUnreadable(f"{recorded.stream} begins with {kind.topic}, which opens no journey")
        return beginning(recorded)
    change = _CHANGES.get(kind)
    if change is None:
        raise EventUnreadable(f"{recorded.stream} version {recorded.version}: no part of a journey folds {kind.topic}")
    changed = change(journey, recorded)
    return replace(changed, version=recorded.version, changed_at=recorded.recorded_at)


def fold(history: Iterable[Recorded[Event]], journey: Journey | None = None) -> Journey | None:
    """The journey after a history; `None` after an empty one."""
    for recorded in history:
        journey = evolve(journey, recorded)
    return journey


def folded_events() -> frozenset[type[Event]]:
    """Every event class that some part folds."""
    return frozenset(_CHANGES) | frozenset(_BEGINNINGS)
