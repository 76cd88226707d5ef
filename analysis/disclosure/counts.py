"""Exact counts of people with all their margins: what is protected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from analysis.disclosure.errors import DisclosureInvalid
from domain.release.values import ALL

Key = tuple[str, ...]
"""A category of each dimension; `ALL` where it is the margin over one."""
MOST_DIMENSIONS = 2
"""Over more, what follows from the margins is no flow in a network any more, and the audit would not be exact."""


@dataclass(frozen=True, slots=True)
class Counts:
    """`categories` of each dimension are fixed by definition, so that a row tells nothing by being there.

    `cells` has every cell and, where the cells add up, every margin. They do not where one person may stand in several
    of them: then there are no margins, and `everyone` is of how many people they are, most of whom may stand in none.
    """

    categories: tuple[tuple[str, ...], ...]
    cells: Mapping[Key, int]
    everyone: int | None = None

    @property
    def whole(self) -> Key:
        """The key of the total."""
        return (ALL,) * len(self.categories)


def with_margins(categories: tuple[tuple[str, ...], ...], counts: Mapping[Key, int]) -> Counts:
    """Counts of cells that add up; a cell that is not there is nought. Raises `DisclosureInvalid` for a wrong shape."""
    _check(categories)
    cells = {key: counts.get(key, 0) for key in product(*categories)}
    _known(counts, cells)
    whole = {key: sum(cells[base] for base in _under(categories, key)) for key in _keys(categories)}
    return Counts(categories, whole)


def apart(categories: tuple[str, ...], counts: Mapping[Key, int], everyone: int) -> Counts:
    """Counts of which one person may be in several: one dimension, no margins. Raises `DisclosureInvalid`."""
    _check((categories,))
    cells: dict[Key, int] = {(category,): counts.get((category,), 0) for category in categories}
    _known(counts, cells)
    return Counts((categories,), cells, everyone)


def _check(categories: tuple[tuple[str, ...], ...]) -> None:
    if not 1 <= len(categories) <= MOST_DIMENSIONS:
        raise DisclosureInvalid(f"{len(categories)} dimensions: one or two can be protected")
    if any(len(set(each)) != len(each) or len(each) < 2 or ALL in each for each in categories):
        raise DisclosureInvalid("a dimension has at least two categories, each once, and none of them is the total")


def _known(counts: Collection[Key], cells: Collection[Key]) -> None:
    if unknown := sorted(set(counts) - set(cells)):
        raise DisclosureInvalid(f"no such category: {', '.join(unknown[0])}")


def _keys(categories: tuple[tuple[str, ...], ...]) -> Iterator[Key]:
    return product(*((*each, ALL) for each in categories))


def _under(categories: tuple[tuple[str, ...], ...], key: Key) -> Iterator[Key]:
    return product(*(each if place == ALL else (place,) for each, place in zip(categories, key, strict=True)))
