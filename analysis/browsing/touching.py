"""Which decisions touched an obligation: what joins the one that began it to those that moved, fired or ended it.

touched = touched_by(decisions)
touched["step:plan:1"]          # (4, 9, 17): versions of the decisions, oldest first
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analysis.browsing.decided import Decided
from analysis.browsing.effect import Effect

Touched = Mapping[str, Sequence[int]]
"""By the key of the obligation: the versions of the decisions that touched it, ascending."""


def touched_by(decisions: Iterable[tuple[Decided, Effect]]) -> Touched:
    """Of the decisions of one stream, oldest first, each with its effect."""
    found: dict[str, list[int]] = defaultdict(list)
    for decided, effect in decisions:
        for owed in effect.owed:
            found[owed.obligation.key].append(decided.version)
    return dict(found)


def earlier(touched: Touched, key: str, version: int) -> int | None:
    """The decision that touched it last before `version`; None where none did."""
    versions = touched.get(key, ())
    place = bisect_left(versions, version)
    return versions[place - 1] if place else None


def later(touched: Touched, key: str, version: int) -> int | None:
    """The decision that touched it next after `version`; None where none did."""
    versions = touched.get(key, ())
    place = bisect_right(versions, version)
    return versions[place] if place < len(versions) else None
