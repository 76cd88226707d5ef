"""Going home, being looked after there, and reintegration here: all providers are invented ids."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid5

from domain.codes import ConsentPurpose, Role
from domain.journey.approval.commands import AskApproval
from domain.journey.consent import GiveConsent
from domain.journey.reintegration.commands import StartReintegration
from domain.journey.returning.codes import (
    CheckOutcome,
    DocumentStatus,
    EscortKind,
    Finding,
    Receipt,
    ReceiverAnswer,
    Transport,
)
from domain.journey.returning.commands import (
    AnswerReceiver,
    ArrangeEscort,
    AskReceiver,
    AssessReturn,
    BeginReturn,
    ConfirmHandover,
    DeclareVoluntariness,
    DepartOnReturn,
    HoldReturnCheck,
    PlanReturnRoute,
    SettleReturnDocument,
)
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.journey.service_plan.goals import SetGoal
from domain.journey.service_plan.reviews import AgreePlan
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.assessment import Level
from domain.pathway.returning import ReturnDirection
from worker.demo.stories.turns import agrees
from worker.demo.tale import NAMESPACE, Tale

RECEIVER = uuid5(NAMESPACE, "a shelter abroad")
PARTNER = uuid5(NAMESPACE, "an organisation abroad")
CONSULATE = uuid5(NAMESPACE, "a consulate")


def return_begun(tale: Tale, country: str = "MD") -> None:
    """The client wishes it; what it needs is owed from now on."""
    tale.tell(BeginReturn(direction=ReturnDirection.OUTBOUND, country=country))


def return_prepared(tale: Tale, leaves: datetime, *, passport_days: int) -> None:
    """Everything is there, and the day is set."""
    return_begun(tale)
    tale.tell(DeclareVoluntariness(number=1, language="ro"), note="Зна да у сваком тренутку може да одустане.")
    tale.tell(_assessed(tale))
    tale.tell(AssessReturn(number=1, partner=PARTNER, ours=Finding.SAFE, theirs=Finding.SAFE_WITH_MEASURES))
    today = tale.days.local(tale.now)
    tale.tell(
        SettleReturnDocument(
            number=1,
            document="travel-document",
            status=DocumentStatus.READY,
            valid_until=today + timedelta(days=passport_days),
            consulate=CONSULATE,
        )
    )
    tale.tell(SettleReturnDocument(number=1, document="fit-to-travel", status=DocumentStatus.NOT_NEEDED))
    tale.tell(AskReceiver(number=1, provider=RECEIVER))
    tale.tell(GiveConsent(purpose=ConsentPurpose.REPATRIATION, recipient=RECEIVER))
    tale.tell(AnswerReceiver(number=1, answer=ReceiverAnswer.AGREED))
    tale.tell(ArrangeEscort(number=1, escort=EscortKind.OURS, staff=tale.person(Role.MOBILE_TEAM)))
    tale.tell(
        PlanReturnRoute(
            number=1,
            departs_at=leaves,
            arrives_at=leaves + timedelta(hours=9),
            transport=Transport.CAR,
            through=("RO",),
        ),
        Role.MOBILE_TEAM,
    )


def left(tale: Tale) -> None:
    """The supervisor agrees, and they are on the way."""
    tale.tell(AskApproval(matter=ApprovalMatter.RETURN, of=1))
    agrees(tale)
    tale.tell(DepartOnReturn(number=1), Role.MOBILE_TEAM)


def received(tale: Tale) -> None:
    """The organisation there signed for it."""
    tale.tell(ConfirmHandover(number=1, receipt=Receipt.SIGNED), Role.MOBILE_TEAM)


def checked(tale: Tale, check: str, outcome: CheckOutcome = CheckOutcome.SAFE) -> None:
    """How it is there."""
    tale.tell(HoldReturnCheck(number=1, check=check, outcome=outcome))


def reintegrating(tale: Tale) -> None:
    """Two goals of the plan; the first review is a month ahead."""
    tale.tell(SetGoal(goal="own-income", target_on=tale.days.near(90), measures=("training",)))
    tale.tell(SetGoal(goal="circle-of-support", target_on=tale.days.near(120), measures=("counselling",)))
    tale.tell(AgreePlan())
    agrees(tale)
    tale.tell(StartReintegration())


def _assessed(tale: Tale) -> Assess:
    """Nothing above low."""
    form = next(a for a in tale.pinned.pathway.assessments if a.assessment == "return-risk")
    return Assess(
        assessment="return-risk", levels=tuple(DomainLevel(domain=d.domain, level=Level.LOW) for d in form.domains)
    )
