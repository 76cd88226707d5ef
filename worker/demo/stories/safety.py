"""Safe contact, assessments, consents towards others and the individual plan, as two of the journeys have them."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import ClosingReason, ConsentPurpose, Role
from domain.journey.approval.commands import AskApproval, RefuseApproval, WithdrawApproval
from domain.journey.approval.state import Objection
from domain.journey.consent import GiveConsent
from domain.journey.disclosure import Disclose
from domain.journey.emergency.access import OpenEmergencyAccess, ReviewEmergencyAccess
from domain.journey.emergency.state import EmergencyFinding, EmergencyReason
from domain.journey.safety.alerts import AcknowledgeAlert
from domain.journey.service_plan.goals import ProgressGoal, SetGoal
from domain.journey.service_plan.reviews import AgreePlan
from domain.journey.service_plan.state import GoalProgress
from domain.journey.standing import DataCategory
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.assessment import Level
from worker.demo.providers import CLINIC
from worker.demo.staff import NADA
from worker.demo.stories.contact import evenings
from worker.demo.stories.turns import agrees, assessed, begin, begun_by_call, set_day, to_the_present, until, until_open
from worker.demo.tale import Story, Tale

_SOON = timedelta(minutes=25)


def called_yesterday(tale: Tale) -> Story:
    """A first call, and what the client said about calling back."""
    yield from begun_by_call(tale, -1)
    yield tale.now + _SOON
    tale.tell(evenings(), Role.CONSULTANT, "Ако се јави брат, рећи да је погрешан број.")
    yield tale.now + _SOON
    opened_in_emergency(tale, EmergencyReason.CLIENT_CALLS, "Звала је из аутобуса; требало је знати кога да позовем.")
    yield from to_the_present(tale)


def nearly_there(tale: Tale) -> Story:
    """Living on her own; a plan that the supervisor agreed to, a risk that rose; the closure waits for approval."""
    yield from begin(tale, -470)
    yield from until_open(tale, "closure-review")
    set_day(tale, "closure-review", tale.days.near(12))
    yield from until(tale, -26)
    tale.tell(evenings())
    tale.tell(assessed(tale, "risk", Level.LOW))
    tale.tell(SetGoal(goal="safe-home", target_on=tale.days.near(80), measures=("accommodation",)))
    tale.tell(SetGoal(goal="own-income", target_on=tale.days.near(95), measures=("training", "material-help")))
    tale.tell(AgreePlan())
    yield tale.now + _SOON
    agrees(tale)
    yield tale.now + _SOON
    _goal_forgotten(tale)
    yield from until(tale, -18)
    tale.tell(GiveConsent(purpose=ConsentPurpose.MEDICAL, recipient=CLINIC))
    tale.tell(Disclose(categories=(DataCategory.HEALTH,), recipient=CLINIC, purpose=ConsentPurpose.MEDICAL))
    yield from until(tale, -14)
    opened_in_emergency(tale, EmergencyReason.DANGER, "Комшиница јавља да неко лупа на врата.")
    yield tale.now + _SOON
    review = ReviewEmergencyAccess(number=len(tale.here.emergencies), finding=EmergencyFinding.JUSTIFIED)
    tale.tell(review, Role.SUPERVISOR, "Позвана је полиција, све је у реду.")
    yield from until(tale, -12)
    tale.tell(assessed(tale, "risk", Level.MODERATE), note="Непознат број зове сваког дана.")
    yield tale.now + _SOON
    tale.tell(AcknowledgeAlert(number=1), Role.SUPERVISOR, "Број блокиран, договорене су друге вечери.")
    tale.tell(evenings())
    tale.tell(ProgressGoal(number=1, progress=GoalProgress.PARTLY_REACHED))
    yield from until(tale, -6)
    _end_too_early(tale)
    yield from until(tale, -1)
    tale.tell(AskApproval(matter=ApprovalMatter.CLOSURE, reason=ClosingReason.GOALS_REACHED))
    yield from to_the_present(tale)


def opened_in_emergency(tale: Tale, reason: EmergencyReason, why: str) -> None:
    """Whoever is on call opens a case in which she has no part."""
    tale.writing.tell(tale, OpenEmergencyAccess(reason=reason), NADA.id, why)


def _goal_forgotten(tale: Tale) -> None:
    """What the supervisor agreed to is another plan with one goal more: it is agreed anew."""
    tale.tell(SetGoal(goal="circle-of-support", target_on=tale.days.near(95), measures=("counselling",)))
    tale.tell(AgreePlan())
    agrees(tale)


def _end_too_early(tale: Tale) -> None:
    """An end is proposed and refused, proposed again and taken back."""
    tale.tell(AskApproval(matter=ApprovalMatter.CLOSURE, reason=ClosingReason.GOALS_REACHED))
    refused = RefuseApproval(number=len(tale.here.approvals), objection=Objection.SOMETHING_OPEN)
    tale.tell(refused, Role.SUPERVISOR, "Прво да се види како ће проћи пресељење.")
    tale.tell(AskApproval(matter=ApprovalMatter.CLOSURE, reason=ClosingReason.REFERRED))
    tale.tell(WithdrawApproval(number=len(tale.here.approvals)))
