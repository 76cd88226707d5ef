"""What follows from any decision: a power of attorney that was missing quietly is missed at once when something is set.

So a hearing that is summoned, or a term that begins, while nobody may act for the client raises the highest alarm in
the same decision.
"""

from __future__ import annotations

from domain.codes import Phase
from domain.event import Event
from domain.journey.deciding import Surroundings
from domain.journey.proceedings.ahead import something_lies_ahead
from domain.journey.proceedings.codes import PowerUrgency
from domain.journey.proceedings.events import PowerMadeUrgent
from domain.journey.proceedings.ladders import duty_deadline
from domain.journey.state import Journey


def make_urgent(journey: Journey, surroundings: Surroundings) -> tuple[Event, ...]:
    """For each power of attorney that is missing and has become urgent."""
    rules = surroundings.pathway.proceedings
    if rules is None or journey.phase is not Phase.OPEN:
        return ()
    return tuple(
        PowerMadeUrgent(
            proceedings=state.number,
            stalled_after=rules.power_at_once.stalled_after,
            deadline=duty_deadline(rules.power_at_once, surroundings),
        )
        for state in journey.proceedings.values()
        if state.gap is not None
        and not state.is_over
        and state.gap.urgency is not PowerUrgency.HIGHEST
        and something_lies_ahead(journey, state, surroundings.now)
    )
