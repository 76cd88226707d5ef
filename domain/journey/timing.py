"""What every part asks of a date that a person enters: that a past fact lies in the past and within the journey."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.calendar import local_date
from domain.journey.deciding import Surroundings
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused

Day = Annotated[date, Field(ge=date(1990, 1, 1), lt=date(2200, 1, 1))]
"""A local day that a person enters. Bounded, so that no typing error reaches the edge of the calendar."""

Instant = Annotated[AwareDatetime, Field(ge=datetime(1990, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))]
"""An instant that a person enters, bounded as a `Day` is."""

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
