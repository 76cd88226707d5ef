"""How the events of hearings fold. No date is computed here: every timer comes with its event."""

from __future__ import annotations

from domain.copying import replace
from domain.event import Recorded
from domain.journey.folding import evolves
from domain.journey.hearing.changing import (
    changed,
    date_of,
    ended,
    given_up,
    line_of,
    over,
    said,
    still_seen,
    task_of,
    timed,
    to_talk,
    unsaid,
    with_hearing,
)
from domain.journey.hearing.codes import DateEnd, HearingStatus
from domain.journey.hearing.events import (
    HearingArranged,
    HearingCancelled,
    HearingConfirmed,
    HearingCorrected,
    HearingDebriefed,
    HearingHeld,
    HearingInterrupted,
    HearingMoved,
    HearingNotHeld,
    HearingPlanned,
    HearingPostponed,
    HearingSeen,
    HearingSummoned,
    HearingTaskSettled,
)
from domain.journey.hearing.state import HearingState, PlanState, Track
from domain.journey.state import Journey
from domain.stream.obligation import Clockwork


@evolves(HearingSummoned)
def _summoned(journey: Journey, recorded: Recorded[HearingSummoned]) -> Journey:
    event = recorded.event
    bare = HearingState(
        number=event.hearing,
        kind=event.hearing_kind,
        matter=event.matter,
        trap=event.trap,
        status=HearingStatus.SUMMONED,
        version=recorded.version,
        summoned_version=recorded.version,
        dates=(date_of(recorded, event.starts_at, event.zone, event.venue, event.place),),
        date_version=0,
        track=Track(event.timers.role, Clockwork(event.timers.track)),
        proceeding=event.proceeding,
        served_on=event.served_on,
    )
    return with_hearing(journey, timed(bare, event.timers, recorded.version))


@evolves(HearingConfirmed)
def _confirmed(journey: Journey, recorded: Recorded[HearingConfirmed]) -> Journey:
    def change(state: HearingState) -> HearingState:
        return replace(said(state, recorded), status=HearingStatus.CONFIRMED)

    return changed(journey, recorded.event.hearing, change)


@evolves(HearingMoved)
def _moved(journey: Journey, recorded: Recorded[HearingMoved]) -> Journey:
    event = recorded.event

    def change(state: HearingState) -> HearingState:
        given = said(ended(state, DateEnd.MOVED, event.reason, recorded), recorded, state)
        date = date_of(recorded, event.starts_at, event.zone, event.venue, event.place)
        dated = replace(given, dates=(*given.dates, date), status=HearingStatus.SUMMONED)
        return timed(dated, event.timers, recorded.version)

    return changed(journey, event.hearing, change)


@evolves(HearingPostponed)
def _postponed(journey: Journey, recorded: Recorded[HearingPostponed]) -> Journey:
    return changed(
        journey,
        recorded.event.hearing,
        lambda state: given_up(state, recorded, DateEnd.POSTPONED, HearingStatus.POSTPONED),
    )


@evolves(HearingInterrupted)
def _interrupted(journey: Journey, recorded: Recorded[HearingInterrupted]) -> Journey:
    def change(state: HearingState) -> HearingState:
        waiting = given_up(state, recorded, DateEnd.INTERRUPTED, HearingStatus.INTERRUPTED)
        return to_talk(waiting, recorded.event.debrief, recorded.version)

    return changed(journey, recorded.event.hearing, change)


@evolves(HearingHeld)
def _held(journey: Journey, recorded: Recorded[HearingHeld]) -> Journey:
    event = recorded.event

    def change(state: HearingState) -> HearingState:
        held = over(state, recorded, DateEnd.HELD, HearingStatus.HELD, None)
        told = replace(held, outcome=event.outcome, attendance=event.attendance)
        return to_talk(told, event.debrief, recorded.version)

    return changed(journey, event.hearing, change)


@evolves(HearingNotHeld)
def _not_held(journey: Journey, recorded: Recorded[HearingNotHeld]) -> Journey:
    event = recorded.event
    return changed(
        journey,
        event.hearing,
        lambda state: over(state, recorded, DateEnd.NOT_HELD, HearingStatus.NOT_HELD, event.reason),
    )


@evolves(HearingCancelled)
def _cancelled(journey: Journey, recorded: Recorded[HearingCancelled]) -> Journey:
    event = recorded.event
    return changed(
        journey,
        event.hearing,
        lambda state: over(state, recorded, DateEnd.CANCELLED, HearingStatus.CANCELLED, event.reason),
    )


@evolves(HearingCorrected)
def _corrected(journey: Journey, recorded: Recorded[HearingCorrected]) -> Journey:
    event = recorded.event

    def change(state: HearingState) -> HearingState:
        if event.hearing_kind is not None:
            other = replace(
                state,
                kind=event.hearing_kind,
                matter=event.matter or state.matter,
                trap=event.trap,
                proceeding=event.proceeding,
                served_on=event.served_on,
                summoned_version=recorded.version,
                version=recorded.version,
            )
            return still_seen(
                timed(other, event.timers, recorded.version), state.seen if event.trap == state.trap else None
            )
        return unsaid(state, recorded)

    return changed(journey, event.hearing, change)


@evolves(HearingArranged)
def _arranged(journey: Journey, recorded: Recorded[HearingArranged]) -> Journey:
    event = recorded.event

    def change(state: HearingState) -> HearingState:
        line = state.arrangements.get(event.arrangement)
        if line is None and event.timer is not None:
            line = line_of(event.timer, state, recorded.version)
        if line is None:
            return state
        line = replace(line, status=event.status, by=event.by, version=recorded.version)
        return replace(state, arrangements={**state.arrangements, line.arrangement: line})

    return changed(journey, event.hearing, change)


@evolves(HearingSeen)
def _seen(journey: Journey, recorded: Recorded[HearingSeen]) -> Journey:
    def change(state: HearingState) -> HearingState:
        if state.seen is None:
            return state
        return replace(state, seen=replace(state.seen, seen_at=recorded.occurred_at, seen_by=recorded.actor))

    return changed(journey, recorded.event.hearing, change)


@evolves(HearingPlanned)
def _planned(journey: Journey, recorded: Recorded[HearingPlanned]) -> Journey:
    event = recorded.event

    def change(state: HearingState) -> HearingState:
        tasks = {t.task: task_of(t, state.date_version, recorded.version) for t in event.tasks}
        return replace(state, plan=PlanState(event.plan, recorded.occurred_at, recorded.version, tasks))

    return changed(journey, event.hearing, change)


@evolves(HearingTaskSettled)
def _task_settled(journey: Journey, recorded: Recorded[HearingTaskSettled]) -> Journey:
    event = recorded.event

    def change(state: HearingState) -> HearingState:
        plan = state.plan
        if plan is None:
            return state
        if event.timer is not None:
            task = task_of(event.timer, state.date_version, recorded.version)
        else:
            task = replace(plan.tasks[event.task], status=event.status, version=recorded.version)
        return replace(state, plan=replace(plan, tasks={**plan.tasks, task.task: task}))

    return changed(journey, event.hearing, change)


@evolves(HearingDebriefed)
def _debriefed(journey: Journey, recorded: Recorded[HearingDebriefed]) -> Journey:
    event = recorded.event

    def change(state: HearingState) -> HearingState:
        debriefs = (
            replace(d, outcome=event.outcome, version=recorded.version) if d.number == event.debrief else d
            for d in state.debriefs
        )
        return replace(state, debriefs=tuple(debriefs))

    return changed(journey, event.hearing, change)
