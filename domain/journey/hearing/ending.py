"""Deciders that end a hearing: held, not held, cancelled; and the talk afterwards, which alone is then owed."""

from __future__ import annotations

from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.hearing.commands import CancelHearing, DebriefHearing, HoldHearing, MissHearing
from domain.journey.hearing.dating import not_yet
from domain.journey.hearing.events import HearingCancelled, HearingDebriefed, HearingHeld, HearingNotHeld
from domain.journey.hearing.rules import Rules, find_ahead, find_hearing
from domain.journey.hearing.state import DebriefState, HearingState, hearing_key
from domain.journey.hearing.timers import debrief_timer
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.refusal import RefusalCode, Refused


@decides(HoldHearing)
def _hold(journey: Journey, command: HoldHearing, surroundings: Surroundings) -> Decision:
    found = _begun(journey, command, surroundings)
    if isinstance(found, Refused):
        return found
    state, rules = found
    ended_at = command.occurred_at or surroundings.now
    held = HearingHeld(
        hearing=state.number,
        outcome=command.outcome,
        attendance=command.attendance,
        debrief=debrief_timer(rules, len(state.debriefs) + 1, ended_at),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (held,)


@decides(MissHearing)
def _miss(journey: Journey, command: MissHearing, surroundings: Surroundings) -> Decision:
    found = _begun(journey, command, surroundings)
    if isinstance(found, Refused):
        return found
    state, _ = found
    not_held = HearingNotHeld(
        hearing=state.number, reason=command.reason, note=command.note, occurred_at=command.occurred_at
    )
    return (not_held,)


def _begun(
    journey: Journey, command: HoldHearing | MissHearing, surroundings: Surroundings
) -> tuple[HearingState, Rules] | Refused:
    found = find_ahead(journey, command.hearing, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    return misdated(journey, command.occurred_at, surroundings) or not_yet(found[0], surroundings) or found


@decides(CancelHearing)
def _cancel(journey: Journey, command: CancelHearing, surroundings: Surroundings) -> Decision:
    found = find_ahead(journey, command.hearing, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, _ = found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    cancelled = HearingCancelled(
        hearing=state.number, reason=command.reason, note=command.note, occurred_at=command.occurred_at
    )
    return (cancelled,)


@decides(DebriefHearing)
def _debrief(journey: Journey, command: DebriefHearing, surroundings: Surroundings) -> Decision:
    state = find_hearing(journey, command.hearing, None)
    if isinstance(state, Refused):
        return state
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    owed = [d for d in state.debriefs if d.outcome is None and command.debrief in (None, d.number)]
    if not owed:
        return Refused(code=RefusalCode.NO_DEBRIEF_OWED, part=state.key, part_version=state.version)
    debrief = owed[-1]
    if command.seen is not None and command.seen != debrief.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=debrief_key(state, debrief), part_version=debrief.version)
    debriefed = HearingDebriefed(
        hearing=state.number,
        debrief=debrief.number,
        outcome=command.outcome,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (debriefed,)


def debrief_key(state: HearingState, debrief: DebriefState) -> str:
    """The obligation of a talk after a sitting: `hearing:2:debrief-1`."""
    return hearing_key(state.number, f"debrief-{debrief.number}")
