"""A kind of stream: what load, record, fire and the projections ask of it, and the register of all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from domain.codes import NOBODY, StreamName
from domain.command import Command
from domain.errors import DefinitionError
from domain.event import Event, Recorded
from domain.pathway.model import Pathway, Pin
from domain.refusal import RefusalCode
from domain.stream.deciding import Deciders, Decision
from domain.stream.dispatching import Dispatch
from domain.stream.facts import NO_FACTS, Facts
from domain.stream.folding import Folding
from domain.stream.holding import Held
from domain.stream.obligation import Obligation
from domain.stream.promise import Promise


class StreamState(Protocol):
    """What every kind of stream adds up to. A frozen dataclass without slots."""

    @property
    def stream(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def pin(self) -> Pin: ...
    @property
    def changed_at(self) -> datetime: ...
    @property
    def pending(self) -> Mapping[UUID, Dispatch]: ...
    @property
    def is_open(self) -> bool:
        """Whether anything may still be owed."""
        ...


S = TypeVar("S", bound=StreamState)


class Decide(Protocol):
    """`decide(state, command, pathway, now, stream=…, actor=…, facts=…)`: events, or a refusal.

    `stream` is needed only to open one, `actor` only where it matters who acts, `facts` of other streams as far as the
    command asks for any (`domain.stream.facts`).
    """

    def __call__(
        self,
        state: Any,
        command: Command,
        pathway: Pathway,
        now: datetime,
        /,
        *,
        stream: str = "",
        actor: UUID = NOBODY,
        facts: Facts = NO_FACTS,
    ) -> Decision: ...


@dataclass(frozen=True)
class StreamKind(Generic[S]):
    """One kind. `wanted(state, key, date_version)`: whether a message about that date is still to be sent."""

    name: StreamName
    deciders: Deciders[S]
    folding: Folding[S]
    decide: Decide
    obligations: Callable[[S], list[Obligation]]
    is_wanted: Callable[[S, str, int], bool]
    promises: Callable[[S], frozenset[Promise]] | None = None
    """The people and vehicles that it takes in a state; none where such streams take nobody."""
    held: Callable[[S], Iterable[Held]] | None = None
    """What people hold of an open stream; none where nobody can hold anything of such streams."""
    unknown: RefusalCode = RefusalCode.UNKNOWN_JOURNEY
    """What a command hears where there is no such stream."""

    def fold(self, history: Iterable[Recorded[Event]], state: S | None = None) -> S | None:
        """The state after a history; `None` after an empty one."""
        return self.folding.fold(history, state)

    def holdings(self, state: S) -> tuple[Held, ...]:
        """What people hold of it. Of a stream that is not open nobody holds anything."""
        return tuple(self.held(state)) if self.held is not None and state.is_open else ()

    def pin_of(self, state: S | None, command: Command) -> Pin | None:
        """The pathway by which the command is decided: the pinned one, or that which the command brings along.

        A command that opens a stream brings it, and one that moves it to another version.
        """
        by_its_own = type(command) in self.deciders.by_their_own_pin
        if state is not None and not by_its_own:
            return state.pin
        pin = getattr(command, "pin", None) if by_its_own or type(command) in self.deciders.openers else None
        return pin if isinstance(pin, Pin) else None


KINDS: dict[StreamName, StreamKind[Any]] = {}


def register(kind: StreamKind[S]) -> StreamKind[S]:
    """Makes a kind known. Raises `DefinitionError` for a second one of a name."""
    if kind.name in KINDS:
        raise DefinitionError(f"{kind.name.value} is two kinds of stream")
    KINDS[kind.name] = kind
    return kind


_BY_WORD = {name.value: name for name in StreamName}


def name_of(stream: str) -> StreamName | None:
    """The kind of a stream by its name; none for the stream of a message."""
    return _BY_WORD.get(stream.partition("-")[0])


def id_of(stream: str) -> UUID:
    """The id in the name of a stream. Raises `ValueError` where there is none."""
    return UUID(stream.partition("-")[2])


def kind_of(stream: str) -> StreamKind[Any]:
    """The kind of a stream. Raises `ValueError` where nothing is decided on such streams, or its kind is not known."""
    name = name_of(stream)
    if name is None or name not in KINDS:
        raise ValueError(f"not a stream that is decided on: {stream[:20]}")
    return KINDS[name]
