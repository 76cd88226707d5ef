"""From a due day and a ladder of the pathway to a deadline with its instants.

A reminder goes out on the office's morning of its day, and one whose moment has passed was never owed. What comes at
and after the due instant stays, late where it is: a term that was entered too late alarms at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from domain.calendar import add, at_local, calendar_of, local_date
from domain.codes import RungEffect
from domain.deadline import Deadline, Rung
from domain.journey.deciding import Surroundings
from domain.pathway.common import Span, Unit
from domain.pathway.proceedings import AlarmLadder, DutyRule
from domain.values import Article


def day_deadline(
    ladder: AlarmLadder, due_on: date, surroundings: Surroundings, *, article: Article | None = None
) -> Deadline:
    """Due at the end of the office's day."""
    pathway = surroundings.pathway
    return _deadline(ladder, at_local(due_on, pathway.day.ends, pathway.zone), surroundings, article)


def instant_deadline(ladder: AlarmLadder, due_at: datetime, surroundings: Surroundings) -> Deadline:
    """Due at an instant: a departure, an arrival that somebody has to confirm."""
    return _deadline(ladder, due_at, surroundings, None)


def duty_deadline(
    rule: DutyRule, surroundings: Surroundings, *, latest: datetime | None = None, article: Article | None = None
) -> Deadline:
    """Due within the rule's span from now, and never after `latest`; at once where that has passed."""
    pathway, now = surroundings.pathway, surroundings.now
    due_at = _after(local_date(now, pathway.zone), now, rule.within, surroundings)
    if latest is not None:
        due_at = min(due_at, max(now, latest))
    return _deadline(rule, due_at, surroundings, article)


def _deadline(ladder: AlarmLadder, due_at: datetime, surroundings: Surroundings, article: Article | None) -> Deadline:
    pathway = surroundings.pathway
    return Deadline(
        due_at=due_at,
        due_on=local_date(due_at, pathway.zone),
        zone=pathway.zone,
        calendar=calendar_of(pathway.calendar).version,
        article=article,
        rungs=tuple(sorted(_rungs(ladder, due_at, surroundings), key=lambda rung: rung.at)),
    )


def _rungs(ladder: AlarmLadder, due_at: datetime, surroundings: Surroundings) -> Iterator[Rung]:
    now, due_on = surroundings.now, local_date(due_at, surroundings.pathway.zone)
    if ladder.tell:
        yield Rung(rung="told", at=now, effect=RungEffect.ESCALATE, to=ladder.tell)
    for reminder in ladder.remind:
        at = _before(due_on, due_at, reminder.before, surroundings)
        if now < at < due_at:
            yield Rung(rung=f"before-{_spelt(reminder.before)}", at=at, effect=RungEffect.REMIND, to=reminder.also)
    yield Rung(rung="due", at=due_at, effect=RungEffect.DUE)
    yield Rung(rung="stall", at=_after(due_on, due_at, ladder.stalled_after, surroundings), effect=RungEffect.STALL)
    for late in ladder.escalate:
        yield Rung(
            rung=f"escalate-{late.to.value}-{_spelt(late.after)}",
            at=_after(due_on, due_at, late.after, surroundings),
            effect=RungEffect.ESCALATE,
            to=(late.to,),
        )


def _before(due_on: date, due_at: datetime, span: Span, surroundings: Surroundings) -> datetime:
    """So many local days before the due day: a day of the calendar, not 24 hours."""
    if span.unit is Unit.HOURS:
        return due_at - timedelta(hours=span.count)
    pathway = surroundings.pathway
    backwards = Span.model_construct(count=-span.count, unit=span.unit)
    return at_local(add(due_on, backwards, calendar_of(pathway.calendar)), pathway.day.starts, pathway.zone)


def _after(on: date, at: datetime, span: Span, surroundings: Surroundings) -> datetime:
    """The end of the office's day so many days after `on`, or so many hours after `at`; never before `at`."""
    if span.unit is Unit.HOURS:
        return at + timedelta(hours=span.count)
    pathway = surroundings.pathway
    return max(at, at_local(add(on, span, calendar_of(pathway.calendar)), pathway.day.ends, pathway.zone))


def _spelt(span: Span) -> str:
    return f"{span.count}-{span.unit.value}"
