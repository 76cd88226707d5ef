"""A journey with steps and stages under other names. Occurrences keep their numbers, what was settled stays so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.copying import replace
from domain.journey.migration.events import Renamed
from domain.journey.state import Journey, StepState
from domain.journey.steps import step_key


def names(renamed: Iterable[Renamed]) -> dict[str, str]:
    """The new name by the old one."""
    return {each.was: each.now for each in renamed}


def renamed_journey(journey: Journey, stages: Mapping[str, str], steps: Mapping[str, str]) -> Journey:
    """The same journey; what is not named keeps its name."""
    if not stages and not steps:
        return journey
    found = [_step(state, stages, steps) for state in journey.steps.values()]
    return replace(
        journey,
        stages={(name := stages.get(key, key)): replace(state, stage=name) for key, state in journey.stages.items()},
        steps={state.key: state for state in found},
    )


def _step(state: StepState, stages: Mapping[str, str], steps: Mapping[str, str]) -> StepState:
    step = steps.get(state.step, state.step)
    stage = stages.get(state.stage, state.stage)
    return replace(state, step=step, stage=stage, key=step_key(step, state.occurrence))
