"""Part: stages. They run in parallel; entered and left by the pathway's conditions or by a person's decision."""

from __future__ import annotations

from domain.codes import StageExit
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.facts import facts_of
from domain.journey.folding import evolves
from domain.journey.state import Journey, StageState, StepState, StepStatus
from domain.pathway.condition import unmet
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.values import Code


class StageEntered(Event, topic="journey.stage-entered"):
    """The stage is active: its steps may open."""

    stage: Code
    note: Sealed[Notes] | None = None


class StageLeft(Event, topic="journey.stage-left"):
    """The stage is over; what was still open in it has ended."""

    stage: Code
    exit: StageExit
    note: Sealed[Notes] | None = None


class EnterStage(Command, kind="enter-stage"):
    """Enters a stage by decision, again if it was left before. Its condition must hold where it has one."""

    stage: Code
    note: Sealed[Notes] | None = None


class LeaveStage(Command, kind="leave-stage"):
    """Leaves a stage by decision before it is completed."""

    stage: Code
    note: Sealed[Notes] | None = None


@decides(EnterStage)
def _enter(journey: Journey, command: EnterStage, surroundings: Surroundings) -> Decision:
    stage = surroundings.pathway.find_stage(command.stage)
    if stage is None:
        known = tuple(s.stage for s in surroundings.pathway.stages)
        return Refused(code=RefusalCode.UNKNOWN_STAGE, allowed=known)
    if journey.is_active(command.stage):
        return Refused(code=RefusalCode.STAGE_ALREADY_ENTERED)
    if blocks := unmet(stage.enter_when, facts_of(journey, surroundings.pathway, surroundings.now, stage.stage)):
        return Refused(code=RefusalCode.CONDITION_NOT_MET, unmet=blocks)
    return (StageEntered(stage=command.stage, note=command.note),)


@decides(LeaveStage)
def _leave(journey: Journey, command: LeaveStage, surroundings: Surroundings) -> Decision:
    if surroundings.pathway.find_stage(command.stage) is None:
        known = tuple(s.stage for s in surroundings.pathway.stages)
        return Refused(code=RefusalCode.UNKNOWN_STAGE, allowed=known)
    if not journey.is_active(command.stage):
        active = tuple(s.stage for s in journey.stages.values() if s.is_active)
        return Refused(code=RefusalCode.STAGE_NOT_ENTERED, allowed=active)
    return (StageLeft(stage=command.stage, exit=StageExit.STOPPED, note=command.note),)


@evolves(StageEntered)
def _entered(journey: Journey, recorded: Recorded[StageEntered]) -> Journey:
    stage = recorded.event.stage
    before = journey.stages.get(stage)
    state = StageState(
        stage, entered_at=recorded.occurred_at, version=recorded.version, times=before.times + 1 if before else 1
    )
    return replace(journey, stages={**journey.stages, stage: state})


@evolves(StageLeft)
def _left(journey: Journey, recorded: Recorded[StageLeft]) -> Journey:
    event = recorded.event
    state = replace(
        journey.stages[event.stage], left_at=recorded.occurred_at, exit=event.exit, version=recorded.version
    )
    steps = end_open_steps(journey, recorded.version, stage=event.stage)
    return replace(journey, stages={**journey.stages, event.stage: state}, steps=steps)


def end_open_steps(journey: Journey, version: int, *, stage: str | None = None) -> dict[str, StepState]:
    """The steps, those still open (in `stage`, or anywhere) ended."""

    def ended(step: StepState) -> StepState:
        if step.status is not StepStatus.OPEN or (stage is not None and step.stage != stage):
            return step
        return replace(step, status=StepStatus.ENDED, stall=None, version=version)

    return {key: ended(step) for key, step in journey.steps.items()}
