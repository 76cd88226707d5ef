"""What one set of rules does to a journey that another does not."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from analysis.what_if.asking import Block
from analysis.what_if.course import Course, Escalation, StallSpan

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moved(Generic[T]):
    """It happened and would have happened, at other instants."""

    was: T
    would: T


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """`added` would have happened and did not; `gone` did and would not have."""

    added: tuple[T, ...] = ()
    gone: tuple[T, ...] = ()
    moved: tuple[Moved[T], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.moved)


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one journey. False where the rules change nothing for it."""

    stalls: Changes[StallSpan]
    escalations: Changes[Escalation]
    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stalls or self.escalations or self.blocks)


def difference(was: Course, would: Course, blocks: tuple[Block, ...]) -> Difference:
    """Of two courses of the same history."""
    return Difference(
        _changes(was.stalls, would.stalls, lambda stall: stall.part, lambda stall: (stall.since, stall.until)),
        _changes(was.escalations, would.escalations, lambda one: (one.part, one.to, one.turn), lambda one: one.at),
        blocks,
    )


def _changes(
    was: Iterable[T], would: Iterable[T], name: Callable[[T], Hashable], when: Callable[[T], object]
) -> Changes[T]:
    before, after = ({name(each): each for each in course} for course in (was, would))
    both = [Moved(before[key], after[key]) for key in before if key in after]
    return Changes(
        tuple([each for key, each in after.items() if key not in before]),
        tuple([each for key, each in before.items() if key not in after]),
        tuple([moved for moved in both if when(moved.was) != when(moved.would)]),
    )
