"""Where everything in a drawing of a pathway goes: a column for each stage, a box for each step, tracks for lines.

Boxes keep the order of the file. The lines of one source share a vertical track beside the boxes; tracks that do not
overlap share their place, so that a long stage needs few.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.codes import Mover
from domain.pathway.condition import All, AnyOf, Condition, Not, StepLeaf, leaves
from domain.pathway.model import Milestone, Opens, Pathway, Stage, Step, StepKind
from domain.pathway.svg import wrap
from domain.pathway.wording import Wording

WIDTH = 1280.0
"""The width of every drawing, in user units (pixels at its natural size)."""
MARGIN, PAD, TRACK = 20.0, 10.0, 8.0
TITLE, SMALL, LINE, SMALL_LINE = 12.5, 10.5, 16.0, 13.5
_GAP, _ROW_GAP = 14.0, 12.0


@dataclass
class Box:
    """A step or milestone with its lines of text and, once placed, its corner."""

    key: str
    item: Step | Milestone
    title: list[str]
    notes: list[str]
    x: float = 0
    y: float = 0
    width: float = 0

    @property
    def height(self) -> float:
        return 14 + LINE * len(self.title) + SMALL_LINE * len(self.notes)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass
class Bus:
    """Lines from one box to others of its column, on a vertical track beside them."""

    source: str
    targets: list[str]
    track: int = 0


@dataclass
class Column:
    """A stage on its way to the page."""

    stage: Stage
    boxes: list[Box]
    heading: list[str]
    conditions: list[str]
    opens: list[Bus]
    starts: list[Bus]
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    places: dict[str, Box] = field(default_factory=dict)


def arrange(pathway: Pathway, stage: Stage, words: Wording) -> Column:
    """What a stage shows, before it has a place: boxes in the order of the file and the lines between them."""
    keys = [step.step for step in stage.steps]
    boxes = [
        Box(step.step, step, [words.title(step.title)], _notes(pathway, stage, step, words)) for step in stage.steps
    ]
    opens = [Bus(key, [x.step for x in stage.steps if key in _asks(x.open_when)]) for key in keys]
    for milestone in pathway.milestones:
        asked = _asks(milestone.reached_when)
        if asked and asked[-1] in keys:
            key = f"milestone {milestone.milestone}"
            boxes.append(Box(key, milestone, [words.title(milestone.title)], _more(pathway, milestone, keys, words)))
            for bus in opens:
                bus.targets += [key] if bus.source in asked else []
    starts = [Bus(x.step, [k for k in x.starts if k in keys and k != x.step]) for x in stage.steps]
    if stage.enter_when is None:
        entry = words.word("by-decision")
    else:
        entry = words.condition(stage.enter_when, pathway) or words.word("at-opening")
    conditions = [words.word("enters") + entry]
    if stage.leave_when is not None:
        conditions.append(words.word("leaves") + words.condition(stage.leave_when, pathway))
    opens, starts = ([bus for bus in buses if bus.targets] for buses in (opens, starts))
    return Column(stage, boxes, [words.title(stage.title)], conditions, opens, starts)


def _notes(pathway: Pathway, stage: Stage, step: Step, words: Wording) -> list[str]:
    found = [f"{words.role(step.role)} · {words.due(step.due)}"]
    if step.waits_on is not Mover.US:
        found.append(words.mover(step.waits_on))
    own = {s.step for s in stage.steps}
    if any(not (isinstance(leaf, StepLeaf) and leaf.step in own) for leaf in leaves(step.open_when)) or (
        step.open_when is not None and len(_asks(step.open_when)) < len(leaves(step.open_when))
    ):
        found.append(words.word("when") + words.condition(step.open_when, pathway))
    away = [key for key in step.starts if key not in own]
    titles = [words.title(place[1].title) for key in away if (place := pathway.find_step(key))]
    return found + ([f"{words.word('starts')}: {', '.join(titles)}"] if titles else [])


def _more(pathway: Pathway, milestone: Milestone, keys: list[str], words: Wording) -> list[str]:
    """A milestone's condition in words, where the lines do not say all of it."""
    if all(isinstance(leaf, StepLeaf) and leaf.step in keys for leaf in leaves(milestone.reached_when)):
        return []
    return [words.word("when") + words.condition(milestone.reached_when, pathway)]


def _asks(condition: Condition | None) -> list[str]:
    """The steps that a condition waits for; not those that it forbids."""
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            return [key for part in parts for key in _asks(part)]
        case StepLeaf(step=key):
            return [key]
        case None | Not() | _:
            return []


def place(columns: list[Column], top: float, across: int) -> float:
    """Places columns side by side; returns their lower edge."""
    width = (WIDTH - 2 * MARGIN - _GAP * (across - 1)) / across
    for n, column in enumerate(columns):
        column.x, column.y, column.width = MARGIN + n * (width + _GAP), top, width
        order = {box.key: i for i, box in enumerate(column.boxes)}
        left = PAD + 6 + TRACK * _tracks(column.opens, order)
        right = PAD + TRACK * _tracks(column.starts, order) + (6 if column.starts else 0)
        inner = width - left - right
        column.heading = wrap(column.heading[0], width - 2 * PAD, 15, bold=True)
        column.conditions = [x for c in column.conditions for x in wrap(c, width - 2 * PAD, SMALL)]
        y = top + 14 + 19 * len(column.heading) + SMALL_LINE * len(column.conditions) + 10
        for box in column.boxes:
            markers = _markers(box.item)
            box.title = wrap(box.title[0], inner - 14 - markers, TITLE, bold=True)
            box.notes = [line for note in box.notes for line in _fit(note, inner - 20)]
            box.x, box.y, box.width = column.x + left, y, inner
            column.places[box.key] = box
            y += box.height + _ROW_GAP
        column.height = y - top
    lowest = max(column.height for column in columns)
    for column in columns:
        column.height = lowest
    return top + lowest + _GAP


def _markers(item: Step | Milestone) -> float:
    """The room that the markers in the upper right corner take."""
    if isinstance(item, Milestone):
        return 16
    required = item.kind is StepKind.REQUIRED
    return 8 + 13.0 * (required + (item.opens is Opens.BY_DECISION) + item.repeatable)


def _fit(note: str, width: float) -> list[str]:
    """A note on one line, else broken at its dots, else between words."""
    if len(lines := wrap(note, width, SMALL)) == 1:
        return lines
    return [line for part in note.split(" · ") for line in wrap(part, width, SMALL)]


def _tracks(buses: list[Bus], order: dict[str, int]) -> int:
    """Gives each bus the innermost track that is free over its whole length; returns how many there are."""
    taken: list[list[tuple[int, int]]] = []
    reach = [(bus, [order[key] for key in (bus.source, *bus.targets)]) for bus in buses]
    for bus, rows in sorted(reach, key=lambda r: max(r[1]) - min(r[1])):
        first, last = min(rows), max(rows)
        free = (n for n, spans in enumerate(taken) if all(last < a or b < first for a, b in spans))
        bus.track = next(free, len(taken))
        if bus.track == len(taken):
            taken.append([])
        taken[bus.track].append((first, last))
    return len(taken)
