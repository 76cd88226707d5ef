"""What follows by itself: milestones reached, stages left and entered, steps opened, until nothing more follows."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Phase, StageExit
from domain.event import Event
from domain.journey.deciding import Surroundings
from domain.journey.facts import facts_of
from domain.journey.foresight import foresee
from domain.journey.milestones import MilestoneReached
from domain.journey.stages import StageEntered, StageLeft
from domain.journey.state import Journey, StepStatus
from domain.journey.steps import open_step
from domain.pathway.condition import holds
from domain.pathway.model import Opens


def progress(journey: Journey, surroundings: Surroundings) -> tuple[Event, ...]:
    """Every event that follows from the pathway's conditions; each condition is asked again after each event.

    It ends: a milestone is reached once, a stage is entered by itself once, a step opens by itself once.
    """
    found: list[Event] = []
    while journey.phase is Phase.OPEN and (event := next(_follows(journey, surroundings), None)):
        found.append(event)
        journey = foresee(journey, (event,), surroundings.now)
    return tuple(found)


def _follows(journey: Journey, surroundings: Surroundings) -> Iterator[Event]:
    pathway, now = surroundings.pathway, surroundings.now
    facts = facts_of(journey, pathway, now)
    live = {s.step for s in journey.steps.values() if s.status is not StepStatus.ENDED}
    for milestone in pathway.milestones:
        if milestone.milestone not in journey.milestones and holds(milestone.reached_when, facts):
            yield MilestoneReached(milestone=milestone.milestone)
    for stage in pathway.stages:
        facts = facts_of(journey, pathway, now, stage.stage)
        state = journey.stages.get(stage.stage)
        if state is None:
            if stage.enter_when is not None and holds(stage.enter_when, facts):
                yield StageEntered(stage=stage.stage)
            continue
        if not state.is_active:
            continue
        # A stage entered a second time was entered by a person, for a reason that its old steps do not know.
        leaves = state.times == 1 and stage.leave_when is not None and holds(stage.leave_when, facts)
        if leaves and not _expects_somebody(journey, stage.stage):
            yield StageLeft(stage=stage.stage, exit=StageExit.COMPLETED)
        for step in stage.steps:
            if step.opens is Opens.AUTOMATICALLY and step.step not in live and holds(step.open_when, facts):
                yield open_step(journey, stage, step, pathway, now)


def _expects_somebody(journey: Journey, stage: str) -> bool:
    """Whether an open step of the stage has an appointment: no hearing and its reminders end as a side effect."""
    steps = journey.steps.values()
    return any(s.stage == stage and s.status is StepStatus.OPEN and s.appointment is not None for s in steps)
