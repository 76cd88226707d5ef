"""Random commands about consents, disclosures, safety and the individual plan; often ones that make sense."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from hypothesis import strategies as st

from domain.calendar import local_date
from domain.codes import ConsentGiver, ConsentPurpose, Role
from domain.command import Command
from domain.journey import Journey
from domain.journey.consent import GiveConsent, WithdrawalScope, WithdrawConsent
from domain.journey.disclosure import Disclose
from domain.journey.majority import RecordComingOfAge
from domain.journey.safety.alerts import AcknowledgeAlert
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.journey.safety.contact import AgreeSafeContact, SuspendSafeContact, VerifySafeContact
from domain.journey.safety.planning import AgreeSafetyPlan, EndSafetyPlan, ReviewSafetyPlan
from domain.journey.safety.relocating import RelocateInEmergency
from domain.journey.safety.rules import (
    Answerer,
    ContactChannel,
    ContactHours,
    ContactRule,
    LeftMessage,
    Suspension,
    Weekday,
)
from domain.journey.service_plan.goals import ProgressGoal, SetGoal
from domain.journey.service_plan.reviews import AgreePlan, ReviewPlan
from domain.journey.service_plan.state import GoalProgress
from domain.journey.standing import DataCategory
from domain.journey.withdrawal import NotifyWithdrawal
from domain.pathway.assessment import Level
from domain.pathway.consent import LegalGround
from domain.pathway.model import Pathway
from tests.domain.careful import CLINIC, SHELTER
from tests.domain.given import NOTE, OTHER

FEW_PURPOSES = (ConsentPurpose.MEDICAL, ConsentPurpose.REFERRAL)
"""So few that a disclosure often meets its consent."""


def contact_rules() -> st.SearchStrategy[ContactRule]:
    """Any hours of any days."""
    begins = st.integers(0, 22)
    hours = st.builds(
        lambda days, at, length: ContactHours(
            days=tuple(days), starts=time(at), ends=time((at + length) % 24 if at + length <= 24 else 0)
        ),
        st.sets(st.sampled_from(Weekday), min_size=1),
        begins,
        st.integers(1, 24),
    )
    return st.builds(
        ContactRule,
        channel=st.sampled_from(ContactChannel),
        hours=st.lists(hours, min_size=1, max_size=2).map(tuple),
        message=st.sampled_from(LeftMessage),
        answerers=st.lists(st.sampled_from(Answerer), max_size=2).map(tuple),
    )


@st.composite
def safety_commands(draw: st.DrawFn, journey: Journey, pathway: Pathway, now: datetime) -> Command:
    """Any command of these parts."""
    ahead = st.none() | st.integers(-3, 500).map(lambda n: local_date(now, pathway.zone) + timedelta(days=n))
    occurred = st.none() | st.integers(-1, 400).map(lambda n: now - timedelta(hours=n))
    recipient = st.sampled_from((None, CLINIC, CLINIC, SHELTER))
    told = st.sampled_from((CLINIC, SHELTER))
    purpose = st.sampled_from(FEW_PURPOSES)
    levels = {
        form.assessment: tuple(DomainLevel(domain=d.domain, level=draw(st.sampled_from(Level))) for d in form.domains)
        for form in pathway.assessments
    } or {"risk": (DomainLevel(domain="threats", level=Level.HIGH),)}
    giver = draw(st.sampled_from(ConsentGiver))
    guardian = st.sampled_from((None, None, OTHER)) if giver is ConsentGiver.GUARDIAN else st.none()
    days = local_date(now, pathway.zone)
    seen = st.sampled_from((None, None, 1, journey.version))
    consents = (
        st.builds(
            GiveConsent,
            purpose=purpose,
            giver=st.just(giver),
            recipient=recipient,
            guardian=guardian,
            valid_until=ahead,
            occurred_at=occurred,
        ),
        st.builds(
            WithdrawConsent,
            purpose=purpose,
            recipient=recipient,
            scope=st.sampled_from(WithdrawalScope),
            occurred_at=occurred,
        ),
        st.builds(NotifyWithdrawal, purpose=purpose, recipient=told),
        st.builds(RecordComingOfAge, adult_on=st.integers(-900, 900).map(lambda n: days + timedelta(days=n))),
        st.builds(
            Disclose,
            categories=st.just((DataCategory.HEALTH,)),
            recipient=told,
            purpose=purpose,
            ground=st.sampled_from((None, None, *LegalGround)),
            occurred_at=occurred,
        ),
    )
    safety = (
        st.builds(
            AgreeSafeContact,
            rules=st.lists(contact_rules(), min_size=1, max_size=2).map(tuple),
            zone=st.sampled_from((None, "Europe/London")),
            valid_until=ahead,
            occurred_at=occurred,
        ),
        st.builds(VerifySafeContact, valid_until=ahead, seen=seen, occurred_at=occurred),
        st.builds(SuspendSafeContact, reason=st.sampled_from(Suspension)),
        st.builds(RelocateInEmergency, occurred_at=occurred),
        st.builds(AcknowledgeAlert, number=st.integers(1, 4)),
        st.sampled_from(sorted(levels)).map(lambda form: Assess(assessment=form, levels=levels[form])),
        st.builds(AgreeSafetyPlan, plan=st.just(NOTE), review_on=ahead),
        st.builds(ReviewSafetyPlan, review_on=ahead, seen=seen),
        st.builds(EndSafetyPlan),
    )
    plan = (
        st.builds(
            SetGoal,
            goal=st.sampled_from(("safe-home", "schooling", "nowhere")),
            target_on=st.integers(-2, 300).map(lambda n: days + timedelta(days=n)),
            role=st.sampled_from(Role),
        ),
        st.builds(
            ProgressGoal,
            number=st.integers(1, 4),
            progress=st.sampled_from(GoalProgress),
            target_on=ahead,
            seen=seen,
        ),
        st.builds(AgreePlan, occurred_at=occurred),
        st.builds(ReviewPlan, seen=seen),
    )
    found: Command = draw(st.one_of(*consents, *consents, *safety, *plan))
    return found
