"""A pathway or rule release under a running journey neither loses nor doubles a reminder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.journey import Wake, wakes
from domain.journey.advancing import ScheduleStep
from domain.pathway.model import Due, Pathway, RemindRung, Span, Step
from domain.stream.firing import FireRung, RungsFired
from tests.domain.given import Given, planned, with_hearing
from tests.pathway_examples import days, small_pathway


def released(key: str, change: Callable[[Step], Step]) -> Pathway:
    """The small pathway in a release that says something else of one step."""
    pathway = small_pathway()
    stages = tuple(
        stage.model_copy(update={"steps": tuple(change(s) if s.step == key else s for s in stage.steps)})
        for stage in pathway.stages
    )
    return pathway.model_copy(update={"stages": stages})


def without_first(step: Step) -> Step:
    """One rung less."""
    return step.model_copy(update={"remind": step.remind[1:]})


def with_another(step: Step) -> Step:
    """One rung more."""
    return step.model_copy(update={"remind": (RemindRung(before=days(2)), *step.remind)})


def due_later(step: Step) -> Step:
    """Another term."""
    return step.model_copy(update={"due": Due(within=Span(count=30))})


def stalled_later(step: Step) -> Step:
    """Another limit and no escalation."""
    return step.model_copy(update={"stalled_after": Span(count=30), "escalate": ()})


CHANGES = (without_first, with_another, due_later, stalled_later)


def fire_all(journey: Given, key: str) -> list[tuple[str, int]]:
    """Every rung of a step that is fired from now on, in order, each timer running out twice."""
    told: list[tuple[str, int]] = []
    while due := [w for w in wakes(journey.state) if w.key == key]:
        journey = journey.at(max(journey.now, due[0].at))
        for _ in range(2):
            events = journey.when(fire(due[0])).events
            told += [(r, e.date_version) for e in events if isinstance(e, RungsFired) for r in e.rungs]
            journey = journey.and_then(*events)
    return told


def fire(wake: Wake) -> FireRung:
    """The command of a timer."""
    return FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)


@pytest.mark.parametrize("change", CHANGES)
def test_a_release_changes_no_wake_of_what_runs(change: Callable[[Step], Step]) -> None:
    """A rung dropped or added, another term, another limit: the same timers, each fired once."""
    before = planned()
    after = before.on(released("plan", change))
    assert wakes(after.state) == wakes(before.state)
    told = fire_all(after, "step:plan:1")
    assert told == fire_all(before, "step:plan:1")
    assert len(told) == len(set(told)) == 6


@pytest.mark.parametrize("change", CHANGES)
def test_a_release_halfway_up_the_ladder_loses_and_doubles_nothing(change: Callable[[Step], Step]) -> None:
    """The first reminder went out under the old release, the others go out under the new."""
    before = planned()
    first = next(w for w in wakes(before.state) if w.key == "step:plan:1")
    half = before.at(first.at)
    half = half.and_then(*half.when(fire(first)).events)
    told = fire_all(half.on(released("plan", change)), "step:plan:1")
    assert [(first.rung, 1), *told] == fire_all(before, "step:plan:1")


@pytest.mark.parametrize("change", [without_first, with_another])
def test_a_date_moved_after_a_release_has_the_ladder_of_that_release_once(change: Callable[[Step], Step]) -> None:
    """The old wakes are void, the new ones fire once: 7, 3 and 1 day before, less or more one."""
    before = with_hearing(days=60)
    old = [w for w in wakes(before.state) if w.key == "step:hearing:1"]
    pathway = released("hearing", change)
    moved = before.on(pathway).having(ScheduleStep(step="hearing", appointment=before.now + timedelta(days=90)))
    for wake in old:
        moved.at(wake.at).when(fire(wake)).then_nothing()
    told = fire_all(moved, "step:hearing:1")
    assert len(told) == len(set(told))
    assert {version for _, version in told} == {3}
    reminders = [rung for rung, _ in told if rung.startswith("before")]
    assert len(reminders) == (2 if change is without_first else 4)
