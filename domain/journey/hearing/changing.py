"""How the state of a hearing changes: its chain of dates, all of its timers at once, and a mistake taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.hearing.codes import ArrangementStatus, DateEnd, HearingReason, HearingStatus, TaskStatus
from domain.journey.hearing.events import (
    HearingCorrected,
    HearingInterrupted,
    HearingPostponed,
    TaskTimer,
    Timer,
    Timers,
)
from domain.journey.hearing.state import (
    ArrangementState,
    Before,
    DebriefState,
    HearingDate,
    HearingState,
    PlanState,
    SeenState,
    TaskState,
    Track,
)
from domain.journey.state import Journey
from domain.sealed import Legal, Sealed
from domain.stream.obligation import Clockwork

E = TypeVar("E", bound=Event)


def timed(state: HearingState, timers: Timers, version: int) -> HearingState:
    """The hearing with every timer of another date: one more version for all of them."""
    number = state.date_version + 1
    timed = replace(state, date_version=number)
    lines = {t.timer: line_of(t, timed, version) for t in timers.arrangements}
    for key in timers.renewed:
        line = lines[key]
        lines[key] = replace(line, status=ArrangementStatus.NEEDED, version=version)
    told = any(track.clockwork.may_be_known for track in (state.track, *state.companions.values()))
    return replace(
        timed,
        track=Track(timers.role, Clockwork(timers.track, number, told=told)),
        companions={
            t.timer: Track(t.role, Clockwork(t.deadline, number, told=told)) for t in timers.companions if t.deadline
        },
        arrangements={**_quiet(state.arrangements), **lines},
        seen=_to_see(timers.seen, number),
        plan=_replanned(state.plan, timers.tasks, number),
    )


def _quiet(lines: Mapping[str, ArrangementState]) -> dict[str, ArrangementState]:
    """Lines that the pathway does not know any more: kept, and due no more."""
    return {key: replace(line, clockwork=None) for key, line in lines.items()}


def line_of(timer: Timer, state: HearingState, version: int) -> ArrangementState:
    clockwork = Clockwork(timer.deadline, state.date_version) if timer.deadline else None
    known = state.arrangements.get(timer.timer)
    if known is not None:
        return replace(known, role=timer.role, clockwork=clockwork)
    return ArrangementState(timer.timer, timer.role, ArrangementStatus.UNDECIDED, version, clockwork)


def _to_see(timer: Timer | None, number: int) -> SeenState | None:
    if timer is None or timer.deadline is None:
        return None
    return SeenState(timer.role, Clockwork(timer.deadline, number))


def task_of(timer: TaskTimer, number: int, version: int) -> TaskState:
    return TaskState(
        task=timer.task,
        role=timer.role,
        side=timer.side,
        version=version,
        planned_on=timer.planned_on,
        clockwork=Clockwork(timer.deadline, number) if timer.deadline else None,
        follows=timer.follows,
        covered_by=timer.covered_by,
    )


def _replanned(plan: PlanState | None, timers: tuple[TaskTimer, ...], number: int) -> PlanState | None:
    """The plan with its open tasks counted anew; one without a timer is due no more."""
    if plan is None:
        return None
    dated = {t.task: t for t in timers}
    tasks = {}
    for key, task in plan.tasks.items():
        if task.status is TaskStatus.OPEN:
            timer = dated.get(key)
            bare = replace(task, clockwork=None, planned_on=None)
            tasks[key] = task_of(timer, number, task.version) if timer else bare
        else:
            tasks[key] = task
    return replace(plan, tasks=tasks)


def to_talk(state: HearingState, timer: Timer, version: int) -> HearingState:
    if timer.deadline is None:
        return state
    number = len(state.debriefs) + 1
    debrief = DebriefState(number, timer.role, version, Clockwork(timer.deadline, state.date_version))
    return replace(state, debriefs=(*state.debriefs, debrief))


def given_up(
    state: HearingState,
    recorded: Recorded[HearingPostponed] | Recorded[HearingInterrupted],
    end: DateEnd,
    status: HearingStatus,
) -> HearingState:
    event = recorded.event
    given = said(ended(state, end, event.reason, recorded), recorded, state)
    if event.starts_at is not None and event.zone is not None:
        date = date_of(recorded, event.starts_at, event.zone, event.venue, event.place)
        given, status = replace(given, dates=(*given.dates, date)), HearingStatus.SUMMONED
    return timed(replace(given, status=status), event.timers, recorded.version)


def over(
    state: HearingState, recorded: Recorded[E], end: DateEnd, status: HearingStatus, reason: HearingReason | None
) -> HearingState:
    return replace(said(ended(state, end, reason, recorded), recorded, state), status=status)


def said(state: HearingState, recorded: Recorded[E], before: HearingState | None = None) -> HearingState:
    """That somebody said something of the hearing, which can be corrected; `before` is how it stood."""
    old = before or state
    stood = Before(old.status, old.date, len(old.debriefs), old.arrangements, old.seen)
    return replace(state, before=stood, said_version=recorded.version, version=recorded.version)


def unsaid(state: HearingState, recorded: Recorded[HearingCorrected]) -> HearingState:
    """What stood before stands again. Nothing leaves the chain: the mistake is marked, the date is there once more."""
    event, before = recorded.event, state.before
    if before is None:
        return state
    dates = tuple(_retracted(date, event.corrects) for date in state.dates)
    confirmed_only = before.date is not None and bool(dates) and dates[-1].ended is None and dates == state.dates
    if event.starts_at is not None and event.zone is not None and not confirmed_only:
        dates = (*dates, date_of(recorded, event.starts_at, event.zone, event.venue, event.place))
    stood = replace(
        state,
        dates=dates,
        status=event.status,
        outcome=None,
        attendance=None,
        debriefs=state.debriefs[: before.debriefs],
        before=None,
        said_version=None,
        version=recorded.version,
    )
    again = timed(stood, event.timers, recorded.version)
    lines = {
        # What the mistake called into question holds again; what somebody has said since then stays said.
        key: replace(line, status=old.status, version=recorded.version)
        if (old := before.arrangements.get(key)) and line.version == event.corrects
        else line
        for key, line in again.arrangements.items()
    }
    return still_seen(replace(again, arrangements=lines), before.seen)


def still_seen(state: HearingState, seen: SeenState | None) -> HearingState:
    """The hearing whose date was seen already, where it was."""
    if state.seen is None or seen is None or seen.seen_at is None:
        return state
    return replace(state, seen=replace(state.seen, seen_at=seen.seen_at, seen_by=seen.seen_by))


def _retracted(date: HearingDate, corrects: int) -> HearingDate:
    """A date that the mistaken event ended or set."""
    if date.ended_version == corrects:
        return replace(date, retracted=True)
    if date.version == corrects and date.ended is None:
        return replace(date, ended=DateEnd.MISTAKEN, ended_version=corrects, retracted=True)
    return date


def ended(state: HearingState, end: DateEnd, reason: HearingReason | None, recorded: Recorded[E]) -> HearingState:
    """The date that stands comes to an end; where none stands, the chain says so already."""
    if state.date is None:
        return state
    last = replace(state.dates[-1], ended=end, reason=reason, ended_version=recorded.version)
    return replace(state, dates=(*state.dates[:-1], last))


def date_of(
    recorded: Recorded[E], starts_at: datetime, zone: str, venue: UUID | None, place: Sealed[Legal] | None
) -> HearingDate:
    return HearingDate(starts_at, zone, recorded.recorded_at, recorded.version, venue, place)


def changed(journey: Journey, number: int, change: Callable[[HearingState], HearingState]) -> Journey:
    return with_hearing(journey, change(journey.hearings[number]))


def with_hearing(journey: Journey, state: HearingState) -> Journey:
    return replace(journey, hearings={**journey.hearings, state.number: state})
