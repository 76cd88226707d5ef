"""The small pathway with rules for consents, safety and the individual plan, and what tests of them share."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from domain.codes import ConsentPurpose, Role
from domain.journey.disclosure import Disclose
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.journey.safety.contact import AgreeSafeContact
from domain.journey.safety.rules import ContactChannel, ContactHours, ContactRule, LeftMessage, Weekday
from domain.journey.standing import DataCategory
from domain.pathway.approvals import ApprovalMatter, ApprovalRule
from domain.pathway.assessment import Assessment, AssessmentDomain, Level, SoonerReview
from domain.pathway.consent import ConsentRules, Ground, LegalGround
from domain.pathway.ladder import Ladder, days_before
from domain.pathway.model import Pathway, Span, Title, Unit
from domain.pathway.plan import GoalKind, Measure, PlanRules
from domain.pathway.safety import EmergencyRules, SafetyRules
from tests.domain.given import Given, assigned, entered, given, opened, step_opened
from tests.pathway_examples import days, small_pathway

CLINIC = UUID("9a1c0000-0000-4000-8000-00000000c001")
SHELTER = UUID("9a1c0000-0000-4000-8000-00000000c002")
ANY = Title(sr="Област", en="Domain")
ALL_DAYS = tuple(Weekday)
WORKDAYS = ALL_DAYS[:5]
REFERRAL, MEDICAL = ConsentPurpose.REFERRAL, ConsentPurpose.MEDICAL


def careful_pathway() -> Pathway:
    """Everything of this part: two domains of risk, one of needs, two goals; `visit` is the ride."""
    review = Ladder(within=Span(count=3, unit=Unit.MONTHS), remind=days_before(7))
    return small_pathway().model_copy(update=sections(review, transport=("visit",)))


def sections(review: Ladder, transport: tuple[str, ...]) -> dict[str, object]:
    """The sections, as an update of any pathway."""
    risk = Assessment(
        assessment="risk",
        title=ANY,
        domains=(AssessmentDomain(domain="threats", title=ANY), AssessmentDomain(domain="housing", title=ANY)),
        review=review,
        sooner=(
            SoonerReview(at_least=Level.HIGH, within=days(7)),
            SoonerReview(at_least=Level.EXTREME, within=days(1)),
        ),
        alerts=True,
    )
    needs = Assessment(
        assessment="needs", title=ANY, domains=(AssessmentDomain(domain="health", title=ANY),), review=review
    )
    plan = PlanRules(
        goals=(GoalKind(goal="safe-home", title=ANY), GoalKind(goal="schooling", title=ANY)),
        measures=(Measure(measure="find-flat", title=ANY),),
        review=review,
    )
    return {
        "consent": ConsentRules(grounds=(Ground(ground=LegalGround.DANGER_TO_LIFE, article="ZZPL 12 (1)(4)"),)),
        "safety": SafetyRules(emergency=EmergencyRules(transport=transport)),
        "assessments": (risk, needs),
        "plan": plan,
        "approvals": (ApprovalRule(matter=ApprovalMatter.PLAN),),
    }


def careful() -> Given:
    """A journey with Mila as caseworker and its first step open, on the careful pathway."""
    return given(
        opened(), assigned(), assigned(Role.SUPERVISOR, UUID(int=7)), entered("intake"), step_opened("contact")
    ).on(careful_pathway())


def calls(*, on: tuple[Weekday, ...] = WORKDAYS, starts: time = time(17), ends: time = time(19)) -> ContactRule:
    """Calls in the evening; a neutral word may be left."""
    hours = ContactHours(days=on, starts=starts, ends=ends)
    return ContactRule(channel=ContactChannel.CALL, hours=(hours,), message=LeftMessage.NEUTRAL)


def agree(*rules: ContactRule) -> AgreeSafeContact:
    """Evening calls, unless other rules are given."""
    return AgreeSafeContact(rules=rules or (calls(),))


def tell(recipient: UUID = CLINIC, purpose: ConsentPurpose = MEDICAL, ground: LegalGround | None = None) -> Disclose:
    """What is needed goes to the clinic."""
    return Disclose(categories=(DataCategory.HEALTH,), recipient=recipient, purpose=purpose, ground=ground)


def risk(threats: Level, housing: Level = Level.LOW) -> Assess:
    """An assessment of risk."""
    levels = (DomainLevel(domain="threats", level=threats), DomainLevel(domain="housing", level=housing))
    return Assess(assessment="risk", levels=levels)
