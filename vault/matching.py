"""Which names are close to a name: an index of folded words in memory, for a hundred thousand people.

A score is between 0 and 100 and says how alike two names are, never that two people are one: Jovan Petrović and Jovana
Petrović have 96. Every word of what is asked for is looked for among the words of a name, in any order, and counts by
its length. Who is known by less than was asked for (a first name only) is found by that, at nine tenths.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Known:
    """A person as a search goes through them, thousands at a time: every spelling, and those of each word of the main
    name with its length. Each is equal to itself alone, which makes sets of them quick.

    `least`: of so many words of the main name something close must be asked for, or it is not known by less.
    """

    person: UUID
    spellings: frozenset[str]
    main: tuple[tuple[int, tuple[str, ...]], ...]
    letters: int
    least: int


class NameIndex:
    """Names by the id of whom they are. Not safe for threads; it prints nothing of what it holds."""

    def __init__(self) -> None:
        self._people: dict[UUID, _Known] = {}
        self._holders: defaultdict[str, set[_Known]] = defaultdict(set)

    def put(self, person: UUID, name: FoldedName) -> None:
        """Adds the person, or replaces their names."""
        self.remove(person)
        known = self._people[person] = _Known(
            person,
            frozenset(spelling for word in name.all for spelling in spellings(word)),
            tuple((len(word), tuple(spellings(word))) for word in name.main),
            sum(map(len, name.main)),
            _least(name.main, CLOSE / _KNOWN_BY_LESS) if _are_apart(name.main) else 1,
        )
        for spelling in known.spellings:
            self._holders[spelling].add(known)

    def remove(self, person: UUID) -> None:
        """Takes the person out, and words that nobody else has."""
        known = self._people.pop(person, None)
        for spelling in () if known is None else known.spellings:
            self._holders[spelling].discard(known)
            if not self._holders[spelling]:
                del self._holders[spelling]

    def closest(self, name: FoldedName) -> dict[UUID, float]:
        """The score of everybody whose names are close enough, in no order."""
        close = {word: self._close_words(word) for word in name.all}
        best: dict[str, float] = {}
        for found in close.values():
            for spelling, score in found.items():
                best[spelling] = max(score, best.get(spelling, 0.0))
        asked = [(len(word), close[word]) for word in name.main]
        scores = ((known.person, _score(asked, known, best)) for known in self._likely(name, close, best))
        return {person: score for person, score in scores if score >= CLOSE}

    def _likely(
        self, name: FoldedName, close: Mapping[str, Mapping[str, float]], best: Mapping[str, float]
    ) -> set[_Known]:
        """Everybody but those who cannot be close: of five thousand Milicas nearly all have another family name."""
        of_words = [set[_Known]().union(*(self._holders[spelling] for spelling in close[word])) for word in name.main]
        if _least(name.main, CLOSE) < len(name.main):
            return set[_Known]().union(*(self._holders[spelling] for spelling in best))
        found = set.intersection(*of_words) if of_words else set[_Known]()
        others = set[_Known]().union(*(self._holders[spelling] for spelling in best)) - found
        matched = frozenset(best)
        return found | {known for known in others if len(known.spellings & matched) >= known.least}

    def _close_words(self, word: str) -> dict[str, float]:
        """The spellings that are close to a word, with how close."""
        found: dict[str, float] = {}
        for spelling in spellings(word):
            for other, score, _ in process.extract(
                spelling, self._holders.keys(), scorer=fuzz.ratio, processor=None, score_cutoff=_CLOSE_WORD, limit=None
            ):
                found[other] = max(score, found.get(other, 0.0))
        return found


def _score(asked: Sequence[tuple[int, Mapping[str, float]]], known: _Known, best: Mapping[str, float]) -> float:
    """`asked`: each word of the main name that is looked for, its length and what is close to it."""
    letters = found = by_less = 0.0
    for length, close in asked:
        letters += length
        found += length * max([close.get(spelling, 0.0) for spelling in known.spellings], default=0.0)
    for length, spelt in known.main:
        by_less += length * max([best.get(spelling, 0.0) for spelling in spelt], default=0.0)
    return max(found / letters if letters else 0.0, _KNOWN_BY_LESS * by_less / known.letters if known.letters else 0.0)


def _least(words: Iterable[str], score: float) -> int:
    """How many of these words must be found, however well, for at least that score: the longest count most."""
    lengths = sorted(map(len, words), reverse=True)
    covered = 0
    for number, length in enumerate(lengths, start=1):
        covered += length
        if 100.0 * covered >= score * sum(lengths):
            return number
    return len(lengths)


def _are_apart(words: Iterable[str]) -> bool:
    """Whether no spelling is of two of these words, as it is where somebody is called Đorđe and Djordje."""
    spelt = [spelling for word in words for spelling in spellings(word)]
    return len(spelt) == len(set(spelt))
