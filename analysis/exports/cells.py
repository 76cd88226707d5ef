"""Text in a cell of a file for spreadsheet programs: never a formula.

They calculate what begins with one of a few signs, also in a text file, and such a formula can send the file elsewhere.
Text gets an apostrophe in front (OWASP, "CSV Injection").
"""

from __future__ import annotations

CALCULATED = frozenset("=+-@\t\r\n＝＋－＠")
"""What a cell that is calculated begins with; the wide forms in East Asian editions."""


def harmless(text: str) -> str:
    """The text on one line, so that no program calculates it."""
    line = " ".join(text.split())
    return f"'{line}" if line[:1] in CALCULATED else line
