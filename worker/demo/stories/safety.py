"""Safe contact, assessments, consents towards others and the individual plan, as two of the journeys have them."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid5

from domain.codes import ClosingReason, ConsentPurpose, Role
from domain.journey.approval.commands import AskApproval
from domain.journey.consent import GiveConsent
from domain.journey.disclosure import Disclose
from domain.journey.safety.alerts import AcknowledgeAlert
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.journey.safety.contact import AgreeSafeContact
from domain.journey.safety.rules import Answerer, ContactChannel, ContactHours, ContactRule, LeftMessage, Weekday
from domain.journey.service_plan.goals import ProgressGoal, SetGoal
from domain.journey.service_plan.reviews import AgreePlan
from domain.journey.service_plan.state import GoalProgress
from domain.journey.standing import DataCategory
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.assessment import Level
from worker.demo.stories.turns import agrees, begin, set_day, to_the_present, until, until_open
from worker.demo.tale import NAMESPACE, Story, Tale

CLINIC = uuid5(NAMESPACE, "a clinic")
WORKDAYS = tuple(Weekday)[:5]
_SOON = timedelta(minutes=25)


def called_yesterday(tale: Tale) -> Story:
    """A first call, and what the client said about calling back."""
    yield from begin(tale, -1)
    yield tale.now + _SOON
    tale.tell(_evenings(), Role.CONSULTANT, "Ако се јави брат, рећи да је погрешан број.")
    yield from to_the_present(tale)


def nearly_there(tale: Tale) -> Story:
    """Living on her own; a plan that the supervisor agreed to, a risk that rose; the closure waits for approval."""
    yield from begin(tale, -470)
    yield from until_open(tale, "closure-review")
    set_day(tale, "closure-review", tale.days.near(12))
    yield from until(tale, -26)
    tale.tell(_evenings())
    tale.tell(_assessed(tale, "risk", Level.LOW))
    tale.tell(SetGoal(goal="safe-home", target_on=tale.days.near(80), measures=("accommodation",)))
    tale.tell(SetGoal(goal="own-income", target_on=tale.days.near(95), measures=("training", "material-help")))
    tale.tell(AgreePlan())
    yield tale.now + _SOON
    agrees(tale)
    yield from until(tale, -18)
    tale.tell(GiveConsent(purpose=ConsentPurpose.MEDICAL, recipient=CLINIC))
    tale.tell(Disclose(categories=(DataCategory.HEALTH,), recipient=CLINIC, purpose=ConsentPurpose.MEDICAL))
    yield from until(tale, -12)
    tale.tell(_assessed(tale, "risk", Level.MODERATE), note="Непознат број зове сваког дана.")
    yield tale.now + _SOON
    tale.tell(AcknowledgeAlert(number=1), Role.SUPERVISOR, "Број блокиран, договорене су друге вечери.")
    tale.tell(_evenings())
    tale.tell(ProgressGoal(number=1, progress=GoalProgress.PARTLY_REACHED))
    yield from until(tale, -1)
    tale.tell(AskApproval(matter=ApprovalMatter.CLOSURE, reason=ClosingReason.GOALS_REACHED))
    yield from to_the_present(tale)


def _evenings() -> AgreeSafeContact:
    """Calls on weekdays from four to eight; a neutral message by text at any hour of the day."""
    calls = ContactRule(
        channel=ContactChannel.CALL,
        hours=(ContactHours(days=WORKDAYS, starts=time(16), ends=time(20)),),
        answerers=(Answerer.FRIEND,),
    )
    texts = ContactRule(
        channel=ContactChannel.TEXT_MESSAGE,
        hours=(ContactHours(days=tuple(Weekday), starts=time(8), ends=time(22)),),
        message=LeftMessage.NEUTRAL,
    )
    return AgreeSafeContact(rules=(calls, texts))


def _assessed(tale: Tale, kind: str, highest: Level) -> Assess:
    """Low in every domain but the second."""
    form = next(a for a in tale.pinned.pathway.assessments if a.assessment == kind)
    levels = tuple(
        DomainLevel(domain=d.domain, level=highest if place == 1 else Level.LOW) for place, d in enumerate(form.domains)
    )
    return Assess(assessment=kind, levels=levels)
