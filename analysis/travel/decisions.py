"""A history decision by decision: what one command recorded belongs together, and is shown in one step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from analysis.travel.history import happened_at
from analysis.travel.moment import Clock, Moment
from domain.event import Event, Recorded


@dataclass(frozen=True, slots=True)
class Decision:
    """What one command recorded, in order; at least one event. `at`: when, by the clock that was asked for."""

    at: datetime
    events: tuple[Recorded[Event], ...]

    @property
    def actor(self) -> UUID:
        return self.events[0].actor

    @property
    def version(self) -> int:
        """That of the stream once it was taken."""
        return self.events[-1].version


def decisions_of(history: Iterable[Recorded[Event]], clock: Clock = Clock.KNOWN) -> tuple[Decision, ...]:
    """Every decision of a history: by when it was recorded, or by when what it tells of had happened.

    As it was, a decision of which one part happened later than another stands at the latest.
    """
    events = tuple(history)
    happened = happened_at(events)
    found = []
    for _, run in groupby(events, key=lambda each: each.command_id):
        taken = tuple(run)
        whens = [each.recorded_at if clock is Clock.KNOWN else happened[each.version] for each in taken]
        found.append(Decision(max(whens), taken))
    return tuple(sorted(found, key=lambda each: (each.at, each.version)))


def reached(decisions: Iterable[Decision], moment: Moment) -> int:
    """How many of them had been taken by a moment."""
    return sum(each.at <= moment.at for each in decisions)
