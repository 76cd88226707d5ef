"""The timeline's lines about consents towards others, disclosures, safety and the individual plan."""

from __future__ import annotations

from domain.event import Event
from domain.journey.consent import ConsentGiven, ConsentWithdrawn
from domain.journey.disclosure import Disclosed, DisclosedByLaw
from domain.journey.majority import ComingOfAgeRecorded
from domain.journey.safety.alerts import AlertAcknowledged, AlertRaised
from domain.journey.safety.assessing import Assessed
from domain.journey.safety.contact import SafeContactAgreed, SafeContactSuspended, SafeContactVerified
from domain.journey.safety.planning import SafetyPlanAgreed, SafetyPlanEnded, SafetyPlanReviewed
from domain.journey.safety.relocating import RelocatedInEmergency
from domain.journey.service_plan.goals import GoalProgressed, GoalSet
from domain.journey.service_plan.reviews import PlanAgreed, PlanReviewed
from domain.journey.withdrawal import WithdrawalNotified
from staff.titles import Titles

Told = tuple[str, tuple[str, ...]]


def tell_safety(event: Event, titles: Titles) -> Told | None:
    """The line and its details; none for an event of another part."""
    t = titles.words
    match event:
        case ConsentGiven():
            key = "story.consent-given-to" if event.recipient else "story.consent-given"
            until = (t("story.until", day=t.day(event.deadline.due_on)),) if event.deadline else ()
            return t(key, purpose=t.label(event.purpose), giver=t.label(event.giver)), until
        case ConsentWithdrawn():
            key = "story.consent-withdrawn-from" if event.recipient else "story.consent-withdrawn"
            told = (t("story.must-be-told", day=t.day(event.deadline.due_on)),) if event.deadline else ()
            return t(key, purpose=t.label(event.purpose)), told
        case WithdrawalNotified():
            return t("story.withdrawal-notified", purpose=t.label(event.purpose)), ()
        case ComingOfAgeRecorded():
            return t("story.coming-of-age", day=t.day(event.adult_on)), ()
        case Disclosed():
            return t("story.disclosed", purpose=t.label(event.purpose)), _categories(event, titles)
        case DisclosedByLaw():
            text = t("story.disclosed-by-law", ground=t.label(event.ground), article=event.article)
            return text, _categories(event, titles)
        case _:
            return _contact(event, titles) or _plans(event, titles)


def _categories(event: Disclosed | DisclosedByLaw, titles: Titles) -> tuple[str, ...]:
    return tuple(titles.words.label(category) for category in event.categories)


def _contact(event: Event, titles: Titles) -> Told | None:
    t = titles.words
    match event:
        case SafeContactAgreed():
            return t("story.safe-contact-agreed"), (t("story.until", day=t.day(event.deadline.due_on)),)
        case SafeContactVerified():
            return t("story.safe-contact-verified"), (t("story.until", day=t.day(event.deadline.due_on)),)
        case SafeContactSuspended():
            return t("story.safe-contact-suspended", reason=t.label(event.reason)), ()
        case RelocatedInEmergency():
            by = t("story.contact-plan-by", moment=t.moment(event.deadline.due_at))
            return t("story.relocated"), (by, *(titles.part(ride) for ride in event.transport))
        case AlertRaised():
            level = (t.label(event.level),) if event.level else ()
            return t("story.alert-raised", reason=t.label(event.reason)), level
        case AlertAcknowledged():
            return t("story.alert-acknowledged"), ()
        case _:
            return None


def _plans(event: Event, titles: Titles) -> Told | None:
    t = titles.words
    match event:
        case Assessed():
            text = t("story.assessed", title=titles.assessment(event.assessment), level=t.label(event.overall))
            return text, (t("story.due", day=t.day(event.deadline.due_on)),)
        case SafetyPlanAgreed():
            return t("story.safety-plan-agreed"), (t("story.due", day=t.day(event.deadline.due_on)),)
        case SafetyPlanReviewed():
            return t("story.safety-plan-reviewed"), (t("story.due", day=t.day(event.deadline.due_on)),)
        case SafetyPlanEnded():
            return t("story.safety-plan-ended"), ()
        case PlanAgreed():
            return t("story.plan-agreed"), (t.label(event.approval), t("story.due", day=t.day(event.deadline.due_on)))
        case PlanReviewed():
            return t("story.plan-reviewed"), (t("story.due", day=t.day(event.deadline.due_on)),)
        case GoalSet():
            return t("story.goal-set", goal=titles.goal(event.goal)), (t("story.due", day=t.day(event.target_on)),)
        case GoalProgressed():
            due = (t("story.due", day=t.day(event.target_on)),) if event.target_on else ()
            return t("story.goal-progressed", goal=titles.goal(event.goal), progress=t.label(event.progress)), due
        case _:
            return None
