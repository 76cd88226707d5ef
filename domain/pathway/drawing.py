"""A pathway as a picture: stages side by side, their steps from top to bottom, what opens and what starts what.

    svg = draw(pathway, Language.ENGLISH)
    svg = draw(pathway, Language.SERBIAN, script=to_latin)

Markers as in CMMN 1.1: `!` required, a triangle for what a person opens, `#` repeatable, a dashed edge for
discretionary, a rounded shape for a milestone. Colours (Okabe and Ito) name the role, and the role is written as well.
A condition within a stage is a line at the left, from another stage a sentence in the box.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from domain.pathway.layout import (
    LINE,
    MARGIN,
    PAD,
    SMALL,
    SMALL_LINE,
    TITLE,
    TRACK,
    WIDTH,
    Box,
    Bus,
    Column,
    arrange,
    place,
)
from domain.pathway.legend import COLOURS, INK, LINES, STARTS, legend, triangle
from domain.pathway.model import Opens, Pathway, Step, StepKind
from domain.pathway.svg import FONT, element, label
from domain.pathway.wording import Language, Wording

_COLUMNS = 5
_QUIET = "#444444"


def draw(pathway: Pathway, language: Language, script: Callable[[str], str] = str) -> str:
    """The SVG of a pathway, 1280 units wide. `script` turns Serbian Cyrillic into Latin."""
    words = Wording(language, script)
    columns = [arrange(pathway, stage, words) for stage in pathway.stages]
    bottom = 62.0
    for start in range(0, len(columns), _COLUMNS):
        bottom = place(columns[start : start + _COLUMNS], bottom, min(len(columns), _COLUMNS))
    height = bottom + 74
    heading = f"{words.title(pathway.title)} · {words.word('version')} {pathway.version}"
    ids = f"{pathway.pathway}-{pathway.version}"
    parts = [
        element("title", escape(heading), id=f"{ids}-title"),
        element("desc", escape(_description(pathway, words)), id=f"{ids}-desc"),
        element("rect", width=WIDTH, height=height, fill="#ffffff"),
        label(heading, MARGIN, 40, 22, bold=True),
        *(_draw_column(column, words) for column in columns),
        legend(bottom + 8, words),
    ]
    return element(
        "svg",
        "\n".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        width=WIDTH,
        height=round(height),
        role="img",
        aria_labelledby=f"{ids}-title {ids}-desc",
        font_family=FONT,
        lang=language.value,
    )


def _description(pathway: Pathway, words: Wording) -> str:
    """The picture in words, for those who do not see it."""
    told = [words.word("summary")]
    for stage in pathway.stages:
        steps = ", ".join(words.title(step.title) for step in stage.steps)
        told.append(f"{words.title(stage.title)} – {words.word('steps')}: {steps}.")
    return " ".join(told)


def _draw_column(column: Column, words: Wording) -> str:
    region = element(
        "rect",
        x=column.x,
        y=column.y,
        width=column.width,
        height=column.height,
        rx=10,
        fill="#f4f6f8",
        stroke="#8a949e",
    )
    y = column.y + 24
    parts = [region]
    for line in column.heading:
        parts.append(label(line, column.x + PAD, y, 15, bold=True))
        y += 19
    for line in column.conditions:
        parts.append(label(line, column.x + PAD, y - 3, SMALL, fill=_QUIET))
        y += SMALL_LINE
    parts += [_lines(bus, column.places, left=True) for bus in column.opens]
    parts += [_lines(bus, column.places, left=False) for bus in column.starts]
    parts += [_draw_box(box, words) for box in column.boxes]
    return element("g", "\n".join(parts))


def _lines(bus: Bus, places: dict[str, Box], *, left: bool) -> str:
    """From the source's edge along the track to each target, with an arrow head: full lines left, dashed ones right."""
    source, sign = places[bus.source], -1 if left else 1
    colour = LINES if left else STARTS

    def edge(box: Box) -> float:
        return box.x if left else box.x + box.width

    track = edge(source) + sign * (8 + TRACK * bus.track)
    leaves_at = source.middle + (5 if left else 0)
    parts = []
    for key in bus.targets:
        target = places[key]
        arrives = target.middle - (5 if left else 0)
        turn = 4 if arrives > leaves_at else -4
        path = (
            f"M{edge(source):.1f} {leaves_at:.1f}H{track - sign * 4:.1f}Q{track:.1f} {leaves_at:.1f} {track:.1f} "
            f"{leaves_at + turn:.1f}V{arrives - turn:.1f}Q{track:.1f} {arrives:.1f} {track - sign * 4:.1f} "
            f"{arrives:.1f}H{edge(target) + sign * 5:.1f}"
        )
        dash = {} if left else {"stroke_dasharray": "4 3"}
        parts.append(element("path", d=path, fill="none", stroke=colour, stroke_width=1.4, **dash))
        tip, back = edge(target), edge(target) + sign * 6
        parts.append(
            element(
                "path", d=f"M{tip:.1f} {arrives:.1f}L{back:.1f} {arrives - 3.5:.1f}V{arrives + 3.5:.1f}Z", fill=colour
            )
        )
    return "\n".join(parts)


def _draw_box(box: Box, words: Wording) -> str:
    if isinstance(box.item, Step):
        frame = _step_frame(box, box.item, words)
    else:
        radius = min(box.height / 2, 18)
        frame = element(
            "rect",
            x=box.x,
            y=box.y,
            width=box.width,
            height=box.height,
            rx=radius,
            fill="#ffffff",
            stroke=INK,
            stroke_width=1.6,
        )
    indent = 12 if isinstance(box.item, Step) else 16
    y = box.y + 18
    parts = [frame]
    for line in box.title:
        parts.append(label(line, box.x + indent, y, TITLE, bold=True))
        y += LINE
    for line in box.notes:
        parts.append(label(line, box.x + indent, y - 1, SMALL, fill=_QUIET))
        y += SMALL_LINE
    return element("g", "\n".join(parts))


def _step_frame(box: Box, step: Step, words: Wording) -> str:
    dash = {"stroke_dasharray": "5 3"} if step.kind is StepKind.DISCRETIONARY else {}
    said = [words.word(step.kind.value)]
    said += [words.word("manual")] if step.opens is Opens.BY_DECISION else []
    said += [words.word("repeatable")] if step.repeatable else []
    tip = words.title(step.help) if step.help else ""
    parts = [
        element("title", escape(f"{words.title(step.title)} ({', '.join(said)}). {tip}".strip())),
        element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=4, fill="#ffffff", stroke=INK, **dash),
        element("rect", x=box.x, y=box.y, width=6, height=box.height, fill=COLOURS[step.role]),
        *_markers(step, box.x + box.width - 8, box.y + 12),
    ]
    return "\n".join(parts)


def _markers(step: Step, right: float, y: float) -> Iterator[str]:
    if step.kind is StepKind.REQUIRED:
        yield label("!", right - 4, y + 6, 13, bold=True)
        right -= 12
    if step.opens is Opens.BY_DECISION:
        yield triangle(right - 9, y)
        right -= 14
    if step.repeatable:
        yield label("#", right - 8, y + 6, 12, bold=True)
