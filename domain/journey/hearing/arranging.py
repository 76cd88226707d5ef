"""Deciders of what has to be arranged: the checklist, "I have seen it", and the plan counted back from the day."""

from __future__ import annotations

from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.hearing.codes import TaskStatus
from domain.journey.hearing.commands import AcknowledgeHearing, ArrangeHearing, PlanHearing, SettleHearingTask
from domain.journey.hearing.events import (
    HearingArranged,
    HearingPlanned,
    HearingSeen,
    HearingTaskSettled,
    TaskTimer,
)
from domain.journey.hearing.plan_timers import planned, without_date
from domain.journey.hearing.rules import Rules, find_ahead, find_hearing, rules_of, section_of
from domain.journey.hearing.state import HearingState, TaskState, hearing_key
from domain.journey.hearing.timers import arrangement_timer
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused


@decides(ArrangeHearing)
def _arrange(journey: Journey, command: ArrangeHearing, surroundings: Surroundings) -> Decision:
    found = find_ahead(journey, command.hearing, None, surroundings)
    if isinstance(found, Refused):
        return found
    state, rules = found
    line = state.arrangements.get(command.arrangement)
    key = hearing_key(state.number, "arrangement", command.arrangement)
    arrangement = rules.section.find_arrangement(command.arrangement)
    if line is None and arrangement is None:
        known = tuple(a.arrangement for a in rules.section.arrangements)
        return Refused(code=RefusalCode.UNKNOWN_ARRANGEMENT, part=state.key, allowed=known)
    if line is not None and command.seen is not None and command.seen != line.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=key, part_version=line.version)
    if line is not None and (line.status, line.by) == (command.status, command.by) and command.note is None:
        return ()
    timer = None
    if line is None and arrangement is not None:
        date = state.date
        ahead = date is not None and date.starts_at > surroundings.now
        timer = arrangement_timer(
            rules, arrangement, date.starts_at if date and ahead else None, date.zone if date else ""
        )
    arranged = HearingArranged(
        hearing=state.number,
        arrangement=command.arrangement,
        status=command.status,
        by=command.by,
        timer=timer,
        note=command.note,
    )
    return (arranged,)


@decides(AcknowledgeHearing)
def _acknowledge(journey: Journey, command: AcknowledgeHearing, _: Surroundings) -> Decision:
    state = find_hearing(journey, command.hearing, command.seen)
    if isinstance(state, Refused):
        return state
    if state.seen is None or state.date is None:
        return Refused(code=RefusalCode.NOTHING_TO_ACKNOWLEDGE, part=state.key, part_version=state.version)
    if state.seen.seen_at is not None:
        return ()
    return (HearingSeen(hearing=state.number, note=command.note),)


@decides(PlanHearing)
def _plan(journey: Journey, command: PlanHearing, surroundings: Surroundings) -> Decision:
    found = find_ahead(journey, command.hearing, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, rules = found
    plan = rules.section.find_plan(command.plan)
    if plan is None:
        known = tuple(p.plan for p in rules.section.plans)
        return Refused(code=RefusalCode.UNKNOWN_PLAN, part=state.key, allowed=known)
    if state.plan is not None:
        key = hearing_key(state.number, "plan")
        return Refused(code=RefusalCode.PLAN_ALREADY_STARTED, part=key, part_version=state.plan.version)
    if state.date is None:
        return Refused(code=RefusalCode.HEARING_WITHOUT_DATE, part=state.key, part_version=state.version)
    tasks = tuple(planned(rules, plan, task, state.date.starts_at, state.date.zone) for task in plan.tasks)
    return (HearingPlanned(hearing=state.number, plan=plan.plan, tasks=tasks, note=command.note),)


@decides(SettleHearingTask)
def _settle(journey: Journey, command: SettleHearingTask, surroundings: Surroundings) -> Decision:
    state = find_hearing(journey, command.hearing, None)
    if isinstance(state, Refused):
        return state
    task = state.plan.tasks.get(command.task) if state.plan else None
    if task is None:
        known = tuple(state.plan.tasks) if state.plan else ()
        return Refused(code=RefusalCode.UNKNOWN_TASK, part=state.key, allowed=known)
    key = hearing_key(state.number, "task", command.task)
    if command.seen is not None and command.seen != task.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=key, part_version=task.version)
    if command.status is task.status:
        return ()
    timer: TaskTimer | None = None
    if command.status is TaskStatus.OPEN and not _is_timed(state, task):
        found = _opened_again(state, task, surroundings)
        if isinstance(found, Refused):
            return found
        timer = found
    settled = HearingTaskSettled(
        hearing=state.number, task=task.task, status=command.status, timer=timer, note=command.note
    )
    return (settled,)


def _is_timed(state: HearingState, task: TaskState) -> bool:
    """Whether its timer is that of the present date: then it goes on, and tells nobody twice."""
    return task.clockwork is not None and task.clockwork.date_version == state.date_version


def _opened_again(state: HearingState, task: TaskState, surroundings: Surroundings) -> TaskTimer | Refused:
    """The timer of a task that is open again: counted from the last date there was."""
    section = section_of(surroundings)
    rules: Rules | Refused = rules_of(state.kind, surroundings, state)
    if isinstance(section, Refused):
        return section
    if isinstance(rules, Refused):
        return rules
    definition = next((t for t in rules.plan.tasks if t.task == task.task), None) if rules.plan else None
    if rules.plan is None or definition is None:
        return Refused(code=RefusalCode.UNKNOWN_TASK, part=state.key)
    if state.date is None and not state.is_over:
        return without_date(task)
    last = state.dates[-1]
    return planned(rules, rules.plan, definition, last.starts_at, last.zone)
