"""All living identities as a search looks at them: folded names, numbers and codes, in memory and never written.

It prints nothing of what it holds. What it gives away is masked: initials and the year of birth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from unicodedata import normalize
from uuid import UUID

from vault.identity import Born, ContactKind, Identity, Name, year_of
from vault.matching import CLOSE, FoldedName, NameIndex, folded_name

_TWO_LETTERS = ("lj", "nj", "dž")
"""One letter of Serbian each: Љиљана is Lj. in Latin."""
_SAME_YEAR, _NEXT_YEAR, _NO_YEAR, _OTHER_YEAR = 0.0, 1.0, 3.0, 15.0
"""What the years of birth take from the score of the names; a year off is what a person remembers of another."""


class SearchBy(StrEnum):
    """What was typed: a name, in part or whole; all else must be whole."""

    NAME = "name"
    PHONE = "phone"
    CODE = "code"
    CASE_NUMBER = "case-number"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who was found, masked: initials (`М. Ђ.`) and year of birth. `score` is 0 to 100; 100 proves nothing."""

    journey: UUID
    code: str
    initials: str = field(repr=False)
    born_year: int | None = field(repr=False)
    score: int


class Roll:
    """Not safe for threads. `code_of` gives the code by which people know a journey."""

    def __init__(self, code_of: Callable[[UUID], str]) -> None:
        self._code_of = code_of
        self._identities: dict[UUID, tuple[str, int | None]] = {}
        self._names = NameIndex()
        self._holders: defaultdict[tuple[SearchBy, str], set[UUID]] = defaultdict(set)
        self._marks: dict[UUID, set[tuple[SearchBy, str]]] = {}

    def __len__(self) -> int:
        return len(self._identities)

    def put(self, identity: Identity) -> None:
        """Adds the identity, or replaces what was known under its journey."""
        journey = identity.journey
        self.remove(journey)
        self._identities[journey] = (initials(identity.names), identity.born_year)
        self._names.put(journey, folded_names(identity.names))
        marks = {(SearchBy.CODE, bare(self._code_of(journey)))}
        marks.update((SearchBy.PHONE, c.value) for c in identity.contacts if c.kind is ContactKind.PHONE)
        if identity.case_number is not None:
            marks.add((SearchBy.CASE_NUMBER, bare(identity.case_number)))
        self._marks[journey] = marks
        for mark in marks:
            self._holders[mark].add(journey)

    def remove(self, journey: UUID) -> None:
        """Forgets it."""
        self._identities.pop(journey, None)
        self._names.remove(journey)
        for mark in self._marks.pop(journey, ()):
            self._holders[mark].discard(journey)
            if not self._holders[mark]:
                del self._holders[mark]

    def marked(self, by: SearchBy, mark: str) -> list[Candidate]:
        """Who has exactly this number (E.164), code or case number (`bare`)."""
        return self._ordered(dict.fromkeys(self._holders.get((by, mark), ()), 100.0))

    def named(self, name: FoldedName) -> list[Candidate]:
        """Whose names are close, the closest first."""
        return self._ordered(self._names.closest(name))

    def alike(self, name: FoldedName, born: Born | None) -> list[Candidate]:
        """Who may be the same person, by names and year of birth, the likeliest first."""
        scores = {
            journey: score - _years_apart(year_of(born), self._identities[journey][1])
            for journey, score in self._names.closest(name).items()
        }
        return self._ordered({journey: score for journey, score in scores.items() if score >= CLOSE})

    def _ordered(self, scores: dict[UUID, float]) -> list[Candidate]:
        found = (
            Candidate(journey, self._code_of(journey), *self._identities[journey], int(score))
            for journey, score in scores.items()
        )
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.code, candidate.journey))


def folded_names(names: Iterable[Name]) -> FoldedName:
    """Of all names of a person."""
    known = tuple(names)
    return folded_name(
        (name.text for name in known if name.use.is_main), (name.text for name in known if not name.use.is_main)
    )


def initials(names: Iterable[Name]) -> str:
    """Of the main name as typed, in its script; of all names where there is no main one."""
    known = tuple(names)
    shown = [name for name in known if name.use.is_main] or known
    return " ".join(f"{_initial(word)}." for name in shown for word in name.text.replace("-", " ").split())


def bare(text: str) -> str:
    """A code or case number without what people leave out: capitals, blanks, dashes, strokes."""
    return "".join(letter for letter in normalize("NFKC", text).casefold() if letter.isalnum())


def _initial(word: str) -> str:
    return word[:2].capitalize() if word.casefold().startswith(_TWO_LETTERS) else word[:1].upper()


def _years_apart(one: int | None, other: int | None) -> float:
    if one is None or other is None:
        return _NO_YEAR
    return {0: _SAME_YEAR, 1: _NEXT_YEAR}.get(abs(one - other), _OTHER_YEAR)
