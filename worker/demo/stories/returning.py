"""Going home, being looked after there, and reintegration here: all providers are invented ids."""

from __future__ import annotations

from datetime import datetime, timedelta

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
from domain.journey.service_plan.goals import SetGoal
from domain.journey.service_plan.reviews import AgreePlan
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.returning import ReturnDirection, ReturnPurpose
from worker.demo.providers import CONSULATE, PARTNER, RECEIVER, SHELTER
from worker.demo.stories.turns import agrees, assessed
from worker.demo.tale import Tale


def return_begun(tale: Tale, country: str = "MD", *, hearing: int | None = None) -> None:
    """The client wishes it, or a court wants her here; what it needs is owed from now on."""
    visit = {"direction": ReturnDirection.INBOUND, "purpose": ReturnPurpose.TESTIMONY, "hearing": hearing}
    home = {"direction": ReturnDirection.OUTBOUND}
    tale.tell(BeginReturn.model_validate({"country": country, **(visit if hearing else home)}))


def return_wished(tale: Tale, number: int = 1) -> None:
    """Said in her own language, and both sides have looked at the risk."""
    tale.tell(DeclareVoluntariness(number=number, language="ro"), note="Зна да у сваком тренутку може да одустане.")
    tale.tell(assessed(tale, "return-risk"))
    tale.tell(AssessReturn(number=number, partner=PARTNER, ours=Finding.SAFE, theirs=Finding.SAFE_WITH_MEASURES))


def applied_for_papers(tale: Tale) -> None:
    """At the consulate, which does not answer."""
    status = DocumentStatus.APPLIED
    tale.tell(SettleReturnDocument(number=1, document="travel-document", status=status, consulate=CONSULATE))


def receiver_found(tale: Tale, number: int = 1) -> None:
    """Asked, and agreed with the client's consent towards it."""
    receiver = SHELTER if tale.here.returns[number].is_visit else RECEIVER
    tale.tell(AskReceiver(number=number, provider=receiver))
    if tale.here.consent(ConsentPurpose.REPATRIATION, receiver, at=tale.now) is None:
        tale.tell(GiveConsent(purpose=ConsentPurpose.REPATRIATION, recipient=receiver))
    tale.tell(AnswerReceiver(number=number, answer=ReceiverAnswer.AGREED))


def return_prepared(tale: Tale, leaves: datetime, *, passport_days: int, number: int = 1) -> None:
    """Everything is there, and the day is set."""
    return_wished(tale, number)
    state = tale.here.returns[number]
    until = tale.days.local(tale.now) + timedelta(days=passport_days)
    for document in ("travel-document", "entry-permit") if state.is_visit else ("travel-document",):
        settle = SettleReturnDocument(
            number=number, document=document, status=DocumentStatus.READY, valid_until=until, consulate=CONSULATE
        )
        tale.tell(settle)
    tale.tell(SettleReturnDocument(number=number, document="fit-to-travel", status=DocumentStatus.NOT_NEEDED))
    receiver_found(tale, number)
    tale.tell(ArrangeEscort(number=number, escort=EscortKind.OURS, staff=tale.person(Role.MOBILE_TEAM)))
    tale.tell(
        PlanReturnRoute(
            number=number,
            departs_at=leaves,
            arrives_at=leaves + (timedelta(hours=4) if state.is_visit else timedelta(hours=9)),
            transport=Transport.AIR if state.is_visit else Transport.CAR,
            through=() if state.is_visit else ("RO",),
        ),
        Role.MOBILE_TEAM,
    )


def agreed_to_leave(tale: Tale, number: int = 1) -> None:
    """The supervisor agrees."""
    tale.tell(AskApproval(matter=ApprovalMatter.RETURN, of=number))
    agrees(tale)


def left(tale: Tale, number: int = 1) -> None:
    """They are on the way."""
    tale.tell(DepartOnReturn(number=number), Role.MOBILE_TEAM)


def received(tale: Tale, number: int = 1) -> None:
    """The organisation there signed for it."""
    tale.tell(ConfirmHandover(number=number, receipt=Receipt.SIGNED), Role.MOBILE_TEAM)


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
