"""Deciders of a step: advance it with an outcome, open one by decision, set its date."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import AwareDatetime

from domain.calendar import local_date
from domain.codes import SETTLING, StepOutcome, StepReason
from domain.command import Command
from domain.deadline import Deadline, deadline_at, deadline_on, undated_deadline
from domain.event import Event
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.facts import facts_of
from domain.journey.foresight import foresee
from domain.journey.state import Journey, StepState
from domain.journey.steps import StepAdvanced, StepOpened, StepScheduled, open_step
from domain.journey.timing import misdated
from domain.pathway.condition import unmet
from domain.pathway.model import Anchor, Step
from domain.refusal import RefusalCode, Refused, Unmet
from domain.sealed import Notes, Sealed
from domain.values import Code, Count

NEEDS_REASON = frozenset({StepOutcome.SKIPPED, StepOutcome.POSTPONED})


class AdvanceStep(Command, kind="advance-step"):
    """Says how the open occurrence of a step went.

    `seen` is the version of the step that the form showed. A no-show or a postponement needs the next date: `next_on`
    (a local day) or, for a step with an appointment, `next_at`; a postponed appointment may have none yet.
    """

    step: Code
    outcome: StepOutcome
    seen: Count | None = None
    reason: StepReason | None = None
    next_on: date | None = None
    next_at: AwareDatetime | None = None
    note: Sealed[Notes] | None = None
    occurred_at: AwareDatetime | None = None


class OpenStep(Command, kind="open-step"):
    """Opens a step by decision: a discretionary one, or a repeatable one again. `appointment` where it has one."""

    step: Code
    appointment: AwareDatetime | None = None


class ScheduleStep(Command, kind="schedule-step"):
    """Sets or moves the date of an open step, with all its timers in one event."""

    step: Code
    seen: Count | None = None
    on: date | None = None
    appointment: AwareDatetime | None = None
    note: Sealed[Notes] | None = None


@decides(AdvanceStep)
def _advance(journey: Journey, command: AdvanceStep, surroundings: Surroundings) -> Decision:
    found = find_open(journey, command.step, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, step = found
    if refused := misdated(journey, command.occurred_at, surroundings.now):
        return refused
    if command.outcome not in step.outcomes:
        allowed = tuple(o.value for o in step.outcomes)
        return Refused(
            code=RefusalCode.OUTCOME_NOT_ALLOWED, part=state.key, part_version=state.version, allowed=allowed
        )
    if command.outcome in NEEDS_REASON and command.reason is None:
        return Refused(code=RefusalCode.REASON_REQUIRED, part=state.key, part_version=state.version)
    deadline: Deadline | None = None
    if command.outcome not in SETTLING:
        next_deadline = _next_deadline(command, step, state, surroundings)
        if isinstance(next_deadline, Refused):
            return next_deadline
        deadline = next_deadline
    advanced = StepAdvanced(
        step=state.step,
        occurrence=state.occurrence,
        outcome=command.outcome,
        reason=command.reason,
        deadline=deadline,
        appointment=command.next_at if deadline else None,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    ahead = foresee(journey, (advanced,), surroundings.now)
    return (advanced, *_started(ahead, step, command.outcome, surroundings))


def _next_deadline(
    command: AdvanceStep, step: Step, state: StepState, surroundings: Surroundings
) -> Deadline | Refused:
    pathway, now = surroundings.pathway, surroundings.now
    if step.due.after is Anchor.APPOINTMENT:
        if command.next_at is not None:
            return _at(step, state, command.next_at, surroundings)
        if command.next_on is None:
            return undated_deadline(step, pathway, now=now)
    if command.next_on is None:
        return Refused(code=RefusalCode.DATE_REQUIRED, part=state.key, part_version=state.version)
    return _on(step, state, command.next_on, surroundings)


def _at(step: Step, state: StepState, at: datetime, surroundings: Surroundings) -> Deadline | Refused:
    if at <= surroundings.now:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=state.key, part_version=state.version)
    return deadline_at(step, surroundings.pathway, now=surroundings.now, due_at=at)


def _on(step: Step, state: StepState, on: date, surroundings: Surroundings) -> Deadline | Refused:
    if on < local_date(surroundings.now, surroundings.pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=state.key, part_version=state.version)
    return deadline_on(step, surroundings.pathway, now=surroundings.now, due_on=on)


def _started(journey: Journey, step: Step, outcome: StepOutcome, surroundings: Surroundings) -> tuple[StepOpened, ...]:
    """What the pathway says this step starts, unless it is open already or its stage is not active."""
    if outcome is not StepOutcome.DONE:
        return ()
    pathway = surroundings.pathway
    found = (pathway.find_step(key) for key in step.starts if journey.open_step(key) is None)
    return tuple(
        open_step(journey, place[0], place[1], pathway, surroundings.now)
        for place in found
        if place is not None and journey.is_active(place[0].stage)
    )


@decides(OpenStep)
def _open(journey: Journey, command: OpenStep, surroundings: Surroundings) -> Decision:
    pathway = surroundings.pathway
    place = pathway.find_step(command.step)
    if place is None:
        return unknown_step(surroundings)
    stage, step = place
    if (state := journey.open_step(step.step)) is not None:
        return Refused(code=RefusalCode.STEP_ALREADY_OPEN, part=state.key, part_version=state.version)
    if blocks := blocked(journey, command.step, surroundings):
        return Refused(code=RefusalCode.CONDITION_NOT_MET, unmet=blocks)
    if not step.repeatable and journey.occurrences(step.step):
        return Refused(code=RefusalCode.STEP_NOT_REPEATABLE)
    opened = open_step(journey, stage, step, pathway, surroundings.now)
    if command.appointment is None:
        return (opened,)
    if command.appointment <= surroundings.now:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST)
    deadline = deadline_at(step, pathway, now=surroundings.now, due_at=command.appointment)
    scheduled = StepScheduled(
        step=opened.step, occurrence=opened.occurrence, deadline=deadline, appointment=command.appointment
    )
    return (opened, scheduled)


@decides(ScheduleStep)
def _schedule(journey: Journey, command: ScheduleStep, surroundings: Surroundings) -> Decision:
    found = find_open(journey, command.step, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, step = found
    if command.appointment is not None:
        deadline = _at(step, state, command.appointment, surroundings)
    elif command.on is not None:
        deadline = _on(step, state, command.on, surroundings)
    else:
        return Refused(code=RefusalCode.DATE_REQUIRED, part=state.key, part_version=state.version)
    if isinstance(deadline, Refused):
        return deadline
    moved: Event = StepScheduled(
        step=state.step,
        occurrence=state.occurrence,
        deadline=deadline,
        appointment=command.appointment,
        note=command.note,
    )
    return (moved,)


def find_open(
    journey: Journey, key: str, seen: int | None, surroundings: Surroundings
) -> tuple[StepState, Step] | Refused:
    """The open occurrence of a step with its definition, or why there is none; refuses a form that shows an old one."""
    place = surroundings.pathway.find_step(key)
    if place is None:
        return unknown_step(surroundings)
    state = journey.open_step(key)
    before = journey.occurrences(key)
    if state is None:
        last = before[-1] if before else None
        if last is not None and seen is not None and last.version != seen:
            return Refused(code=RefusalCode.PART_CHANGED, part=last.key, part_version=last.version)
        return Refused(
            code=RefusalCode.STEP_NOT_OPEN,
            part=last.key if last else None,
            part_version=last.version if last else None,
            unmet=blocked(journey, key, surroundings),
        )
    if seen is not None and seen != state.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=state.key, part_version=state.version)
    return state, place[1]


def unknown_step(surroundings: Surroundings) -> Refused:
    """The refusal that lists the steps there are."""
    known = tuple(step.step for stage in surroundings.pathway.stages for step in stage.steps)
    return Refused(code=RefusalCode.UNKNOWN_STEP, allowed=known)


def blocked(journey: Journey, key: str, surroundings: Surroundings) -> tuple[Unmet, ...]:
    """What keeps a step from opening: its stage, or the leaves of its own condition."""
    place = surroundings.pathway.find_step(key)
    if place is None:
        return ()
    stage, step = place
    if not journey.is_active(stage.stage):
        return (Unmet(kind="stage", name=stage.stage, wants="active"),)
    return unmet(step.open_when, facts_of(journey, surroundings.pathway))
