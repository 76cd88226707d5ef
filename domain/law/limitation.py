"""Limitation (zastarelost): how long a crime can be prosecuted and a claim be enforced.

    limitation(DAMAGES, {Trigger.DAMAGE_KNOWN: date(2024, 3, 1), Trigger.DAMAGE_SUFFERED: date(2023, 5, 1)}, calendar)

An interruption makes the term begin anew, a suspension stops its clock, and the absolute term ends it in any case. Of
prosecution the day of the crime may itself be the first (KZ 104 (1) "from the day"), and its last day rolls nowhere; of
a claim the first day is the next one (ZOO 361) and the last day rolls as in civil proceedings (ZPP 103 (5)).
Whether a suspension stops the absolute term too ("in any case", KZ 104 (6)), and whether an interruption begins the
five years of ZOO 376 (2) anew, is read both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from types import MappingProxyType

from domain.calendar import WorkingCalendar, add
from domain.law.codes import Bite, Proceedings, Reason, Trigger
from domain.law.counting import rolled
from domain.law.limitation_model import Branch, Interruption, Limitation, LimitationReading, LimitationRule
from domain.law.spans import years
from domain.law.suspension import Suspension, SuspensionGround, acts, stopping, stretched
from domain.pathway.model import Span, Title
from domain.values import Article, Code

DAMAGES = LimitationRule(
    rule="zoo-376-damages",
    branch=Branch.CIVIL,
    article="ZOO 376 (1)",
    absolute_article="ZOO 376 (2)",
    title=Title(sr="Застарелост накнаде штете", en="Limitation of damages"),
    term=years(3),
    absolute=years(5),
    runs_from=Trigger.DAMAGE_KNOWN,
    absolute_from=Trigger.DAMAGE_SUFFERED,
)
ADJUDICATED = LimitationRule(
    rule="zoo-379-adjudicated",
    branch=Branch.CIVIL,
    article="ZOO 379 (1)",
    title=Title(sr="Застарелост правноснажно утврђеног потраживања", en="Limitation of an adjudicated claim"),
    term=years(10),
    runs_from=Trigger.JUDGMENT_FINAL,
)
BY_CRIME: Article = "ZOO 377 (1)"
DAMAGE_BY_CRIME: Code = "zoo-377-damage-by-crime"
"""What `limitation_of_damages` answers under. Not in the catalogue: it is counted from two rules of it."""

STOPS: Mapping[Branch, frozenset[SuspensionGround]] = MappingProxyType(
    {
        Branch.CRIMINAL: frozenset({SuspensionGround.PROSECUTION_BARRED}),
        Branch.CIVIL: frozenset({SuspensionGround.CLOSE_RELATION, SuspensionGround.INSURMOUNTABLE_OBSTACLE}),
    }
)
"""What stops a limitation. A decree about terms of procedure is not among them: it named no limitation."""

LIMITATION_STOPS: frozenset[SuspensionGround] = frozenset().union(*STOPS.values())
"""What may stop some limitation."""

_DAY = timedelta(days=1)

Way = tuple[Reason, ...]
"""One combination of what may be read both ways. The prudent choice of each pair stands first."""

_CRIMINAL: tuple[Way, ...] = (
    (Reason.FIRST_DAY_COUNTS, Reason.FIRST_DAY_EXCLUDED),
    (Reason.ABSOLUTE_STANDS, Reason.ABSOLUTE_MOVES),
)
_CIVIL: tuple[Way, ...] = (
    (Reason.SATURDAY_WORKS, Reason.SATURDAY_FREE),
    (Reason.ABSOLUTE_STANDS, Reason.ABSOLUTE_MOVES),
)


def limitation(
    rule: LimitationRule,
    events: Mapping[Trigger, date],
    calendar: WorkingCalendar,
    *,
    interruptions: Iterable[Interruption] = (),
    suspensions: Iterable[Suspension] = (),
) -> Limitation:
    """Counts `rule` from the events that are known.

    Without a day of knowledge the claim is counted as if the victim had known at once: too early rather than too late.
    Raises `ValueError` where nothing is known to count from.
    """
    held = stopping(suspensions, STOPS[rule.branch])
    readings = _readings(rule, events, calendar, sorted(interruptions, key=lambda i: i.on), held)
    return _answer(rule.rule, readings, events, calendar, held)


def limitation_of_damages(
    crime: LimitationRule,
    events: Mapping[Trigger, date],
    calendar: WorkingCalendar,
    *,
    interruptions: Iterable[Interruption] = (),
    prosecution: Iterable[Interruption] = (),
    suspensions: Iterable[Suspension] = (),
) -> Limitation:
    """Limitation of damages for a crime: three and five years, or the longer one of prosecution (ZOO 377).

    Whether the longer one holds depends on a crime being established, so both are readings. `prosecution` are the
    interruptions of the prosecution: they interrupt the claim as well, in the longer reading (377 (2)); its
    suspensions do too (377 (3)).
    """
    civil = sorted(interruptions, key=lambda i: i.on)
    both = sorted([*civil, *prosecution], key=lambda i: i.on)
    held = tuple(suspensions)
    short = _readings(DAMAGES, events, calendar, civil, stopping(held, STOPS[Branch.CIVIL]))
    long = _readings(crime, events, calendar, both, stopping(held, STOPS[Branch.CRIMINAL]))
    readings = [r.model_copy(update={"reasons": (Reason.ORDINARY_DAMAGES, *r.reasons)}) for r in short]
    if crime.term.count > DAMAGES.term.count:
        why = {"article": BY_CRIME}
        readings += [r.model_copy(update={"reasons": (Reason.DAMAGE_BY_CRIME, *r.reasons), **why}) for r in long]
    stops = STOPS[Branch.CIVIL] | STOPS[Branch.CRIMINAL]
    return _answer(DAMAGE_BY_CRIME, readings, events, calendar, stopping(held, stops))


def _answer(
    rule: Code,
    readings: Sequence[LimitationReading],
    events: Mapping[Trigger, date],
    calendar: WorkingCalendar,
    held: Iterable[Suspension],
) -> Limitation:
    ordered = tuple(sorted(readings, key=lambda r: (r.ends_on, r.relative_on, r.absolute_on or date.max, r.reasons)))
    first, last = ordered[0], max(reading.ends_on for reading in ordered)
    return Limitation(
        rule=rule,
        article=first.article,
        calendar=calendar.version,
        ends_on=first.ends_on,
        bites=first.bites,
        readings=ordered,
        suspended_by=acts(min(events.values()), last, held),
    )


def _readings(
    rule: LimitationRule,
    events: Mapping[Trigger, date],
    calendar: WorkingCalendar,
    interruptions: Sequence[Interruption],
    held: tuple[Suspension, ...],
) -> list[LimitationReading]:
    starts = events.get(rule.runs_from)
    absolute_from = events.get(rule.absolute_from) if rule.absolute_from else None
    unknown: Way = ()
    if starts is None:
        if absolute_from is None:
            raise ValueError(f"nothing to count {rule.rule} from")
        starts, unknown = absolute_from, (Reason.KNOWLEDGE_NOT_SHOWN,)
    choices = _CRIMINAL if rule.branch is Branch.CRIMINAL else _CIVIL
    ends = {}
    for way in product(*choices):
        relative, said = _relative(rule, starts, interruptions, held, way, calendar)
        ends[way] = relative, _absolute(rule, absolute_from, interruptions, held, way, calendar), said
    matter = [_matters(index, ends) for index in range(len(choices))]
    readings = []
    for way in product(*(pair if it else pair[:1] for pair, it in zip(choices, matter, strict=True))):
        relative, absolute, said = ends[way]
        named = (*unknown, *said, *(reason for reason, it in zip(way, matter, strict=True) if it))
        readings.append(_reading(rule, relative, absolute, named or (Reason.TEXT,)))
    return readings


def _matters(index: int, ends: Mapping[Way, object]) -> bool:
    """Whether the choice at `index` changes any end: only then a reading names it."""
    by_rest: dict[Way, object] = {}
    return any(by_rest.setdefault(way[:index] + way[index + 1 :], end) != end for way, end in ends.items())


def _reading(rule: LimitationRule, relative: date, absolute: date | None, reasons: Way) -> LimitationReading:
    bites = Bite.RELATIVE if absolute is None or relative <= absolute else Bite.ABSOLUTE
    return LimitationReading(
        reasons=reasons,
        article=rule.article if bites is Bite.RELATIVE else rule.absolute_article or rule.article,
        relative_on=relative,
        absolute_on=absolute,
        ends_on=relative if absolute is None else min(relative, absolute),
        bites=bites,
    )


def _relative(
    rule: LimitationRule,
    starts: date,
    interruptions: Sequence[Interruption],
    held: tuple[Suspension, ...],
    way: Way,
    calendar: WorkingCalendar,
) -> tuple[date, Way]:
    """The end of the term after every interruption that came in time, and what is to be said of the others."""
    end = _end(rule, starts, rule.term, held, way, calendar)
    said: dict[Reason, None] = {}
    for interruption in interruptions:
        if interruption.on > end:
            said[Reason.INTERRUPTION_TOO_LATE] = None
        elif interruption.pending:
            said[Reason.INTERRUPTION_PENDING] = None
        else:
            end = max(end, _end(rule, interruption.anew_from, rule.term, held, way, calendar))
    return end, tuple(said)


def _absolute(
    rule: LimitationRule,
    starts: date | None,
    interruptions: Sequence[Interruption],
    held: tuple[Suspension, ...],
    way: Way,
    calendar: WorkingCalendar,
) -> date | None:
    if rule.absolute is None or starts is None:
        return None
    moves = Reason.ABSOLUTE_MOVES in way
    end = _end(rule, starts, rule.absolute, held if moves else (), way, calendar)
    # Twice the term "in any case" (KZ 104 (6)) begins anew with nothing; the five years of ZOO 376 (2) may.
    for interruption in interruptions if moves and rule.branch is Branch.CIVIL else ():
        if interruption.on <= end and not interruption.pending:
            end = max(end, _end(rule, interruption.anew_from, rule.absolute, held, way, calendar))
    return end


def _end(
    rule: LimitationRule,
    starts: date,
    span: Span,
    held: tuple[Suspension, ...],
    way: Way,
    calendar: WorkingCalendar,
) -> date:
    """The last day of a term from `starts`."""
    if rule.branch is Branch.CRIMINAL:
        # Where the day itself is the first one, the term ends on the day before its anniversary.
        ahead = _DAY if Reason.FIRST_DAY_COUNTS in way else timedelta(0)
        return stretched(starts - ahead, add(starts, span, calendar) - ahead, held)
    last = stretched(starts, add(starts, span, calendar), held)
    ends = rolled(Proceedings.CIVIL, last, calendar)
    return ends[0][1] if Reason.SATURDAY_WORKS in way else ends[-1][1]
