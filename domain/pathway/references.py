"""Whether every name that a pathway uses is defined once, and what a step starts can be started."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from domain.pathway.condition import All, AnyOf, Condition, MilestoneLeaf, Not, StageLeaf, StepLeaf
from domain.pathway.model import Opens, Pathway, Step
from domain.pathway.problem import Path, Problem, Severity


def check_references(pathway: Pathway) -> list[Problem]:
    """Names that are used twice or point nowhere."""
    return [*_doubles(pathway), *_conditions(pathway), *_starts(pathway), *_counted(pathway)]


def all_conditions(pathway: Pathway) -> Iterator[tuple[Path, Condition]]:
    """Every condition of the pathway with its place."""
    for s, stage in enumerate(pathway.stages):
        for key, condition in (("enter_when", stage.enter_when), ("leave_when", stage.leave_when)):
            if condition is not None:
                yield ("stages", s, key), condition
        for n, step in enumerate(stage.steps):
            if step.open_when is not None:
                yield ("stages", s, "steps", n, "open_when"), step.open_when
    for m, milestone in enumerate(pathway.milestones):
        yield ("milestones", m, "reached_when"), milestone.reached_when


def meant(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: the nearest known one, else all of them."""
    names = list(known)
    near = get_close_matches(name, names, n=1)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(names) or 'none'}"


def _doubles(pathway: Pathway) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    places: list[tuple[Path, str, str]] = []
    for s, stage in enumerate(pathway.stages):
        places.append((("stages", s, "stage"), "stage", stage.stage))
        places += [(("stages", s, "steps", n, "step"), "step", x.step) for n, x in enumerate(stage.steps)]
    places += [(("milestones", m, "milestone"), "milestone", x.milestone) for m, x in enumerate(pathway.milestones)]
    for path, kind, key in places:
        if (kind, key) in seen:
            yield Problem(path, f"there are two {kind}s {key}: give one another key (keys hold for the whole pathway)")
        seen[kind, key] = key


def _conditions(pathway: Pathway) -> Iterator[Problem]:
    known = {
        "step": [step.step for stage in pathway.stages for step in stage.steps],
        "stage": [stage.stage for stage in pathway.stages],
        "milestone": [milestone.milestone for milestone in pathway.milestones],
    }
    for path, condition in all_conditions(pathway):
        for place, kind, name in _named(condition, path):
            if name not in known[kind]:
                yield Problem(place, f"there is no {kind} {name}; {meant(name, known[kind])}")


def _named(condition: Condition, path: Path) -> Iterator[tuple[Path, str, str]]:
    match condition:
        case All(all=parts):
            for n, part in enumerate(parts):
                yield from _named(part, (*path, "all", n))
        case AnyOf(any=parts):
            for n, part in enumerate(parts):
                yield from _named(part, (*path, "any", n))
        case Not(not_=inner):
            yield from _named(inner, (*path, "not"))
        case StepLeaf(step=name):
            yield (*path, "step"), "step", name
        case StageLeaf(stage=name):
            yield (*path, "stage"), "stage", name
        case MilestoneLeaf(milestone=name):
            yield (*path, "milestone"), "milestone", name


def _starts(pathway: Pathway) -> Iterator[Problem]:
    keys = [step.step for stage in pathway.stages for step in stage.steps]
    for s, stage in enumerate(pathway.stages):
        for n, step in enumerate(stage.steps):
            for k, key in enumerate(step.starts):
                place = ("stages", s, "steps", n, "starts", k)
                if key in step.starts[:k]:
                    yield Problem(place, f"{key} is started twice: name it once")
                elif (found := pathway.find_step(key)) is None:
                    yield Problem(place, f"there is no step {key}; {meant(key, keys)}")
                else:
                    yield from _started(step, found[1], found[0].stage == stage.stage, found[0].stage, place)


def _counted(pathway: Pathway) -> Iterator[Problem]:
    keys = [step.step for stage in pathway.stages for step in stage.steps]
    for s, stage in enumerate(pathway.stages):
        for n, step in enumerate(stage.steps):
            place = ("stages", s, "steps", n, "due", "of")
            if step.due.of is not None and step.due.of not in keys:
                yield Problem(place, f"there is no step {step.due.of}; {meant(step.due.of, keys)}")
            if step.due.of == step.step:
                yield Problem(place, "a term cannot be counted from its own step: name another")


def _started(step: Step, target: Step, same: bool, stage: str, place: Path) -> Iterator[Problem]:
    if target.opens is Opens.AUTOMATICALLY and target.open_when is None and target is not step:
        yield Problem(place, f"{target.step} opens by itself with its stage: remove it here, or `opens: by-decision`")
    if target.step == step.step and not step.repeatable:
        yield Problem(place, f"{step.step} starts itself but may happen once only: add `repeatable: true`")
    elif step.repeatable and not target.repeatable:
        yield Problem(
            place, f"{step.step} may happen again, {target.step} may not: add `repeatable: true` to {target.step}"
        )
    if not same:
        text = f"{target.step} lies in stage {stage} and starts only while that stage is active"
        yield Problem(place, text, Severity.WARNING)
