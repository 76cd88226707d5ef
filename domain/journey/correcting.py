"""Decider: a correction stands beside the mistake. Nothing is taken back, the log shows both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.codes import SETTLING, StepOutcome, StepReason
from domain.command import Command
from domain.deadline import Deadline, deadline_of_the_rest
from domain.journey.advancing import NEEDS_REASON, next_deadline, started, unknown_step
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.foresight import foresee
from domain.journey.state import Dated, Journey, StepState, StepStatus
from domain.journey.steps import StepCorrected
from domain.journey.timing import Day, Instant, misdated
from domain.pathway.model import Step
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.values import Code, Count


class CorrectStep(Command, kind="correct-step"):
    """Replaces what was last said of a step. Without an outcome it did not happen and the step is open again.

    `corrects` is the version of the event that was a mistake; only the latest of a step can be corrected. Without
    `next_on` and `next_at` the date that the step had before the mistake holds again, with what is left of its ladder.
    """

    step: Code
    corrects: Count
    outcome: StepOutcome | None = None
    reason: StepReason | None = None
    next_on: Day | None = None
    next_at: Instant | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


@decides(CorrectStep)
def _correct(journey: Journey, command: CorrectStep, surroundings: Surroundings) -> Decision:
    place = surroundings.pathway.find_step(command.step)
    if place is None:
        return unknown_step(surroundings)
    step = place[1]
    state = _advanced_in(journey, command.step, command.corrects)
    if state is None:
        last = max(journey.occurrences(command.step), key=lambda s: s.occurrence, default=None)
        if last is not None and last.advanced_version is not None and last.advanced_version > command.corrects:
            return Refused(code=RefusalCode.PART_CHANGED, part=last.key, part_version=last.version)
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT)
    if refused := _faulty(journey, command, step, state, surroundings):
        return refused
    redated = _redated(journey, command, step, state, surroundings)
    if isinstance(redated, Refused):
        return redated
    corrected = StepCorrected(
        step=state.step,
        occurrence=state.occurrence,
        corrects=command.corrects,
        outcome=command.outcome,
        reason=command.reason,
        deadline=redated.deadline,
        appointment=redated.appointment,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    if state.outcome is StepOutcome.DONE:
        return (corrected,)
    ahead = foresee(journey, (corrected,), surroundings.now)
    return (corrected, *started(ahead, step, command.outcome, surroundings))


def _faulty(
    journey: Journey, command: CorrectStep, step: Step, state: StepState, surroundings: Surroundings
) -> Refused | None:
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if command.outcome is not None and command.outcome not in step.outcomes:
        allowed = tuple(o.value for o in step.outcomes)
        return Refused(code=RefusalCode.OUTCOME_NOT_ALLOWED, part=state.key, allowed=allowed)
    if command.outcome in NEEDS_REASON and command.reason is None:
        return Refused(code=RefusalCode.REASON_REQUIRED, part=state.key, part_version=state.version)
    return None


@dataclass(frozen=True, slots=True)
class _Redated:
    deadline: Deadline | None = None
    appointment: datetime | None = None


def _redated(
    journey: Journey, command: CorrectStep, step: Step, state: StepState, surroundings: Surroundings
) -> _Redated | Refused:
    """The date that holds after the correction; none where the step is settled, or where the date stays."""
    if command.outcome in SETTLING:
        return _Redated()
    if not journey.is_active(state.stage):
        return Refused(code=RefusalCode.STAGE_NOT_ENTERED, part=state.key, part_version=state.version)
    other = journey.open_step(command.step)
    if other is not None and other.key != state.key:
        return Refused(code=RefusalCode.STEP_ALREADY_OPEN, part=other.key, part_version=other.version)
    if command.next_on is not None or command.next_at is not None:
        deadline = next_deadline(step, state, surroundings, on=command.next_on, at=command.next_at)
    elif command.outcome is None:
        before = state.before or Dated(state.clockwork, state.appointment)
        clockwork = before.clockwork
        rest = deadline_of_the_rest(
            clockwork.deadline, step, surroundings.pathway, now=surroundings.now, fired=clockwork.fired
        )
        return _Redated(rest, before.appointment)
    elif state.status is StepStatus.OPEN:
        return _Redated()
    else:
        deadline = next_deadline(step, state, surroundings, on=None, at=None)
    return deadline if isinstance(deadline, Refused) else _Redated(deadline, command.next_at)


def _advanced_in(journey: Journey, step: str, version: int) -> StepState | None:
    return next((s for s in journey.occurrences(step) if s.advanced_version == version), None)
