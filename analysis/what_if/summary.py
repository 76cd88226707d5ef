"""What a change would have done, counted: each figure with the journeys behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from analysis.what_if.asking import BlockKind
from analysis.what_if.cohort import ALWAYS, Period
from analysis.what_if.course import Course
from analysis.what_if.difference import Changes, T
from analysis.what_if.journey import JourneyUnderChange

REVIEW, JOURNEY = "review", "journey"
"""The rows of what belongs to no step: reviews, and what was decided about a journey as a whole."""


class Side(StrEnum):
    """WAS happened, WOULD would have; what would have happened in addition, what would not, what at another time."""

    WAS = "was"
    WOULD = "would"
    ADDED = "added"
    GONE = "gone"
    MOVED = "moved"


@dataclass(slots=True)
class Count:
    """How often, and in which journeys."""

    number: int = 0
    journeys: set[UUID] = field(default_factory=set)

    def add(self, journey: UUID, number: int = 1) -> None:
        """Once more, where there is anything to add."""
        if number:
            self.number += number
            self.journeys.add(journey)


def _sides() -> dict[Side, Count]:
    return {side: Count() for side in Side}


@dataclass(slots=True)
class Figures:
    """Of one step, or of everything. `stalled_days`: how long things stood still, in whole days of the clock."""

    stalls: dict[Side, Count] = field(default_factory=_sides)
    escalations: dict[Side, Count] = field(default_factory=_sides)
    blocks: dict[BlockKind, Count] = field(default_factory=lambda: {kind: Count() for kind in BlockKind})
    stalled_days: dict[Side, int] = field(default_factory=lambda: {Side.WAS: 0, Side.WOULD: 0})


@dataclass(slots=True)
class Summary:
    """`journeys` were looked at; of those in `different` something would have been otherwise."""

    journeys: int = 0
    different: set[UUID] = field(default_factory=set)
    whole: Figures = field(default_factory=Figures)
    parts: dict[str, Figures] = field(default_factory=dict)
    unexplained: Count = field(default_factory=Count)
    behind: Count = field(default_factory=Count)

    def add(self, one: JourneyUnderChange, at: datetime, period: Period = ALWAYS) -> None:
        """Counts a journey as known `at`; its difference is within the period already."""
        self.journeys += 1
        self.unexplained.add(one.journey, one.was.unexplained)
        self.behind.add(one.journey, one.behind)
        if one.difference:
            self.different.add(one.journey)
        self._add_course(one.journey, one.was, Side.WAS, at, period)
        self._add_course(one.journey, one.would, Side.WOULD, at, period)
        self._add_difference(one)

    def _add_course(self, journey: UUID, course: Course, side: Side, at: datetime, period: Period) -> None:
        for stall in course.stalls:
            if stall.since in period:
                for figures in self._of(stall.step):
                    figures.stalls[side].add(journey)
                    figures.stalled_days[side] += stall.days(at)
        for told in course.escalations:
            if told.at in period:
                for figures in self._of(told.step or REVIEW):
                    figures.escalations[side].add(journey)

    def _add_difference(self, one: JourneyUnderChange) -> None:
        for stall, side in _sided(one.difference.stalls):
            for figures in self._of(stall.step):
                figures.stalls[side].add(one.journey)
        for told, side in _sided(one.difference.escalations):
            for figures in self._of(told.step or REVIEW):
                figures.escalations[side].add(one.journey)
        for block in one.difference.blocks:
            for figures in self._of(block.part or JOURNEY):
                figures.blocks[block.kind].add(one.journey)

    def _of(self, part: str) -> tuple[Figures, Figures]:
        return self.whole, self.parts.setdefault(part, Figures())


def _sided(changes: Changes[T]) -> Iterator[tuple[T, Side]]:
    yield from ((each, Side.ADDED) for each in changes.added)
    yield from ((each, Side.GONE) for each in changes.gone)
    yield from ((moved.would, Side.MOVED) for moved in changes.moved)
