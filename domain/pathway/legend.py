"""The key under a drawing of a pathway: what its shapes and colours say."""

from __future__ import annotations

from domain.codes import Role
from domain.pathway.layout import MARGIN
from domain.pathway.svg import element, label
from domain.pathway.wording import Wording

INK, LINES, STARTS = "#1d1d1d", "#5a5a5a", "#D55E00"
COLOURS = {
    Role.CONSULTANT: "#56B4E9",
    Role.CASEWORKER: "#0072B2",
    Role.MOBILE_TEAM: "#E69F00",
    Role.PSYCHOLOGIST: "#CC79A7",
    Role.LAWYER: "#009E73",
    Role.SUPERVISOR: "#D55E00",
    Role.ON_CALL: "#000000",
}
"""Okabe and Ito, told apart with every common colour vision; each role is written beside its colour as well."""


def triangle(x: float, y: float) -> str:
    return element(
        "path", d=f"M{x:.1f} {y - 4:.1f}L{x + 8:.1f} {y + 1:.1f}L{x:.1f} {y + 6:.1f}Z", fill="none", stroke=INK
    )


def legend(y: float, words: Wording) -> str:
    """Two rows: what the shapes say, and the colours of the roles."""
    parts = [label(words.word("legend"), MARGIN, y + 12, 12, bold=True)]
    x = MARGIN + 80
    for key in ("required", "discretionary", "manual", "repeatable", "condition", "starts", "milestone"):
        parts += [_sample(key, x, y + 8), label(words.word(key), x + 28, y + 12, 11)]
        x += 42 + 6.9 * len(words.word(key))
    x, y = MARGIN + 80, y + 26
    for role, colour in COLOURS.items():
        parts.append(element("rect", x=x, y=y, width=20, height=12, fill=colour))
        parts.append(label(words.role(role), x + 28, y + 11, 11))
        x += 42 + 6.9 * len(words.role(role))
    return element("g", "\n".join(parts))


def _sample(key: str, x: float, y: float) -> str:
    match key:
        case "required":
            return label("!", x + 8, y + 5, 13, bold=True)
        case "manual":
            return triangle(x + 6, y - 1)
        case "repeatable":
            return label("#", x + 6, y + 5, 12, bold=True)
        case "discretionary":
            return element(
                "rect", x=x, y=y - 6, width=22, height=12, rx=3, fill="#ffffff", stroke=INK, stroke_dasharray="5 3"
            )
        case "milestone":
            return element(
                "rect", x=x, y=y - 6, width=22, height=12, rx=6, fill="#ffffff", stroke=INK, stroke_width=1.6
            )
        case _:
            dash = {"stroke_dasharray": "4 3"} if key == "starts" else {}
            colour = STARTS if key == "starts" else LINES
            line = element("path", d=f"M{x:.1f} {y:.1f}H{x + 16:.1f}", stroke=colour, stroke_width=1.4, **dash)
            head = element("path", d=f"M{x + 22:.1f} {y:.1f}L{x + 16:.1f} {y - 3.5:.1f}V{y + 3.5:.1f}Z", fill=colour)
            return line + head
