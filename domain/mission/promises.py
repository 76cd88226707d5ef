"""Whom and what a mission takes: for the time of its plan, and, once it has left, until it is back."""

from __future__ import annotations

from collections.abc import Iterator

from domain.mission.codes import MissionPhase
from domain.mission.state import Mission
from domain.stream.promise import OPEN_END, Promise, PromiseKind


def promises(mission: Mission) -> frozenset[Promise]:
    """Everything taken in this state. A mission that has ended, or is broken off, gives back the time of its plan.

    Who is out there is out there until the return is recorded, however late: nobody leaves on a second mission.
    """
    return frozenset(_promises(mission))


def _promises(mission: Mission) -> Iterator[Promise]:
    plan, left = mission.plan, mission.departed_at
    for resource in plan.crew.resources:
        if mission.phase in {MissionPhase.PLANNED, MissionPhase.DEPARTED}:
            since = min(left, plan.departure) if left else plan.departure
            yield Promise(resource, since, plan.expected_return)
        if mission.is_out and left is not None:
            yield Promise(resource, left, OPEN_END, PromiseKind.OUT)
