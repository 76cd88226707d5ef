"""What a released table is made of: its period, its cells, and the rule by which both are protected."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self

from pydantic import Field

from domain.values import Code, Count, Value

THRESHOLD = 10
"""People of whom a cell counts at least so many, or it is hidden."""
STEP = 5
"""To what a count is rounded."""
ALL = "all"
"""The place of a margin in the key of a cell."""
_PERIOD = re.compile(r"(\d{4})(?:-Q([1-4]))?", re.IGNORECASE)


class ReleasePeriod(Value):
    """A year, or a quarter of it. Never less: dates single people out."""

    year: Annotated[int, Field(ge=1990, lt=2200)]
    quarter: Annotated[int, Field(ge=1, le=4)] | None = None

    @classmethod
    def of(cls, text: str) -> Self:
        """`2026` or `2026-Q3`. Raises `ValueError` for anything else."""
        found = _PERIOD.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"no year and no quarter: {text!r:.40} (2026, or 2026-Q3)")
        return cls(year=int(found[1]), quarter=int(found[2]) if found[2] else None)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def next_day(self) -> date:
        """The day after its last one."""
        month = 3 * (self.quarter or 4) + 1
        return date(self.year + month // 13, month % 12, 1)

    @property
    def quarters(self) -> frozenset[ReleasePeriod]:
        """The four that a year is made of."""
        return frozenset(ReleasePeriod(year=self.year, quarter=quarter) for quarter in range(1, 5))


class ReleasedCell(Value):
    """A cell as it left: the category of each dimension, `all` for a margin; no count where it is hidden."""

    key: Annotated[tuple[Code, ...], Field(min_length=1, max_length=2)]
    count: Count | None = None
