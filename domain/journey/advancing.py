"""Deciders of a step: advance it with an outcome, open one by decision, set its date."""

from __future__ import annotations

from datetime import date, datetime

from domain.calendar import local_date
from domain.codes import SETTLING, StepOutcome, StepReason
from domain.command import Command
from domain.deadline import Deadline, deadline_at, deadline_on, undated_deadline
from domain.event import Event
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.facts import facts_of
from domain.journey.foresight import foresee
from domain.journey.state import Journey, StepState, StepStatus
from domain.journey.steps import StepAdvanced, StepOpened, StepScheduled, open_step
from domain.journey.timing import Day, Instant, misdated
from domain.pathway.condition import unmet
from domain.pathway.model import Anchor, Step
from domain.refusal import RefusalCode, Refused, Unmet
from domain.sealed import Notes, Sealed
from domain.values import Code, Count

NEEDS_REASON = frozenset({StepOutcome.SKIPPED, StepOutcome.POSTPONED})


class AdvanceStep(Command, kind="advance-step"):
    """Says how the open occurrence of a step went.

    `seen` is the version of the step that the form showed. A no-show or a postponement needs the next date: `next_on`
    (a local day) or `next_at` (an instant, which goes before); a step due at its appointment may have none yet.
    """

    step: Code
    outcome: StepOutcome
    seen: Count | None = None
    reason: StepReason | None = None
    next_on: Day | None = None
    next_at: Instant | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class OpenStep(Command, kind="open-step"):
    """Opens a step by decision: a discretionary one, or a repeatable one again. `appointment` where it has one."""

    step: Code
    appointment: Instant | None = None


class ScheduleStep(Command, kind="schedule-step"):
    """Sets or moves the date of an open step, with all its timers in one event."""

    step: Code
    seen: Count | None = None
    on: Day | None = None
    appointment: Instant | None = None
    note: Sealed[Notes] | None = None


@decides(AdvanceStep)
def _advance(journey: Journey, command: AdvanceStep, surroundings: Surroundings) -> Decision:
    found = find_open(journey, command.step, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, step = found
    if refused := misdated(journey, command.occurred_at, surroundings):
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
        found_next = next_deadline(step, state, surroundings, on=command.next_on, at=command.next_at)
        if isinstance(found_next, Refused):
            return found_next
        deadline = found_next
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
    return (advanced, *started(ahead, step, command.outcome, surroundings))


def next_deadline(
    step: Step, state: StepState, surroundings: Surroundings, *, on: date | None, at: datetime | None
) -> Deadline | Refused:
    """The deadline at the date that a person entered for an open step, or why it cannot be."""
    if at is not None:
        return _at(step, state, at, surroundings)
    if on is not None:
        return _on(step, state, on, surroundings)
    if step.due.after is Anchor.APPOINTMENT:
        return undated_deadline(step, surroundings.pathway, now=surroundings.now)
    return Refused(code=RefusalCode.DATE_REQUIRED, part=state.key, part_version=state.version)


def _at(step: Step, state: StepState, at: datetime, surroundings: Surroundings) -> Deadline | Refused:
    if at <= surroundings.now:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=state.key, part_version=state.version)
    return deadline_at(step, surroundings.pathway, now=surroundings.now, due_at=at)


def _on(step: Step, state: StepState, on: date, surroundings: Surroundings) -> Deadline | Refused:
    if on < local_date(surroundings.now, surroundings.pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=state.key, part_version=state.version)
    return deadline_on(step, surroundings.pathway, now=surroundings.now, due_on=on)


def started(
    journey: Journey, step: Step, outcome: StepOutcome | None, surroundings: Surroundings
) -> tuple[StepOpened, ...]:
    """What the pathway says this step starts, but for what is open, may not happen again, or has no active stage."""
    if outcome is not StepOutcome.DONE:
        return ()
    pathway = surroundings.pathway
    found = (pathway.find_step(key) for key in dict.fromkeys(step.starts))
    return tuple(
        open_step(journey, place[0], place[1], pathway, surroundings.now)
        for place in found
        if place is not None and journey.is_active(place[0].stage) and may_open(journey, place[1])
    )


def may_open(journey: Journey, step: Step) -> bool:
    """Whether the step has no open occurrence and may have one more. One that was ended unsettled does not count."""
    occurrences = journey.occurrences(step.step)
    if step.repeatable:
        return all(s.status is not StepStatus.OPEN for s in occurrences)
    return all(s.status is StepStatus.ENDED for s in occurrences)


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
    if not may_open(journey, step):
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
    if command.appointment is None and command.on is None:
        return Refused(code=RefusalCode.DATE_REQUIRED, part=state.key, part_version=state.version)
    deadline = next_deadline(step, state, surroundings, on=command.on, at=command.appointment)
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
    return unmet(step.open_when, facts_of(journey, surroundings.pathway, surroundings.now, stage.stage))
