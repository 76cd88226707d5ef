"""Facts beyond a stream's own: who has left, and what somebody holds. Whoever records looks them up for a decider.

A decider stays pure: it is given what it needs to know of other streams, as of the moment of its decision. A part says
of its commands what is to be looked up:

    gives_work(Assign, lambda command: (command.staff,))            # refused where that person has left
    asks_who_left(ReopenJourney, lambda journey, _: journey.assigned.values())
    asks_caseload(FindWork, lambda handover, _: handover.leaver)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from domain.codes import Role, StreamName
from domain.command import Command
from domain.errors import DefinitionError
from domain.refusal import RefusalCode, Refused
from domain.values import ObligationKey

C = TypeVar("C", bound=Command)
People = Iterable[UUID | None]


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing of an open stream that a person has: a role of a journey, a promised call, a seat on a mission."""

    kind: StreamName
    id: UUID
    part: ObligationKey
    role: Role


@dataclass(frozen=True, slots=True)
class Facts:
    """`left`: who of those asked about does not work here any more. `holdings`: None where nobody was asked about."""

    left: frozenset[UUID] = frozenset()
    holdings: tuple[Holding, ...] | None = None


NO_FACTS = Facts()

_RECEIVERS: dict[type[Command], Callable[[Any], People]] = {}
_ASKED: dict[type[Command], Callable[[Any, Any], People]] = {}
_CASELOADS: dict[type[Command], Callable[[Any, Any], UUID]] = {}


def gives_work(command: type[C], to: Callable[[C], People]) -> None:
    """Registers to whom a command gives work. Raises `DefinitionError` for a second time."""
    if command in _RECEIVERS:
        raise DefinitionError(f"{command.kind} gives work twice")
    _RECEIVERS[command] = to


def asks_who_left(command: type[C], about: Callable[[Any, C], People]) -> None:
    """Registers of whom else the decider of a command is to know whether they have left; the state is not None."""
    _ASKED[command] = about


def asks_caseload(command: type[C], of: Callable[[Any, C], UUID]) -> None:
    """Registers of whom the decider of a command is to know everything that they hold; the state is not None."""
    _CASELOADS[command] = of


def receivers(command: Command) -> frozenset[UUID]:
    """To whom a command gives work."""
    to = _RECEIVERS.get(type(command))
    return frozenset(person for person in to(command) if person is not None) if to else frozenset()


def people_asked_about(state: object, command: Command) -> frozenset[UUID]:
    """Of whom a decider is to know whether they have left."""
    about = _ASKED.get(type(command))
    if about is None or state is None:
        return receivers(command)
    return receivers(command) | {person for person in about(state, command) if person is not None}


def caseload_asked_about(state: object, command: Command) -> UUID | None:
    """Whose holdings a decider is to know; None where it needs nobody's."""
    of = _CASELOADS.get(type(command))
    return of(state, command) if of is not None and state is not None else None


def gives_to_leaver(command: Command, facts: Facts) -> Refused | None:
    """A refusal where work is given to somebody who has left; the same for every kind of stream."""
    gone = sorted(receivers(command) & facts.left)
    return Refused(code=RefusalCode.STAFF_HAS_LEFT, other=gone[0]) if gone else None
