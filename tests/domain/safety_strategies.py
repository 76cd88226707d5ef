"""Random commands about consents, disclosures, safety and the individual plan; often ones that make sense."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

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

FEW_PURPOSES = (ConsentPurpose.MEDICAL, ConsentPurpose.MEDICAL, ConsentPurpose.REFERRAL)
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


def _days(now: datetime, pathway: Pathway, first: int, last: int) -> st.SearchStrategy[date]:
    today = local_date(now, pathway.zone)
    return st.integers(first, last).map(lambda n: today + timedelta(days=n))


def _occurred(now: datetime) -> st.SearchStrategy[datetime | None]:
    return st.none() | st.integers(-1, 200).map(lambda n: now - timedelta(hours=n))


@st.composite
def consent_commands(draw: st.DrawFn, pathway: Pathway, now: datetime) -> Command:
    """Consents given and withdrawn, recipients told, days of coming of age, and disclosures above all."""
    purpose = draw(st.sampled_from(FEW_PURPOSES))
    recipient, told = (
        draw(st.sampled_from((None, CLINIC, CLINIC, CLINIC))),
        draw(st.sampled_from((CLINIC, CLINIC, SHELTER))),
    )
    occurred = draw(_occurred(now))
    match draw(st.integers(0, 9)):
        case 0 | 1 | 2:
            giver = draw(st.sampled_from(ConsentGiver))
            return GiveConsent(
                purpose=purpose,
                giver=giver,
                recipient=recipient,
                guardian=draw(st.sampled_from((None, OTHER))) if giver is ConsentGiver.GUARDIAN else None,
                valid_until=draw(st.none() | _days(now, pathway, -3, 100)),
                occurred_at=occurred,
            )
        case 3 | 4:
            scope = draw(st.sampled_from(WithdrawalScope))
            return WithdrawConsent(purpose=purpose, recipient=recipient, scope=scope, occurred_at=occurred)
        case 5:
            if draw(st.booleans()):
                return NotifyWithdrawal(purpose=purpose, recipient=told)
            return RecordComingOfAge(adult_on=draw(_days(now, pathway, -300, 300)))
        case _:
            return Disclose(
                categories=(DataCategory.HEALTH,),
                recipient=told,
                purpose=purpose,
                ground=draw(st.sampled_from((*(None,) * 12, *LegalGround))),
                occurred_at=occurred,
            )


@st.composite
def safety_commands(draw: st.DrawFn, journey: Journey, pathway: Pathway, now: datetime) -> Command:
    """Any command of these parts."""
    ahead = draw(st.none() | _days(now, pathway, -3, 500))
    occurred = draw(_occurred(now))
    seen = draw(st.sampled_from((None, None, 1, journey.version)))
    match draw(st.integers(0, 15)):
        case 0:
            rules = tuple(draw(st.lists(contact_rules(), min_size=1, max_size=2)))
            zone = draw(st.sampled_from((None, "Europe/London")))
            return AgreeSafeContact(rules=rules, zone=zone, valid_until=ahead, occurred_at=occurred)
        case 1:
            return VerifySafeContact(valid_until=ahead, seen=seen, occurred_at=occurred)
        case 2:
            return SuspendSafeContact(reason=draw(st.sampled_from(Suspension)))
        case 3:
            return RelocateInEmergency(occurred_at=occurred)
        case 4:
            return AcknowledgeAlert(number=draw(st.integers(1, 4)))
        case 5:
            forms = {a.assessment: tuple(d.domain for d in a.domains) for a in pathway.assessments}
            form, domains = draw(st.sampled_from((*forms.items(), ("nowhere", ("threats",)))))
            levels = tuple(DomainLevel(domain=domain, level=draw(st.sampled_from(Level))) for domain in domains)
            return Assess(assessment=form, levels=levels, seen=seen, occurred_at=occurred)
        case 6:
            return AgreeSafetyPlan(plan=NOTE, review_on=ahead)
        case 7:
            return draw(st.sampled_from((ReviewSafetyPlan(review_on=ahead, seen=seen), EndSafetyPlan())))
        case 8:
            goal, role = draw(st.sampled_from(("safe-home", "schooling", "nowhere"))), draw(st.sampled_from(Role))
            return SetGoal(goal=goal, target_on=draw(_days(now, pathway, -2, 300)), role=role)
        case 9:
            number, progress = draw(st.integers(1, 4)), draw(st.sampled_from(GoalProgress))
            return ProgressGoal(number=number, progress=progress, target_on=ahead, seen=seen)
        case 10:
            return draw(st.sampled_from((AgreePlan(occurred_at=occurred), ReviewPlan(seen=seen))))
        case _:
            return draw(consent_commands(pathway, now))
