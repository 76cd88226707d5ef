"""What every part asks of a date that a person enters: that a past fact lies in the past and within the journey."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.calendar import local_date
from domain.journey.deciding import Surroundings
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused
from domain.values import Day, Instant

__all__ = ["CLOCK_TOLERANCE", "Day", "Instant", "misdated"]

CLOCK_TOLERANCE = timedelta(minutes=2)
"""A workstation's clock may run ahead of the log's by this much."""


def misdated(journey: Journey, occurred_at: datetime | None, surroundings: Surroundings) -> Refused | None:
    """A refusal where a fact is said to have happened in the future or before the day the journey was opened.

    Earlier on that same day is no fault: the consent is given on the phone before anybody opens the journey.
    """
    if occurred_at is None:
        return None
    if occurred_at > surroundings.now + CLOCK_TOLERANCE:
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE)
    zone = surroundings.pathway.zone
    if local_date(occurred_at, zone) < local_date(journey.opened_at, zone):
        return Refused(code=RefusalCode.DATE_BEFORE_OPENING)
    return None
