"""Every timer of a hearing, computed together: for a date, or for having none. Deciders store them in one event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.calendar import local_date
from domain.codes import RungEffect
from domain.deadline import Deadline, Rung
from domain.journey.hearing.events import Timer, Timers
from domain.journey.hearing.ladders import due, hours, spelt, told
from domain.journey.hearing.plan_timers import stranded_tasks, task_timers
from domain.journey.hearing.rules import Rules
from domain.pathway.common import Unit
from domain.pathway.hearings import Arrangement, Companion, Lasting, NextDate, Trap

LAST_DAY = timedelta(hours=24)
"""By then before a hearing everybody has been told of what nobody has said to have seen."""


def timers_for(rules: Rules, starts_at: datetime, zone: str) -> Timers:
    """The timers for a date. Of one that has passed only its outcome is owed, and what comes after it."""
    ahead = starts_at > rules.office.now
    renewed = [a.arrangement for a in rules.checklist if a.lasts is Lasting.ONE_DATE]
    return Timers(
        track=_track(rules, starts_at, zone),
        role=rules.ladder.role,
        companions=tuple(
            Timer(timer=c.companion, role=c.role, deadline=_companion(rules, c, starts_at, zone))
            for c in rules.ladder.companions
            if ahead
        ),
        arrangements=tuple(arrangement_timer(rules, a, starts_at if ahead else None, zone) for a in rules.checklist),
        renewed=tuple(key for key in renewed if key in rules.confirmed),
        seen=_seen(rules, rules.trap, starts_at) if rules.trap and ahead else None,
        tasks=task_timers(rules, starts_at, zone),
    )


def timers_without_date(rules: Rules, next_date: NextDate, since: datetime) -> Timers:
    """The timers while nobody knows the next date: to get one, counted from when the last was given up."""
    office = rules.office
    due_at = office.after(since, next_date.within)
    rungs = [
        *office.reminders(next_date.remind, due_at, office.day_of(due_at)),
        due(due_at),
        office.stall(max(since, office.now), next_date.stalled_after),
        *office.escalations(next_date.escalate, due_at),
    ]
    return Timers(
        track=office.deadline(due_at, rungs, article=next_date.article),
        role=rules.ladder.role,
        arrangements=tuple(arrangement_timer(rules, a, None, "") for a in rules.checklist),
        renewed=tuple(
            a.arrangement for a in rules.checklist if a.lasts is Lasting.ONE_DATE and a.arrangement in rules.confirmed
        ),
        tasks=stranded_tasks(rules),
    )


def debrief_timer(rules: Rules, number: int, ended_at: datetime) -> Timer:
    """The talk after a sitting, counted from its end."""
    office, debrief = rules.office, rules.section.debrief
    due_at = office.after(ended_at, debrief.within)
    rungs = [
        *office.reminders(debrief.remind, due_at, office.day_of(due_at)),
        due(due_at),
        office.stall(due_at, debrief.stalled_after),
        *office.escalations(debrief.escalate, due_at),
    ]
    return Timer(timer=f"debrief-{number}", role=debrief.role, deadline=office.deadline(due_at, rungs))


def arrangement_timer(rules: Rules, arrangement: Arrangement, starts_at: datetime | None, zone: str) -> Timer:
    """One line of the checklist: due before the hearing, with a little time even where that is near."""
    deadline = _arrangement(rules, arrangement, starts_at, zone) if starts_at else None
    return Timer(timer=arrangement.arrangement, role=arrangement.role, deadline=deadline)


def _track(rules: Rules, starts_at: datetime, zone: str) -> Deadline:
    office, ladder = rules.office, rules.ladder
    on = local_date(starts_at, zone)
    rungs = [
        *office.reminders(ladder.remind, starts_at, on),
        Rung(rung="outcome", at=office.after(starts_at, ladder.outcome_within), effect=RungEffect.DUE),
        office.stall(starts_at, ladder.stalled_after),
        *office.escalations(ladder.escalate, starts_at),
    ]
    article = rules.trap.articles[0] if rules.trap else None
    return office.deadline(starts_at, rungs, zone=zone, on=on, article=article)


def _companion(rules: Rules, companion: Companion, starts_at: datetime, zone: str) -> Deadline:
    on = local_date(starts_at, zone)
    moments = ((r.rung, rules.office.before(starts_at, on, r.before)) for r in companion.remind)
    rungs = [
        Rung(rung=name, at=at, effect=RungEffect.REMIND) for name, at in moments if rules.office.now < at < starts_at
    ]
    return rules.office.deadline(starts_at, rungs, zone=zone, on=on)


def _arrangement(rules: Rules, arrangement: Arrangement, starts_at: datetime, zone: str) -> Deadline:
    office = rules.office
    on = local_date(starts_at, zone)
    if arrangement.before.unit is Unit.HOURS:
        due_at = starts_at - hours(arrangement.before)
    else:
        day = office.days(on, arrangement.before, back=True)
        due_at = min(office.evening(office.working_day(day, back=True) if arrangement.roll else day), starts_at)
    due_at = max(due_at, _earliest(rules, starts_at))
    early = (
        told(e.to, f"before-{spelt(e.before)}", max(due_at, office.before(starts_at, on, e.before)))
        for e in arrangement.escalate
    )
    reminders = office.reminders(arrangement.remind, due_at, office.day_of(due_at))
    return office.deadline(due_at, [*reminders, due(due_at), *early])


def _earliest(rules: Rules, starts_at: datetime) -> datetime:
    """Before when no line of the checklist is due; at once where the hearing leaves no time for that."""
    office = rules.office
    grace = office.after(office.now, rules.section.checklist_within)
    return grace if office.now + 2 * (grace - office.now) < starts_at else office.now


def _seen(rules: Rules, trap: Trap, starts_at: datetime) -> Timer:
    office = rules.office
    latest = max(office.now, starts_at - LAST_DAY)
    due_at = min(office.after(office.now, trap.within), latest)

    def escalations() -> Iterator[Rung]:
        for rung in office.escalations(trap.escalate, due_at):
            yield rung.model_copy(update={"at": min(rung.at, latest)})

    alarm = Rung(rung="alarm", at=office.now, effect=RungEffect.REMIND)
    deadline = office.deadline(due_at, [alarm, due(due_at), *escalations()], article=trap.articles[0])
    return Timer(timer=trap.trap, role=trap.role, deadline=deadline)
