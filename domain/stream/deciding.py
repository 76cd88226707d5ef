"""How a part registers its deciders: one pure function for each command. Each kind of stream has a register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.codes import NOBODY
from domain.command import Command
from domain.errors import DefinitionError
from domain.event import Event
from domain.pathway.model import Pathway
from domain.refusal import Refused
from domain.stream.facts import NO_FACTS, Facts


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a decider may know besides the state: the pinned pathway, the log's clock, who acts, facts of other streams.

    `actor` is whom the event will name; the clock and other streams act as `SYSTEM_ACTOR`. `stream` is that which is
    decided on, also where it is only about to begin.
    """

    pathway: Pathway
    now: datetime
    actor: UUID = NOBODY
    facts: Facts = NO_FACTS
    stream: str = ""


S = TypeVar("S")
C = TypeVar("C", bound=Command)
Decision = tuple[Event, ...] | Refused
Decider = Callable[[S, C, Surroundings], Decision]
Opener = Callable[[C, Surroundings], Decision]


class Deciders(Generic[S]):
    """The deciders of one kind of stream."""

    def __init__(self) -> None:
        self.of: dict[type[Command], Decider[S, Any]] = {}
        self.openers: dict[type[Command], Opener[Any]] = {}
        self.in_every_phase: set[type[Command]] = set()
        self.by_their_own_pin: set[type[Command]] = set()

    def decides(
        self, command: type[C], *, in_every_phase: bool = False, by_its_own_pin: bool = False
    ) -> Callable[[Decider[S, C]], Decider[S, C]]:
        """Registers the decider of `command`; unless `in_every_phase`, it is asked only while the stream is open.

        `by_its_own_pin`: it has a `pin`, by whose pathway it is decided, and not by that of the stream.
        """

        def register(decider: Decider[S, C]) -> Decider[S, C]:
            if command in self.of:
                raise DefinitionError(f"{command.__name__} is decided twice")
            self.of[command] = decider
            if in_every_phase:
                self.in_every_phase.add(command)
            if by_its_own_pin:
                self.by_their_own_pin.add(command)
            return decider

        return register

    def opens(self, command: type[C]) -> Callable[[Opener[C]], Opener[C]]:
        """Registers the decider of a command that begins a stream. Such a command has a `pin`."""

        def register(opener: Opener[C]) -> Opener[C]:
            if command in self.openers:
                raise DefinitionError(f"{command.__name__} is decided twice")
            self.openers[command] = opener
            return opener

        return register
