"""Whose history is looked at, and what of it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Cohort:
    """Journeys of a pathway that were opened in a span of time; all, where nothing is said. `before` is not in it."""

    pathway: str | None = None
    opened_from: datetime | None = None
    opened_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """When something begins to count: a stall by its beginning. `before` is not in it."""

    since: datetime | None = None
    before: datetime | None = None

    def __contains__(self, at: datetime) -> bool:
        return (self.since is None or at >= self.since) and (self.before is None or at < self.before)


EVERYBODY, ALWAYS = Cohort(), Period()
