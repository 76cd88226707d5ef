"""Decider: how a service goes on. The table says whether it may, the guards what it needs, the catalogue until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.calendar import local_date
from domain.deadline import Deadline
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.service.codes import Move, ServiceEnd, ServiceOutcome, ServiceStatus
from domain.journey.service.commands import AdvanceService
from domain.journey.service.events import ServiceFollowUpSet, ServiceMoved
from domain.journey.service.finding import Found, consents_to, find_service, lacking
from domain.journey.service.referring import recalls
from domain.journey.service.timing import due_at, due_from, due_on, timed
from domain.journey.service.transitions import (
    MAY_COMPLETE,
    SITUATION,
    TRANSITIONS,
    WHILE_FROZEN,
    allowed,
    waits_on,
)
from domain.journey.state import Journey
from domain.journey.timing import CLOCK_TOLERANCE, misdated
from domain.pathway.services import Given, Sessions, Situation
from domain.refusal import RefusalCode, Refused

_REASONED = frozenset({"reason"})
TAKES: Mapping[Move, frozenset[str]] = {
    Move.OFFER: frozenset(),
    Move.CONSENT: frozenset(),
    Move.DECLINE: _REASONED,
    Move.PLAN: frozenset({"provider", "sessions"}),
    Move.SCHEDULE: frozenset({"appointment", "provider"}),
    Move.CARRY_OUT: frozenset(),
    Move.NO_SHOW: _REASONED,
    Move.CANCEL_BY_CLIENT: _REASONED,
    Move.CANCEL_BY_PROVIDER: _REASONED,
    Move.ABORT: _REASONED,
    Move.RECORD_OUTCOME: frozenset({"outcome"}),
    Move.SET_FOLLOW_UP: frozenset({"on"}),
    Move.HOLD_FOLLOW_UP: frozenset({"outcome"}),
    Move.CLOSE: frozenset({"end"}),
}
"""What a move takes besides a note and when it happened; whatever else is given with it is refused, not ignored."""

_OPTIONAL = ("appointment", "on", "provider", "sessions", "reason", "outcome", "end")


@decides(AdvanceService)
def _advance(journey: Journey, command: AdvanceService, surroundings: Surroundings) -> Decision:
    found = find_service(journey, command.service, command.occurrence, surroundings, seen=command.seen)
    if isinstance(found, Refused):
        return found
    refused = _not_allowed(found, command) or misdated(journey, command.occurred_at, surroundings)
    guard = _GUARDS.get(command.move)
    refused = refused or (guard(journey, found, command, surroundings) if guard else None)
    if refused is not None:
        return refused
    moved = _moved(found, command, surroundings)
    following = _next_follow_up(found, command, surroundings)
    ended = recalls(journey, found.state, surroundings) if command.move is Move.DECLINE else ()
    return (moved, *following, *ended)


def _not_allowed(found: Found, command: AdvanceService) -> Refused | None:
    state = found.state
    if (state.status, command.move) not in TRANSITIONS:
        names = tuple(move.value for move in allowed(state.status))
        return Refused(code=RefusalCode.MOVE_NOT_ALLOWED, part=state.key, part_version=state.version, allowed=names)
    if state.frozen is not None and command.move not in WHILE_FROZEN:
        return Refused(code=RefusalCode.SERVICE_FROZEN, part=state.key, part_version=state.version)
    given = {name for name in _OPTIONAL if getattr(command, name) is not None}
    if given - TAKES[command.move]:
        takes = tuple(sorted(TAKES[command.move]))
        return Refused(code=RefusalCode.FIELD_NOT_HELD, part=state.key, allowed=takes)
    return None


Guard = Callable[[Journey, Found, AdvanceService, Surroundings], Refused | None]


def _refused(code: RefusalCode, found: Found) -> Refused:
    return Refused(code=code, part=found.state.key, part_version=found.state.version)


def _consented(journey: Journey, found: Found, _: AdvanceService, surroundings: Surroundings) -> Refused | None:
    purpose = found.kind.consent
    if purpose is None or consents_to(journey, purpose, at=surroundings.now):
        return None
    return lacking(purpose, found.state.key)


def _provided(_: Journey, found: Found, command: AdvanceService, __: Surroundings) -> Refused | None:
    known = command.provider or found.state.course.provider
    if found.kind.given is Given.BY_PARTNER and known is None:
        return _refused(RefusalCode.PROVIDER_REQUIRED, found)
    return None


def _dated(_: Journey, found: Found, command: AdvanceService, surroundings: Surroundings) -> Refused | None:
    if command.appointment is None:
        return _refused(RefusalCode.DATE_REQUIRED, found)
    if command.appointment <= surroundings.now:
        return _refused(RefusalCode.DATE_IN_THE_PAST, found)
    return _again(found)


def _again(found: Found) -> Refused | None:
    """A service of one session is not held twice; another need of the same kind is another occurrence."""
    once = found.kind.sessions is Sessions.ONCE
    if once and found.state.status in (ServiceStatus.CARRIED_OUT, ServiceStatus.FOLLOW_UP_DUE):
        return _refused(RefusalCode.SERVICE_NOT_REPEATED, found)
    return None


def _carried_out(_: Journey, found: Found, __: AdvanceService, ___: Surroundings) -> Refused | None:
    return _again(found)


def _missed(_: Journey, found: Found, __: AdvanceService, surroundings: Surroundings) -> Refused | None:
    """Nobody has missed what is still ahead."""
    appointment = found.state.course.appointment
    if appointment is not None and appointment > surroundings.now + CLOCK_TOLERANCE:
        return _refused(RefusalCode.DATE_IN_THE_FUTURE, found)
    return None


def _reasoned(_: Journey, found: Found, command: AdvanceService, __: Surroundings) -> Refused | None:
    return None if command.reason is not None else _refused(RefusalCode.REASON_REQUIRED, found)


def _with_outcome(_: Journey, found: Found, command: AdvanceService, __: Surroundings) -> Refused | None:
    return None if command.outcome is not None else _refused(RefusalCode.OUTCOME_REQUIRED, found)


def _on_a_day(_: Journey, found: Found, command: AdvanceService, surroundings: Surroundings) -> Refused | None:
    if command.on is None:
        return _refused(RefusalCode.DATE_REQUIRED, found)
    if command.on < local_date(surroundings.now, surroundings.pathway.zone):
        return _refused(RefusalCode.DATE_IN_THE_PAST, found)
    return None


def _closable(journey: Journey, found: Found, command: AdvanceService, _: Surroundings) -> Refused | None:
    """With a reason; not over a term that runs or a referral that nobody has answered."""
    state = found.state
    if command.end is None:
        return _refused(RefusalCode.REASON_REQUIRED, found)
    if command.end is ServiceEnd.COMPLETED and state.status not in MAY_COMPLETE:
        return _refused(RefusalCode.OUTCOME_REQUIRED, found)
    running = next(iter(state.terms.values()), None)
    if running is not None:
        return Refused(code=RefusalCode.STILL_RUNNING, part=running.key, part_version=running.version)
    referral = next((r for r in journey.services.referrals_of(state) if r.is_owed), None)
    if referral is not None:
        return Refused(code=RefusalCode.STILL_RUNNING, part=referral.key, part_version=referral.version)
    return None


_GUARDS: Mapping[Move, Guard] = {
    Move.CONSENT: _consented,
    Move.PLAN: _provided,
    Move.SCHEDULE: _dated,
    Move.CARRY_OUT: _carried_out,
    Move.NO_SHOW: _missed,
    Move.ABORT: _reasoned,
    Move.RECORD_OUTCOME: _with_outcome,
    Move.SET_FOLLOW_UP: _on_a_day,
    Move.HOLD_FOLLOW_UP: _with_outcome,
    Move.CLOSE: _closable,
}


def _moved(found: Found, command: AdvanceService, surroundings: Surroundings) -> ServiceMoved:
    status = TRANSITIONS[found.state.status, command.move]
    return ServiceMoved(
        service=found.state.service,
        occurrence=found.state.occurrence,
        move=command.move,
        status=status,
        waits_on=waits_on(status, found.kind.waits_on),
        deadline=_deadline(found, command, status, surroundings),
        appointment=command.appointment,
        provider=command.provider,
        sessions=command.sessions,
        reason=command.reason,
        outcome=command.outcome,
        end=command.end,
        note=command.note,
        occurred_at=command.occurred_at,
    )


def _deadline(
    found: Found, command: AdvanceService, status: ServiceStatus, surroundings: Surroundings
) -> Deadline | None:
    situation = SITUATION.get(status)
    if situation is None:
        return None
    what = timed(found.services.rule(situation, found.kind), waits_on(status, found.kind.waits_on))
    if command.appointment is not None:
        return due_at(what, command.appointment, surroundings)
    if command.on is not None:
        return due_on(what, command.on, surroundings)
    return due_from(what, surroundings.now, surroundings)


def _next_follow_up(
    found: Found, command: AdvanceService, surroundings: Surroundings
) -> tuple[ServiceFollowUpSet, ...]:
    """After an outcome the rhythm of the service sets the next follow-up by itself; after a crisis an early one."""
    if command.move not in (Move.RECORD_OUTCOME, Move.HOLD_FOLLOW_UP):
        return ()
    kind, held = found.kind, found.state.course.follow_ups + (command.move is Move.HOLD_FOLLOW_UP)
    span = kind.follow_up.next_after(held) if kind.follow_up else None
    if command.outcome is ServiceOutcome.CRISIS and kind.crisis_within is not None:
        span = kind.crisis_within
    if span is None:
        return ()
    status = ServiceStatus.FOLLOW_UP_DUE
    mover = waits_on(status, kind.waits_on)
    what = timed(found.services.rule(Situation.FOLLOW_UP, kind), mover, span)
    follow_up = ServiceFollowUpSet(
        service=found.state.service,
        occurrence=found.state.occurrence,
        status=status,
        waits_on=mover,
        deadline=due_from(what, surroundings.now, surroundings),
    )
    return (follow_up,)
