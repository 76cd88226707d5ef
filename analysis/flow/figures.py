"""The figures of a flow, and what of them may be shown to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from analysis.flow.survival import Curve

SMALLEST = 10
"""Fewer journeys than this are not told to who may read aggregates only: they could be recognised."""
OPENED, REOPENED, CLOSED = "opened", "reopened", "closed"
"""The ends of the map; of a closing the reason follows: `closed:goals-reached`."""

Count = int | None
"""None: some, but fewer than `SMALLEST`."""


@dataclass(frozen=True, slots=True)
class Node:
    """A stage or a step. Times are in days, of finished visits (steps settled, stages completed).

    `stopped` visits were left unfinished, `closed_in` so because the journey was closed; `open` are under way.
    """

    kind: str
    what: str
    stage: str | None
    journeys: Count
    visits: Count
    finished: Count
    open: Count
    stopped: Count
    closed_in: Count
    median: float | None
    p90: float | None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.what}"

    @property
    def repeated(self) -> Count:
        """Visits after the first one of a journey."""
        return None if self.visits is None or self.journeys is None else self.visits - self.journeys


@dataclass(frozen=True, slots=True)
class Edge:
    """What began next after something was done; what began at the same instant counts each. `median` in days."""

    source: str
    target: str
    times: Count
    journeys: Count
    median: float | None


@dataclass(frozen=True, slots=True)
class Wait:
    """Steps standing still for one cause. Days from the standstill to when it was recorded that it is over."""

    cause: str
    times: Count
    journeys: Count
    median: float | None
    p90: float | None
    total: float | None


@dataclass(frozen=True, slots=True)
class Flow:
    """The flow of a cohort as known at `known_at`. `curves` by name: `closure`, `judgment`, `milestone:…`."""

    known_at: datetime
    journeys: Count
    open: Count
    closed: Count
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    waits: tuple[Wait, ...]
    closings: Mapping[str, Count]
    curves: Mapping[str, Curve]


def guarded(flow: Flow) -> Flow:
    """For who may read aggregates only: counts under `SMALLEST` are not told, nor times of so few.

    A count of journeys that is hidden hides its whole line, so that nothing can be worked out from its neighbours.
    """
    if _few(flow.journeys):
        return replace(
            flow, journeys=None, open=None, closed=None, nodes=(), edges=(), waits=(), closings={}, curves={}
        )
    few_of_either = _few(flow.open) or _few(flow.closed)
    return replace(
        flow,
        open=None if few_of_either else flow.open,
        closed=None if few_of_either else flow.closed,
        nodes=tuple([_node(node) for node in flow.nodes]),
        edges=tuple([_edge(edge) for edge in flow.edges]),
        waits=tuple([_wait(wait) for wait in flow.waits]),
        closings=_reasons(flow.closings),
        curves={name: curve for name, curve in flow.curves.items() if _may_show(curve)},
    )


def simplified(flow: Flow, *, nodes: int = 0, edges: int = 0) -> Flow:
    """Without the stages and steps that fewer than `nodes` per cent of the journeys went through, and the paths of
    fewer than `edges` per cent. Opening and closing stay, and so do paths between what stays only.
    """
    kept = tuple([node for node in flow.nodes if _enough(node.journeys, flow.journeys, nodes)])
    keys = {node.key for node in kept}

    def stays(edge: Edge) -> bool:
        ends = (edge.source, edge.target)
        return all(is_end(end) or end in keys for end in ends) and _enough(edge.journeys, flow.journeys, edges)

    return replace(flow, nodes=kept, edges=tuple([edge for edge in flow.edges if stays(edge)]))


def is_end(key: str) -> bool:
    """Whether it is an opening or a closing."""
    return key.partition(":")[0] in (OPENED, REOPENED, CLOSED)


def _enough(count: Count, of: Count, percent: int) -> bool:
    return percent == 0 or (count is not None and of is not None and count * 100 >= percent * of)


def _few(count: Count) -> bool:
    return count is not None and 0 < count < SMALLEST


def _told(count: Count) -> Count:
    return None if _few(count) else count


def _node(node: Node) -> Node:
    if _few(node.journeys):
        return Node(node.kind, node.what, node.stage, *[None] * 8)
    parts = (node.finished, node.open, node.stopped, node.closed_in)
    if any(_few(part) for part in parts):  # they add up to the visits: one alone could be worked out
        node = replace(
            node,
            finished=None if node.finished else 0,
            open=None if node.open else 0,
            stopped=None if node.stopped else 0,
            closed_in=None if node.closed_in else 0,
            median=None if _few(node.finished) else node.median,
            p90=None if _few(node.finished) else node.p90,
        )
    if node.repeated is not None and _few(node.repeated):
        node = replace(node, visits=None)
    return node


def _edge(edge: Edge) -> Edge:
    return replace(edge, times=None, journeys=None, median=None) if _few(edge.journeys) else edge


def _wait(wait: Wait) -> Wait:
    if _few(wait.journeys):
        return replace(wait, times=None, journeys=None, median=None, p90=None, total=None)
    return wait


def _reasons(closings: Mapping[str, Count]) -> Mapping[str, Count]:
    """A single hidden reason could be worked out from the others: the smallest of these is hidden with it."""
    told = {reason: _told(count) for reason, count in closings.items()}
    if list(told.values()).count(None) == 1:
        rest = {reason: count for reason, count in told.items() if count}
        if rest:
            told[min(rest, key=lambda reason: rest[reason])] = None
    return told


def _may_show(curve: Curve) -> bool:
    """Each step of a curve is a count: it needs enough events, and as many that are left out of them, or none."""
    return not _few(curve.events) and not _few(curve.observed - curve.events)
