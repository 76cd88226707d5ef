"""Whether everything in a pathway can ever happen: stages entered and left, steps opened, milestones reached.

The journey is imagined at its luckiest: every consent is given, every role assigned, every decision taken, each step
ends with any outcome that it allows. What is still out of reach then, waits for something that can never be. A
negation counts as possible: it holds at least before the fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.codes import StepOutcome
from domain.pathway.condition import (
    All,
    AnyOf,
    Condition,
    FactLeaf,
    FactName,
    Leaf,
    MilestoneLeaf,
    Not,
    StageIs,
    StageLeaf,
    StepIs,
    StepLeaf,
    holds,
    leaves,
)
from domain.pathway.model import Opens, Pathway, Stage, Step, StepKind
from domain.pathway.problem import Path, Problem, Severity

Possible = Callable[[Leaf], bool]
Reached = frozenset[tuple[str, str]]


def check_reach(pathway: Pathway) -> list[Problem]:
    """What can never happen, and what holds the journey up although nobody need do it."""
    reached = _reached(pathway)
    possible = _possible(pathway, reached)
    found: list[Problem] = []
    for s, stage in enumerate(pathway.stages):
        place: Path = ("stages", s)
        if ("stage", stage.stage) not in reached:
            found.append(
                _never((*place, "enter_when"), f"stage {stage.stage} can never be entered", stage.enter_when, possible)
            )
            continue
        found += _steps(stage, place, reached, possible)
        found += _leaving(pathway, stage, place, possible)
    for m, milestone in enumerate(pathway.milestones):
        if ("milestone", milestone.milestone) not in reached:
            what = f"milestone {milestone.milestone} can never be reached"
            found.append(_never(("milestones", m, "reached_when"), what, milestone.reached_when, possible))
    if not any(stage.enter_when is not None and holds(stage.enter_when, _nothing) for stage in pathway.stages):
        text = "no stage is entered when a journey opens: give the first one `enter_when: {all: []}`"
        found.append(Problem(("stages",), text, Severity.WARNING))
    return found


def _reached(pathway: Pathway) -> Reached:
    reached: Reached = frozenset()
    while (more := reached | frozenset(_next(pathway, reached))) != reached:
        reached = more
    return reached


def _next(pathway: Pathway, reached: Reached) -> Iterator[tuple[str, str]]:
    possible = _possible(pathway, reached)
    started = {key for g in pathway.stages for x in g.steps if ("step", x.step) in reached for key in x.starts}
    for stage in pathway.stages:
        if stage.enter_when is None or _can(stage.enter_when, possible):
            yield "stage", stage.stage
        if ("stage", stage.stage) in reached:
            for step in stage.steps:
                if step.step in started or _can(step.open_when, possible):
                    yield "step", step.step
    for milestone in pathway.milestones:
        if _can(milestone.reached_when, possible):
            yield "milestone", milestone.milestone


def _possible(pathway: Pathway, reached: Reached) -> Possible:
    def possible(leaf: Leaf) -> bool:
        match leaf:
            case StepLeaf(step=key, is_=wanted):
                found = pathway.find_step(key)
                # An unknown name has its own problem; what depends on it should not repeat it.
                return found is None or (("step", key) in reached and _allows(found[1], wanted))
            case StageLeaf(stage=key):
                return pathway.find_stage(key) is None or ("stage", key) in reached
            case MilestoneLeaf(milestone=key):
                return all(m.milestone != key for m in pathway.milestones) or ("milestone", key) in reached
            case _:
                return True

    return possible


def _allows(step: Step, wanted: StepIs) -> bool:
    match wanted:
        case StepIs.OPENED | StepIs.SETTLED:
            return True
        case StepIs.DONE | StepIs.DECLINED | StepIs.SKIPPED:
            return StepOutcome(wanted.value) in step.outcomes


def _can(condition: Condition | None, possible: Possible) -> bool:
    match condition:
        case All(all=parts):
            return all(_can(part, possible) for part in parts)
        case AnyOf(any=parts):
            return any(_can(part, possible) for part in parts)
        case None | Not():
            return True
        case leaf:
            return possible(leaf)


def _blockers(condition: Condition | None, possible: Possible) -> Iterator[str]:
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from _blockers(part, possible)
        case None | Not():
            return
        case leaf if not possible(leaf):
            unmet = leaf.unmet()
            yield f"{unmet.kind} {unmet.name} {unmet.wants}"


def _never(path: Path, what: str, condition: Condition | None, possible: Possible) -> Problem:
    waits = ", ".join(dict.fromkeys(_blockers(condition, possible)))
    return Problem(path, f"{what}: it waits for {waits}, which can never be; change one of the conditions")


def _steps(stage: Stage, place: Path, reached: Reached, possible: Possible) -> Iterator[Problem]:
    for n, step in enumerate(stage.steps):
        if ("step", step.step) not in reached:
            yield _never((*place, "steps", n, "open_when"), f"{step.step} can never open", step.open_when, possible)


def _leaving(pathway: Pathway, stage: Stage, place: Path, possible: Possible) -> Iterator[Problem]:
    if stage.leave_when is None:
        return
    path = (*place, "leave_when")
    if not _can(stage.leave_when, possible):
        yield _never(path, f"stage {stage.stage} can never be left", stage.leave_when, possible)
        return
    if holds(stage.leave_when, _just_entered(stage)):
        text = f"stage {stage.stage} would be left in the moment it is entered: name a step that must be settled first"
        yield Problem(path, text)
        return
    yield from _waits_for_nobody(pathway, stage, path, possible)


def _waits_for_nobody(pathway: Pathway, stage: Stage, path: Path, possible: Possible) -> Iterator[Problem]:
    """Warnings: a stage that cannot be left unless a person happens to open a step, or a client agrees to one."""
    started = {key for g in pathway.stages for x in g.steps for key in x.starts}
    for step in stage.steps:
        if not _needed(step, stage, possible):
            continue
        if step.opens is Opens.BY_DECISION and step.step not in started:
            text = f"the stage is left only after {step.step}, which opens only by a person's decision"
            yield Problem(path, f"{text}: make it `opens: automatically`, or leave it out here", Severity.WARNING)
        done = StepLeaf.model_validate({"step": step.step, "is": "done"})
        if done in leaves(stage.leave_when) and {StepOutcome.DECLINED, StepOutcome.SKIPPED} & set(step.outcomes):
            text = f"where a client declines {step.step}, the stage is never left: ask for `settled`, not `done`"
            yield Problem(path, text, Severity.WARNING)


def _needed(step: Step, stage: Stage, possible: Possible) -> bool:
    """Whether the stage cannot be left without this step."""

    def without(leaf: Leaf) -> bool:
        if isinstance(leaf, FactLeaf) and leaf.fact is FactName.REQUIRED_STEPS_SETTLED:
            return step.kind is not StepKind.REQUIRED
        return possible(leaf) and not (isinstance(leaf, StepLeaf) and leaf.step == step.step)

    return not _can(stage.leave_when, without)


def _nothing(leaf: Leaf) -> bool:
    """A journey that has only just opened."""
    return False


def _just_entered(stage: Stage) -> Possible:
    def fact(leaf: Leaf) -> bool:
        match leaf:
            case StageLeaf(stage=key, is_=wanted):
                return key == stage.stage and wanted is not StageIs.LEFT
            case FactLeaf(fact=FactName.REQUIRED_STEPS_SETTLED):
                return all(step.kind is not StepKind.REQUIRED for step in stage.steps)
            case _:
                return False

    return fact
