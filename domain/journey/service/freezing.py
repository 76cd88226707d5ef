"""Services that rest: because the client is moved at once, or because a risk was raised."""

from __future__ import annotations

from domain.codes import Mover
from domain.event import Event
from domain.journey.deciding import Surroundings
from domain.journey.service.codes import FreezeCause, Move, ServiceReason, ServiceStatus
from domain.journey.service.events import ServiceFrozen, ServiceMoved
from domain.journey.service.state import ServiceState
from domain.journey.service.timing import due_from, timed
from domain.journey.service.transitions import SITUATION, TRANSITIONS, waits_on
from domain.journey.state import Journey
from domain.pathway.services import OnRelocation, ServiceKind, Services, Situation


def freeze_for_relocation(journey: Journey, surroundings: Surroundings) -> tuple[Event, ...]:
    """What an emergency relocation does to the services, for the decider that records it; pure, recorded with it.

    Each service does what its catalogue entry says: rest until somebody decides (appointments fall away, nobody is
    expected at an address that is no longer safe), be cancelled (transport), or go on (help by phone).
    """
    return _each(journey, FreezeCause.RELOCATION, surroundings)


def pause(journey: Journey, cause: FreezeCause, surroundings: Surroundings) -> tuple[Event, ...]:
    """Lets every service rest that the client has agreed to."""
    return _each(journey, cause, surroundings)


def _each(journey: Journey, cause: FreezeCause, surroundings: Surroundings) -> tuple[Event, ...]:
    services = surroundings.pathway.services
    if services is None:
        return ()
    found: list[Event] = []
    for state in journey.services.each.values():
        kind = services.find(state.service)
        if kind is None or not state.is_live or state.frozen is not None:
            continue
        does = kind.on_relocation if cause is FreezeCause.RELOCATION else OnRelocation.FREEZE
        if does is OnRelocation.FREEZE:
            found.append(_freeze(state, kind, services, cause, surroundings))
        elif does is OnRelocation.CANCEL and (state.status, Move.CANCEL_BY_PROVIDER) in TRANSITIONS:
            found.append(_cancel(state, kind, services, surroundings))
    return tuple(found)


def _freeze(
    state: ServiceState, kind: ServiceKind, services: Services, cause: FreezeCause, surroundings: Surroundings
) -> ServiceFrozen:
    rule = services.rule(Situation.FROZEN, kind)
    scheduled = state.status is ServiceStatus.SCHEDULED
    return ServiceFrozen(
        service=state.service,
        occurrence=state.occurrence,
        cause=cause,
        status=ServiceStatus.PLANNED if scheduled else state.status,
        deadline=due_from(timed(rule, Mover.US), surroundings.now, surroundings),
    )


def _cancel(state: ServiceState, kind: ServiceKind, services: Services, surroundings: Surroundings) -> ServiceMoved:
    status = TRANSITIONS[state.status, Move.CANCEL_BY_PROVIDER]
    mover = waits_on(status, kind.waits_on)
    rule = services.rule(SITUATION[status], kind)
    return ServiceMoved(
        service=state.service,
        occurrence=state.occurrence,
        move=Move.CANCEL_BY_PROVIDER,
        status=status,
        waits_on=mover,
        deadline=due_from(timed(rule, mover), surroundings.now, surroundings),
        reason=ServiceReason.RELOCATION,
    )
