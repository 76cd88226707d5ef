"""Names as they are compared: one key for both scripts, any capitals, any marks over letters, any order of words.

    folded("Ђорђевић Милица") == folded("Milica DJORDJEVIĆ") == "djordjevic milica"
    spellings("djordjevic")  # ("djordjevic", "dordevic")

What is shown is always what was typed: a folded name is for finding, and only ever suggests. Đ has no decomposition in
Unicode and is written đ, dj or d (ICAO 9303 makes it D in passports), so a word with it is compared in two spellings.
The table knows the Cyrillic letters of Serbian and of its neighbours' and guests' languages, since libraries know one
language at a time. Other scripts stay as they are, without their marks.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

_SERBIAN = dict(zip("абвгдежзијклмнопрстћуфхцчш", "abvgdezzijklmnoprstcufhccs", strict=True))
_SERBIAN |= {"ђ": "dj", "љ": "lj", "њ": "nj", "џ": "dz"}
# Macedonian; Ukrainian, Belarusian, Russian, Bulgarian. Those with a mark that are not here lose the mark first.
_OTHERS = dict(zip("іґйыэ", "igjie", strict=True)) | dict.fromkeys("ъь", "")
_OTHERS |= {"ѓ": "gj", "ќ": "kj", "ѕ": "dz", "є": "je", "щ": "sc", "ю": "ju", "я": "ja"}
# Without a decomposition. Eth (Ð, U+00D0) and African D (Ɖ, U+0189) look like Đ (U+0110) and are typed for it.
_LATIN = {"đ": "dj", "ð": "dj", "ɖ": "dj", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e", "ħ": "h"}
_APOSTROPHES = dict.fromkeys("'`´‘’ʹʻʼʾʿ", "")  # O'Neill is ONeill
_LETTERS = str.maketrans(_SERBIAN | _OTHERS | _LATIN | _APOSTROPHES)
_WITHOUT_APOSTROPHES = str.maketrans(_APOSTROPHES)
_DJ = re.compile("dj+")


def words(name: str) -> tuple[str, ...]:
    """The words of a name, folded and sorted; hyphens and other punctuation part words. None where it has no letter."""
    plain = normalize("NFKC", name.translate(_WITHOUT_APOSTROPHES)).casefold()
    latin = normalize("NFKD", normalize("NFKC", plain).translate(_LETTERS))
    # Once more, for letters that the table knows without their mark only.
    return tuple(sorted("".join(map(_kept, latin)).translate(_LETTERS).split()))


def folded(name: str) -> str:
    """The words of a name in one key. Folding it again changes nothing."""
    return " ".join(words(name))


def spellings(word: str) -> tuple[str, ...]:
    """How a folded word may be written: as it is, and with d for dj. Two words are the same if they share one."""
    return (word,) if (other := _DJ.sub("d", word)) == word else (word, other)


def _kept(letter: str) -> str:
    if letter.isalnum():
        return letter
    # Marks, and what is invisible, stand within a word; all else is between words.
    return "" if category(letter)[0] == "M" or category(letter) == "Cf" else " "
