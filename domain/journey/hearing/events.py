"""The events of hearings. One that sets or ends a date carries every timer of the hearing: nothing is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from domain.codes import Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.hearing.codes import (
    ArrangementStatus,
    Attendance,
    DebriefOutcome,
    HearingOutcome,
    HearingReason,
    HearingStatus,
    TaskStatus,
)
from domain.journey.hearing.state import hearing_key
from domain.pathway.hearings import Matter, Side
from domain.sealed import Legal, Notes, Sealed
from domain.values import Code, Count, Value, Zone


class Timer(Value):
    """One timer of a hearing; without a deadline nothing is due, since there is no date ahead."""

    timer: Code
    role: Role
    deadline: Deadline | None = None


class TaskTimer(Value):
    """The timer of a task of a plan. Its day has passed where `planned_on` lies before the deadline's day.

    `covered_by`: the items of a return for this hearing that are owed instead of it.
    """

    task: Code
    role: Role
    side: Side
    follows: Code | None = None
    covered_by: tuple[Code, ...] = ()
    planned_on: date | None = None
    deadline: Deadline | None = None


class Timers(Value):
    """Every timer of a hearing for one date, or for having none. `track` is that of the hearing itself.

    `renewed` are arrangements that were confirmed for the former date and are to be confirmed for this one.
    """

    track: Deadline
    role: Role
    companions: tuple[Timer, ...] = ()
    arrangements: tuple[Timer, ...] = ()
    renewed: tuple[Code, ...] = ()
    seen: Timer | None = None
    tasks: tuple[TaskTimer, ...] = ()

    def deadlines(self, hearing: int) -> Iterator[tuple[str, Deadline]]:
        """Every deadline by the key of its obligation."""
        yield hearing_key(hearing), self.track
        found = [(("companion", t.timer), t.deadline) for t in self.companions]
        found += [(("arrangement", t.timer), t.deadline) for t in self.arrangements]
        found += [(("task", t.task), t.deadline) for t in self.tasks]
        for more, deadline in found:
            if deadline is not None:
                yield hearing_key(hearing, *more), deadline
        if self.seen is not None and self.seen.deadline is not None:
            yield hearing_key(hearing, "seen"), self.seen.deadline


class HearingSummoned(Event, topic="journey.hearing-summoned"):
    """A summons: the hearing begins with its first date. Kind, matter and trap are fixed here for the fold."""

    hearing: Count
    hearing_kind: Code
    matter: Matter
    trap: Code | None = None
    starts_at: AwareDatetime
    zone: Zone
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    proceeding: UUID | None = None
    served_on: date | None = None
    timers: Timers
    note: Sealed[Notes] | None = None


class HearingConfirmed(Event, topic="journey.hearing-confirmed"):
    """The court says that the hearing will take place on its date."""

    hearing: Count
    note: Sealed[Notes] | None = None


class HearingMoved(Event, topic="journey.hearing-moved"):
    """Another date, hour or venue, or the date that a hearing without one was waiting for."""

    hearing: Count
    reason: HearingReason
    starts_at: AwareDatetime
    zone: Zone
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    timers: Timers
    note: Sealed[Notes] | None = None


class HearingPostponed(Event, topic="journey.hearing-postponed"):
    """The date was not kept. Without `starts_at` nobody knows the next one yet."""

    hearing: Count
    reason: HearingReason
    starts_at: AwareDatetime | None = None
    zone: Zone | None = None
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    timers: Timers
    note: Sealed[Notes] | None = None


class HearingInterrupted(Event, topic="journey.hearing-interrupted"):
    """It was begun and is to go on, at `starts_at` where that is known. The talk about what was is owed now."""

    hearing: Count
    reason: HearingReason
    starts_at: AwareDatetime | None = None
    zone: Zone | None = None
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    timers: Timers
    debrief: Timer
    note: Sealed[Notes] | None = None


class HearingHeld(Event, topic="journey.hearing-held"):
    """It took place."""

    hearing: Count
    outcome: HearingOutcome
    attendance: Attendance | None = None
    debrief: Timer
    note: Sealed[Notes] | None = None


class HearingNotHeld(Event, topic="journey.hearing-not-held"):
    """It did not take place, and no other date of it will come."""

    hearing: Count
    reason: HearingReason
    note: Sealed[Notes] | None = None


class HearingCancelled(Event, topic="journey.hearing-cancelled"):
    """It was called off beforehand, or should never have been entered."""

    hearing: Count
    reason: HearingReason
    note: Sealed[Notes] | None = None


class HearingCorrected(Event, topic="journey.hearing-corrected"):
    """What `corrects` says was a mistake. Either what stood before stands again, or the summons said something else.

    `status`, and with it the date where it has one, are what holds from now on.
    """

    hearing: Count
    corrects: Count
    status: HearingStatus
    starts_at: AwareDatetime | None = None
    zone: Zone | None = None
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    hearing_kind: Code | None = None
    matter: Matter | None = None
    trap: Code | None = None
    proceeding: UUID | None = None
    served_on: date | None = None
    timers: Timers
    note: Sealed[Notes] | None = None


class HearingArranged(Event, topic="journey.hearing-arranged"):
    """A line of the checklist: whether it is needed, whether it stands, and who sees to it.

    `timer` is that of a line which the checklist did not have before.
    """

    hearing: Count
    arrangement: Code
    status: ArrangementStatus
    by: UUID | None = None
    timer: Timer | None = None
    note: Sealed[Notes] | None = None


class HearingSeen(Event, topic="journey.hearing-seen"):
    """Somebody has seen that absence from this date would be taken for giving up, and answers for it."""

    hearing: Count
    note: Sealed[Notes] | None = None


class HearingPlanned(Event, topic="journey.hearing-planned"):
    """A plan was started and counted back from the date."""

    hearing: Count
    plan: Code
    tasks: tuple[TaskTimer, ...]
    note: Sealed[Notes] | None = None


class HearingTaskSettled(Event, topic="journey.hearing-task-settled"):
    """A task of the plan is done or not needed; or open again, by `timer`."""

    hearing: Count
    task: Code
    status: TaskStatus
    timer: TaskTimer | None = None
    note: Sealed[Notes] | None = None


class HearingDebriefed(Event, topic="journey.hearing-debriefed"):
    """The talk after a sitting took place, or the client did not want one."""

    hearing: Count
    debrief: Count
    outcome: DebriefOutcome
    note: Sealed[Notes] | None = None


def deadlines_of(event: Event) -> Iterator[tuple[str, Deadline]]:
    """Every deadline that an event of a hearing sets, by the key of its obligation."""
    match event:
        case HearingArranged(timer=Timer() as timer) if timer.deadline:
            yield hearing_key(event.hearing, "arrangement", event.arrangement), timer.deadline
        case HearingPlanned():
            for task in event.tasks:
                if task.deadline:
                    yield hearing_key(event.hearing, "task", task.task), task.deadline
        case HearingTaskSettled(timer=TaskTimer() as timer) if timer.deadline:
            yield hearing_key(event.hearing, "task", event.task), timer.deadline
    if isinstance(event, (HearingSummoned, HearingMoved, HearingPostponed, HearingInterrupted, HearingCorrected)):
        yield from event.timers.deadlines(event.hearing)
    if isinstance(event, (HearingInterrupted, HearingHeld)) and event.debrief.deadline:
        yield hearing_key(event.hearing, event.debrief.timer), event.debrief.deadline
