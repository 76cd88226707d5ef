"""Two moments side by side: what came, what went, what changed, and the events between.

compared = compare(shown_of(before), shown_of(after))
between(earlier, later).came            # exactly the events that one has and the other has not
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from analysis.travel.history import Past
from domain.event import Event, Recorded

K = TypeVar("K", bound=Hashable)
Fields = Mapping[str, object]
"""What is shown of one thing, by name."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a thing that both moments have."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Compared(Generic[K]):
    """By key, in the order of the later moment; what went, in that of the earlier one."""

    came: Mapping[K, Fields]
    went: Mapping[K, Fields]
    changed: Mapping[K, tuple[Change, ...]]

    @property
    def is_same(self) -> bool:
        return not (self.came or self.went or self.changed)


def compare(before: Mapping[K, Fields], after: Mapping[K, Fields]) -> Compared[K]:
    """What differs between two boards or files. A field that only one of them has counts as None in the other."""
    changed = {key: _changes(before[key], fields) for key, fields in after.items() if key in before}
    return Compared(
        came={key: fields for key, fields in after.items() if key not in before},
        went={key: fields for key, fields in before.items() if key not in after},
        changed={key: changes for key, changes in changed.items() if changes},
    )


def _changes(before: Fields, after: Fields) -> tuple[Change, ...]:
    names = dict.fromkeys([*after, *before])
    pairs = [Change(name, before.get(name), after.get(name)) for name in names]
    return tuple([pair for pair in pairs if pair.before != pair.after])


@dataclass(frozen=True, slots=True)
class Between:
    """`came`: events that the later moment has and the earlier has not; `went`: the other way round.

    On one clock nothing goes; between what was known and what is known today of the same day, a mistake may.
    """

    came: tuple[Recorded[Event], ...]
    went: tuple[Recorded[Event], ...]


def between(earlier: Past, later: Past) -> Between:
    """The events between two moments of one stream, in the order of the log; the unplaced ones belong to theirs."""
    one, other = _all(earlier), _all(later)
    came = [other[version] for version in sorted(other.keys() - one.keys())]
    return Between(tuple(came), tuple([one[version] for version in sorted(one.keys() - other.keys())]))


def _all(past: Past) -> dict[int, Recorded[Event]]:
    return {each.version: each for each in (*past.events, *past.unplaced)}
