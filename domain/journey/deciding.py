"""How a part registers its deciders: one pure function for each command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from domain.command import Command
from domain.errors import DefinitionError
from domain.event import Event
from domain.journey.state import Journey
from domain.pathway.model import Pathway
from domain.refusal import Refused

Decision = tuple[Event, ...] | Refused
C = TypeVar("C", bound=Command)
Decider = Callable[[Journey, C, "Surroundings"], Decision]
Opener = Callable[[C, "Surroundings"], Decision]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a decider may know besides the journey: the pinned pathway and the log's clock."""

    pathway: Pathway
    now: datetime


DECIDERS: dict[type[Command], Decider[Any]] = {}
OPENERS: dict[type[Command], Opener[Any]] = {}
IN_EVERY_PHASE: set[type[Command]] = set()


def decides(command: type[C], *, in_every_phase: bool = False) -> Callable[[Decider[C]], Decider[C]]:
    """Registers the decider of `command`; unless `in_every_phase`, it is asked only while the journey is open."""

    def register(decider: Decider[C]) -> Decider[C]:
        if command in DECIDERS:
            raise DefinitionError(f"{command.__name__} is decided twice")
        DECIDERS[command] = decider
        if in_every_phase:
            IN_EVERY_PHASE.add(command)
        return decider

    return register


def opens(command: type[C]) -> Callable[[Opener[C]], Opener[C]]:
    """Registers the decider of the command that begins a journey."""

    def register(opener: Opener[C]) -> Opener[C]:
        OPENERS[command] = opener
        return opener

    return register
