"""A plan counted back from a hearing. What is done stays done; a day that has passed is today, and says so."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import local_date
from domain.deadline import Deadline
from domain.journey.hearing.codes import TaskStatus
from domain.journey.hearing.events import TaskTimer
from domain.journey.hearing.ladders import due
from domain.journey.hearing.rules import Rules
from domain.journey.hearing.state import TaskState
from domain.pathway.hearings import HearingPlan, PlanTask, Side


def task_timers(rules: Rules, starts_at: datetime, zone: str) -> tuple[TaskTimer, ...]:
    """The timers of the open tasks of the plan under way, for a date."""
    if rules.under_way is None or rules.plan is None:
        return ()
    still_open = _open(rules)
    found = []
    for task in rules.plan.tasks:
        state = still_open.get(task.task)
        if state is not None:
            timer = planned(rules, rules.plan, task, starts_at, zone)
            found.append(_not_later_for_who_is_here(rules, state, timer))
    return tuple(found)


def planned(rules: Rules, plan: HearingPlan, task: PlanTask, starts_at: datetime, zone: str) -> TaskTimer:
    """The timer of one task. One that should have been done before a hearing that has begun is due no more."""
    office, back = rules.office, task.side is Side.BEFORE
    day = office.days(local_date(starts_at, zone), task.span, back=back)
    if task.roll:
        day = office.working_day(day, back=back)
    deadline: Deadline | None = None
    if not back or starts_at > office.now:
        due_at = max(office.evening(day), office.now)
        rungs = [
            *office.reminders(plan.remind, due_at, office.day_of(due_at)),
            due(due_at),
            *office.escalations(plan.escalate, due_at),
        ]
        deadline = office.deadline(due_at, rungs)
    return TaskTimer(
        task=task.task,
        role=task.role,
        side=task.side,
        follows=task.follows,
        covered_by=task.covered_by,
        planned_on=day,
        deadline=deadline,
    )


def stranded_tasks(rules: Rules) -> tuple[TaskTimer, ...]:
    """The open tasks while there is no date: due is only what follows something done already, on its former day.

    Who has arrived needs a way home, whatever the court does.
    """
    return tuple(_kept(state) if _is_here(rules, state) else without_date(state) for state in _open(rules).values())


def _not_later_for_who_is_here(rules: Rules, state: TaskState, timer: TaskTimer) -> TaskTimer:
    if not _is_here(rules, state) or state.clockwork is None or timer.deadline is None:
        return timer
    return _kept(state) if state.clockwork.deadline.due_at < timer.deadline.due_at else timer


def _is_here(rules: Rules, state: TaskState) -> bool:
    return rules.under_way is not None and rules.under_way.is_done(state.follows)


def _open(rules: Rules) -> dict[str, TaskState]:
    tasks = rules.under_way.tasks if rules.under_way else {}
    return {key: task for key, task in tasks.items() if task.status is TaskStatus.OPEN}


def _kept(state: TaskState) -> TaskTimer:
    timer = without_date(state)
    deadline = state.clockwork.deadline if state.clockwork else None
    return timer.model_copy(update={"planned_on": state.planned_on, "deadline": deadline})


def without_date(state: TaskState) -> TaskTimer:
    """The timer of a task while nothing of it is due."""
    return TaskTimer(
        task=state.task, role=state.role, side=state.side, follows=state.follows, covered_by=state.covered_by
    )
