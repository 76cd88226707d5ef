"""Random commands of returns, often ones that make sense."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from domain.calendar import local_date
from domain.codes import ConsentGiver, ConsentPurpose
from domain.command import Command
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationReopening, ReviewFinding
from domain.journey.reintegration.commands import (
    EndReintegration,
    ReopenReintegration,
    ReviewReintegration,
    StartReintegration,
)
from domain.journey.returning.codes import (
    CheckOutcome,
    DocumentStatus,
    EscortKind,
    Finding,
    Receipt,
    ReceiverAnswer,
    StopReason,
    Transport,
    Trouble,
    WayHomeAnswer,
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
    ReportHandoverTrouble,
    ResumeReturn,
    SettleReturnDocument,
    SettleWayHome,
    StopReturn,
    TakeBackReturn,
    TellOfStop,
    WithdrawVoluntariness,
)
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.journey.state import Journey
from domain.pathway.assessment import Level
from domain.pathway.returning import ReturnDirection, ReturnPurpose
from tests.domain.given import MILA
from tests.returning_examples import CONSULATE, PARTNER, RECEIVER, RETURNING

PARTNERS = (RECEIVER, RECEIVER, PARTNER, CONSULATE)
DOCUMENTS = ("passport", "passport", "visa", "licence")
CHECKS = (*(rule.check for rule in RETURNING.checks), "after-ever")


@st.composite
def beginnings(draw: st.DrawFn, journey: Journey) -> Command:
    """A return home, a visit for a hearing, its way home."""
    match draw(st.integers(0, 3)):
        case 0 if journey.hearings:
            hearing = draw(st.sampled_from(sorted(journey.hearings)))
            return BeginReturn(
                direction=ReturnDirection.INBOUND, country="MD", purpose=ReturnPurpose.TESTIMONY, hearing=hearing
            )
        case 1 if journey.returns:
            follows = draw(st.sampled_from(sorted(journey.returns)))
            return BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD", follows=follows)
        case _:
            return BeginReturn(direction=draw(st.sampled_from(ReturnDirection)), country="MD")


@st.composite
def returning_commands(draw: st.DrawFn, journey: Journey, now: datetime) -> Command:
    """Any command of this part, with the consents and the assessment that it needs."""
    number = draw(st.sampled_from([*(journey.returns or (1,)), *journey.returns, len(journey.returns) + 1]))
    state = journey.returns.get(number)
    seen = draw(st.sampled_from([None, None, None, state.version if state else 1]))
    occurred = draw(st.none() | st.just(now - timedelta(hours=draw(st.integers(-1, 60)))))
    provider = draw(st.sampled_from(PARTNERS))
    today = local_date(now, "Europe/Belgrade")
    leaves = now + timedelta(hours=draw(st.integers(-10, 24 * 60)))
    day = draw(st.none() | st.just(today + timedelta(days=draw(st.integers(-2, 400)))))
    low = draw(st.sampled_from((Level.LOW, Level.LOW, Level.MODERATE, Level.HIGH)))
    finding = draw(st.sampled_from((Finding.SAFE, Finding.SAFE, Finding.SAFE_WITH_MEASURES, Finding.NOT_SAFE)))
    untold = tuple(sorted(state.untold)) if state else ()
    corrects = draw(st.sampled_from((state.status_version, 1))) if state else 1
    steps: tuple[Command, ...] = (
        DeclareVoluntariness(number=number, giver=draw(st.sampled_from(ConsentGiver)), occurred_at=occurred),
        Assess(
            assessment="return-risk",
            levels=(DomainLevel(domain="way", level=low), DomainLevel(domain="people-there", level=Level.LOW)),
        ),
        AssessReturn(number=number, partner=provider, ours=Finding.SAFE, theirs=finding, seen=seen),
        SettleReturnDocument(
            number=number,
            document=draw(st.sampled_from(DOCUMENTS)),
            status=draw(st.sampled_from((DocumentStatus.READY, *DocumentStatus))),
            valid_until=day,
            consulate=draw(st.none() | st.just(CONSULATE)),
        ),
        AskReceiver(number=number, provider=provider, occurred_at=occurred),
        GiveConsent(purpose=ConsentPurpose.REPATRIATION, recipient=provider),
        AnswerReceiver(number=number, answer=draw(st.sampled_from(ReceiverAnswer))),
        ArrangeEscort(number=number, escort=EscortKind.OURS, staff=MILA, seen=seen),
        PlanReturnRoute(
            number=number, departs_at=leaves, arrives_at=leaves + timedelta(hours=6), transport=Transport.AIR
        ),
        DepartOnReturn(number=number, occurred_at=occurred),
        ConfirmHandover(number=number, receipt=Receipt.SIGNED, received_by=draw(st.none() | st.just(provider))),
        HoldReturnCheck(
            number=number, check=draw(st.sampled_from(CHECKS)), outcome=draw(st.sampled_from(CheckOutcome))
        ),
    )
    rare: tuple[Command, ...] = (
        WithdrawVoluntariness(number=number, occurred_at=occurred),
        StopReturn(number=number, reason=draw(st.sampled_from(StopReason)), seen=seen),
        TellOfStop(number=number, told=untold),
        TellOfStop(number=number, told=untold[:1]),
        ResumeReturn(number=number, seen=seen),
        ReportHandoverTrouble(number=number, trouble=draw(st.sampled_from(Trouble)), occurred_at=occurred),
        TakeBackReturn(number=number, corrects=corrects),
        SettleWayHome(number=number, answer=draw(st.sampled_from(WayHomeAnswer))),
        WithdrawConsent(purpose=ConsentPurpose.REPATRIATION, recipient=draw(st.none() | st.just(provider))),
    )
    weight = draw(st.integers(0, 13))
    if weight > 11:
        return draw(reintegration_commands(journey, occurred))
    if weight == 0 or not journey.returns:
        return draw(beginnings(journey))
    return draw(st.sampled_from(rare if weight < 4 else steps))


@st.composite
def reintegration_commands(draw: st.DrawFn, journey: Journey, occurred: datetime | None) -> Command:
    """Any command of reintegration."""
    state = journey.reintegration
    seen = draw(st.sampled_from((None, None, state.version if state else 1)))
    every: tuple[Command, ...] = (
        StartReintegration(occurred_at=occurred),
        ReviewReintegration(finding=draw(st.sampled_from(ReviewFinding)), seen=seen, occurred_at=occurred),
        EndReintegration(reason=draw(st.sampled_from(ReintegrationEnd)), seen=seen),
        ReopenReintegration(reason=draw(st.sampled_from(ReintegrationReopening)), seen=seen),
    )
    return draw(st.sampled_from(every))
