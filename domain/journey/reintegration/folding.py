"""How the events of reintegration fold."""

from __future__ import annotations

from domain.copying import replace
from domain.event import Recorded
from domain.journey.folding import evolves
from domain.journey.reintegration.codes import ReintegrationStatus, ReviewFinding
from domain.journey.reintegration.events import (
    ReintegrationEnded,
    ReintegrationReopened,
    ReintegrationReviewed,
    ReintegrationStarted,
)
from domain.journey.reintegration.state import ReintegrationState
from domain.journey.state import Journey
from domain.stream.obligation import Clockwork


@evolves(ReintegrationStarted)
def _started(journey: Journey, recorded: Recorded[ReintegrationStarted]) -> Journey:
    event = recorded.event
    state = ReintegrationState(
        role=event.role,
        goals=event.goals,
        started_at=recorded.occurred_at,
        opened_at=recorded.recorded_at,
        stalled_after=event.stalled_after,
        clockwork=Clockwork(event.deadline, date_version=recorded.version),
        version=recorded.version,
    )
    return replace(journey, reintegration=state)


@evolves(ReintegrationReviewed)
def _reviewed(journey: Journey, recorded: Recorded[ReintegrationReviewed]) -> Journey:
    event, state = recorded.event, journey.reintegration
    if state is None:
        return journey
    reviewed = replace(
        state,
        reviews=0 if event.finding is ReviewFinding.SETBACK else event.number,
        reviewed_at=recorded.occurred_at,
        finding=event.finding,
        opened_at=recorded.recorded_at,
        stalled_after=event.stalled_after,
        clockwork=Clockwork(event.deadline, date_version=recorded.version),
        version=recorded.version,
    )
    return replace(journey, reintegration=reviewed)


@evolves(ReintegrationEnded)
def _ended(journey: Journey, recorded: Recorded[ReintegrationEnded]) -> Journey:
    if journey.reintegration is None:
        return journey
    ended = replace(
        journey.reintegration,
        status=ReintegrationStatus.ENDED,
        end=recorded.event.reason,
        ended_at=recorded.occurred_at,
        version=recorded.version,
    )
    return replace(journey, reintegration=ended)


@evolves(ReintegrationReopened)
def _reopened(journey: Journey, recorded: Recorded[ReintegrationReopened]) -> Journey:
    event, state = recorded.event, journey.reintegration
    if state is None:
        return journey
    again = replace(
        state,
        status=ReintegrationStatus.RUNNING,
        reviews=0,
        end=None,
        ended_at=None,
        opened_at=recorded.recorded_at,
        stalled_after=event.stalled_after,
        clockwork=Clockwork(event.deadline, date_version=recorded.version),
        times=state.times + 1,
        version=recorded.version,
    )
    return replace(journey, reintegration=again)
