"""A moment to go back to, and by which of the two clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Clock(StrEnum):
    """KNOWN: what had been recorded by then. OCCURRED: what had happened by then, as it is known now."""

    KNOWN = "known"
    OCCURRED = "occurred"


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` belongs to it: what was recorded, or happened, at that very instant counts."""

    at: datetime
    clock: Clock = Clock.KNOWN
