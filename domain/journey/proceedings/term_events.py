"""The events of terms and limitations. Each that counts holds rule, readings, article and calendar of its answer."""

from __future__ import annotations

from datetime import date

from domain.codes import Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.proceedings.basis import Counted, TermBasis
from domain.journey.proceedings.codes import RecountReason, TermOutcome, TermOverrideReason, WaiverReason
from domain.journey.proceedings.state import term_key
from domain.law import Duty, Severity
from domain.pathway.common import Span
from domain.sealed import Notes, Sealed
from domain.values import Count, Value


class TermStarted(Event, topic="journey.term-started"):
    """A term of procedure or a limitation runs. No lawyer has confirmed it: `due_on` is its earliest arguable reading.

    `disputed`: readings end on different days. `restores` is the missed term for which restoration may be asked.
    """

    term: Count
    proceedings: Count | None = None
    basis: TermBasis
    counted: Counted
    due_on: date
    disputed: bool
    duty: Duty
    severity: Severity
    role: Role
    stalled_after: Span
    deadline: Deadline
    confirm_by: Deadline
    restores: Count | None = None
    note: Sealed[Notes] | None = None


class TermRecounted(Event, topic="journey.term-recounted"):
    """Counted again, since what it runs from was corrected, interrupted or suspended; to be confirmed again.

    `corrects` is the version of the event that counted from the wrong days; `was` the day that the alarm followed.
    """

    term: Count
    why: RecountReason
    corrects: Count | None = None
    basis: TermBasis
    counted: Counted
    was: date
    due_on: date
    disputed: bool
    deadline: Deadline
    confirm_by: Deadline
    note: Sealed[Notes] | None = None


class TermConfirmed(Event, topic="journey.term-confirmed"):
    """A lawyer answers for `due_on`, one of the readings; `deadline` where the alarm follows another day now."""

    term: Count
    due_on: date
    deadline: Deadline | None = None
    note: Sealed[Notes] | None = None


class TermOverridden(Event, topic="journey.term-overridden"):
    """A lawyer holds another day right, and says why."""

    term: Count
    was: date
    due_on: date
    reason: TermOverrideReason
    deadline: Deadline
    note: Sealed[Notes] | None = None


class TermSettled(Event, topic="journey.term-settled"):
    """It was met, let pass, missed, or restored."""

    term: Count
    outcome: TermOutcome
    reason: WaiverReason | None = None
    note: Sealed[Notes] | None = None


class TermReopened(Event, topic="journey.term-reopened"):
    """That it had ended was a mistake; `corrects` is the version of the event that said so."""

    term: Count
    corrects: Count
    deadline: Deadline
    confirm_by: Deadline
    note: Sealed[Notes] | None = None


class RecomputedTerm(Value):
    """One term that ends on another day, or in other readings, by the calendar and the suspensions of now."""

    term: Count
    counted: Counted
    was: date
    due_on: date
    disputed: bool
    deadline: Deadline
    confirm_by: Deadline


class DeadlinesRecomputed(Event, topic="journey.deadlines-recomputed"):
    """Somebody had the terms counted again by a changed calendar or list of suspensions, and saw what would move."""

    terms: tuple[RecomputedTerm, ...]
    note: Sealed[Notes] | None = None


def deadlines_of(event: Event) -> dict[str, Deadline]:
    """The deadlines that an event of this module sets, by the obligation that each is of."""
    match event:
        case TermStarted() | TermRecounted() | TermReopened():
            return _both(event.term, event.deadline, event.confirm_by)
        case TermConfirmed() | TermOverridden():
            return {term_key(event.term): event.deadline} if event.deadline else {}
        case DeadlinesRecomputed():
            return {key: at for t in event.terms for key, at in _both(t.term, t.deadline, t.confirm_by).items()}
        case _:
            return {}


def _both(term: int, deadline: Deadline, confirm_by: Deadline) -> dict[str, Deadline]:
    return {term_key(term): deadline, term_key(term, "confirmation"): confirm_by}
