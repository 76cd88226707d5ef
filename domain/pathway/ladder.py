"""A ladder of its own: when something is due that is no step, who is reminded before and who is told after."""

from __future__ import annotations

from domain.codes import Role
from domain.pathway.common import EscalateRung, RemindRung, Span, Unit
from domain.values import Value

USUAL = (EscalateRung(after=Span(count=1), to=Role.SUPERVISOR), EscalateRung(after=Span(count=3), to=Role.ON_CALL))
"""One working day late the supervisor is told, three days late whoever is on call."""


class Ladder(Value):
    """`within`: how long after it began to be owed, where nobody enters a date. The escalation ends at `on-call`."""

    within: Span
    remind: tuple[RemindRung, ...] = ()
    escalate: tuple[EscalateRung, ...] = USUAL


def days_before(*counts: int) -> tuple[RemindRung, ...]:
    """Reminders so many calendar days before."""
    return tuple(RemindRung(before=Span(count=count, unit=Unit.CALENDAR_DAYS)) for count in counts)


def hours(count: int) -> Span:
    """A span of hours."""
    return Span(count=count, unit=Unit.HOURS)
