"""Folding: each part registers how its events change the state; nothing here computes a date or reads a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from domain.copying import copied
from domain.errors import DefinitionError, EventUnreadable
from domain.event import Event, Recorded


class Folded(Protocol):
    """A frozen dataclass without slots that knows how far it goes."""

    @property
    def version(self) -> int: ...
    @property
    def changed_at(self) -> datetime: ...


S = TypeVar("S", bound=Folded)
E = TypeVar("E", bound=Event)
Change = Callable[[S, Recorded[E]], S]
Beginning = Callable[[Recorded[E]], S]


class Folding(Generic[S]):
    """How the events of one kind of stream add up. `what` names the kind in errors: `journey`."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._changes: dict[type[Event], Change[S, Any]] = {}
        self._beginnings: dict[type[Event], Beginning[Any, S]] = {}

    def evolves(self, event: type[E]) -> Callable[[Change[S, E]], Change[S, E]]:
        """Registers how `event` changes a state that exists."""

        def register(change: Change[S, E]) -> Change[S, E]:
            if event in self._changes:
                raise DefinitionError(f"{event.__name__} is folded twice")
            self._changes[event] = change
            return change

        return register

    def begins(self, event: type[E]) -> Callable[[Beginning[E, S]], Beginning[E, S]]:
        """Registers the event that a stream begins with."""

        def register(beginning: Beginning[E, S]) -> Beginning[E, S]:
            self._beginnings[event] = beginning
            return beginning

        return register

    def evolve(self, state: S | None, recorded: Recorded[Event]) -> S:
        """The state after one more event. Raises `EventUnreadable` where no part knows the event."""
        kind = type(recorded.event)
        if state is None:
            beginning = self._beginnings.get(kind)
            if beginning is None:
                raise EventUnreadable(f"{recorded.stream} begins with {kind.topic}, which opens no {self._what}")
            return beginning(recorded)
        change = self._changes.get(kind)
        if change is None:
            raise EventUnreadable(
                f"{recorded.stream} version {recorded.version}: no part of a {self._what} folds {kind.topic}"
            )
        return copied(change(state, recorded), version=recorded.version, changed_at=recorded.recorded_at)

    def fold(self, history: Iterable[Recorded[Event]], state: S | None = None) -> S | None:
        """The state after a history; `None` after an empty one."""
        for recorded in history:
            state = self.evolve(state, recorded)
        return state

    @property
    def events(self) -> frozenset[type[Event]]:
        """Every event class that some part folds."""
        return frozenset(self._changes) | frozenset(self._beginnings)
