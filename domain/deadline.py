"""Deadlines: a due instant with its ladder, computed once, in a decider, and stored in the event.

Folding computes no date: a changed calendar, rule or pathway never moves a deadline by itself (design §2).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol

from pydantic import AwareDatetime

from domain.calendar import add, at_local, calendar_of, local_date
from domain.codes import Mover, Role, RungEffect
from domain.pathway.ladder import Ladder
from domain.pathway.model import Anchor, Due, EscalateRung, Pathway, RemindRung, Review, Span, Step, Unit
from domain.pathway.safety import AlertRules
from domain.values import Article, CalendarVersion, Code, Value, Zone


class Rung(Value):
    """One moment of the ladder. `to` are the roles told besides the owner."""

    rung: Code
    at: AwareDatetime
    effect: RungEffect
    to: tuple[Role, ...] = ()


class Deadline(Value):
    """A due instant, the rule and calendar that made it, and its ladder in order of time.

    `due_on` is the local day in `zone`: what a page shows and what days are counted from.
    """

    due_at: AwareDatetime
    due_on: date
    zone: Zone
    calendar: CalendarVersion
    article: Article | None = None
    rungs: tuple[Rung, ...]


class Laddered(Protocol):
    """What a deadline is made of: a step of the pathway, or what another part times in the same way."""

    @property
    def due(self) -> Due: ...
    @property
    def waits_on(self) -> Mover: ...
    @property
    def remind(self) -> tuple[RemindRung, ...]: ...
    @property
    def stalled_after(self) -> Span: ...
    @property
    def escalate(self) -> tuple[EscalateRung, ...]: ...


def step_deadline(step: Laddered, pathway: Pathway, *, now: datetime, anchor: datetime) -> Deadline:
    """The deadline of a step counted from `anchor` by its own rule; for an appointment `anchor` is its instant."""
    if step.due.after is Anchor.APPOINTMENT or step.due.within.unit is Unit.HOURS:
        return deadline_at(step, pathway, now=now, due_at=anchor + _hours(step.due.within))
    return deadline_on(step, pathway, now=now, due_on=due_day(step.due, pathway, anchor))


def undated_deadline(step: Step, pathway: Pathway, *, now: datetime) -> Deadline:
    """The deadline of a step whose appointment nobody has entered yet: within its stalled limit one is to be got."""
    undated = step.model_copy(update={"remind": (), "due": step.due.model_copy(update={"article": None})})
    if step.stalled_after.unit is Unit.HOURS:
        return deadline_at(undated, pathway, now=now, due_at=now + _hours(step.stalled_after))
    due_on = add(local_date(now, pathway.zone), step.stalled_after, calendar_of(pathway.calendar))
    return deadline_on(undated, pathway, now=now, due_on=due_on)


def due_day(due: Due, pathway: Pathway, anchor: datetime) -> date:
    """The last local day of a span; the day of `anchor` itself does not count (ZKP 224, ZPP 103)."""
    calendar = calendar_of(pathway.calendar)
    day = add(local_date(anchor, pathway.zone), due.within, calendar)
    return calendar.next_working_day(day) if due.roll else day


def deadline_on(step: Laddered, pathway: Pathway, *, now: datetime, due_on: date) -> Deadline:
    """A deadline at the end of a local office day, as when a person postpones a step."""
    return deadline_at(step, pathway, now=now, due_at=at_local(due_on, pathway.day.ends, pathway.zone))


def deadline_at(step: Laddered, pathway: Pathway, *, now: datetime, due_at: datetime) -> Deadline:
    """A deadline at an instant, with the step's ladder.

    A reminder whose moment has passed is left out: it was never owed. What comes at and after the due instant stays,
    late where it is. A step stalls counting from its due day; where that has passed, one that waits on others stalls
    counting from now: they have had no time yet.
    """
    due_on = local_date(due_at, pathway.zone)
    rungs = [Rung(rung="due", at=due_at, effect=RungEffect.DUE)]
    rungs += _reminders(step.remind, due_on, due_at, pathway)
    since = due_on if step.waits_on is Mover.US else max(due_on, local_date(now, pathway.zone))
    rungs.append(Rung(rung="stall", at=_after(since, due_at, step.stalled_after, pathway), effect=RungEffect.STALL))
    rungs += _escalations(step.escalate, due_on, due_at, pathway)
    return _deadline(pathway, due_at, step.due.article, rungs, now)


def review_deadline(pathway: Pathway, *, now: datetime, within: Span | None = None) -> Deadline:
    """The deadline of a review, `within` a span or the pathway's own: at the end of an office day, ahead of `now`."""
    review: Review = pathway.review if within is None else pathway.review.model_copy(update={"within": within})
    calendar = calendar_of(pathway.calendar)
    if review.within.unit is Unit.HOURS:
        due_on = local_date(now + _hours(review.within), pathway.zone)
    else:
        due_on = add(local_date(now, pathway.zone), review.within, calendar)
    due_at = at_local(due_on, pathway.day.ends, pathway.zone)
    if due_at <= now:
        due_on = calendar.add_working_days(due_on, 1)
        due_at = at_local(due_on, pathway.day.ends, pathway.zone)
    rungs = [
        Rung(rung="day", at=at_local(due_on, pathway.day.starts, pathway.zone), effect=RungEffect.REMIND),
        Rung(rung="due", at=due_at, effect=RungEffect.DUE),
        *_escalations(review.escalate, due_on, due_at, pathway),
    ]
    return _deadline(pathway, due_at, None, rungs, now)


