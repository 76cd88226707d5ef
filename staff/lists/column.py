"""A list as rows and columns.

A column says once what stands in it. `JOURNEYS` and the others are whole lists; a new column of one appears wherever
the list is shown: on its page where that is a table, in XLSX, in CSV and over the API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from staff.visit import Visit

Cell = str | int | date | datetime | None
"""What stands in a cell. An aware instant is shown on the clock of the office."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """`key` names it for programs and for templates, `title` is the message that heads it; `width` in letters.

    `under`: on the page it stands in small in the cell of that column.
    """

    key: str
    title: str
    value: Callable[[T], Cell]
    width: int = 16
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """Rows as filtered. `total` counts what the filter lets through: all that there are where there are no more."""

    rows: Sequence[T]
    total: int


@dataclass(frozen=True, slots=True)
class List(Generic[T]):
    """`fetch(visit, query, limit)` asks as the list's page does, by its address; it may raise what that does.

    Nothing in a row says who a client is: codes only.
    """

    title: str
    columns: Sequence[Column[T]]
    fetch: Callable[[Visit, Mapping[str, str], int], Table[T]]

    def nested(self) -> Sequence[tuple[Column[T], Sequence[Column[T]]]]:
        """The columns of a page, each with those that stand under it."""
        heads = (column for column in self.columns if column.under is None)
        return [(head, [each for each in self.columns if each.under == head.key]) for head in heads]
