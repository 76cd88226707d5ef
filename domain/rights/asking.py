"""Of what somebody must have a right to give a command: of its stream, or of what it opens that stream for."""

from __future__ import annotations

from domain.command import Command
from domain.journey.state import journey_stream
from domain.mission.planning import PlanMission


def asked_of(command: Command, stream: str, *, begun: bool) -> tuple[str, ...]:
    """The streams of which they need the right, every one of them. `begun`: the stream has an event already.

    A mission that is not there yet is its clients': who could plan one for anybody would go on it, and read who they
    are.
    """
    if not begun and isinstance(command, PlanMission) and command.journeys:
        return tuple(journey_stream(journey) for journey in command.journeys)
    return (stream,)