def ladder_deadline(
    ladder: Ladder, pathway: Pathway, *, now: datetime, on: date | None = None, at: datetime | None = None
) -> Deadline:
    """The deadline of what is no step: at an instant, at the end of an office day, else within the ladder's span."""
    if at is not None:
        due_at = at
    elif on is None and ladder.within.unit is Unit.HOURS:
        due_at = now + _hours(ladder.within)
    else:
        day = on or add(local_date(now, pathway.zone), ladder.within, calendar_of(pathway.calendar))
        due_at = at_local(day, pathway.day.ends, pathway.zone)
    due_on = local_date(due_at, pathway.zone)
    rungs = [
        *_reminders(ladder.remind, due_on, due_at, pathway),
        Rung(rung="due", at=due_at, effect=RungEffect.DUE),
        *_escalations(ladder.escalate, due_on, due_at, pathway),
    ]
    return _deadline(pathway, due_at, None, rungs, now)


def alert_deadline(rules: AlertRules, pathway: Pathway, *, now: datetime) -> Deadline:
    """The deadline of an alert: told at this very instant, to be answered within hours, then told further."""
    due_at = now + _hours(rules.answer_within)
    rungs = [
        Rung(rung="alert", at=now, effect=RungEffect.ESCALATE, to=rules.tell),
        Rung(rung="due", at=due_at, effect=RungEffect.DUE),
        *_escalations(rules.escalate, local_date(due_at, pathway.zone), due_at, pathway),
    ]
    return _deadline(pathway, due_at, None, rungs, now)


def emergency_deadline(pathway: Pathway, *, now: datetime) -> Deadline:
    """The deadline of the review of an emergency access: people are told at this very instant, then it is due."""
    rules = pathway.emergency_access
    review = ladder_deadline(Ladder(within=rules.review_within, escalate=rules.escalate), pathway, now=now)
    return _with_rungs(review, [Rung(rung="alert", at=now, effect=RungEffect.ESCALATE, to=rules.tell), *review.rungs])


def _reminders(ladder: tuple[RemindRung, ...], due_on: date, due_at: datetime, pathway: Pathway) -> list[Rung]:
    return [
        Rung(
            rung=f"before-{r.before.count}-{r.before.unit.value}",
            at=_before(due_on, due_at, r.before, pathway),
            effect=RungEffect.REMIND,
            to=r.also,
        )
        for r in ladder
    ]


def _escalations(ladder: tuple[EscalateRung, ...], due_on: date, due_at: datetime, pathway: Pathway) -> list[Rung]:
    return [
        Rung(
            rung=f"escalate-{e.to.value}-{e.after.count}-{e.after.unit.value}",
            at=_after(due_on, due_at, e.after, pathway),
            effect=RungEffect.ESCALATE,
            to=(e.to,),
        )
        for e in ladder
    ]


def _deadline(pathway: Pathway, due_at: datetime, article: str | None, rungs: list[Rung], now: datetime) -> Deadline:
    return Deadline(
        due_at=due_at,
        due_on=local_date(due_at, pathway.zone),
        zone=pathway.zone,
        calendar=calendar_of(pathway.calendar).version,
        article=article,
        rungs=tuple(sorted((r for r in rungs if r.effect is not RungEffect.REMIND or r.at > now), key=lambda r: r.at)),
    )


def _before(due_on: date, due_at: datetime, span: Span, pathway: Pathway) -> datetime:
    """So many local days before the due day, in the morning: a day is a day of the calendar, not 24 hours."""
    if span.unit is Unit.HOURS:
        return due_at - _hours(span)
    backwards = Span.model_construct(count=-span.count, unit=span.unit)
    return at_local(add(due_on, backwards, calendar_of(pathway.calendar)), pathway.day.starts, pathway.zone)


def _after(due_on: date, due_at: datetime, span: Span, pathway: Pathway) -> datetime:
    if span.unit is Unit.HOURS:
        return due_at + _hours(span)
    day = add(due_on, span, calendar_of(pathway.calendar))
    return max(due_at, at_local(day, pathway.day.ends, pathway.zone))


def _hours(span: Span) -> timedelta:
    return timedelta(hours=span.count)


def stall_again(deadline: Deadline, step: Laddered, pathway: Pathway, *, now: datetime) -> Deadline:
    """The same deadline with what of its ladder lies ahead, and a new moment from which it would count as stalled.

    That moment is never before the due instant: a hearing in three months does not stand still meanwhile.
    """
    ahead = [r for r in deadline.rungs if r.at > now and r.effect is not RungEffect.STALL]
    return _with_rungs(deadline, [*ahead, _stall_from(now, deadline, step, pathway)])


def deadline_of_the_rest(
    deadline: Deadline, step: Laddered, pathway: Pathway, *, now: datetime, fired: frozenset[str]
) -> Deadline:
    """The same deadline for a step that is open again: what was not fired, late where its moment has passed.

    Reminders whose moment has passed remind of nothing and are left out; the moment of stalling is new.
    """
    owed = (r for r in deadline.rungs if r.rung not in fired and r.effect is not RungEffect.STALL)
    rest = [r for r in owed if r.effect is not RungEffect.REMIND or r.at > now]
    return _with_rungs(deadline, [*rest, _stall_from(now, deadline, step, pathway)])


def _stall_from(now: datetime, deadline: Deadline, step: Laddered, pathway: Pathway) -> Rung:
    since = max(local_date(now, pathway.zone), deadline.due_on)
    at = _after(since, max(now, deadline.due_at), step.stalled_after, pathway)
    return Rung(rung="stall", at=at, effect=RungEffect.STALL)


def _with_rungs(deadline: Deadline, rungs: list[Rung]) -> Deadline:
    return deadline.model_copy(update={"rungs": tuple(sorted(rungs, key=lambda r: r.at))})
