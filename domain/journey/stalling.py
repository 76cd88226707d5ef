"""Part: stalls. That a step stands still is a fact with a cause; whose move it is follows from the cause."""

from __future__ import annotations

from domain.codes import SYSTEM_ACTOR, Mover, NextAction, StallCause
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, stall_again
from domain.event import Event, Recorded
from domain.journey.advancing import find_open
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.state import Journey
from domain.journey.steps import step_key
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Stall
from domain.values import Code, Count


class StepStalled(Event, topic="journey.step-stalled"):
    """A step stands still, found by the clock or said by a person."""

    step: Code
    occurrence: Count
    cause: StallCause
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        """The part that stands still."""
        return step_key(self.step, self.occurrence)


class StepResumed(Event, topic="journey.step-resumed"):
    """A step moves again. `deadline` is the old one with a new moment at which it would be called stalled."""

    step: Code
    occurrence: Count
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        """The part that moves again."""
        return step_key(self.step, self.occurrence)


class StallStep(Command, kind="stall-step"):
    """Says that an open step stands still, and why."""

    step: Code
    cause: StallCause
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class ResumeStep(Command, kind="resume-step"):
    """Says that a stalled step moves again."""

    step: Code
    seen: Count | None = None
    note: Sealed[Notes] | None = None


NEXT_ACTION = {
    StallCause.WAITING_ON_CLIENT: NextAction.REACH_CLIENT_SAFELY,
    StallCause.WAITING_ON_COURT: NextAction.ASK_COURT,
    StallCause.WAITING_ON_PARTNER: NextAction.ASK_PARTNER,
    StallCause.WAITING_ON_US: NextAction.ADVANCE_STEP,
    StallCause.OVERDUE: NextAction.ADVANCE_STEP,
    StallCause.NOBODY_ASSIGNED: NextAction.ASSIGN_SOMEBODY,
}

WHOSE_MOVE = {
    StallCause.WAITING_ON_CLIENT: Mover.CLIENT,
    StallCause.WAITING_ON_COURT: Mover.COURT,
    StallCause.WAITING_ON_PARTNER: Mover.PARTNER,
    StallCause.WAITING_ON_US: Mover.US,
    StallCause.OVERDUE: Mover.US,
    StallCause.NOBODY_ASSIGNED: Mover.US,
}


@decides(StallStep)
def _stall(journey: Journey, command: StallStep, surroundings: Surroundings) -> Decision:
    found = find_open(journey, command.step, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, _ = found
    if state.stall is not None and state.stall.cause is command.cause:
        return Refused(code=RefusalCode.ALREADY_STALLED, part=state.key, part_version=state.version)
    return (StepStalled(step=state.step, occurrence=state.occurrence, cause=command.cause, note=command.note),)


@decides(ResumeStep)
def _resume(journey: Journey, command: ResumeStep, surroundings: Surroundings) -> Decision:
    found = find_open(journey, command.step, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, step = found
    if state.stall is None:
        return Refused(code=RefusalCode.NOT_STALLED, part=state.key, part_version=state.version)
    deadline = stall_again(state.clockwork.deadline, step, surroundings.pathway, now=surroundings.now)
    return (StepResumed(step=state.step, occurrence=state.occurrence, deadline=deadline, note=command.note),)


@evolves(StepStalled)
def _stalled(journey: Journey, recorded: Recorded[StepStalled]) -> Journey:
    event = recorded.event
    step = journey.steps[event.part]
    stall = Stall(event.cause, since=recorded.occurred_at, version=recorded.version)
    # A form that somebody filled in while the clock struck is no conflict: nobody else has decided anything.
    version = step.version if recorded.actor == SYSTEM_ACTOR else recorded.version
    return replace(journey, steps={**journey.steps, step.key: replace(step, stall=stall, version=version)})


@evolves(StepResumed)
def _resumed(journey: Journey, recorded: Recorded[StepResumed]) -> Journey:
    event = recorded.event
    step = journey.steps[event.part]
    changed = replace(step, stall=None, clockwork=step.clockwork.moved(event.deadline), version=recorded.version)
    return replace(journey, steps={**journey.steps, step.key: changed})
