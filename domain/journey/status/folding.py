"""How the events of formal status fold."""

from __future__ import annotations

from domain.copying import replace
from domain.event import Recorded
from domain.journey.folding import evolves
from domain.journey.state import Journey
from domain.journey.status.events import FormalStatusCorrected, FormalStatusDecided
from domain.journey.status.state import FormalStatusState, StatusDecision


@evolves(FormalStatusDecided)
def _decided(journey: Journey, recorded: Recorded[FormalStatusDecided]) -> Journey:
    event = recorded.event
    decision = StatusDecision(
        recorded.version, event.status, event.decider, event.decided_on, event.learned_on, event.document
    )
    decisions = (*journey.formal_status.decisions, decision)
    return replace(journey, formal_status=FormalStatusState(recorded.version, decisions))


@evolves(FormalStatusCorrected)
def _corrected(journey: Journey, recorded: Recorded[FormalStatusCorrected]) -> Journey:
    event = recorded.event
    right: tuple[StatusDecision, ...] = ()
    if event.status and event.decider and event.decided_on and event.learned_on:
        right = (
            StatusDecision(
                recorded.version, event.status, event.decider, event.decided_on, event.learned_on, event.document
            ),
        )
    decisions: list[StatusDecision] = []
    for decision in journey.formal_status.decisions:
        decisions += right if decision.version == event.corrects else (decision,)
    return replace(journey, formal_status=FormalStatusState(recorded.version, tuple(decisions)))
