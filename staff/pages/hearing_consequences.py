"""What a command about a hearing starts, in words: its ladder, checklist, plan, and who must say to have seen it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.codes import ObligationKind, Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.hearing.events import (
    HearingCancelled,
    HearingCorrected,
    HearingHeld,
    HearingInterrupted,
    HearingMoved,
    HearingNotHeld,
    HearingPlanned,
    HearingPostponed,
    HearingSummoned,
    HearingTaskSettled,
    TaskTimer,
    Timers,
)
from staff.titles import Titles

Who = Callable[[Role], str]
Steps = Callable[[Deadline], tuple[str, ...]]


def hearing_details(event: Event, titles: Titles, who: Who, ladder: Steps) -> tuple[str, ...]:
    """The sentences below the line of the event; `ladder` tells a deadline, `who` names who answers for a role."""
    return tuple(_details(event, titles, who, ladder))


def _details(event: Event, titles: Titles, who: Who, ladder: Steps) -> Iterator[str]:
    t = titles.words
    if isinstance(event, (HearingSummoned, HearingMoved, HearingPostponed, HearingInterrupted, HearingCorrected)):
        waits = isinstance(event, (HearingPostponed, HearingInterrupted)) and event.starts_at is None
        if waits:
            yield t("what.hearing.next-date", who=who(event.timers.role))
        yield from ladder(event.timers.track)
        yield from _timers(event.timers, titles, who)
    if isinstance(event, (HearingHeld, HearingInterrupted)) and event.debrief.deadline is not None:
        yield t("what.hearing.debrief", who=who(event.debrief.role))
        yield from ladder(event.debrief.deadline)
    if isinstance(event, HearingPlanned):
        yield from _tasks(event.tasks, titles)
    if isinstance(event, HearingTaskSettled) and event.timer is not None:
        yield from _tasks((event.timer,), titles)
    if isinstance(event, (HearingHeld, HearingNotHeld, HearingCancelled)):
        yield t("what.hearing.over")


def _timers(timers: Timers, titles: Titles, who: Who) -> Iterator[str]:
    t = titles.words
    if timers.seen is not None:
        yield t("what.hearing.trap", who=who(timers.seen.role))
    owed = [a for a in timers.arrangements if a.deadline is not None]
    if owed:
        yield t.count("what.hearing.checklist", len(owed))
    if timers.renewed:
        yield t(
            "what.hearing.renewed",
            lines=", ".join(titles.owed(ObligationKind.HEARING_ARRANGEMENT, key) for key in timers.renewed),
        )
    yield from _tasks(timers.tasks, titles)


def _tasks(tasks: tuple[TaskTimer, ...], titles: Titles) -> Iterator[str]:
    t = titles.words
    for task in tasks:
        if task.deadline is not None:
            day = t.day(task.deadline.due_on)
            yield t("what.hearing.task", task=titles.owed(ObligationKind.HEARING_TASK, task.task), day=day)
