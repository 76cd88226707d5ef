"""The few SVG shapes of a drawing. Presentation attributes only: the pages' policy forbids inline style and script."""

from __future__ import annotations

from html import escape

FONT = "Noto Sans, DejaVu Sans, Liberation Sans, Arial, sans-serif"
_WIDE = 0.575  # of the font size: the average width of a Latin letter in the fonts above
_BOLD = 0.645
_CYRILLIC = 1.06  # times as wide


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """One element; `_` in an attribute's name is written `-`. `content` is markup already."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def label(text: str, x: float, y: float, size: float, *, bold: bool = False, fill: str = "#1d1d1d") -> str:
    """A line of text whose baseline begins at (x, y)."""
    weight = {"font_weight": "bold"} if bold else {}
    return element("text", escape(text), x=x, y=y, font_size=size, fill=fill, **weight)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit `width`, broken between words."""
    letter = size * (_BOLD if bold else _WIDE) * (_CYRILLIC if any("\u0400" <= c <= "\u04ff" for c in text) else 1)
    room = max(int(width / letter), 6)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
