"""What every part asks of a date that a person enters: that a past fact lies in the past and within the journey."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused

CLOCK_TOLERANCE = timedelta(minutes=2)
"""A workstation's clock may run ahead of the log's by this much."""


def misdated(journey: Journey, occurred_at: datetime | None, now: datetime) -> Refused | None:
    """A refusal where a fact is said to have happened in the future or before the journey was opened."""
    if occurred_at is None:
        return None
    if occurred_at > now + CLOCK_TOLERANCE:
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE)
    if occurred_at < journey.opened_at:
        return Refused(code=RefusalCode.DATE_BEFORE_OPENING)
    return None
