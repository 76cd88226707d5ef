"""How a term of law is counted to a day, in every way in which it may be read.

    count_term(TERM_RULES["zkp-432-appeal"], {Trigger.JUDGMENT_SERVED: date(2027, 4, 16)}, calendar_of(Country.SERBIA))
    # due 5 May 2027; a second reading with the extension that somebody may grant

Common to all (ZKP 224, ZPP 103, ZUP 80): the day of the event is not counted, calendar days are, and only the last day
rolls. Where the statutes part:

- Criminal: Saturday is a free day. Months end on the day "with the number of the day on which the term began", which
  may be the event's day or the first counted one.
- Civil and administrative: Saturday is not named; whether "the court does not work" then is read both ways. Months end
  on the number of the event's day.
- A residence is a validity: nothing rolls, and its first day may count.

Where the event falls into a suspension, months may be counted from its own day, with the suspended days added, or from
the end of the suspension; the earlier day is taken.

A court's recess moves nothing. A last day that rolls onto a suspended day stays there: rather early than late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import WorkingCalendar, add
from domain.law.codes import Direction, Proceedings, Reason, Trigger, Weight
from domain.law.model import CountedReading, Share, StatutoryDeadline, TermReading, TermRule
from domain.law.spans import days
from domain.law.suspension import Suspension, SuspensionGround, acts, resumed, stopping, stretched
from domain.pathway.model import Span, Unit

_DAY = timedelta(days=1)
_SATURDAY = 5

Alternatives = list[tuple[tuple[Reason, ...], date]]
"""Days on which a term may end, each with the reasons that set it apart from the others; none where there is one."""


def count_term(
    rule: TermRule,
    events: Mapping[Trigger, date],
    calendar: WorkingCalendar,
    *,
    suspensions: Iterable[Suspension] = (),
    without: frozenset[Reason] = frozenset(),
    frame: int | None = None,
) -> StatutoryDeadline:
    """Counts `rule` from the events that are known, as local days.

    `without` are reasons that a lawyer has ruled out in this case ("she was told", "no extension was granted").
    `frame` is the court's original time frame in calendar days, for a rule that allows a part of it.

    Where only the event of the cap is known, the cap is the deadline.

    Raises `ValueError` where no arguable reading can be counted: no event of `rule.triggers` is known, all is ruled
    out, or the frame is missing.
    """
    decrees = stopping(suspensions, {SuspensionGround.EMERGENCY_DECREE})
    held = tuple(d for d in decrees if rule.proceedings in d.proceedings and (not d.only or rule.rule in d.only))
    counted = [
        reading
        for term in rule.readings
        if term.runs_from in events
        for reading in _readings(rule, term, events, calendar, held, frame)
        if without.isdisjoint(reading.reasons)
    ] or _cap_alone(rule, events, calendar, held)
    counted.sort(key=lambda reading: (reading.weight is Weight.REJECTED, reading.due_on, reading.reasons))
    if not counted or counted[0].weight is Weight.REJECTED:
        raise ValueError(f"nothing to count {rule.rule} from")
    return StatutoryDeadline(
        rule=rule.rule,
        article=counted[0].article,
        calendar=calendar.version,
        due_on=counted[0].due_on,
        readings=tuple(counted),
        suspended_by=tuple(dict.fromkeys(act for r in counted for act in acts(r.from_on, r.last_day, held))),
        missing=tuple(sorted(rule.triggers - events.keys())),
    )


def _readings(
    rule: TermRule,
    term: TermReading,
    events: Mapping[Trigger, date],
    calendar: WorkingCalendar,
    held: tuple[Suspension, ...],
    frame: int | None,
) -> Iterator[CountedReading]:
    start = events[term.runs_from]
    span = _span(rule, term.within, frame)
    cap_on = _cap_day(rule, events, calendar, held)
    for reasons, plain in last_days(rule, start, span, calendar):
        forward = rule.direction is Direction.AFTER
        last_day = plain
        if forward:
            last_day = min(stretched(start, plain, held), *_from_the_end(rule, start, span, calendar, held))
        moved = (Reason.SUSPENDED,) if last_day != plain else ()
        rolls = forward and span.count > 0
        ends = rolled(rule.proceedings, last_day, calendar) if rolls else [((), last_day)]
        for rolling, ends_on in ends:
            capped = cap_on is not None and cap_on < ends_on
            due_on = cap_on if cap_on is not None and capped else ends_on
            yield CountedReading(
                reasons=(term.reason, *reasons, *moved, *rolling, *((Reason.CAPPED,) if capped else ())),
                weight=term.weight,
                article=rule.cap.article if rule.cap and capped else term.article or rule.article,
                runs_from=term.runs_from,
                from_on=start,
                last_day=min(last_day, due_on),
                due_on=due_on,
            )


def _from_the_end(
    rule: TermRule, start: date, span: Span, calendar: WorkingCalendar, held: tuple[Suspension, ...]
) -> list[date]:
    """The last days where an event in a suspension counts from the end of it; far ahead where there is none."""
    begin = resumed(start, held)
    if begin == start:
        return [date.max]
    return [stretched(begin, plain, held) for _, plain in last_days(rule, begin, span, calendar)]


def _cap_day(
    rule: TermRule, events: Mapping[Trigger, date], calendar: WorkingCalendar, held: tuple[Suspension, ...]
) -> date | None:
    """The last day that the cap leaves. It rolls nowhere, and the earlier number of the month ends it: whether a cap is
    a term to act in is not said."""
    if rule.cap is None or rule.cap.runs_from not in events:
        return None
    start = events[rule.cap.runs_from]
    begin = resumed(start, held)
    return min(stretched(day, add(day, rule.cap.within, calendar), held) for day in (start, begin))


def _cap_alone(
    rule: TermRule, events: Mapping[Trigger, date], calendar: WorkingCalendar, held: tuple[Suspension, ...]
) -> list[CountedReading]:
    """The cap as the only reading, while nothing else is known to count from."""
    day = _cap_day(rule, events, calendar, held)
    if rule.cap is None or day is None:
        return []
    return [
        CountedReading(
            reasons=(Reason.CAPPED,),
            weight=Weight.ARGUABLE,
            article=rule.cap.article,
            runs_from=rule.cap.runs_from,
            from_on=events[rule.cap.runs_from],
            last_day=day,
            due_on=day,
        )
    ]


def _span(rule: TermRule, within: Span | Share, frame: int | None) -> Span:
    if isinstance(within, Span):
        return within
    if frame is None:
        raise ValueError(f"{rule.rule} is a part of the court's time frame: say how many days that had")
    return days(frame // within.parts)


def last_days(rule: TermRule, start: date, span: Span, calendar: WorkingCalendar) -> Alternatives:
    """The last day of `span` counted from `start`, before anything rolls or stands still."""
    if rule.direction is Direction.BEFORE:
        return [((), start - timedelta(days=span.count))]
    plain = add(start, span, calendar)
    if rule.proceedings is Proceedings.RESIDENCE:
        return [((Reason.FIRST_DAY_COUNTS,), plain - _DAY), ((Reason.FIRST_DAY_EXCLUDED,), plain)]
    if rule.proceedings is Proceedings.CRIMINAL and span.unit is Unit.MONTHS:
        by_first_day = add(start + _DAY, span, calendar)
        if by_first_day != plain:
            return [((Reason.NUMBER_OF_EVENT_DAY,), plain), ((Reason.NUMBER_OF_FIRST_DAY,), by_first_day)]
    return [((), plain)]


def rolled(proceedings: Proceedings, last_day: date, calendar: WorkingCalendar) -> Alternatives:
    """Where a last day that is free moves to."""
    free = calendar.next_working_day(last_day)
    if proceedings is Proceedings.RESIDENCE:
        return [((), last_day)]
    if proceedings is Proceedings.CRIMINAL:
        return [((), free)]
    working = last_day
    while not calendar.is_working_day(working) and (working.weekday() != _SATURDAY or calendar.is_holiday(working)):
        working += _DAY
    if working == free:
        return [((), free)]
    return [((Reason.SATURDAY_WORKS,), working), ((Reason.SATURDAY_FREE,), free)]


def count_hours(event: datetime, hours: int, zone: str) -> datetime:
    """The instant, in UTC, at which a term in hours ends: the hour of the event is not counted (ZKP 224 (3)).

    Counted on instants: "a day is 24 hours", so a night of a clock change neither gives nor takes one. Nothing rolls.
    Raises `ValueError` for an event without a zone.
    """
    if event.tzinfo is None:
        raise ValueError("a datetime without a zone is no instant")
    local = event.astimezone(ZoneInfo(zone))
    into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return event.astimezone(UTC) - into + timedelta(hours=1 + hours)
