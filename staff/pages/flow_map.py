"""Where the stages, steps and paths of a flow are drawn: stages from left to right, the steps of each below it. Pure.

The drawing is for the eye only: the table under it has the same figures. A path is as wide as many journeys took it and
has its number beside it, so that nothing depends on colour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.flow.figures import CLOSED, Count, Edge, Flow, Node
from domain.pathway.model import Pathway

WIDE, HIGH = 148, 46
"""The size of a box, in the units of the drawing."""
_ACROSS, _DOWN, _TOP = 178, 74, 30
_LETTERS = 21  # in one line of a box
_THICKEST = 9.0


@dataclass(frozen=True, slots=True)
class Box:
    """A stage, a step or an end. `lines` are its title, at most two; `share` of 100 is how many journeys were in it."""

    key: str
    x: int
    y: int
    lines: tuple[str, ...]
    journeys: Count
    share: int
    is_stage: bool


@dataclass(frozen=True, slots=True)
class Path:
    """`d` in the language of SVG; the number stands at (`x`, `y`)."""

    d: str
    width: float
    x: float
    y: float
    journeys: Count
    back: bool


@dataclass(frozen=True, slots=True)
class FlowMap:
    """A drawing of `width` by `height`."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    paths: tuple[Path, ...]


def flow_map(flow: Flow, pathway: Pathway, title: Callable[[str], str]) -> FlowMap:
    """The drawing. `title` gives the words of a key: `step:contact`, `stage:intake`, `closed:missing`."""
    places = _places(flow, pathway)
    counts: Mapping[str, Count] = {node.key: node.journeys for node in flow.nodes} | _ends(flow)
    boxes = tuple(
        [
            Box(key, x, y, _lines(title(key)), counts.get(key), _share(counts.get(key), flow), key.startswith("stage:"))
            for key, (x, y) in places.items()
        ]
    )
    drawn = [edge for edge in flow.edges if edge.source in places and edge.target in places]
    paths = tuple([_path(edge, places, flow) for edge in drawn])
    width = max((x for x, _ in places.values()), default=0) + WIDE + 44
    height = max((y for _, y in places.values()), default=0) + HIGH + 20
    return FlowMap(width, height, boxes, paths)


def _places(flow: Flow, pathway: Pathway) -> dict[str, tuple[int, int]]:
    """The opening, the stages that were entered in the order of the pathway, the closings."""
    keys = {node.key for node in flow.nodes}
    begins = [end for end in ("opened", "reopened") if any(edge.source == end for edge in flow.edges)]
    columns: list[Sequence[str]] = [begins] if begins else []
    for stage in pathway.stages:
        within = [key for key in (f"stage:{stage.stage}", *(f"step:{s.step}" for s in stage.steps)) if key in keys]
        if within:
            columns.append(within)
    placed = {key for column in columns for key in column}
    strays = sorted(keys - placed)  # of a version that had other steps
    if strays:
        columns.append(strays)
    closings = sorted({edge.target for edge in flow.edges if edge.target.startswith(f"{CLOSED}:")})
    if closings:
        columns.append(closings)
    return {
        key: (6 + across * _ACROSS, _TOP + down * _DOWN)
        for across, column in enumerate(columns)
        for down, key in enumerate(column)
    }


def _ends(flow: Flow) -> dict[str, Count]:
    found: dict[str, Count] = {f"{CLOSED}:{reason}": count for reason, count in flow.closings.items()}
    found["opened"] = flow.journeys
    return found


def _path(edge: Edge, places: Mapping[str, tuple[int, int]], flow: Flow) -> Path:
    (x1, y1), (x2, y2) = places[edge.source], places[edge.target]
    width = round(1.0 + (_THICKEST - 1.0) * _share(edge.journeys, flow) / 100, 1)
    middle1, middle2 = y1 + HIGH // 2, y2 + HIGH // 2
    if x2 > x1:
        start, end = x1 + WIDE, x2
        bend = max(24, (end - start) // 2)
        d = f"M{start} {middle1}C{start + bend} {middle1} {end - bend} {middle2} {end} {middle2}"
        return Path(d, width, (start + end) / 2, (middle1 + middle2) / 2 - 3, edge.journeys, back=False)
    if x1 == x2 and y2 - y1 == _DOWN:
        x = x1 + WIDE // 2
        return Path(f"M{x} {y1 + HIGH}L{x} {y2}", width, x + 14, y2 - 9, edge.journeys, back=False)
    back = x2 < x1 or y2 <= y1
    side = x1 + WIDE if x1 == x2 else x1  # around the right of its own column, or back to the left
    end = x2 + WIDE
    out = side + 26 if x1 == x2 else side - 26
    into = end + 26
    lower = middle2 + 8 if edge.source == edge.target else middle2
    upper = middle1 - 8 if edge.source == edge.target else middle1
    d = f"M{side} {upper}C{out} {upper} {into} {lower} {end} {lower}"
    return Path(d, width, (out + into) / 2 - 4, (upper + lower) / 2 + 4, edge.journeys, back=back)


def _share(count: Count, flow: Flow) -> int:
    """Of the journeys of the cohort, in per cent; what is too few to be told is drawn as none."""
    return min(100, round(100 * count / flow.journeys)) if count and flow.journeys else 0


def _lines(title: str) -> tuple[str, ...]:
    """At most two lines; what does not fit is cut, and stands whole in the table."""
    lines: list[str] = []
    for word in title.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], lines[1][: _LETTERS - 1] + "…"]
    return tuple([line if len(line) <= _LETTERS else line[: _LETTERS - 1] + "…" for line in lines])


def in_order(flow: Flow, pathway: Pathway) -> list[Node]:
    """The stages with their steps as the pathway has them; last what it does not have."""
    keys = [
        key for stage in pathway.stages for key in (f"stage:{stage.stage}", *(f"step:{s.step}" for s in stage.steps))
    ]
    place = {key: number for number, key in enumerate(keys)}
    return sorted(flow.nodes, key=lambda node: (place.get(node.key, len(place)), node.key))
