"""Section `safety`: how long a safe contact is believed, what an emergency stops, and who is told at once."""

from __future__ import annotations

from domain.codes import Role
from domain.pathway.common import EscalateRung, Span, Unit
from domain.pathway.ladder import USUAL, Ladder, days_before, hours
from domain.values import Code, Value


class AlertRules(Value):
    """An alert is told at once to the caseworker and to `tell`; unanswered, it climbs. All spans are in hours."""

    tell: tuple[Role, ...] = (Role.SUPERVISOR,)
    answer_within: Span = hours(1)
    escalate: tuple[EscalateRung, ...] = (
        EscalateRung(after=hours(1), to=Role.SUPERVISOR),
        EscalateRung(after=hours(2), to=Role.ON_CALL),
    )


class SafeContactRules(Value):
    """`valid_for`: what was agreed is believed so long, counted from the last time somebody asked again."""

    valid_for: Span = Span(count=30, unit=Unit.CALENDAR_DAYS)
    verify: Ladder = Ladder(within=Span(count=0), remind=days_before(7, 2))


class EmergencyRules(Value):
    """`transport` names the steps whose arrangements an emergency relocation puts in doubt."""

    contact_plan: Ladder = Ladder(
        within=hours(12),
        escalate=(EscalateRung(after=hours(1), to=Role.SUPERVISOR), EscalateRung(after=hours(4), to=Role.ON_CALL)),
    )
    transport: tuple[Code, ...] = ()


class SafetyRules(Value):
    """Everything that keeps a client, and whoever calls them, out of danger."""

    alert: AlertRules = AlertRules()
    safe_contact: SafeContactRules = SafeContactRules()
    emergency: EmergencyRules = EmergencyRules()
    plan: Ladder = Ladder(within=Span(count=1, unit=Unit.MONTHS), remind=days_before(7, 2), escalate=USUAL)
    """Until the safety plan is looked at again."""
