"""What a hearing owes: its date or to get one, its checklist, an acknowledgement, its plan, the talk afterwards.

Once it is over, only the talk is owed, and of a plan what lies after the hearing.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Mover, ObligationKind, Role
from domain.copying import replace
from domain.journey.hearing.codes import UNSETTLED, HearingStatus, TaskStatus
from domain.journey.hearing.ending import debrief_key
from domain.journey.hearing.state import HearingState, PlanState, TaskState, hearing_key
from domain.journey.obligation import Turn, owes, owner
from domain.journey.returning.codes import ReturnStatus
from domain.journey.state import Journey
from domain.pathway.hearings import Side
from domain.stream.obligation import Clockwork, Obligation, stall_of


def _turned(journey: Journey, key: str, turn: Turn) -> Journey:
    """The journey with one clockwork of a hearing turned, whichever of its obligations `key` is."""
    _, number, *more = key.split(":")
    state = journey.hearings.get(int(number))
    if state is None:
        return journey
    return replace(journey, hearings={**journey.hearings, state.number: _turned_within(state, more, turn)})


def _turned_within(state: HearingState, more: list[str], turn: Turn) -> HearingState:
    match more:
        case []:
            return replace(state, track=replace(state.track, clockwork=turn(state.track.clockwork)))
        case ["companion", name] if track := state.companions.get(name):
            companions = {**state.companions, name: replace(track, clockwork=turn(track.clockwork))}
            return replace(state, companions=companions)
        case ["arrangement", name] if (line := state.arrangements.get(name)) and line.clockwork:
            lines = {**state.arrangements, name: replace(line, clockwork=turn(line.clockwork))}
            return replace(state, arrangements=lines)
        case ["seen"] if state.seen:
            return replace(state, seen=replace(state.seen, clockwork=turn(state.seen.clockwork)))
        case ["task", name] if state.plan and (task := state.plan.tasks.get(name)) and task.clockwork:
            tasks = {**state.plan.tasks, name: replace(task, clockwork=turn(task.clockwork))}
            return replace(state, plan=replace(state.plan, tasks=tasks))
        case [name]:
            talks = (
                replace(d, clockwork=turn(d.clockwork)) if f"debrief-{d.number}" == name else d for d in state.debriefs
            )
            return replace(state, debriefs=tuple(talks))
        case _:
            return state


@owes(ObligationKind.HEARING, winding=_turned)
def _hearings(journey: Journey) -> Iterator[Obligation]:
    for state in _ahead(journey):
        waits_on = Mover.US if state.date else Mover.COURT
        found = _owed(
            journey, state.key, ObligationKind.HEARING, state.track.role, state.track.clockwork, state.version
        )
        yield found._replace(
            what=state.kind,
            waits_on=waits_on,
            appointment=state.date.starts_at if state.date else None,
            stall=stall_of(state.track.clockwork, waits_on, state.version),
        )


@owes(ObligationKind.HEARING_COMPANION, winding=_turned)
def _companions(journey: Journey) -> Iterator[Obligation]:
    for state in _ahead(journey):
        for name, track in state.companions.items():
            key = hearing_key(state.number, "companion", name)
            found = _owed(journey, key, ObligationKind.HEARING_COMPANION, track.role, track.clockwork, state.version)
            yield found._replace(what=name, appointment=state.date.starts_at if state.date else None)


@owes(ObligationKind.HEARING_ARRANGEMENT, winding=_turned)
def _arrangements(journey: Journey) -> Iterator[Obligation]:
    for state in _ahead(journey):
        for name, line in state.arrangements.items():
            if line.clockwork is not None and line.status in UNSETTLED:
                key = hearing_key(state.number, "arrangement", name)
                kind = ObligationKind.HEARING_ARRANGEMENT
                yield _owed(journey, key, kind, line.role, line.clockwork, line.version)._replace(what=name)


@owes(ObligationKind.HEARING_ACKNOWLEDGEMENT, winding=_turned)
def _acknowledgements(journey: Journey) -> Iterator[Obligation]:
    for state in _ahead(journey):
        if state.seen is not None and state.seen.seen_at is None:
            key, kind = hearing_key(state.number, "seen"), ObligationKind.HEARING_ACKNOWLEDGEMENT
            found = _owed(journey, key, kind, state.seen.role, state.seen.clockwork, state.version)
            # No appointment: the calendar of the lawyer has the hearing itself already.
            yield found._replace(what=state.trap)


@owes(ObligationKind.HEARING_TASK, winding=_turned)
def _tasks(journey: Journey) -> Iterator[Obligation]:
    for state in journey.hearings.values():
        if state.plan is None:
            continue
        returns = _is_returned_for(journey, state)
        for name, task in state.plan.tasks.items():
            if returns and task.covered_by:
                continue
            if task.clockwork is not None and task.status is TaskStatus.OPEN and _still(state, state.plan, task):
                key, kind = hearing_key(state.number, "task", name), ObligationKind.HEARING_TASK
                yield _owed(journey, key, kind, task.role, task.clockwork, task.version)._replace(what=name)


def _is_returned_for(journey: Journey, state: HearingState) -> bool:
    """Whether somebody comes back, or came, for this hearing: that return owes what its plan would ask for."""
    returns = journey.returns.values()
    return any(r.hearing == state.number and r.status is not ReturnStatus.STOPPED for r in returns)


def _still(state: HearingState, plan: PlanState, task: TaskState) -> bool:
    """Whether a task is still to be done: after a hearing that was held what follows it, else who came goes home."""
    if not state.is_over:
        return True
    if task.side is Side.BEFORE:
        return False
    return state.status is HearingStatus.HELD or plan.is_done(task.follows)


@owes(ObligationKind.HEARING_DEBRIEF, winding=_turned)
def _debriefs(journey: Journey) -> Iterator[Obligation]:
    for state in journey.hearings.values():
        for talk in state.debriefs:
            if talk.outcome is None:
                key, kind = debrief_key(state, talk), ObligationKind.HEARING_DEBRIEF
                found = _owed(journey, key, kind, talk.role, talk.clockwork, talk.version)
                stall = stall_of(talk.clockwork, Mover.CLIENT, talk.version)
                yield found._replace(what=state.kind, waits_on=Mover.CLIENT, stall=stall)


def _ahead(journey: Journey) -> Iterator[HearingState]:
    return (state for state in journey.hearings.values() if not state.is_over)


def _owed(
    journey: Journey, key: str, kind: ObligationKind, role: Role, clockwork: Clockwork, version: int
) -> Obligation:
    return Obligation(key, kind, clockwork.deadline.due_at, owner(journey, role), clockwork, version)
