"""Part: the ladder of a journey's obligations, and that the clock finds a step stalled."""

from __future__ import annotations

from datetime import datetime

from domain.codes import Mover, ObligationKind, Role, RungEffect, StallCause
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import DEBTS, obligations
from domain.journey.stalling import StepStalled
from domain.journey.state import Journey, StepState
from domain.stream.firing import FireRung, RungsFired, find_reached, fired, reached, spent
from domain.stream.obligation import CAUSE_OF, Obligation, Owner
from domain.stream.withdrawing import AppointmentWithdrawn


@decides(FireRung, in_every_phase=True)
def _fire(journey: Journey, command: FireRung, surroundings: Surroundings) -> Decision:
    now = surroundings.now
    obligation = find_reached(obligations(journey), command, now)
    if obligation is None:
        return ()
    rungs = fired(journey.id, obligation, lambda role: _told(journey, role), now)
    return (rungs, *_stall(journey, obligation, now), *DEBTS.following(journey, obligation, surroundings))


def _told(journey: Journey, role: Role) -> Owner:
    """Who is told where a ladder names a role: its person in this journey, else whoever holds it at all."""
    return Owner(role, journey.assigned.get(role))


def _stall(journey: Journey, obligation: Obligation, now: datetime) -> tuple[Event, ...]:
    if obligation.kind is not ObligationKind.STEP:
        return ()
    if not any(r.effect is RungEffect.STALL for r in reached(obligation, now)):
        return ()
    step = journey.steps[obligation.key]
    if step.stall is not None:
        return ()
    return (StepStalled(step=step.step, occurrence=step.occurrence, cause=_cause(journey, step, now)),)


def _cause(journey: Journey, step: StepState, now: datetime) -> StallCause:
    """Why the clock calls a step stalled. One that waits on others is theirs, whatever its due day says."""
    if step.waits_on is not Mover.US:
        return CAUSE_OF[step.waits_on]
    if step.role not in journey.assigned:
        return StallCause.NOBODY_ASSIGNED
    return StallCause.OVERDUE if now >= step.clockwork.deadline.due_at else StallCause.WAITING_ON_US


@evolves(RungsFired)
def _fired(journey: Journey, recorded: Recorded[RungsFired]) -> Journey:
    event = recorded.event
    return DEBTS.wind(journey, event.kind, event.obligation, lambda clockwork: spent(clockwork, recorded))


@evolves(AppointmentWithdrawn)
def _withdrawn(journey: Journey, _: Recorded[AppointmentWithdrawn]) -> Journey:
    """What moved it says everything; this says whom to tell."""
    return journey
