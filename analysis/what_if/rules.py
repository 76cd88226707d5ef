"""By which rules a history is run again: those that it pins, or those with a change.

ChangedPathway(pathway)                      another version of a pathway, published or not
ChangedLimits({"safe-contact": Span(...)})   the same pathway, with other limits after which a step counts as stalled
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from domain.pathway.model import Pathway, Pin, Span, Stage, Step

PathwayOf = Callable[[Pin], Pathway]
"""The pathway that a journey pins. Raises `PathwayMissing`."""


class Change(Protocol):
    """What would be otherwise. A journey whose pathway it does not touch is run by its own rules."""

    def __call__(self, pathway: Pathway) -> Pathway: ...


@dataclass(frozen=True, slots=True)
class ChangedPathway:
    """Another version in place of every version of the same pathway."""

    pathway: Pathway

    def __call__(self, pathway: Pathway) -> Pathway:
        return self.pathway if pathway.pathway == self.pathway.pathway else pathway


@dataclass(frozen=True, slots=True)
class ChangedLimits:
    """Other limits, by step: how long after its due day (after it opened, where it waits on others) it is stalled.

    `every` is that of the steps that are not named.
    """

    limits: Mapping[str, Span]
    every: Span | None = None

    def __call__(self, pathway: Pathway) -> Pathway:
        stages = tuple(self._stage(stage) for stage in pathway.stages)
        return pathway if stages == pathway.stages else pathway.model_copy(update={"stages": stages})

    def _stage(self, stage: Stage) -> Stage:
        return stage.model_copy(update={"steps": tuple(self._step(step) for step in stage.steps)})

    def _step(self, step: Step) -> Step:
        limit = self.limits.get(step.step, self.every)
        return step if limit is None else step.model_copy(update={"stalled_after": limit})


def unchanged(pathway: Pathway) -> Pathway:
    """No change: what happened, by the same code."""
    return pathway
