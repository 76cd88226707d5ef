"""The dates of open steps by the rules of the new version.

A step that opened and got no other date since is due as if it had opened under the new rules; a date that a person
entered or moved stays, with the new ladder around it. What was fired and would be again in the past is not fired twice,
and a step that the new rules would not call stalled yet moves again.
"""

from __future__ import annotations

from datetime import datetime

from domain.codes import RungEffect
from domain.deadline import Deadline, deadline_at, deadline_of_the_rest
from domain.journey.migration.events import JourneyMigrated, KeptStep
from domain.journey.migration.renaming import names, renamed_journey
from domain.journey.state import Journey, StepState
from domain.journey.steps import first_deadline, step_key
from domain.pathway.model import Anchor, Pathway, Stage, Step


def kept_step(
    journey: Journey, state: StepState, place: tuple[Stage, Step], pathway: Pathway, now: datetime
) -> KeptStep:
    """What holds for an open step from now on. `state` has its new name already."""
    stage, step = place
    return KeptStep(
        step=step.step,
        occurrence=state.occurrence,
        stage=stage.stage,
        role=step.role,
        waits_on=step.waits_on,
        stalled_after=step.stalled_after,
        covered_by=step.covered_by,
        deadline=redated(journey, state, place, pathway, now),
    )


def kept_again(journey: Journey, event: JourneyMigrated, pathway: Pathway, now: datetime) -> tuple[KeptStep, ...]:
    """What a migration said of the steps that it kept, found again by `pathway`; `journey` is as it was before.

    A step that this pathway does not have stays as it was recorded.
    """
    renamed = renamed_journey(journey, names(event.stages), names(event.steps))

    def again(kept: KeptStep) -> KeptStep:
        state = renamed.steps[step_key(kept.step, kept.occurrence)]
        place = pathway.find_step(kept.step)
        return kept if place is None else kept_step(renamed, state, place, pathway, now)

    return tuple(again(kept) for kept in event.kept)


def redated(
    journey: Journey, state: StepState, place: tuple[Stage, Step], pathway: Pathway, now: datetime
) -> Deadline | None:
    """The date by the new rules; None where nothing of it changes."""
    clockwork = state.clockwork
    found = _by_the_rules(journey, state, place, pathway, now)
    stalled_before = state.stall is not None

    def is_owed(effect: RungEffect, rung: str, at: datetime) -> bool:
        if at > now:
            return True
        if effect is RungEffect.STALL and stalled_before:
            return False
        return effect is not RungEffect.REMIND and rung not in clockwork.fired

    rungs = tuple(rung for rung in found.rungs if is_owed(rung.effect, rung.rung, rung.at))
    ahead = tuple(rung for rung in clockwork.deadline.rungs if rung.rung not in clockwork.fired)
    if found.due_at == clockwork.deadline.due_at and rungs == ahead:
        return None
    return found.model_copy(update={"rungs": rungs})


def _by_the_rules(
    journey: Journey, state: StepState, place: tuple[Stage, Step], pathway: Pathway, now: datetime
) -> Deadline:
    stage, step = place
    clockwork = state.clockwork
    if clockwork.date_version == 1 and state.appointment is None:
        return first_deadline(journey, stage, step, pathway, state.opened_at)
    if step.due.after is Anchor.APPOINTMENT and state.appointment is None:
        step = step.model_copy(update={"remind": ()})
    found = deadline_at(step, pathway, now=state.opened_at, due_at=clockwork.deadline.due_at)
    return _moving(found, state, step, pathway, now)


def _moving(found: Deadline, state: StepState, step: Step, pathway: Pathway, now: datetime) -> Deadline:
    """A step that somebody set moving again has its time from now, as `StepResumed` gave it."""
    stall = next((r.at for r in found.rungs if r.effect is RungEffect.STALL), now)
    before = next((r.at for r in state.clockwork.deadline.rungs if r.effect is RungEffect.STALL), now)
    if state.stall is not None or stall > now or before <= now:
        return found
    return deadline_of_the_rest(found, step, pathway, now=now, fired=state.clockwork.fired)
