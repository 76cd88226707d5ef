"""A hearing that is not over lies ahead in its proceedings: somebody has to act for the client there."""

from __future__ import annotations

from datetime import datetime

from domain.journey.hearing.proceeding import find_proceeding
from domain.journey.hearing.state import HearingState
from domain.journey.proceedings.ahead import lies_ahead
from domain.journey.proceedings.state import ProceedingsState
from domain.journey.state import Journey
from domain.pathway.hearings import Matter


@lies_ahead
def _hearing(journey: Journey, proceedings: ProceedingsState, _: datetime) -> bool:
    """With a date or waiting for one: a date may be set on any day. One whose day has passed is not settled either."""
    return any(_is_of(journey, hearing, proceedings) for hearing in journey.hearings.values() if not hearing.is_over)


def _is_of(journey: Journey, hearing: HearingState, proceedings: ProceedingsState) -> bool:
    """Of those that the summons names; where it names none of ours, of all that such a hearing may be of."""
    named = find_proceeding(journey, hearing.proceeding) if hearing.proceeding else None
    if named is not None:
        return named.number == proceedings.number
    return hearing.matter in (Matter.OTHER, proceedings.matter)
