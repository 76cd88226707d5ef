"""How a migration folds: names first, then what became of each open step."""

from __future__ import annotations

from domain.codes import RungEffect
from domain.copying import replace
from domain.event import Recorded
from domain.journey.folding import evolves
from domain.journey.migration.events import JourneyMigrated, KeptStep
from domain.journey.migration.renaming import names, renamed_journey
from domain.journey.state import Journey, StepState, StepStatus
from domain.journey.steps import step_key


@evolves(JourneyMigrated)
def _migrated(journey: Journey, recorded: Recorded[JourneyMigrated]) -> Journey:
    event = recorded.event
    renamed = names(event.steps)
    journey = renamed_journey(journey, names(event.stages), renamed)
    steps = dict(journey.steps)
    for ended in event.ended:
        key = step_key(renamed.get(ended.step, ended.step), ended.occurrence)
        steps[key] = replace(steps[key], status=StepStatus.ENDED, stall=None, version=recorded.version)
    for kept in event.kept:
        key = step_key(kept.step, kept.occurrence)
        steps[key] = _kept(steps[key], kept, recorded.version)
    return replace(journey, pin=event.pin, steps=steps)


def _kept(state: StepState, kept: KeptStep, version: int) -> StepState:
    deadline = kept.deadline
    moves = deadline is not None and any(rung.effect is RungEffect.STALL for rung in deadline.rungs)
    return replace(
        state,
        stage=kept.stage,
        role=kept.role,
        waits_on=kept.waits_on,
        stalled_after=kept.stalled_after,
        covered_by=kept.covered_by,
        clockwork=state.clockwork if deadline is None else state.clockwork.moved(deadline),
        stall=None if moves else state.stall,
        version=version,
    )
