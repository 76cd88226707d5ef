"""Part: milestones. A milestone names a state that was reached; it does no work itself (CMMN 1.1 §5.4.3)."""

from __future__ import annotations

from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.folding import evolves
from domain.journey.state import Journey
from domain.values import Code


class MilestoneReached(Event, topic="journey.milestone-reached"):
    """The condition of a milestone held for the first time."""

    milestone: Code


@evolves(MilestoneReached)
def _reached(journey: Journey, recorded: Recorded[MilestoneReached]) -> Journey:
    milestones = {**journey.milestones, recorded.event.milestone: recorded.recorded_at}
    return replace(journey, milestones=milestones)
