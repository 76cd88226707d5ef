"""Legal proceedings in words: lines of the timeline, and the boxes of the file. Plain lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.codes import ObligationKind
from domain.event import Event
from domain.journey.proceedings.basis import Counted
from domain.journey.proceedings.events import (
    FeeOwed,
    FeeSettled,
    PowerForgone,
    PowerGiven,
    PowerMadeUrgent,
    PowerRevoked,
    ProceedingsDescribed,
    ProceedingsEnded,
    ProceedingsLinked,
    ProceedingsMoved,
    ProceedingsResumed,
    ProceedingsStarted,
    ProceedingsUnlinked,
    PropertyClaimRecorded,
    ProtectionRecorded,
)
from domain.journey.proceedings.state import days_read
from domain.journey.proceedings.term_events import (
    DeadlinesRecomputed,
    TermConfirmed,
    TermOverridden,
    TermRecounted,
    TermReopened,
    TermSettled,
    TermStarted,
)
from domain.law import REASONS
from projections.journey_file.proceedings import FeeRow, ProceedingsRow, ReadingRow, TermRow
from staff.i18n.words import Words
from staff.titles import Titles

Told = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a box, and smaller what belongs to it. `stands`: whether it is still under way."""

    text: str
    details: tuple[str, ...]
    stands: bool = True


def tell(event: Event, titles: Titles) -> Told | None:
    """The line of an event and its details; None where it is about something else."""
    return _course(event, titles) or _power_or_fee(event, titles) or _term(event, titles)


def _course(event: Event, titles: Titles) -> Told | None:
    t = titles.words
    match event:
        case ProceedingsStarted():
            who = ", ".join(t.label(standing) for standing in event.standings)
            text = t("story.proceedings-started", number=event.proceedings, matter=t.label(event.matter), standings=who)
            return text, (t.label(event.stage),)
        case ProceedingsDescribed():
            return t("story.proceedings-described", number=event.proceedings), ()
        case ProceedingsMoved():
            return t("story.proceedings-moved", number=event.proceedings, stage=t.label(event.stage)), ()
        case ProceedingsEnded():
            return t("story.proceedings-ended", number=event.proceedings, outcome=t.label(event.outcome)), ()
        case ProceedingsResumed():
            return t("story.proceedings-resumed", number=event.proceedings), ()
        case ProceedingsLinked():
            return t("story.proceedings-linked", number=event.proceedings, other=event.other), ()
        case ProceedingsUnlinked():
            return t("story.proceedings-unlinked", number=event.proceedings, other=event.other), ()
        case ProtectionRecorded():
            protection, status = t.label(event.protection), t.label(event.status)
            return t("story.protection", number=event.proceedings, protection=protection, status=status), ()
        case PropertyClaimRecorded():
            text = t("story.property-claim", number=event.proceedings, status=t.label(event.status))
            return text, (dinars(event.amount, t),) if event.amount else ()
        case _:
            return None


def _power_or_fee(event: Event, titles: Titles) -> Told | None:
    t = titles.words
    match event:
        case PowerGiven():
            return t("story.power-given", number=event.proceedings), (
                t.label(event.holder_kind),
                t.day(event.given_on),
            )
        case PowerRevoked():
            text = t("story.power-revoked", number=event.proceedings, reason=t.label(event.reason))
            return text, (t("proceedings.power-missing"), t.label(event.urgency)) if event.urgency else ()
        case PowerMadeUrgent():
            return t("story.power-urgent", number=event.proceedings), ()
        case PowerForgone():
            return t("story.power-forgone", number=event.proceedings, reason=t.label(event.reason)), ()
        case FeeOwed():
            kind, amount = t.label(event.kind), f"{event.amount:.2f}"
            text = t("story.fee-owed", number=event.proceedings, kind=kind, amount=amount)
            return text, (t("story.due", day=t.day(event.deadline.due_on)),)
        case FeeSettled():
            return t("story.fee-settled", number=event.fee, outcome=t.label(event.outcome)), ()
        case _:
            return None


