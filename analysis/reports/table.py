"""What a report gives: exact counts by the values of its dimensions, each with the events that it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from analysis.reports.period import Period

Behind = tuple[str, int]
"""A stream and the version of the event in it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`count` things counted; `behind`: one or more events of each, in the order of streams and versions.

    `median_days`: of the times counted, in days of 24 hours, where the report is of times.
    """

    count: int
    behind: tuple[Behind, ...] = ()
    median_days: float | None = None

    @property
    def streams(self) -> frozenset[str]:
        """The people (or contacts) who are counted: one may be counted more than once."""
        return frozenset(stream for stream, _ in self.behind)


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Exact: for those who may see what is of single people. A cell that is not there is nought.

    `dimensions` name the places of each cell's key: `("month", "kind")` and `("2026-03", "caller")`. The values are
    codes; a thing may be counted in several cells only where the definition says so.
    """

    code: str
    period: Period
    as_known_at: datetime
    dimensions: tuple[str, ...]
    cells: Mapping[tuple[str, ...], Figure]

    @property
    def total(self) -> int:
        """The sum over all cells."""
        return sum(figure.count for figure in self.cells.values())
