"""Part: what this journey has asked another one to record, and whether it has.

The first journey records, then its workflow commands the other. The id of such a command is derived from the event
that asks for it, so that repeating it is harmless (design §2).
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid5

from domain.command import Command
from domain.errors import DefinitionError
from domain.event import Event, Recorded
from domain.journey.copying import replace
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.state import Dispatch, Journey, LinkStatus
from domain.refusal import RefusalCode


class CommandRelayed(Event, topic="journey.command-relayed"):
    """The other journey has answered: it recorded its side, or refused with this code."""

    dispatch: UUID
    target: UUID
    refused: RefusalCode | None = None


class AcknowledgeRelay(Command, kind="acknowledge-relay"):
    """The workflow reports the other journey's answer."""

    dispatch: UUID
    refused: RefusalCode | None = None


def dispatch_id(recorded: Recorded[Event], target: UUID, command: type[Command]) -> UUID:
    """The id of the command that `recorded` causes at `target`."""
    return uuid5(recorded.command_id, f"{recorded.stream}|{target}|{command.kind}")


def with_dispatch(journey: Journey, recorded: Recorded[Event], target: UUID, command: Command) -> Journey:
    """The journey with one more command under way, caused by `recorded`."""
    dispatch = Dispatch(dispatch_id(recorded, target, type(command)), target, command)
    return replace(journey, pending={**journey.pending, dispatch.id: dispatch})


Consequence = Callable[[Journey, Dispatch], tuple[Event, ...]]
_CONSEQUENCES: dict[type[Command], Consequence] = {}


def when_refused(command: type[Command]) -> Callable[[Consequence], Consequence]:
    """Registers what follows here where the other journey has refused `command`."""

    def register(consequence: Consequence) -> Consequence:
        if command in _CONSEQUENCES:
            raise DefinitionError(f"the refusal of {command.kind} has two consequences")
        _CONSEQUENCES[command] = consequence
        return consequence

    return register


@decides(AcknowledgeRelay, in_every_phase=True)
def _acknowledge(journey: Journey, command: AcknowledgeRelay, _: Surroundings) -> Decision:
    dispatch = journey.pending.get(command.dispatch)
    if dispatch is None:
        return ()
    relayed = CommandRelayed(dispatch=dispatch.id, target=dispatch.target, refused=command.refused)
    consequence = _CONSEQUENCES.get(type(dispatch.command)) if command.refused else None
    return (relayed, *(consequence(journey, dispatch) if consequence else ()))


@evolves(CommandRelayed)
def _relayed(journey: Journey, recorded: Recorded[CommandRelayed]) -> Journey:
    event = recorded.event
    pending = {key: d for key, d in journey.pending.items() if key != event.dispatch}
    link = journey.links.get(event.target)
    if link is None or link.dispatch != event.dispatch or link.status is not LinkStatus.UNDER_WAY:
        return replace(journey, pending=pending)
    status = LinkStatus.REFUSED if event.refused else LinkStatus.AGREED
    links = {**journey.links, event.target: replace(link, status=status, version=recorded.version)}
    return replace(journey, pending=pending, links=links)
