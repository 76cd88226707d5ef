"""A hearing as the document of a file holds it (`hearing_model`)."""

from __future__ import annotations

from domain.journey.hearing.ending import debrief_key
from domain.journey.hearing.state import (
    ArrangementState,
    DebriefState,
    HearingDate,
    HearingState,
    TaskState,
    hearing_key,
)
from projections.folded import Folded, code
from projections.read_model import Row


def hearing_row(folded: Folded, state: HearingState) -> Row:
    """One hearing with everything of it; lists in the order of the checklist and of the plan."""
    owner = folded.owner(state.track.role)
    tasks = state.plan.tasks.values() if state.plan else ()
    return {
        "part": state.key,
        "version": state.version,
        "hearing": state.number,
        "hearing_kind": state.kind,
        "matter": state.matter.value,
        "status": state.status.value,
        "owner_role": owner.role.value,
        "owner_staff": owner.staff,
        "due_at": state.track.clockwork.deadline.due_at,
        "summoned_version": state.summoned_version,
        "said_version": state.said_version,
        "postponements": state.postponements,
        "dates": [_date(date) for date in state.dates],
        "arrangements": [_arrangement(state, line) for line in state.arrangements.values()],
        "tasks": [_task(state, task) for task in tasks],
        "debriefs": [_debrief(state, talk) for talk in state.debriefs],
        "plan": state.plan.plan if state.plan else None,
        "trap": state.trap,
        "seen_at": state.seen.seen_at if state.seen else None,
        "seen_by": state.seen.seen_by if state.seen else None,
        "proceeding": state.proceeding,
        "served_on": state.served_on,
        "outcome": code(state.outcome),
        "attendance": code(state.attendance),
    }


def _date(date: HearingDate) -> Row:
    return {
        "starts_at": date.starts_at,
        "zone": date.zone,
        "set_at": date.set_at,
        "venue": date.venue,
        "place_version": date.version if date.place is not None else None,
        "ended": code(date.ended),
        "reason": code(date.reason),
        "retracted": date.retracted,
    }


def _arrangement(state: HearingState, line: ArrangementState) -> Row:
    return {
        "part": hearing_key(state.number, "arrangement", line.arrangement),
        "version": line.version,
        "arrangement": line.arrangement,
        "role": line.role.value,
        "status": line.status.value,
        "by": line.by,
        "due_on": line.clockwork.deadline.due_on if line.clockwork else None,
    }


def _task(state: HearingState, task: TaskState) -> Row:
    return {
        "part": hearing_key(state.number, "task", task.task),
        "version": task.version,
        "task": task.task,
        "role": task.role.value,
        "side": task.side.value,
        "status": task.status.value,
        "late": task.is_late,
        "planned_on": task.planned_on,
        "due_on": task.clockwork.deadline.due_on if task.clockwork else None,
    }


def _debrief(state: HearingState, talk: DebriefState) -> Row:
    return {
        "part": debrief_key(state, talk),
        "version": talk.version,
        "role": talk.role.value,
        "due_at": talk.clockwork.deadline.due_at,
        "outcome": code(talk.outcome),
    }
