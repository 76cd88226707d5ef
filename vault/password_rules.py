"""Which passwords may be chosen: long enough, and not among the first that anybody would try. Nothing else is asked.

NIST SP 800-63B-4 §3.1.1.2: at least 8 characters beside a second factor, each Unicode code point counts as one, no
rules of composition, nothing cut off, NFKC before hashing, a list of common and expected ones, the reason is told. The
list is short on purpose: attempts are counted (`vault.attempts`), so it need only hold what is tried first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import cyrtranslit

from vault.errors import PasswordRefused
from vault.refusals import PasswordFault

SHORTEST = 8
LONGEST = 128
_OF_OURS = ("putokaz",)
_SHORTEST_NAME = 3
_ROWS = ("01234567890", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "abcdefghijklmnopqrstuvwxyz")
_SHORTEST_RUN = 3
_MOST_ADDED = 6
_WRITTEN_FOR = str.maketrans("@4310$57", "aaeiosst")


def normal(password: str) -> bytes | None:
    """What is hashed; None for what is too long to be anybody's."""
    if len(password) > LONGEST:
        return None
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def require(password: str, own: Iterable[str] = ()) -> bytes:
    """What is to be hashed. `own`: names and addresses of the person and of the organisation.

    Raises `PasswordRefused`.
    """
    plain = normal(password)
    if plain is None:
        raise PasswordRefused(PasswordFault.TOO_LONG)
    if len(plain.decode("utf-8", "surrogatepass")) < SHORTEST:
        raise PasswordRefused(PasswordFault.TOO_SHORT)
    bare = _bare(password)
    forms = {
        _without_ends(bare),
        _without_ends(bare).translate(_WRITTEN_FOR),
        _without_ends(bare.translate(_WRITTEN_FOR)),
    }
    if any(_is_made_of(form, _names(own)) for form in forms):
        raise PasswordRefused(PasswordFault.PERSONAL)
    if _is_run(bare) or any(_is_repeated(form, common()) for form in {bare, *forms}):
        raise PasswordRefused(PasswordFault.COMMON)
    return plain


@cache
def common() -> frozenset[str]:
    """Words that stand for their like: with digits and signs around them, written twice, in capitals or Cyrillic."""
    lines = (files("vault") / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _bare(text: str) -> str:
    """In small Latin letters without marks: Ђорђевић is djordjevic."""
    latin = cyrtranslit.to_latin(unicodedata.normalize("NFKC", text).casefold(), "sr").replace("đ", "dj")
    return "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))


def _without_ends(bare: str) -> str:
    """Without a few digits and signs around it, which are what people add to a word that was refused."""
    word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", bare)
    return word if len(bare) - len(word) <= _MOST_ADDED else bare


def _names(own: Iterable[str]) -> frozenset[str]:
    words = (word for text in (*own, *_OF_OURS) for word in re.split(r"[\W\d_]+", _bare(text)))
    return frozenset(form for word in words for form in (word, word.replace("dj", "d")) if len(form) >= _SHORTEST_NAME)


def _is_made_of(form: str, names: frozenset[str]) -> bool:
    """Of names and what stands between them, and nothing else."""
    if not form:
        return False
    among = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.fullmatch(rf"(?:(?:{among})[\W\d_]*)+", form) is not None


def _is_repeated(form: str, words: frozenset[str]) -> bool:
    return form in words or any(
        form == form[:length] * (len(form) // length) and form[:length] in words for length in _divisors(len(form))
    )


def _divisors(number: int) -> Iterator[int]:
    return (length for length in range(1, number // 2 + 1) if number % length == 0)


def _is_run(bare: str) -> bool:
    """One key held, or keys beside each other: aaaaaaaa, 12345678, qwerty123, abc12345."""
    rest = bare
    while rest:
        length = max((_run_length(rest, row) for row in (*_ROWS, *(row[::-1] for row in _ROWS))), default=0)
        length = max(length, len(rest) - len(rest.lstrip(rest[0])))
        if length < _SHORTEST_RUN:
            return False
        rest = rest[length:]
    return True


def _run_length(text: str, row: str) -> int:
    """How much of the beginning of `text` stands in one piece in `row`."""
    return next((length for length in range(min(len(text), len(row)), 0, -1) if text[:length] in row), 0)
