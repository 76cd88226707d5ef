"""What somebody does who wants to know what is hidden. Knows nothing of how the product hides, but for the rounding.

A puzzle is what anybody has: linear equations between cells, and of each cell the least and the most that it can be.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

ALL = "all"
FEW = 10
NEAR = 2
"""How far a rounded count may be from the true one."""
Cell = Hashable
Equation = Mapping[Cell, int]
"""Cell and coefficient; the sum is nought."""
Range = tuple[int, int]
NO_END = 10**9


@dataclass
class Puzzle:
    """Equations, and the range of every cell."""

    ranges: dict[Cell, Range] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)

    def with_table(self, cells: Mapping[tuple[str, ...], int | None], name: str = "", *, exact: bool) -> Puzzle:
        """A table as it is shown; `exact`: its counts are the true ones, else rounded. A margin is a sum."""
        for key, count in cells.items():
            near = 0 if exact else NEAR
            known = (0, NO_END) if count is None else (max(0 if exact else FEW, count - near), count + near)
            self.ranges[name, key] = known
        self.equations += [{(name, key): value for key, value in each.items()} for each in sums(cells)]
        return self


def sums(cells: Collection[tuple[str, ...]]) -> Iterator[dict[tuple[str, ...], int]]:
    """That each margin is the sum of what is under it, one dimension at a time."""
    for key in cells:
        for place, category in enumerate(key):
            if category == ALL:
                under = [
                    k for k in cells if k[place] != ALL and k[:place] + k[place + 1 :] == key[:place] + key[place + 1 :]
                ]
                yield {key: -1, **dict.fromkeys(under, 1)}


def shown_below(cells: Iterable[int | None]) -> list[int]:
    """Uniqueness: counts that are shown and below ten."""
    return [count for count in cells if count is not None and count < FEW]


def solved(puzzle: Puzzle) -> dict[Cell, Fraction]:
    """Linear combinations: every unknown that the equations leave one value for (Gauss and Jordan, in fractions)."""
    unknown = [cell for cell, (least, most) in puzzle.ranges.items() if least < most]
    place = {cell: number for number, cell in enumerate(unknown)}
    rows = []
    for equation in puzzle.equations:
        row = [Fraction(0)] * (len(unknown) + 1)
        for cell, factor in equation.items():
            if cell in place:
                row[place[cell]] += factor
            else:
                row[-1] -= factor * puzzle.ranges[cell][0]
        rows.append(row)
    done = 0
    for column in range(len(unknown)):
        pivot = next((n for n in range(done, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for n, row in enumerate(rows):
            if n != done and row[column]:
                rows[n] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    found = {}
    for row in rows[:done]:
        involved = [n for n, value in enumerate(row[:-1]) if value]
        if len(involved) == 1:
            found[unknown[involved[0]]] = row[-1]
    return found


def narrowed(puzzle: Puzzle, rounds: int = 60) -> dict[Cell, Range]:
    """Bounds: what every equation leaves of every range, again and again, until nothing changes."""
    ranges = dict(puzzle.ranges)
    for _ in range(rounds):
        before = dict(ranges)
        for equation in puzzle.equations:
            for cell, factor in equation.items():
                low = high = 0
                for other, weight in equation.items():
                    if other != cell:
                        a, b = sorted(-weight * factor * bound for bound in ranges[other])
                        low, high = low + a, high + b
                least, most = ranges[cell]
                ranges[cell] = (max(least, low), min(most, high))
        if ranges == before:
            break
    return ranges


def found(puzzle: Puzzle, true: Mapping[Cell, int]) -> set[Cell]:
    """Every hidden cell below ten of which somebody knows now that people are in it, or that fewer than ten are."""
    small = {
        cell for cell, (least, most) in puzzle.ranges.items() if least < most and most == NO_END and true[cell] < FEW
    }
    ranges = narrowed(puzzle)
    told = {cell for cell in small if ranges[cell][0] > 0 or ranges[cell][1] < FEW}
    return told | (small & set(solved(puzzle)))


def every_table(rows: int, columns: int, total: int) -> Iterator[tuple[int, ...]]:
    """All tables of so many people, row after row."""
    for cells in product(range(total + 1), repeat=rows * columns - 1):
        if sum(cells) <= total:
            yield (*cells, total - sum(cells))
