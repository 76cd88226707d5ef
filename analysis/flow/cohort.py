"""Which journeys, and as known when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.codes import ClosingReason


@dataclass(frozen=True, slots=True)
class Cohort:
    """Journeys opened from `opened_from` until before `opened_until` that match everything that is given.

    `stage` is one that they have entered; `reason` is why they are closed. Journeys merged into another one are left
    out: the client is counted with that one.
    """

    opened_from: datetime | None = None
    opened_until: datetime | None = None
    pathway: str | None = None
    version: int | None = None
    stage: str | None = None
    reason: ClosingReason | None = None
