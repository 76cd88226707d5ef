"""A service that a return is: its date is the return's, and it is carried out when the handover is confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.event import Event
from domain.journey.deciding import Surroundings
from domain.journey.returning.state import ReturnState
from domain.journey.returning.way_events import HandoverConfirmed
from domain.journey.service.codes import Move, ServiceStatus
from domain.journey.service.events import ServiceMoved
from domain.journey.service.state import ServiceState
from domain.journey.service.timing import due_from, timed
from domain.journey.service.transitions import SITUATION, TRANSITIONS, waits_on
from domain.journey.state import Journey

AWAITED = frozenset({ServiceStatus.PLANNED, ServiceStatus.SCHEDULED})
"""Where a service waits for its date."""


def is_carried_by(state: ServiceState, trip: ReturnState) -> bool:
    """Whether this return is what the service waits for. One that rests waits for a decision first."""
    if state.covered_by is None or state.status not in AWAITED or state.frozen is not None:
        return False
    return state.covered_by.is_for(trip.direction, trip.purpose)


def follow(journey: Journey, events: Sequence[Event], surroundings: Surroundings) -> tuple[Event, ...]:
    """What a confirmed handover carries out; `journey` is as it is with `events` recorded."""
    return tuple(
        moved
        for event in events
        if isinstance(event, HandoverConfirmed)
        for moved in _carried_out(journey, event, surroundings)
    )


def _carried_out(journey: Journey, event: HandoverConfirmed, surroundings: Surroundings) -> Iterator[ServiceMoved]:
    services = surroundings.pathway.services
    for state in journey.services.each.values():
        kind = services.find(state.service) if services else None
        if services is None or kind is None or not is_carried_by(state, journey.returns[event.number]):
            continue
        status = TRANSITIONS[state.status, Move.CARRY_OUT]
        mover = waits_on(status, kind.waits_on)
        yield ServiceMoved(
            service=state.service,
            occurrence=state.occurrence,
            move=Move.CARRY_OUT,
            status=status,
            waits_on=mover,
            deadline=due_from(timed(services.rule(SITUATION[status], kind), mover), surroundings.now, surroundings),
            occurred_at=event.occurred_at,
        )
