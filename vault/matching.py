"""Which names are close to a name: an index of folded words in memory, for some ten thousand people.

A score is between 0 and 100 and says how alike two names are, never that two people are one: Jovan Petrović and Jovana
Petrović have 96. Every word of what is asked for is looked for among the words of a name, in any order, and counts by
its length. Who is known by less than was asked for (a first name only) is found by that, at nine tenths.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz, process

from vault.folding import spellings, words

CLOSE = 80.0
"""The least score that is found."""
_CLOSE_WORD = 75.0
_KNOWN_BY_LESS = 0.9


@dataclass(frozen=True, slots=True, repr=False)
class FoldedName:
    """The words of all names of a person, and those of the main one, given and family name, where there is one."""

    all: frozenset[str]
    main: frozenset[str]


def folded_name(main: Iterable[str], others: Iterable[str] = ()) -> FoldedName:
    """From names as typed."""
    mains = frozenset(word for name in main for word in words(name))
    every = mains.union(word for name in others for word in words(name))
    return FoldedName(every, mains or every)


class NameIndex:
    """Names by the id of whom they are. Not safe for threads; it prints nothing of what it holds."""

    def __init__(self) -> None:
        self._names: dict[UUID, FoldedName] = {}
        self._holders: defaultdict[str, set[UUID]] = defaultdict(set)

    def put(self, person: UUID, name: FoldedName) -> None:
        """Adds the person, or replaces their names."""
        self.remove(person)
        self._names[person] = name
        for spelling in _spellings(name):
            self._holders[spelling].add(person)

    def remove(self, person: UUID) -> None:
        """Takes the person out, and words that nobody else has."""
        name = self._names.pop(person, None)
        for spelling in () if name is None else _spellings(name):
            self._holders[spelling].discard(person)
            if not self._holders[spelling]:
                del self._holders[spelling]

    def closest(self, name: FoldedName) -> dict[UUID, float]:
        """The score of everybody whose names are close enough, in no order."""
        close = {word: self._close_words(word) for word in name.all}
        people = {person for found in close.values() for spelling in found for person in self._holders[spelling]}
        scores = {person: _score(name, self._names[person], close) for person in people}
        return {person: score for person, score in scores.items() if score >= CLOSE}

    def _close_words(self, word: str) -> dict[str, float]:
        """The spellings that are close to a word, with how close."""
        found: dict[str, float] = {}
        for spelling in spellings(word):
            for other, score, _ in process.extract(
                spelling, self._holders.keys(), scorer=fuzz.ratio, processor=None, score_cutoff=_CLOSE_WORD, limit=None
            ):
                found[other] = max(score, found.get(other, 0.0))
        return found


def _spellings(name: FoldedName) -> set[str]:
    return {spelling for word in name.all for spelling in spellings(word)}


def _score(asked: FoldedName, known: FoldedName, close: Mapping[str, Mapping[str, float]]) -> float:
    def alike(one: str, other: str) -> float:
        return max(close[one].get(spelling, 0.0) for spelling in spellings(other))

    found = {word: max(alike(word, other) for other in known.all) for word in asked.main}
    by_less = {word: max(alike(other, word) for other in asked.all) for word in known.main}
    return max(_weighed(found), _KNOWN_BY_LESS * _weighed(by_less))


def _weighed(scores: Mapping[str, float]) -> float:
    letters = sum(map(len, scores))
    return sum(len(word) * score for word, score in scores.items()) / letters if letters else 0.0