def _term(event: Event, titles: Titles) -> Told | None:
    t = titles.words
    match event:
        case TermStarted():
            kind = ObligationKind.TERM
            text = t("story.term-started", number=event.term, title=titles.owed(kind, event.basis.rule))
            return text, tuple(_day(event.counted, event.due_on, t))
        case TermRecounted():
            days = {"was": t.day(event.was), "day": t.day(event.due_on)}
            text = t("story.term-recounted", number=event.term, why=t.label(event.why), **days)
            return text, tuple(_day(event.counted, event.due_on, t))
        case TermConfirmed():
            return t("story.term-confirmed", number=event.term, day=t.day(event.due_on)), ()
        case TermOverridden():
            days = {"was": t.day(event.was), "day": t.day(event.due_on)}
            return t("story.term-overridden", number=event.term, reason=t.label(event.reason), **days), ()
        case TermSettled():
            reason = (t.label(event.reason),) if event.reason else ()
            return t("story.term-settled", number=event.term, outcome=t.label(event.outcome)), reason
        case TermReopened():
            day = t("story.due", day=t.day(event.deadline.due_on))
            return t("story.term-reopened", number=event.term), (day,)
        case DeadlinesRecomputed():
            moved = (
                t("proceedings.moved", number=term.term, was=t.day(term.was), day=t.day(term.due_on))
                for term in event.terms
            )
            return t("story.deadlines-recomputed"), tuple(moved)
        case _:
            return None


def _day(counted: Counted, due_on: date, t: Words) -> Iterator[str]:
    """The day that is followed with its article, and the other days that are arguable."""
    yield t("proceedings.day-with-article", day=t.day(due_on), article=counted.article)
    others = [day for day in days_read(counted) if day != due_on]
    if others:
        yield t("proceedings.disputed", days=", ".join(t.day(day) for day in others))


def proceedings_facts(rows: Sequence[ProceedingsRow], titles: Titles) -> list[Fact]:
    """One line for each case, with what is known of it."""
    return [_proceedings(row, titles.words) for row in rows]


def _proceedings(row: ProceedingsRow, t: Words) -> Fact:
    who = ", ".join(t.label(standing) for standing in row.standings)
    text = t("story.proceedings-started", number=row.number, matter=t.label(row.matter), standings=who)
    details = [t.label(row.outcome or row.stage)]
    details += [t("proceedings.with-other", number=number) for number in row.linked]
    details += [f"{t.label(p.protection)}: {t.label(p.status)}" for p in row.protections]
    if row.claim is not None:
        details.append(t("story.property-claim", number=row.number, status=t.label(row.claim)))
    if row.power_due_at is not None:
        details.append(t("proceedings.power-missing"))
    return Fact(text, tuple(details), row.outcome is None)


def term_facts(rows: Sequence[TermRow], titles: Titles) -> list[tuple[Fact, tuple[str, ...]]]:
    """One line for each term, and why its day is this one: every reading with its reasons."""
    return [_term_fact(row, titles) for row in rows]


def _term_fact(row: TermRow, titles: Titles) -> tuple[Fact, tuple[str, ...]]:
    t = titles.words
    kind = ObligationKind.LIMITATION if row.is_limitation else ObligationKind.TERM
    text = t("story.term-started", number=row.number, title=titles.owed(kind, row.rule))
    day = t("proceedings.day-with-article", day=t.day(row.due_on), article=row.article)
    state = t.label(row.outcome or row.status)
    return Fact(text, (day, state), row.outcome is None), tuple(_reading(reading, t) for reading in row.readings)


def _reading(reading: ReadingRow, t: Words) -> str:
    why = ", ".join(t.title(REASONS[reason]) for reason in reading.reasons)
    return t("proceedings.reading", day=t.day(reading.due_on), why=why)


def fee_facts(rows: Sequence[FeeRow], titles: Titles) -> list[Fact]:
    """One line for each court fee."""
    t = titles.words
    return [
        Fact(
            t("story.fee-owed", number=row.proceedings, kind=t.label(row.kind), amount=f"{row.amount:.2f}"),
            (t.label(row.outcome) if row.outcome else t("story.due", day=t.day(row.due_on)),),
            row.outcome is None,
        )
        for row in rows
    ]


def dinars(amount: Decimal, t: Words) -> str:
    """An amount with its currency."""
    return t("proceedings.amount", amount=f"{amount:.2f}")
