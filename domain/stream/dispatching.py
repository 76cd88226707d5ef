"""What a stream has asked another one to record, and whether it has.

The first stream records, then its workflow commands the other. The id of such a command is derived from the event
that asks for it, so that repeating it is harmless (design §2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid5

from domain.codes import StreamName
from domain.command import Command
from domain.copying import copied
from domain.errors import DefinitionError
from domain.event import Event, Recorded
from domain.refusal import RefusalCode


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A command for another stream; repeatable, its id is its `command_id` there."""

    id: UUID
    target: UUID
    command: Command
    kind: StreamName = StreamName.JOURNEY

    @property
    def stream(self) -> str:
        """The stream that it is for."""
        return self.kind.stream(self.target)


class Dispatching(Protocol):
    """A state that keeps what it has under way."""

    @property
    def pending(self) -> Mapping[UUID, Dispatch]: ...


S = TypeVar("S", bound=Dispatching)


class CommandRelayed(Event, topic="stream.command-relayed"):
    """The other stream has answered: it recorded its side, or refused with this code."""

    dispatch: UUID
    target: UUID
    refused: RefusalCode | None = None


class AcknowledgeRelay(Command, kind="acknowledge-relay"):
    """The workflow reports the other stream's answer."""

    dispatch: UUID
    refused: RefusalCode | None = None


def dispatch_id(recorded: Recorded[Event], target: UUID, command: type[Command]) -> UUID:
    """The id of the command that `recorded` causes at `target`."""
    return uuid5(recorded.command_id, f"{recorded.stream}|{target}|{command.kind}")


def acknowledgement_id(dispatch: UUID) -> UUID:
    """The `command_id` by which the answer to a dispatched command comes home."""
    return uuid5(dispatch, "acknowledged")


def with_dispatch(
    state: S, recorded: Recorded[Event], target: UUID, command: Command, kind: StreamName = StreamName.JOURNEY
) -> S:
    """The state with one more command under way, caused by `recorded`."""
    dispatch = Dispatch(dispatch_id(recorded, target, type(command)), target, command, kind)
    return copied(state, pending={**state.pending, dispatch.id: dispatch})


Consequence = Callable[[Any, Dispatch], tuple[Event, ...]]
_CONSEQUENCES: dict[type[Command], Consequence] = {}


def when_refused(command: type[Command]) -> Callable[[Consequence], Consequence]:
    """Registers what follows here where the other stream has refused `command`."""

    def register(consequence: Consequence) -> Consequence:
        if command in _CONSEQUENCES:
            raise DefinitionError(f"the refusal of {command.kind} has two consequences")
        _CONSEQUENCES[command] = consequence
        return consequence

    return register


def acknowledged(state: Dispatching, command: AcknowledgeRelay) -> tuple[Event, ...]:
    """What is recorded of an answer; nothing where it is known already."""
    dispatch = state.pending.get(command.dispatch)
    if dispatch is None:
        return ()
    relayed = CommandRelayed(dispatch=dispatch.id, target=dispatch.target, refused=command.refused)
    consequence = _CONSEQUENCES.get(type(dispatch.command)) if command.refused else None
    return (relayed, *(consequence(state, dispatch) if consequence else ()))


def without_dispatch(state: S, recorded: Recorded[CommandRelayed]) -> S:
    """The state with that command no longer under way."""
    pending = {key: d for key, d in state.pending.items() if key != recorded.event.dispatch}
    return copied(state, pending=pending)
