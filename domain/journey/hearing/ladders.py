"""Ladders of a hearing: from the spans of the pathway to instants. Days before count on the wall calendar of the venue.

A reminder goes out on the office's morning of that day, so the day before is the day before also over a change of the
clocks and for a court in another zone. A reminder whose moment has passed was never owed; what is late stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar import add, at_local, calendar_of, local_date
from domain.codes import Role, RungEffect
from domain.deadline import Deadline, Rung
from domain.pathway.common import EscalateRung, RemindRung, Span, Unit
from domain.pathway.model import Pathway


@dataclass(frozen=True, slots=True)
class Office:
    """The office's day and calendar, and the present moment."""

    pathway: Pathway
    now: datetime

    def day_of(self, instant: datetime) -> date:
        return local_date(instant, self.pathway.zone)

    def morning(self, day: date) -> datetime:
        return at_local(day, self.pathway.day.starts, self.pathway.zone)

    def evening(self, day: date) -> datetime:
        return at_local(day, self.pathway.day.ends, self.pathway.zone)

    def days(self, start: date, span: Span, *, back: bool = False) -> date:
        """So many days after `start`, or before it."""
        signed = Span.model_construct(count=-span.count if back else span.count, unit=span.unit)
        return add(start, signed, calendar_of(self.pathway.calendar))

    def working_day(self, day: date, *, back: bool) -> date:
        """The day itself where it is a working day, else the last one before it or the first one after it."""
        calendar = calendar_of(self.pathway.calendar)
        return day if calendar.is_working_day(day) else calendar.add_working_days(day, -1 if back else 1)

    def before(self, instant: datetime, on: date, span: Span) -> datetime:
        """The morning so many days before `on`, or so many hours before the instant."""
        if span.unit is Unit.HOURS:
            return instant - hours(span)
        return self.morning(self.days(on, span, back=True))

    def after(self, instant: datetime, span: Span) -> datetime:
        """The end of the office day so many days after an instant, or so many hours after it; never before it."""
        if span.unit is Unit.HOURS:
            return instant + hours(span)
        return max(instant, self.evening(self.days(self.day_of(instant), span)))

    def deadline(
        self,
        due_at: datetime,
        rungs: Iterable[Rung],
        *,
        zone: str | None = None,
        on: date | None = None,
        article: str | None = None,
    ) -> Deadline:
        """The deadline with its rungs in order; day and zone are those of the office unless the court's are given."""
        return Deadline(
            due_at=due_at,
            due_on=on or self.day_of(due_at),
            zone=zone or self.pathway.zone,
            calendar=calendar_of(self.pathway.calendar).version,
            article=article,
            rungs=tuple(sorted(rungs, key=lambda r: r.at)),
        )

    def reminders(self, remind: Iterable[RemindRung], due_at: datetime, on: date) -> Iterator[Rung]:
        """The reminders that lie ahead, and before the due instant."""
        for rung in remind:
            at = self.before(due_at, on, rung.before)
            if self.now < at < due_at:
                yield Rung(rung=f"before-{spelt(rung.before)}", at=at, effect=RungEffect.REMIND, to=rung.also)

    def escalations(self, ladder: Iterable[EscalateRung], due_at: datetime) -> Iterator[Rung]:
        """Who is told when nothing has come by then."""
        for rung in ladder:
            yield told(rung.to, f"after-{spelt(rung.after)}", self.after(due_at, rung.after))

    def stall(self, since: datetime, span: Span) -> Rung:
        """From when it stands still."""
        return Rung(rung="stall", at=self.after(since, span), effect=RungEffect.STALL)


def hours(span: Span) -> timedelta:
    return timedelta(hours=span.count)


def spelt(span: Span) -> str:
    """A span in the name of a rung: `5-calendar-days`."""
    return f"{span.count}-{span.unit.value}"


def due(at: datetime) -> Rung:
    return Rung(rung="due", at=at, effect=RungEffect.DUE)


def told(role: Role, when: str, at: datetime) -> Rung:
    return Rung(rung=f"escalate-{role.value}-{when}", at=at, effect=RungEffect.ESCALATE, to=(role,))
