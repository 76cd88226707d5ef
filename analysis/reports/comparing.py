"""The same report as known at two moments: what was revised since, cell by cell, with the events that came and went."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.reports.table import Behind, Figure, ReportTable

_NOUGHT = Figure(0)


@dataclass(frozen=True, slots=True)
class Revised:
    """A cell that is not what it was. `came` and `went`: events that are behind it in one of the two only."""

    key: tuple[str, ...]
    earlier: Figure
    later: Figure
    came: tuple[Behind, ...]
    went: tuple[Behind, ...]


def revised(earlier: ReportTable, later: ReportTable) -> tuple[Revised, ...]:
    """The cells of which the count, the median or the events differ, in order of their keys."""
    found = []
    for key in sorted({*earlier.cells, *later.cells}):
        before, after = earlier.cells.get(key, _NOUGHT), later.cells.get(key, _NOUGHT)
        if before != after:
            was, became = set(before.behind), set(after.behind)
            found.append(Revised(key, before, after, tuple(sorted(became - was)), tuple(sorted(was - became))))
    return tuple(found)
