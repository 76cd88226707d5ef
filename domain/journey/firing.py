"""Part: the ladder. What happens when a rung is reached, once for each version of its date, late rather than never."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from pydantic import AwareDatetime

from domain.codes import Mover, ObligationKind, Role, RungEffect, StallCause
from domain.command import Command
from domain.deadline import Rung
from domain.event import Event, Recorded
from domain.journey.copying import replace
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Obligation, Owner, obligations
from domain.journey.stalling import StepStalled
from domain.journey.state import Clockwork, Journey, StepState
from domain.values import Code, Count, ObligationKey, StaffId, Value, Zone

LATE_AFTER = timedelta(minutes=15)
"""A reminder handed over later than this says that it is late."""


class Addressee(Value):
    """To whom a message goes: a person, or the role where nobody has it. `message` is its stream and its Message-ID."""

    message: UUID
    role: Role
    staff: StaffId | None = None


class RungsFired(Event, topic="journey.rungs-fired"):
    """One or more rungs of an obligation were reached; missed ones collapse into one message that says it is late."""

    obligation: ObligationKey
    kind: ObligationKind
    date_version: Count
    rungs: tuple[Code, ...]
    effects: tuple[RungEffect, ...]
    due_at: AwareDatetime
    zone: Zone
    late: bool
    addressees: tuple[Addressee, ...]


class FireRung(Command, kind="fire-rung"):
    """The timer for this rung has run out. Where the date has another version by now, nothing happens."""

    obligation: ObligationKey
    rung: Code
    date_version: Count


@decides(FireRung, in_every_phase=True)
def _fire(journey: Journey, command: FireRung, surroundings: Surroundings) -> Decision:
    obligation = next((o for o in obligations(journey) if o.key == command.obligation), None)
    if obligation is None or obligation.clockwork.date_version != command.date_version:
        return ()
    reached = tuple(r for r in obligation.ahead if r.at <= surroundings.now)
    if not reached:
        return ()
    fired = RungsFired(
        obligation=obligation.key,
        kind=obligation.kind,
        date_version=command.date_version,
        rungs=tuple(r.rung for r in reached),
        effects=tuple(sorted({r.effect for r in reached})),
        due_at=obligation.due_at,
        zone=obligation.clockwork.deadline.zone,
        late=surroundings.now - reached[0].at > LATE_AFTER,
        addressees=_addressees(journey, obligation, reached),
    )
    return (fired, *_stall(journey, obligation, reached, surroundings.now))


def _addressees(journey: Journey, obligation: Obligation, reached: tuple[Rung, ...]) -> tuple[Addressee, ...]:
    """The owner and whom the rungs name, each person once."""
    told = [obligation.owner, *(_told(journey, role) for rung in reached for role in rung.to)]
    each = {o.staff or o.role: o for o in reversed(told)}  # who is both caseworker and supervisor is told once
    rungs = "+".join(r.rung for r in reached)
    name = f"{obligation.key}|{obligation.clockwork.date_version}|{rungs}"
    return tuple(
        Addressee(message=uuid5(journey.id, f"{name}|{o.staff or o.role.value}"), role=o.role, staff=o.staff)
        for o in reversed(each.values())
    )


def _told(journey: Journey, role: Role) -> Owner:
    """Who is told where a ladder names a role: its person in this journey, else whoever holds it at all."""
    return Owner(role, journey.assigned.get(role))


def _stall(journey: Journey, obligation: Obligation, reached: tuple[Rung, ...], now: datetime) -> tuple[Event, ...]:
    if not any(r.effect is RungEffect.STALL for r in reached):
        return ()
    step = journey.steps[obligation.key]
    if step.stall is not None:
        return ()
    return (StepStalled(step=step.step, occurrence=step.occurrence, cause=_cause(journey, step, now)),)


def _cause(journey: Journey, step: StepState, now: datetime) -> StallCause:
    """Why the clock calls a step stalled. One that waits on others is theirs, whatever its due day says."""
    match step.waits_on:
        case Mover.CLIENT:
            return StallCause.WAITING_ON_CLIENT
        case Mover.COURT:
            return StallCause.WAITING_ON_COURT
        case Mover.PARTNER:
            return StallCause.WAITING_ON_PARTNER
        case Mover.US:
            if step.role not in journey.assigned:
                return StallCause.NOBODY_ASSIGNED
            return StallCause.OVERDUE if now >= step.clockwork.deadline.due_at else StallCause.WAITING_ON_US


@evolves(RungsFired)
def _fired(journey: Journey, recorded: Recorded[RungsFired]) -> Journey:
    event = recorded.event
    if event.kind is ObligationKind.REVIEW:
        review = journey.review
        if review is None or review.clockwork.date_version != event.date_version:
            return journey
        return replace(journey, review=replace(review, clockwork=_spent(review.clockwork, event)))
    step = journey.steps[event.obligation]
    if step.clockwork.date_version != event.date_version:
        return journey
    changed = replace(step, clockwork=_spent(step.clockwork, event))
    return replace(journey, steps={**journey.steps, step.key: changed})


def _spent(clockwork: Clockwork, event: RungsFired) -> Clockwork:
    return replace(clockwork, fired=clockwork.fired | frozenset(event.rungs))
