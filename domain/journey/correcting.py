"""Decider: a correction stands beside the mistake. Nothing is taken back, the log shows both."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime

from domain.codes import SETTLING, StepOutcome, StepReason
from domain.command import Command
from domain.deadline import Deadline, deadline_on
from domain.journey.advancing import unknown_step
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.state import Journey, StepState
from domain.journey.steps import StepCorrected, first_deadline
from domain.journey.timing import misdated
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.values import Code, Count


class CorrectStep(Command, kind="correct-step"):
    """Replaces what was last said of a step. Without an outcome it did not happen and the step is open again.

    `corrects` is the version of the event that was a mistake; only the latest of a step can be corrected.
    """

    step: Code
    corrects: Count
    outcome: StepOutcome | None = None
    reason: StepReason | None = None
    next_on: date | None = None
    note: Sealed[Notes] | None = None
    occurred_at: AwareDatetime | None = None


@decides(CorrectStep)
def _correct(journey: Journey, command: CorrectStep, surroundings: Surroundings) -> Decision:
    place = surroundings.pathway.find_step(command.step)
    if place is None:
        return unknown_step(surroundings)
    stage, step = place
    state = _advanced_in(journey, command.step, command.corrects)
    if state is None:
        last = max(journey.occurrences(command.step), key=lambda s: s.occurrence, default=None)
        if last is not None and last.advanced_version is not None and last.advanced_version > command.corrects:
            return Refused(code=RefusalCode.PART_CHANGED, part=last.key, part_version=last.version)
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT)
    if not journey.is_active(state.stage):
        return Refused(code=RefusalCode.STAGE_NOT_ENTERED, part=state.key, part_version=state.version)
    if refused := misdated(journey, command.occurred_at, surroundings.now):
        return refused
    if command.outcome is not None and command.outcome not in step.outcomes:
        allowed = tuple(o.value for o in step.outcomes)
        return Refused(code=RefusalCode.OUTCOME_NOT_ALLOWED, part=state.key, allowed=allowed)
    deadline: Deadline | None = None
    if command.outcome not in SETTLING:
        other = journey.open_step(command.step)
        if other is not None and other.key != state.key:
            return Refused(code=RefusalCode.STEP_ALREADY_OPEN, part=other.key, part_version=other.version)
        deadline = (
            deadline_on(step, surroundings.pathway, now=surroundings.now, due_on=command.next_on)
            if command.next_on
            else first_deadline(journey, stage, step, surroundings.pathway, surroundings.now)
        )
    return (
        StepCorrected(
            step=state.step,
            occurrence=state.occurrence,
            corrects=command.corrects,
            outcome=command.outcome,
            reason=command.reason,
            deadline=deadline,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


def _advanced_in(journey: Journey, step: str, version: int) -> StepState | None:
    return next((s for s in journey.occurrences(step) if s.advanced_version == version), None)
