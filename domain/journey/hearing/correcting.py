"""Corrections beside the mistake: what stood before stands again, or the summons said something else."""

from __future__ import annotations

from domain.calendar import local_date
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.hearing.codes import HearingStatus
from domain.journey.hearing.commands import CorrectHearing
from domain.journey.hearing.events import HearingCorrected, Timers
from domain.journey.hearing.proceeding import find_proceeding, misplaced
from domain.journey.hearing.rules import Rules, find_hearing, rules_of
from domain.journey.hearing.state import HearingDate, HearingState
from domain.journey.hearing.timers import timers_for, timers_without_date
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused


@decides(CorrectHearing)
def _correct(journey: Journey, command: CorrectHearing, surroundings: Surroundings) -> Decision:
    state = find_hearing(journey, command.hearing, None)
    if isinstance(state, Refused):
        return state
    if command.corrects == state.said_version and state.before is not None:
        return _unsaid(state, command, surroundings)
    if command.corrects == state.summoned_version and not state.is_over:
        return _summoned_otherwise(journey, state, command, surroundings)
    if command.corrects < state.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=state.key, part_version=state.version)
    return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=state.key, part_version=state.version)


def _unsaid(state: HearingState, command: CorrectHearing, surroundings: Surroundings) -> Decision:
    rules = rules_of(state.kind, surroundings, state)
    if isinstance(rules, Refused):
        return rules
    assert state.before is not None
    date = state.before.date
    corrected = HearingCorrected(
        hearing=state.number,
        corrects=command.corrects,
        status=state.before.status,
        starts_at=date.starts_at if date else None,
        zone=date.zone if date else None,
        venue=date.venue if date else None,
        place=date.place if date else None,
        timers=_timers(rules, state.before.status, date, surroundings),
        note=command.note,
    )
    return (corrected,)


def _summoned_otherwise(
    journey: Journey, state: HearingState, command: CorrectHearing, surroundings: Surroundings
) -> Decision:
    rules = rules_of(command.hearing_kind or state.kind, surroundings, state)
    if isinstance(rules, Refused):
        return rules
    if (command.hearing_kind, command.proceeding, command.served_on) == (None, None, None):
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=state.key, part_version=state.version)
    if command.served_on is not None and command.served_on > local_date(surroundings.now, surroundings.pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE, part=state.key, part_version=state.version)
    proceeding = command.proceeding or state.proceeding
    # An id that came from elsewhere, before the pathway followed proceedings, holds no other correction up.
    ours = command.proceeding is not None or (proceeding and find_proceeding(journey, proceeding))
    if ours and (refused := misplaced(journey, proceeding, rules.kind, surroundings)):
        return refused
    corrected = HearingCorrected(
        hearing=state.number,
        corrects=command.corrects,
        status=state.status,
        hearing_kind=rules.kind.hearing,
        matter=rules.kind.matter,
        trap=rules.kind.trap,
        proceeding=proceeding,
        served_on=command.served_on or state.served_on,
        timers=_timers(rules, state.status, state.date, surroundings),
        note=command.note,
    )
    return (corrected,)


def _timers(rules: Rules, status: HearingStatus, date: HearingDate | None, surroundings: Surroundings) -> Timers:
    """The timers of what holds now; no arrangement is to be confirmed anew because of our mistake."""
    if date is not None:
        timers = timers_for(rules, date.starts_at, date.zone)
    else:
        interrupted = status is HearingStatus.INTERRUPTED
        next_date = rules.ladder.after_interruption if interrupted else rules.ladder.after_postponement
        timers = timers_without_date(rules, next_date, surroundings.now)
    return timers.model_copy(update={"renewed": ()})
