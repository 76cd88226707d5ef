"""From the state of a stream to the agenda of its workflow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.event import Event, Recorded
from domain.stream.letters import messages_of
from domain.stream.obligation import wakes_of
from domain.streams import StreamState, kind_of
from workflows.messages import Agenda, Letter, Phase, Wake

ABSENT = Agenda(version=0, phase=Phase.ABSENT)


def agenda_of(state: StreamState | None, *, now: datetime, rate: float, messages: Iterable[Letter] = ()) -> Agenda:
    """What the workflow is to do next. `rate` is the number of log seconds in a real one."""
    if state is None:
        return ABSENT
    relays = tuple(state.pending)
    if not state.is_open:
        return Agenda(version=state.version, phase=Phase.ENDED, deliveries=tuple(messages), relays=relays)
    first = next(iter(wakes_of(kind_of(state.stream).obligations(state))), None)
    if first is None:
        raise AssertionError(f"{state.stream}: open, and without a live timer")
    return Agenda(
        version=state.version,
        phase=Phase.OPEN,
        wake=Wake(key=first.key, rung=first.rung, at=first.at, date_version=first.date_version),
        sleep=max((first.at - now).total_seconds(), 0.0) / rate,
        deliveries=tuple(messages),
        relays=relays,
    )


def messages_in(history: Iterable[Recorded[Event]], *, since: datetime | None = None) -> list[Letter]:
    """The messages that this history asked for, in their order: rungs, and appointments that fell away.

    Each is a line of its own to the workflow: one that waits for tomorrow's digest must not hold up an alarm. The order
    of one recipient's letters is kept by the lines of `activities/lines.py`, across streams too.
    """
    return [
        Letter(message=message, version=recorded.version, line=str(message))
        for recorded in history
        if since is None or recorded.recorded_at >= since
        for message in messages_of(recorded.event)
    ]
