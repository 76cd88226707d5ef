"""What can be computed of a hidden cell from all that is shown: the exact range, for tables of one or two dimensions.

Rows and columns that add up are a flow: from a source over the rows, through the cells, over the columns back to it,
each cell and margin an arc. The true counts are one such flow; every other one with the same shown arcs looks the same
from outside. So the most that a hidden cell can be is what it is and as much again as still fits through the others
from its end to its beginning (Ahuja, Magnanti, Orlin: Network Flows, 1993, ch. 6; for tables: Cox, "Network models for
complementary cell suppression", JASA 90, 1995).

Whoever looks is granted the **exact** value of everything shown, although they see it rounded: more than anybody has.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from analysis.disclosure.counts import Counts, Key
from domain.release.values import ALL

_SOURCE = ("", "source")
_SINK = ("", "sink")
_UNBOUNDED = 1 << 60
Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Arc:
    """A cell or a margin as an arc of the network."""

    key: Key
    tail: Node
    head: Node


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most that a cell can be, neither followed further than was asked.

    `barring`: the shown cells that keep the span from being wider, one of which is to be hidden to widen it.
    """

    least: int
    most: int
    barring: frozenset[Key]


class Network:
    """A table as a network. `hidden`: what is not shown; all else whoever looks knows exactly."""

    def __init__(self, counts: Counts, hidden: Collection[Key]) -> None:
        self._counts = counts.cells
        self._arcs = {key: _arc(key, counts.whole) for key in counts.cells}
        self._hidden = frozenset(hidden)

    def span(self, key: Key, wanted: int) -> Span:
        """Of a hidden cell, followed until the least is nought and the most is `wanted`."""
        arc, value = self._arcs[key], self._counts[key]
        rise, above = self._reroute(arc, arc.head, arc.tail, max(0, wanted - value))
        fall, below = self._reroute(arc, arc.tail, arc.head, value)
        return Span(value - fall, value + rise, above or below)

    def _reroute(self, without: Arc, start: Node, end: Node, wanted: int) -> tuple[int, frozenset[Key]]:
        """How much more can go from `start` to `end` through the other hidden cells; what bars the rest."""
        free: dict[Key, int] = {key: self._counts[key] for key in self._hidden if key != without.key}
        done = 0
        while done < wanted:
            came = self._reached(free, start)
            if end not in came:
                return done, self._barring(free, without, frozenset(came))
            done += self._send(free, came, end, wanted - done)
        return done, frozenset()

    def _reached(self, free: dict[Key, int], start: Node) -> dict[Node, tuple[Key, bool] | None]:
        """Every node that can be reached, with the arc that led there and whether along it."""
        came: dict[Node, tuple[Key, bool] | None] = {start: None}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for key, value in free.items():
                arc = self._arcs[key]
                if arc.tail == node and arc.head not in came:
                    came[arc.head] = (key, True)
                    waiting.append(arc.head)
                elif arc.head == node and value > 0 and arc.tail not in came:
                    came[arc.tail] = (key, False)
                    waiting.append(arc.tail)
        return came

    def _send(self, free: dict[Key, int], came: dict[Node, tuple[Key, bool] | None], end: Node, most: int) -> int:
        steps, node = [], end
        while (step := came[node]) is not None:
            steps.append(step)
            arc = self._arcs[step[0]]
            node = arc.tail if step[1] else arc.head
        sent = min(most, min((free[key] for key, along in steps if not along), default=_UNBOUNDED))
        for key, along in steps:
            free[key] += sent if along else -sent
        return sent

    def _barring(self, free: dict[Key, int], without: Arc, reached: frozenset[Node]) -> frozenset[Key]:
        """The shown cells over which more could go, were they hidden; never the total."""
        return frozenset(
            key
            for key, arc in self._arcs.items()
            if key not in free
            and key != without.key
            and set(key) != {ALL}
            and (arc.tail in reached) is not (arc.head in reached)
            and (arc.tail in reached or self._counts[key] > 0)
        )


def _arc(key: Key, whole: Key) -> Arc:
    if key == whole:
        return Arc(key, _SINK, _SOURCE)
    if len(key) == 1:
        return Arc(key, _SOURCE, _SINK)
    row, column = key
    if column == ALL:
        return Arc(key, _SOURCE, ("row", row))
    return Arc(key, ("column", column) if row == ALL else ("row", row), _SINK if row == ALL else ("column", column))
