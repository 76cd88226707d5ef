"""When a promised call is due: within the rule's span, and only in the hours of the day that the caller called safe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar import add, at_local, calendar_of, local_date
from domain.codes import RungEffect
from domain.deadline import Deadline, Rung, ladder_deadline
from domain.pathway.common import Span, Unit
from domain.pathway.hotline import CallBackRule, CallWindow
from domain.pathway.ladder import Ladder
from domain.pathway.model import Pathway


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when the call may be made."""

    opens_at: datetime
    due_at: datetime


def call_hours(span: Span, window: CallWindow, pathway: Pathway, *, now: datetime) -> Hours:
    """The hours for a call to be made within `span` of now.

    No days is the same day; where its window has closed already, the next day's. A span of hours ends inside a window:
    what would fall into the night waits for the morning and has its hours then.
    """
    today = local_date(now, pathway.zone)
    if span.unit is not Unit.HOURS:
        day = add(today, span, calendar_of(pathway.calendar))
        hours = _on(day, window, pathway)
        hours = hours if hours.due_at > now else _on(day + timedelta(days=1), window, pathway)
        return Hours(max(hours.opens_at, now), hours.due_at)
    hours = _on(today, window, pathway)
    hours = hours if hours.due_at > now else _on(today + timedelta(days=1), window, pathway)
    opens_at = max(hours.opens_at, now)
    return Hours(opens_at, min(opens_at + timedelta(hours=span.count), hours.due_at))


def call_deadline(hours: Hours, rule: CallBackRule, pathway: Pathway, *, now: datetime) -> Deadline:
    """The ladder of a promised call: told when its hours open; due, and standing still, when they close; then more."""
    ladder = ladder_deadline(Ladder(within=rule.within, escalate=rule.escalate), pathway, now=now, at=hours.due_at)
    ours = [Rung(rung="stall", at=hours.due_at, effect=RungEffect.STALL)]
    if hours.opens_at > now:
        ours.append(Rung(rung="opens", at=hours.opens_at, effect=RungEffect.REMIND))
    return ladder.model_copy(update={"rungs": tuple(sorted((*ours, *ladder.rungs), key=lambda rung: rung.at))})


def _on(day: date, window: CallWindow, pathway: Pathway) -> Hours:
    return Hours(at_local(day, window.starts, pathway.zone), at_local(day, window.ends, pathway.zone))
