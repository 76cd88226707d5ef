"""How long a situation of a service may last: the rule of the catalogue as a deadline with its ladder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.codes import Mover
from domain.deadline import Deadline, deadline_at, deadline_on, step_deadline
from domain.journey.deciding import Surroundings
from domain.pathway.common import EscalateRung, RemindRung, Span
from domain.pathway.model import Due
from domain.pathway.services import ServiceKind, Services, Situation, SituationRule, Term


@dataclass(frozen=True, slots=True)
class Timed:
    """What a deadline is made of (`domain.deadline.Laddered`)."""

    due: Due
    waits_on: Mover
    remind: tuple[RemindRung, ...]
    stalled_after: Span
    escalate: tuple[EscalateRung, ...]


def timed(rule: SituationRule, waits_on: Mover, within: Span | None = None) -> Timed:
    """A rule, with another length where the rhythm of the service says so."""
    return Timed(Due(within=within or rule.within), waits_on, rule.remind, rule.stalled_after, rule.escalate)


def timed_term(term: Term) -> Timed:
    """A term of a service's record."""
    due = Due(within=term.within, article=term.article, roll=term.roll)
    return Timed(due, term.waits_on, term.remind, term.stalled_after, term.escalate)


def due_from(what: Timed, anchor: datetime, surroundings: Surroundings) -> Deadline:
    """The deadline counted from `anchor`."""
    return step_deadline(what, surroundings.pathway, now=surroundings.now, anchor=anchor)


def due_soon(
    services: Services, kind: ServiceKind, situation: Situation, waits_on: Mover, surroundings: Surroundings
) -> Deadline:
    """The deadline of a situation that is there again; where its date came from elsewhere, a new one is soon due."""
    rule = services.rule(situation, kind)
    within = rule.within if rule.within.count else services.rule(Situation.FROZEN, kind).within
    return due_from(timed(rule, waits_on, within), surroundings.now, surroundings)


def due_at(what: Timed, at: datetime, surroundings: Surroundings) -> Deadline:
    """The deadline at an instant: an appointment."""
    return deadline_at(what, surroundings.pathway, now=surroundings.now, due_at=at)


def due_on(what: Timed, on: date, surroundings: Surroundings) -> Deadline:
    """The deadline at the end of an office day."""
    return deadline_on(what, surroundings.pathway, now=surroundings.now, due_on=on)
