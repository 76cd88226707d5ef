"""What commands about consents, disclosures, safety and the individual plan start, in words, before they are saved."""

from __future__ import annotations

from domain.deadline import Deadline
from domain.event import Event
from domain.journey.consent import ConsentGiven, ConsentWithdrawn
from domain.journey.disclosure import Disclosed, DisclosedByLaw
from domain.journey.majority import ComingOfAgeRecorded
from domain.journey.safety.alerts import AlertRaised
from domain.journey.safety.assessing import Assessed
from domain.journey.safety.contact import SafeContactAgreed, SafeContactSuspended, SafeContactVerified
from domain.journey.safety.planning import SafetyPlanAgreed, SafetyPlanReviewed
from domain.journey.safety.relocating import RelocatedInEmergency
from domain.journey.service_plan.goals import GoalSet
from domain.journey.service_plan.reviews import PlanAgreed, PlanReviewed
from staff.titles import Titles

Foretold = tuple[str, tuple[str, ...], Deadline | None]
"""A sentence, its details, and the deadline whose ladder is to be told with it."""


def foretell_safety(event: Event, titles: Titles) -> Foretold | None:
    """None for an event of another part, or one that starts nothing."""
    t = titles.words
    match event:
        case ConsentGiven():
            until = (t("what.consent-until", day=t.day(event.deadline.due_on)),) if event.deadline else ()
            return t("what.consent-given", purpose=t.label(event.purpose)), until, None
        case ConsentWithdrawn():
            details = (t("what.consent-stays-lawful"), *((t("what.recipient-told"),) if event.deadline else ()))
            return t("what.consent-withdrawn", purpose=t.label(event.purpose)), details, event.deadline
        case ComingOfAgeRecorded():
            return t("what.own-consent"), (), event.deadline
        case Disclosed():
            return t("what.disclosed"), (), None
        case DisclosedByLaw():
            return t("what.disclosed-by-law", article=event.article), (), None
        case _:
            return _dated(event, titles)


def _dated(event: Event, titles: Titles) -> Foretold | None:
    """What has a ladder of its own."""
    t = titles.words
    match event:
        case Assessed():
            title, level = titles.assessment(event.assessment), t.label(event.overall)
            return t("what.assessed", title=title, level=level), (), event.deadline
        case AlertRaised():
            return t("what.alert", reason=t.label(event.reason)), (), event.deadline
        case SafeContactAgreed() | SafeContactVerified():
            return t("what.safe-contact", day=t.day(event.deadline.due_on)), (), event.deadline
        case SafeContactSuspended():
            return t("what.contact-stops"), (), event.deadline
        case RelocatedInEmergency():
            return t("what.relocated"), (), event.deadline
        case SafetyPlanAgreed() | SafetyPlanReviewed():
            return t("what.safety-plan"), (), event.deadline
        case PlanAgreed() | PlanReviewed():
            return t("what.plan"), (), event.deadline
        case GoalSet():
            return t("what.goal", goal=titles.goal(event.goal)), (), event.deadline
        case _:
            return None
