"""A history as what it was made of: decisions, each with its events and with the journey before each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from domain.codes import ObligationKind
from domain.event import Event, Recorded
from domain.journey import Journey, evolve
from domain.stream.firing import RungsFired

TIMED = frozenset({ObligationKind.STEP, ObligationKind.REVIEW})
"""Whose ladders are run again. The ladders of other parts stand as they were recorded."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One recorded event, and the journey as it was before it."""

    recorded: Recorded[Event]
    before: Journey | None

    @property
    def event(self) -> Event:
        """What was recorded."""
        return self.recorded.event


@dataclass(frozen=True, slots=True)
class Decided:
    """The events of one command, in order; never empty."""

    facts: tuple[Fact, ...]

    @property
    def at(self) -> datetime:
        """When it was recorded."""
        return self.facts[0].recorded.recorded_at

    @property
    def first(self) -> Event:
        """What the command itself says; what follows from it comes after."""
        return self.facts[0].event

    @property
    def before(self) -> Journey | None:
        """The journey on which it was decided."""
        return self.facts[0].before

    @property
    def actor(self) -> UUID:
        """Who decided."""
        return self.facts[0].recorded.actor

    @property
    def is_of_the_clock(self) -> bool:
        """Whether a ladder that is run again made it: then it is decided anew."""
        return isinstance(self.first, RungsFired) and self.first.kind in TIMED


def decisions(history: Iterable[Recorded[Event]]) -> Iterator[Decided]:
    """The decisions of a journey, oldest first. Raises `EventUnreadable`."""
    journey: Journey | None = None
    for _, events in groupby(history, key=lambda recorded: (recorded.command_id, recorded.recorded_at)):
        facts = []
        for recorded in events:
            facts.append(Fact(recorded, journey))
            journey = evolve(journey, recorded)
        yield Decided(tuple(facts))
