"""Part: goals of the individual plan, each with its measures, who answers for it, and the day to reach it by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from domain.calendar import local_date
from domain.codes import ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, ladder_deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.service_plan.state import OVER, GoalProgress, GoalState
from domain.journey.state import Journey
from domain.journey.timing import Day
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Code, Count

Measures = Annotated[tuple[Code, ...], Field(max_length=30)]


class GoalSet(Event, topic="journey.goal-set"):
    """A goal of the catalogue; what it means for this client stands sealed in `text`."""

    number: Count
    goal: Code
    measures: Measures
    role: Role
    target_on: date
    deadline: Deadline
    text: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return f"goal:{self.number}"


class GoalProgressed(Event, topic="journey.goal-progressed"):
    """How far it has come; with `target_on` and `deadline` where there is more time now."""

    number: Count
    goal: Code
    progress: GoalProgress
    target_on: date | None = None
    deadline: Deadline | None = None
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return f"goal:{self.number}"


class SetGoal(Command, kind="set-goal"):
    """Adds a goal to the plan. `goal` and `measures` are words of the pathway's catalogue."""

    goal: Code
    target_on: Day
    role: Role = Role.CASEWORKER
    measures: Measures = ()
    text: Sealed[Notes] | None = None


class ProgressGoal(Command, kind="progress-goal"):
    """Says how far a goal has come, and moves its day where `target_on` is given."""

    number: Count
    progress: GoalProgress
    target_on: Day | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None


@decides(SetGoal)
def _set(journey: Journey, command: SetGoal, surroundings: Surroundings) -> Decision:
    pathway, now = surroundings.pathway, surroundings.now
    rules = pathway.plan
    if rules is None or command.goal not in (known := tuple(g.goal for g in rules.goals)):
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, allowed=known if rules else ())
    measures = tuple(m.measure for m in rules.measures)
    if not set(command.measures) <= set(measures):
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, allowed=measures)
    if command.target_on < local_date(now, pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_PAST)
    return (
        GoalSet(
            number=len(journey.plan.goals) + 1,
            goal=command.goal,
            measures=command.measures,
            role=command.role,
            target_on=command.target_on,
            deadline=ladder_deadline(rules.target, pathway, now=now, on=command.target_on),
            text=command.text,
        ),
    )


@decides(ProgressGoal)
def _progress(journey: Journey, command: ProgressGoal, surroundings: Surroundings) -> Decision:
    pathway, now = surroundings.pathway, surroundings.now
    goal = journey.plan.goals.get(f"goal:{command.number}")
    if goal is None or pathway.plan is None:
        return Refused(code=RefusalCode.NO_SUCH_GOAL)
    if command.seen is not None and command.seen != goal.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=goal.key, part_version=goal.version)
    on, deadline = command.target_on, None
    # A goal that was over and goes on has the day it had, unless another is entered: an old one rings at once.
    if on is None and goal.is_over and command.progress not in OVER:
        on = goal.target_on
    elif on is not None and on < local_date(now, pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=goal.key, part_version=goal.version)
    if on is not None and command.progress not in OVER:
        deadline = ladder_deadline(pathway.plan.target, pathway, now=now, on=on)
    return (
        GoalProgressed(
            number=goal.number,
            goal=goal.goal,
            progress=command.progress,
            target_on=on if deadline else None,
            deadline=deadline,
            note=command.note,
        ),
    )


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    goal = journey.plan.goals.get(key)
    return journey if goal is None else _with(journey, replace(goal, clockwork=turn(goal.clockwork)))


@owes(ObligationKind.GOAL, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    for goal in journey.plan.goals.values():
        if not goal.is_over:
            yield Obligation(
                goal.key,
                ObligationKind.GOAL,
                goal.clockwork.deadline.due_at,
                owner(journey, goal.role),
                goal.clockwork,
                version=goal.version,
                what=goal.goal,
            )


@evolves(GoalSet)
def _was_set(journey: Journey, recorded: Recorded[GoalSet]) -> Journey:
    event = recorded.event
    goal = GoalState(
        event.number,
        event.goal,
        event.measures,
        event.role,
        event.target_on,
        recorded.occurred_at,
        recorded.version,
        Clockwork(event.deadline, date_version=recorded.version),
        recorded.command_id,
        event.text,
    )
    return _with(journey, goal)


@evolves(GoalProgressed)
def _progressed(journey: Journey, recorded: Recorded[GoalProgressed]) -> Journey:
    event = recorded.event
    goal = journey.plan.goals[event.part]
    changed = replace(
        goal,
        progress=event.progress,
        target_on=event.target_on or goal.target_on,
        version=recorded.version,
        clockwork=Clockwork(event.deadline, date_version=recorded.version) if event.deadline else goal.clockwork,
    )
    return _with(journey, changed)


def _with(journey: Journey, goal: GoalState) -> Journey:
    return replace(journey, plan=replace(journey.plan, goals={**journey.plan.goals, goal.key: goal}))
