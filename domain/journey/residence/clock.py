"""The dates of a permit: its last day, the warnings before it, and the alarm after it.

A permit covers its last day to the end: the due instant is the last minute of it, so that a letter names the right day.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from domain.calendar import add, at_local, calendar_of, local_date
from domain.codes import RungEffect
from domain.deadline import Deadline, Rung
from domain.pathway.common import Span
from domain.pathway.model import Pathway
from domain.pathway.residence import PermitKind, ResidenceRules

LAST_MINUTE = time(23, 59)


def last_day(kind: PermitKind, valid_from: date, pathway: Pathway) -> date:
    """The last day where the paper names none. The first day counts: of two readings the earlier date."""
    return add(valid_from, kind.lasts, calendar_of(pathway.calendar)) - timedelta(days=1)


def permit_deadline(
    kind: PermitKind, rules: ResidenceRules, pathway: Pathway, *, valid_until: date, now: datetime
) -> Deadline:
    """The clock of a permit: reminders on the mornings before, those that have passed left out, and its end."""
    ends_at = at_local(valid_until, LAST_MINUTE, pathway.zone)
    reminders = [
        Rung(
            rung=f"before-{r.before.count}-{r.before.unit.value}",
            at=_morning(add(valid_until, _back(r.before), calendar_of(pathway.calendar)), pathway),
            effect=RungEffect.REMIND,
            to=r.also,
        )
        for r in rules.remind
    ]
    end = (
        Rung(rung="due", at=ends_at, effect=RungEffect.DUE, to=rules.alarm.to),
        Rung(rung="alarm", at=ends_at, effect=RungEffect.ESCALATE, to=rules.alarm.to),
    )
    rungs = sorted((r for r in reminders if r.at > now), key=lambda r: r.at)
    return _deadline(pathway, valid_until, kind.article, (*rungs, *end))


def alarm_at_once(article: str, rules: ResidenceRules, pathway: Pathway, *, ended_on: date, now: datetime) -> Deadline:
    """The alarm of a permit that was revoked: now, and on as after any other end."""
    rung = Rung(rung="alarm", at=now, effect=RungEffect.ESCALATE, to=rules.alarm.to)
    return _deadline(pathway, ended_on, article, (rung,))


def alarm_again(deadline: Deadline, rules: ResidenceRules, pathway: Pathway, *, now: datetime) -> Deadline:
    """The same deadline with the next alarm: on a later morning than now, counted by the pathway."""
    day = add(local_date(now, pathway.zone), rules.alarm.every, calendar_of(pathway.calendar))
    rung = Rung(rung="alarm", at=_morning(day, pathway), effect=RungEffect.ESCALATE, to=rules.alarm.to)
    return deadline.model_copy(update={"rungs": (rung,)})


def _deadline(pathway: Pathway, last: date, article: str, rungs: tuple[Rung, ...]) -> Deadline:
    return Deadline(
        due_at=at_local(last, LAST_MINUTE, pathway.zone),
        due_on=last,
        zone=pathway.zone,
        calendar=calendar_of(pathway.calendar).version,
        article=article,
        rungs=rungs,
    )


def _morning(day: date, pathway: Pathway) -> datetime:
    return at_local(day, pathway.day.starts, pathway.zone)


def _back(span: Span) -> Span:
    return Span.model_construct(count=-span.count, unit=span.unit)
