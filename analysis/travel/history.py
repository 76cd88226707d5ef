"""What of a history belongs to a moment, and what a stream was at that moment.

*As known* are the events that had been recorded by then. *As it was* are those known now that had happened by then, in
the order in which they were recorded; an event that corrects another one is of that one's time, so that what turned out
to be a mistake is not shown as if it had been so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.travel.moment import Clock, Moment
from analysis.unfoldable import UNFOLDABLE
from domain.event import Event, Recorded
from domain.streams import StreamState, kind_of

History = Sequence[Recorded[Event]]


@dataclass(frozen=True, slots=True)
class Past:
    """A stream at a moment. `state` is None before it began.

    `events` are those that belong to the moment and are in the state. `unplaced` belong to it as well, and say
    something of a thing that by its own date was not there yet: they are named, and not guessed at.
    """

    moment: Moment
    state: StreamState | None
    events: tuple[Recorded[Event], ...]
    unplaced: tuple[Recorded[Event], ...] = ()


def past_of(history: History, moment: Moment) -> Past:
    """What a stream was at a moment. `history` is the whole of it, in order.

    Raises `EventUnreadable` where an event as known cannot be folded.
    """
    if moment.clock is Clock.KNOWN:
        known = tuple([recorded for recorded in history if recorded.recorded_at <= moment.at])
        state: StreamState | None = kind_of(known[0].stream).folding.fold(known) if known else None
        return Past(moment, state, known)
    return _as_it_was(history, moment)


def happened_at(history: Iterable[Recorded[Event]]) -> dict[int, datetime]:
    """When each event of a history, by its version, happened; a correction, when that happened which it corrects."""
    found: dict[int, datetime] = {}
    for recorded in history:
        corrects = getattr(recorded.event, "corrects", None)
        of_another = found.get(corrects) if corrects is not None else None
        found[recorded.version] = recorded.event.occurred_at or of_another or recorded.recorded_at
    return found


def _as_it_was(history: History, moment: Moment) -> Past:
    happened = happened_at(history)
    state: StreamState | None = None
    events, unplaced = [], []
    for recorded in history:
        if happened[recorded.version] > moment.at:
            continue
        try:
            state = kind_of(recorded.stream).folding.evolve(state, recorded)
        except UNFOLDABLE:
            unplaced.append(recorded)
        else:
            events.append(recorded)
    return Past(moment, state, tuple(events), tuple(unplaced))
