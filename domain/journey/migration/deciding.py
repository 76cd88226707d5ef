"""Decider of a migration: everything that the journey is at has a place in the new version, or it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.migration.dating import kept_step
from domain.journey.migration.events import EndedStep, JourneyMigrated, KeptStep, MigrateJourney, Renamed
from domain.journey.migration.renaming import names, renamed_journey
from domain.journey.state import Journey, StepState, StepStatus
from domain.pathway.model import Pathway
from domain.refusal import RefusalCode, Refused


@decides(MigrateJourney, by_its_own_pin=True)
def _migrate(journey: Journey, command: MigrateJourney, surroundings: Surroundings) -> Decision:
    if command.pin == journey.pin:
        return ()
    if command.pin.name != journey.pin.name:
        return Refused(code=RefusalCode.OTHER_PATHWAY, allowed=(journey.pin.name,))
    pathway = surroundings.pathway
    stages = [each for each in command.stages if each.was in journey.stages and each.was != each.now]
    steps = [each for each in command.steps if journey.occurrences(each.was) and each.was != each.now]
    if refused := _misnamed(journey, stages, steps, pathway):
        return refused
    renamed = renamed_journey(journey, names(stages), names(steps))
    if refused := _homeless(renamed, pathway) or _lacking(renamed, pathway):
        return refused
    kept, ended = _steps(renamed, names(steps), surroundings)
    migrated = JourneyMigrated(
        was=journey.pin,
        pin=command.pin,
        stages=tuple(stages),
        steps=tuple(steps),
        kept=tuple(kept),
        ended=tuple(ended),
        note=command.note,
    )
    return (migrated,)


def _misnamed(journey: Journey, stages: list[Renamed], steps: list[Renamed], pathway: Pathway) -> Refused | None:
    """A new name that the version does not have, or that two things of the journey would share."""
    for each in stages:
        if pathway.find_stage(each.now) is None:
            return _no_stage(each.now, pathway)
    for each in steps:
        if pathway.find_step(each.now) is None:
            known = tuple(step.step for stage in pathway.stages for step in stage.steps)
            return Refused(code=RefusalCode.UNKNOWN_STEP, part=each.now, allowed=known)
    clash = _shared(names(stages), journey.stages) or _shared(names(steps), {s.step for s in journey.steps.values()})
    return Refused(code=RefusalCode.NAMES_CLASH, part=clash) if clash else None


def _shared(renamed: Mapping[str, str], present: Mapping[str, object] | set[str]) -> str | None:
    after = [renamed.get(name, name) for name in present]
    return next((name for name in after if after.count(name) > 1), None)


def _no_stage(stage: str, pathway: Pathway) -> Refused:
    return Refused(code=RefusalCode.UNKNOWN_STAGE, part=stage, allowed=tuple(s.stage for s in pathway.stages))


def _homeless(journey: Journey, pathway: Pathway) -> Refused | None:
    """An active stage that the version does not have: where the client stands must be said, not guessed."""
    return next(
        (
            _no_stage(stage.stage, pathway)
            for stage in journey.stages.values()
            if stage.is_active and pathway.find_stage(stage.stage) is None
        ),
        None,
    )


def _lacking(journey: Journey, pathway: Pathway) -> Refused | None:
    """Sections that the version does not have, and by whose rules something of this journey goes on."""
    services = journey.services
    needed = {
        "hearings": (journey.hearings, pathway.hearings),
        "services": (services.each or services.referrals or services.search, pathway.services),
        "proceedings": (journey.proceedings, pathway.proceedings),
        "returning": (journey.returns, pathway.returning),
        "reintegration": (journey.reintegration, pathway.reintegration),
        "residence": (journey.permits, pathway.residence),
        "plan": (journey.plan.goals, pathway.plan),
    }
    lacking = tuple(name for name, (used, section) in needed.items() if used and section is None)
    return Refused(code=RefusalCode.PATHWAY_LACKS_PART, allowed=lacking) if lacking else None


def _steps(
    journey: Journey, renamed: Mapping[str, str], surroundings: Surroundings
) -> tuple[list[KeptStep], list[EndedStep]]:
    kept: list[KeptStep] = []
    ended: list[EndedStep] = []
    was = {now: before for before, now in renamed.items()}
    for state in _open(journey):
        place = surroundings.pathway.find_step(state.step)
        if place is None or not journey.is_active(place[0].stage):
            ended.append(EndedStep(step=was.get(state.step, state.step), occurrence=state.occurrence))
        else:
            kept.append(kept_step(journey, state, place, surroundings.pathway, surroundings.now))
    return kept, ended


def _open(journey: Journey) -> Iterator[StepState]:
    return (state for state in journey.steps.values() if state.status is StepStatus.OPEN)
