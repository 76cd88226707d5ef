"""Deciders: a return begins, is stopped, goes on. Whoever had a part in one that is off is told."""

from __future__ import annotations

from datetime import datetime

from domain.event import Event
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.returning import timing
from domain.journey.returning.codes import LIVE, ReturnMove, ReturnStatus, StopReason
from domain.journey.returning.commands import (
    BeginReturn,
    ResumeReturn,
    StopReturn,
    TellOfStop,
    WithdrawVoluntariness,
)
from domain.journey.returning.events import (
    Note,
    ReturnBegun,
    ReturnResumed,
    ReturnStopped,
    ReturnStopTold,
    VoluntarinessWithdrawn,
)
from domain.journey.returning.finding import Found, find_for, find_return, rules_of
from domain.journey.returning.state import ReturnState, return_key
from domain.journey.returning.way_events import WayHomeOwed
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.returning_items import STOP
from domain.refusal import RefusalCode, Refused


@decides(BeginReturn)
def _begin(journey: Journey, command: BeginReturn, surroundings: Surroundings) -> Decision:
    rules = rules_of(surroundings)
    if isinstance(rules, Refused):
        return rules
    refused = misdated(journey, command.occurred_at, surroundings) or _hearing(journey, command.hearing)
    if refused := refused or _other(journey, command.follows):
        return refused
    planned = timing.planned_days(journey, command.hearing)
    begun = ReturnBegun(
        number=len(journey.returns) + 1,
        direction=command.direction,
        purpose=command.purpose,
        country=command.country,
        role=rules.role,
        form=rules.assessment,
        timers=tuple(timing.everything(command.direction, command.purpose, rules, surroundings, planned)),
        hearing=command.hearing,
        follows=command.follows,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (begun,)


def _hearing(journey: Journey, number: int | None) -> Refused | None:
    """A refusal where nobody is summoned to such a hearing any more."""
    if number is None:
        return None
    hearing = journey.hearings.get(number)
    if hearing is None:
        return Refused(code=RefusalCode.UNKNOWN_HEARING)
    if hearing.is_over:
        return Refused(code=RefusalCode.HEARING_OVER, part=hearing.key, part_version=hearing.version)
    return None


def _other(journey: Journey, follows: int | None) -> Refused | None:
    """A refusal where another return is under way; a visit and its way home may be prepared together."""
    if follows is not None:
        visit = journey.returns.get(follows)
        if visit is None:
            return Refused(code=RefusalCode.NO_SUCH_RETURN, part=return_key(follows))
        if not visit.is_visit or visit.way_home is not None or visit.status is ReturnStatus.STOPPED:
            return Refused(code=RefusalCode.NO_WAY_HOME_OWED, part=visit.key, part_version=visit.version)
    live = (s for s in journey.returns.values() if s.status in LIVE and s.number != follows)
    other = next(live, None)
    return None if other is None else Refused(code=RefusalCode.RETURN_UNFINISHED, part=other.key)


@decides(StopReturn)
def _stop(journey: Journey, command: StopReturn, surroundings: Surroundings) -> Decision:
    found = find_for(journey, command.number, command.seen, ReturnMove.STOP, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    stopped = stopping(journey, found, command.reason, surroundings, note=command.note)
    return tuple(e.model_copy(update={"occurred_at": command.occurred_at}) for e in stopped)


@decides(WithdrawVoluntariness)
def _withdraw(journey: Journey, command: WithdrawVoluntariness, surroundings: Surroundings) -> Decision:
    """Taken whatever the form showed: nobody waits for another page to say that they stay."""
    found = find_for(journey, command.number, None, ReturnMove.STOP, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    withdrawn = VoluntarinessWithdrawn(number=command.number, note=command.note, occurred_at=command.occurred_at)
    return (withdrawn, *stopping(journey, found, StopReason.VOLUNTARINESS_WITHDRAWN, surroundings))


def stopping(
    journey: Journey, found: Found, reason: StopReason, surroundings: Surroundings, *, note: Note = None
) -> tuple[Event, ...]:
    """The events of a return that is off, and of the visit whose way home it was."""
    state, rules = found
    stopped = ReturnStopped(
        number=state.number,
        reason=reason,
        untold=tuple(sorted(state.partners)),
        timers=(timing.stop(rules, surroundings),),
        note=note,
    )
    visit = journey.returns.get(state.follows or 0)
    if visit is None or visit.status is not ReturnStatus.RECEIVED:
        return (stopped,)
    timer = timing.way_home(hearing_at(journey, visit), rules, surroundings)
    return (stopped, WayHomeOwed(number=visit.number, timers=(timer,)))


def hearing_at(journey: Journey, visit: ReturnState) -> datetime | None:
    """The date of the hearing that a visit is for, where it has one."""
    hearing = journey.hearings.get(visit.hearing or 0)
    return hearing.date.starts_at if hearing is not None and hearing.date is not None else None


@decides(TellOfStop)
def _tell(journey: Journey, command: TellOfStop, surroundings: Surroundings) -> Decision:
    found = find_return(journey, command.number, None, surroundings)
    if isinstance(found, Refused):
        return found
    state = found.state
    if STOP not in state.owed:
        return Refused(code=RefusalCode.NOBODY_TO_TELL, part=state.key, part_version=state.version)
    told = frozenset(command.told)
    if strangers := told - state.untold:
        return Refused(code=RefusalCode.NOBODY_TO_TELL, part=state.key, other=min(strangers))
    if not told and state.untold:
        return Refused(code=RefusalCode.RECIPIENTS_UNTOLD, part=state.key, other=min(state.untold))
    return (ReturnStopTold(number=state.number, told=tuple(sorted(told)), note=command.note),)


@decides(ResumeReturn)
def _resume(journey: Journey, command: ResumeReturn, surroundings: Surroundings) -> Decision:
    found = find_for(journey, command.number, command.seen, ReturnMove.RESUME, surroundings)
    if isinstance(found, Refused):
        return found
    state, rules = found
    refused = _hearing(journey, state.hearing) or _other(journey, state.follows)
    if refused:
        return refused
    timers = tuple(timing.lacking(journey, state, rules, surroundings))
    return (ReturnResumed(number=state.number, timers=timers, note=command.note),)
