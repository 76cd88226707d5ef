"""A history as the decisions that it is made of: the events of one command, with the state before and after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from analysis.travel.history import History
from domain.event import Event, Recorded
from domain.streams import StreamState, kind_of


@dataclass(frozen=True, slots=True)
class Decided:
    """What one command recorded. `before` is None of the decision that began the stream."""

    events: tuple[Recorded[Event], ...]
    before: StreamState | None
    after: StreamState

    @property
    def stream(self) -> str:
        """On which it was decided."""
        return self.events[0].stream

    @property
    def command_id(self) -> UUID:
        """What its events have in common."""
        return self.events[0].command_id

    @property
    def actor(self) -> UUID:
        """Who decided: a member of staff, or `SYSTEM_ACTOR`."""
        return self.events[0].actor

    @property
    def version(self) -> int:
        """Of the stream after it: what names the decision within its stream."""
        return self.events[-1].version

    @property
    def recorded_at(self) -> datetime:
        """By the log's clock."""
        return self.events[0].recorded_at


def decisions_of(history: History) -> Iterator[Decided]:
    """Every decision of a stream, oldest first. `history` begins with its first event.

    Raises `EventUnreadable`, and `ValueError` for a stream on which nothing is decided (that of a message).
    """
    before: StreamState | None = None
    for _, group in groupby(history, key=lambda recorded: recorded.command_id):
        events = tuple(group)
        after = kind_of(events[0].stream).fold(events, before)
        assert after is not None
        yield Decided(events, before, after)
        before = after
