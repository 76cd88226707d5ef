"""Serbian Latin from Serbian Cyrillic, which is exact; the other way is guesswork and is never done.

    latin("Његош") == "Njegoš"
    latin("ЊЕГОШ") == "NJEGOŠ"        # cyrtranslit alone says NjEGOŠ

Only our own catalogue and the titles of pathways pass here. Names and notes are shown as they were typed.
"""

from __future__ import annotations

from functools import lru_cache

import cyrtranslit

_DIGRAPHS = {"Љ": "LJ", "Њ": "NJ", "Џ": "DŽ"}


@lru_cache(maxsize=4096)
def latin(text: str) -> str:
    """`text` in Latin script; what is no Cyrillic stays as it is."""
    return str(cyrtranslit.to_latin(_in_capitals(text), "sr"))


def _in_capitals(text: str) -> str:
    """Љ, Њ and Џ among capitals become two capitals; at the head of a word only the first of the two is one."""
    if not any(letter in text for letter in _DIGRAPHS):
        return text
    found = []
    for place, letter in enumerate(text):
        if letter in _DIGRAPHS and _among_capitals(text, place):
            found.append(_DIGRAPHS[letter])
        else:
            found.append(letter)
    return "".join(found)


def _among_capitals(text: str, place: int) -> bool:
    after = text[place + 1 : place + 2]
    if after.isalpha():
        return after.isupper()
    before = text[place - 1 : place] if place else ""
    return before.isalpha() and before.isupper()
