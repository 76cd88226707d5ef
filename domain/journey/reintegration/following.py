"""What follows for reintegration: it ends with the journey, and stands again where that was a mistake."""

from __future__ import annotations

from collections.abc import Sequence

from domain.codes import ReopeningReason
from domain.event import Event
from domain.journey.closing import JourneyClosed, JourneyReopened
from domain.journey.deciding import Surroundings
from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationReopening
from domain.journey.reintegration.deciding import reopening
from domain.journey.reintegration.events import ReintegrationEnded
from domain.journey.state import Journey


def follow(journey: Journey, events: Sequence[Event], surroundings: Surroundings) -> tuple[Event, ...]:
    """The events that follow from `events`; `journey` is as it is with them recorded."""
    rules, state = surroundings.pathway.reintegration, journey.reintegration
    if rules is None or state is None:
        return ()
    if state.is_running and any(isinstance(e, JourneyClosed) for e in events):
        return (ReintegrationEnded(reason=ReintegrationEnd.JOURNEY_CLOSED),)
    again = any(isinstance(e, JourneyReopened) and e.reason is ReopeningReason.CLOSED_BY_MISTAKE for e in events)
    if again and state.end is ReintegrationEnd.JOURNEY_CLOSED:
        return (reopening(ReintegrationReopening.ENDED_BY_MISTAKE, rules, surroundings),)
    return ()
