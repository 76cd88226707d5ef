"""What reintegration owes: its next review."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Mover, ObligationKind
from domain.copying import replace
from domain.journey.obligation import Turn, owes, owner
from domain.journey.reintegration.state import REINTEGRATION
from domain.journey.state import Journey
from domain.stream.obligation import Obligation, stall_of


def _wind(journey: Journey, _: str, turn: Turn) -> Journey:
    state = journey.reintegration
    if state is None:
        return journey
    return replace(journey, reintegration=replace(state, clockwork=turn(state.clockwork)))


@owes(ObligationKind.REINTEGRATION_REVIEW, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    state = journey.reintegration
    if state is None or not state.is_running:
        return
    yield Obligation(
        REINTEGRATION,
        ObligationKind.REINTEGRATION_REVIEW,
        state.clockwork.deadline.due_at,
        owner(journey, state.role),
        state.clockwork,
        version=state.version,
        stall=stall_of(state.clockwork, Mover.US, state.version),
        opened_at=state.opened_at,
        stalled_after=state.stalled_after,
    )
