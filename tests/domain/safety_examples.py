"""One example of every event of consents, safety and the individual plan, with every field filled."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID

from domain.codes import ConsentGiver, ConsentPurpose, Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.consent import ConsentGiven, ConsentWithdrawn
from domain.journey.disclosure import Disclosed, DisclosedByLaw
from domain.journey.majority import ComingOfAgeRecorded
from domain.journey.safety.alerts import AlertAcknowledged, AlertRaised
from domain.journey.safety.assessing import Assessed, DomainLevel
from domain.journey.safety.contact import SafeContactAgreed, SafeContactSuspended, SafeContactVerified
from domain.journey.safety.planning import SafetyPlanAgreed, SafetyPlanEnded, SafetyPlanReviewed
from domain.journey.safety.relocating import RelocatedInEmergency
from domain.journey.safety.rules import (
    Answerer,
    ContactChannel,
    ContactHours,
    ContactRule,
    LeftMessage,
    Suspension,
    Weekday,
)
from domain.journey.safety.state import AlertReason
from domain.journey.service_plan.goals import GoalProgressed, GoalSet
from domain.journey.service_plan.reviews import PlanAgreed, PlanReviewed
from domain.journey.service_plan.state import GoalProgress
from domain.journey.standing import DataCategory
from domain.journey.withdrawal import WithdrawalNotified
from domain.pathway.assessment import Level
from domain.pathway.consent import LegalGround
from domain.pathway.plan import Approval
from domain.sealed import Identity, Notes, Sealed

CLINIC = UUID("9a1c0000-0000-4000-8000-00000000c001")
UNTIL = datetime(2026, 4, 1, 22, tzinfo=UTC)
NAME: Sealed[Identity] = Sealed.from_bytes(bytes(range(64, 128)))
EVENINGS = ContactRule(
    channel=ContactChannel.CALL,
    hours=(ContactHours(days=(Weekday.MONDAY, Weekday.THURSDAY), starts=time(17), ends=time(19, 30)),),
    message=LeftMessage.NEUTRAL,
    answerers=(Answerer.SIBLING,),
)


def safety_examples(at: datetime, note: Sealed[Notes], ladder: Deadline, other: UUID) -> tuple[Event, ...]:
    """The events, all of them at `at`."""
    return (
        ConsentGiven(
            occurred_at=at,
            purpose=ConsentPurpose.MEDICAL,
            giver=ConsentGiver.GUARDIAN,
            recipient=CLINIC,
            guardian=other,
            valid_until=UNTIL,
            deadline=ladder,
            note=note,
        ),
        ConsentWithdrawn(occurred_at=at, purpose=ConsentPurpose.MEDICAL, recipient=CLINIC, deadline=ladder, note=note),
        WithdrawalNotified(occurred_at=at, purpose=ConsentPurpose.MEDICAL, recipient=CLINIC, note=note),
        ComingOfAgeRecorded(
            occurred_at=at,
            adult_on=date(2026, 6, 1),
            adult_at=UNTIL,
            guardian_until=UNTIL,
            deadline=ladder,
            corrects=7,
        ),
        Disclosed(
            occurred_at=at,
            categories=(DataCategory.HEALTH,),
            recipient=CLINIC,
            purpose=ConsentPurpose.MEDICAL,
            consent=f"consent:medical:{CLINIC}",
            consent_version=9,
            note=note,
        ),
        DisclosedByLaw(
            occurred_at=at,
            categories=(DataCategory.WHEREABOUTS, DataCategory.RISK),
            recipient=CLINIC,
            purpose=ConsentPurpose.ASSISTANCE,
            ground=LegalGround.DANGER_TO_LIFE,
            article="ZZPL 12 (1)(4)",
            note=note,
        ),
        SafeContactAgreed(
            occurred_at=at,
            zone="Europe/Belgrade",
            rules=(EVENINGS,),
            valid_until=UNTIL,
            deadline=ladder,
            neutral_name=NAME,
            code_word=NAME,
            note=note,
        ),
        SafeContactVerified(occurred_at=at, valid_until=UNTIL, deadline=ladder, note=note),
        SafeContactSuspended(occurred_at=at, reason=Suspension.OVERHEARD, deadline=ladder, note=note),
        AlertRaised(occurred_at=at, number=2, reason=AlertReason.RISK_RAISED, deadline=ladder, level=Level.HIGH),
        AlertAcknowledged(occurred_at=at, number=2, note=note),
        Assessed(
            occurred_at=at,
            assessment="risk",
            levels=(DomainLevel(domain="threats", level=Level.HIGH), DomainLevel(domain="health", level=Level.NONE)),
            overall=Level.HIGH,
            deadline=ladder,
            note=note,
        ),
        SafetyPlanAgreed(occurred_at=at, deadline=ladder, plan=note),
        SafetyPlanReviewed(occurred_at=at, deadline=ladder, note=note),
        SafetyPlanEnded(occurred_at=at, note=note),
        RelocatedInEmergency(occurred_at=at, deadline=ladder, transport=("step:transport:1",), note=note),
        PlanAgreed(occurred_at=at, approval=Approval.PENDING, deadline=ladder, note=note),
        PlanReviewed(occurred_at=at, deadline=ladder, note=note),
        GoalSet(
            occurred_at=at,
            number=1,
            goal="safe-home",
            measures=("find-flat",),
            role=Role.CASEWORKER,
            target_on=date(2026, 9, 1),
            deadline=ladder,
            text=note,
        ),
        GoalProgressed(
            occurred_at=at,
            number=1,
            goal="safe-home",
            progress=GoalProgress.PARTLY_REACHED,
            target_on=date(2026, 10, 1),
            deadline=ladder,
            note=note,
        ),
    )
