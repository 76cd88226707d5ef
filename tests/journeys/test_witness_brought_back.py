"""She goes home, is looked after there, comes back to testify after the court postponed, and goes home again.

Told on the published pathway, the clock moved by hand; every letter is the one that a ladder owes on that day. What
must hold: nobody leaves while anything is missing, the court's new date takes the route with it, nobody who arrived is
forgotten, and there is a way home whatever the court does.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from domain.calendar import at_local
from domain.codes import ClosingReason, ConsentPurpose, ObligationKind, ReopeningReason, Role
from domain.command import Command
from domain.journey import obligations
from domain.journey.approval.commands import AskApproval, GiveApproval
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import GiveConsent
from domain.journey.hearing.codes import HearingOutcome, HearingReason, TaskStatus
from domain.journey.hearing.commands import (
    HoldHearing,
    PlanHearing,
    PostponeHearing,
    SettleHearingTask,
    SummonHearing,
)
from domain.journey.returning.codes import (
    CheckOutcome,
    DocumentStatus,
    EscortKind,
    Finding,
    Receipt,
    ReceiverAnswer,
    ReturnStatus,
    SetBackCause,
    Transport,
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
    SettleReturnDocument,
    SettleWayHome,
    TellOfStop,
    WithdrawVoluntariness,
)
from domain.journey.returning.departing import may_depart
from domain.journey.returning.events import ReturnSetBack
from domain.journey.returning.way_events import ReturnChecksDropped
from domain.journey.safety.assessing import Assess, DomainLevel
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.assessment import Level
from domain.pathway.returning import ReturnDirection, ReturnPurpose
from domain.refusal import RefusalCode, Refused
from tests.journeys.by_hand import CASEWORKER, LAWYER, SUPERVISOR, ByHand
from tests.journeys.tale import Tale

THERE = UUID("9a1c0000-0000-4000-8000-000000000a01")
"""The organisation that receives her at home."""
HERE = UUID("9a1c0000-0000-4000-8000-000000000a02")
"""The shelter for the nights of the hearing."""
MISSION_HERE = UUID("9a1c0000-0000-4000-8000-000000000a03")
"""The consulate that lets her in."""
ZONE = "Europe/Belgrade"


def moment(day: date, hour: int = 9) -> datetime:
    """By the clock on the wall here."""
    return at_local(day, time(hour), ZONE)


def missing(story: ByHand, number: int) -> list[str]:
    """What stands in the way of leaving now."""
    state = story.here.returns[number]
    return [one.name for one in may_depart(story.here, state, story.pinned.pathway, story.now)]


def owed(story: ByHand, number: int) -> dict[str, date]:
    """What is owed of a return, by item, with its day."""
    prefix = f"return:{number}:"
    return {
        o.key.removeprefix(prefix): o.clockwork.deadline.due_on
        for o in obligations(story.here)
        if o.key.startswith(prefix)
    }


def assessed(story: ByHand) -> Command:
    """The form of returns, nothing above low."""
    form = next(a for a in story.pinned.pathway.assessments if a.assessment == "return-risk")
    levels = tuple(DomainLevel(domain=d.domain, level=Level.LOW) for d in form.domains)
    return Assess(assessment="return-risk", levels=levels)


def prepare(story: ByHand, number: int, receiver: UUID, *documents: str) -> None:
    """Everything but the route."""
    story.tell(DeclareVoluntariness(number=number, language="ro"))
    story.tell(assessed(story))
    story.tell(AssessReturn(number=number, partner=THERE, ours=Finding.SAFE, theirs=Finding.SAFE_WITH_MEASURES))
    for document in documents:
        story.tell(SettleReturnDocument(number=number, document=document, status=DocumentStatus.READY))
    story.tell(AskReceiver(number=number, provider=receiver))
    refused = story.ask(AnswerReceiver(number=number, answer=ReceiverAnswer.AGREED))
    if isinstance(refused, Refused):
        assert refused.code is RefusalCode.NO_CONSENT_IN_FORCE
        story.tell(GiveConsent(purpose=ConsentPurpose.REPATRIATION, recipient=receiver))
    story.tell(AnswerReceiver(number=number, answer=ReceiverAnswer.AGREED))
    story.tell(ArrangeEscort(number=number, escort=EscortKind.PARTNER, provider=THERE))


def travel(story: ByHand, number: int, leaves: datetime, hours: int = 6) -> None:
    """A coach."""
    arrives, coach = leaves + timedelta(hours=hours), Transport.COACH
    story.tell(PlanReturnRoute(number=number, departs_at=leaves, arrives_at=arrives, transport=coach, through=("RO",)))


def depart(story: ByHand, number: int) -> None:
    """A second person agrees to exactly this return; without that nobody leaves."""
    refused = story.ask(DepartOnReturn(number=number))
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.APPROVAL_REQUIRED
    story.tell(AskApproval(matter=ApprovalMatter.RETURN, of=number))
    story.tell(GiveApproval(number=len(story.here.approvals)), SUPERVISOR)
    story.tell(DepartOnReturn(number=number))


def home() -> ByHand:
    """From the wish in September to the first check in October: she is at home and safe."""
    story = ByHand(moment(date(2026, 9, 1)))
    story.tell(Assign(role=Role.LAWYER, staff=LAWYER))
    story.tell(Assign(role=Role.SUPERVISOR, staff=SUPERVISOR))
    story.tell(BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD"))
    assert set(owed(story, 1)) == {
        *("voluntariness", "assessment", "receiver", "escort", "route"),
        *("document-travel-document", "document-fit-to-travel"),
    }
    refused = story.ask(DepartOnReturn(number=1))
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.RETURN_NOT_READY
    assert len(refused.unmet) == 7

    story.on(date(2026, 9, 7))
    prepare(story, 1, THERE, "fit-to-travel")
    travel(story, 1, moment(date(2026, 9, 23), 7))
    assert missing(story, 1) == ["travel-document"]
    # Three working days before she leaves, whatever the document's own term was.
    assert owed(story, 1)["document-travel-document"] == date(2026, 9, 18)

    # Nobody got the passport: the supervisor hears of it on the evening of its day.
    story.on(date(2026, 9, 19))
    assert story.told("return:1:document-travel-document")[-2:] == [
        (date(2026, 9, 15), frozenset({CASEWORKER, SUPERVISOR})),
        (date(2026, 9, 18), frozenset({CASEWORKER, SUPERVISOR})),
    ]
    story.on(date(2026, 9, 21))
    story.tell(
        SettleReturnDocument(
            number=1, document="travel-document", status=DocumentStatus.READY, valid_until=date(2027, 3, 1)
        )
    )
    assert missing(story, 1) == []

    story.on(date(2026, 9, 23), time(7, 30))
    depart(story, 1)
    # She was to arrive at half past one. Nobody says that she was received.
    story.on(date(2026, 9, 23), time(23))
    told = story.told("return:1:handover")
    assert told[0][1] == frozenset({CASEWORKER, SUPERVISOR})
    assert any("on-call" in to for _, to in told), "a third person hears within the hour"
    story.tell(ConfirmHandover(number=1, receipt=Receipt.IN_WRITING))
    assert owed(story, 1) == {
        "check-after-14-days": date(2026, 10, 7),
        "check-after-3-months": date(2026, 12, 23),
        "check-after-6-months": date(2027, 3, 23),
        "check-after-12-months": date(2027, 9, 23),
    }
    story.on(date(2026, 10, 7))
    story.tell(HoldReturnCheck(number=1, check="after-14-days", outcome=CheckOutcome.SAFE))
    return story


def she_comes_back_to_testify_and_goes_home_again() -> Tale:
    """Closed as having left the country, reopened when the court summons her."""
    story = home()
    story.on(date(2026, 10, 20))
    story.close(ClosingReason.LEFT_COUNTRY)
    story.on(date(2027, 1, 15))
    events = story.tell(ReopenJourney(reason=ReopeningReason.NEW_PROCEEDINGS))
    (dropped,) = [e for e in events if isinstance(e, ReturnChecksDropped)]
    assert dropped.checks == ("after-3-months",)

    # The court wants her on 12 May; the plan counts back, and she has to be brought safely.
    story.tell(SummonHearing(hearing_kind="witness-examination", starts_at=moment(date(2027, 5, 12))))
    story.tell(PlanHearing(hearing=1, plan="witness-from-abroad"))
    visit = BeginReturn(direction=ReturnDirection.INBOUND, country="MD", purpose=ReturnPurpose.TESTIMONY, hearing=1)
    story.tell(visit)
    assert "document-entry-permit" in owed(story, 2)
    story.tell(
        SettleReturnDocument(
            number=2,
            document="entry-permit",
            status=DocumentStatus.APPLIED,
            consulate=MISSION_HERE,
            on=date(2027, 1, 15),
        )
    )
    story.on(date(2027, 2, 12))
    prepare(story, 2, HERE, "travel-document", "fit-to-travel")
    story.tell(
        SettleReturnDocument(
            number=2, document="entry-permit", status=DocumentStatus.READY, valid_until=date(2027, 6, 30)
        )
    )
    for task in ("consent-and-risk", "travel-documents"):
        story.tell(SettleHearingTask(hearing=1, task=task, status=TaskStatus.DONE))
    travel(story, 2, moment(date(2027, 5, 11), 6))
    assert missing(story, 2) == []

    # The court postpones: the route is no route any more, in the same decision, and people hear at once.
    story.on(date(2027, 4, 20))
    later = moment(date(2027, 6, 16))
    events = story.tell(PostponeHearing(hearing=1, reason=HearingReason.EXPERT_ABSENT, starts_at=later))
    (back,) = [e for e in events if isinstance(e, ReturnSetBack)]
    assert back.cause is SetBackCause.HEARING_MOVED
    assert missing(story, 2) == ["route"]
    story.on(date(2027, 4, 20), time(11))
    assert SUPERVISOR in story.told("return:2:route")[-1][1]
    story.on(date(2027, 4, 22))
    travel(story, 2, moment(date(2027, 6, 15), 6))
    # A visa until the end of June still outlasts it by a week.
    assert missing(story, 2) == []

    story.on(date(2027, 6, 15), time(6, 10))
    depart(story, 2)
    story.on(date(2027, 6, 15), time(13))
    story.tell(ConfirmHandover(number=2, receipt=Receipt.SIGNED))
    assert owed(story, 2) == {"way-home": date(2027, 6, 17)}

    story.on(date(2027, 6, 16), time(12))
    story.tell(HoldHearing(hearing=1, outcome=HearingOutcome.CLIENT_HEARD))

    # Home again: the wish and the risk are asked anew, what is known of the way is not taken for granted.
    story.tell(BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD", follows=2))
    assert owed(story, 2) == {}
    prepare(story, 3, THERE, "travel-document", "fit-to-travel")
    travel(story, 3, moment(date(2027, 6, 17), 7))
    story.on(date(2027, 6, 17), time(7, 15))
    depart(story, 3)
    story.on(date(2027, 6, 17), time(14))
    story.tell(ConfirmHandover(number=3, receipt=Receipt.SIGNED))
    assert [s.status for s in story.here.returns.values()] == [ReturnStatus.RECEIVED] * 3
    assert len(owed(story, 3)) == 4
    assert owed(story, 1) == {}, "from now on she is looked after from this day"
    kinds = {o.kind for o in obligations(story.here)}
    assert ObligationKind.RETURN_HANDOVER not in kinds
    assert story.now < datetime(2027, 6, 18, tzinfo=UTC)
    return story.tale


def test_she_comes_back_to_testify_and_goes_home_again() -> None:
    """As above."""
    she_comes_back_to_testify_and_goes_home_again()


def she_does_not_want_to_go_and_stays() -> Tale:
    """On the way home from the court she says no: nobody sends her, and everybody hears."""
    story = ByHand(moment(date(2027, 3, 1)))
    story.tell(Assign(role=Role.LAWYER, staff=LAWYER))
    story.tell(Assign(role=Role.SUPERVISOR, staff=SUPERVISOR))
    story.tell(SummonHearing(hearing_kind="witness-examination", starts_at=moment(date(2027, 5, 12))))
    story.tell(BeginReturn(direction=ReturnDirection.INBOUND, country="MD", purpose=ReturnPurpose.TESTIMONY, hearing=1))
    prepare(story, 1, HERE, "travel-document", "fit-to-travel", "entry-permit")
    travel(story, 1, moment(date(2027, 5, 11), 6))
    story.on(date(2027, 5, 11), time(6, 30))
    depart(story, 1)
    story.on(date(2027, 5, 11), time(13))
    story.tell(ConfirmHandover(number=1, receipt=Receipt.SIGNED))
    story.tell(BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD", follows=1))
    prepare(story, 2, THERE, "travel-document", "fit-to-travel")
    travel(story, 2, moment(date(2027, 5, 13), 7))

    story.on(date(2027, 5, 12), time(15))
    story.tell(WithdrawVoluntariness(number=2))
    story.on(date(2027, 5, 12), time(15, 1))
    ((_, to),) = story.told("return:2:stop")
    assert {CASEWORKER, SUPERVISOR, LAWYER, "mobile-team"} <= to
    assert set(owed(story, 2)) == {"stop"}
    assert set(owed(story, 1)) == {"way-home"}
    refused = story.ask(CloseJourney(reason=ClosingReason.CLIENT_WISH))
    assert isinstance(refused, Refused)
    story.tell(TellOfStop(number=2, told=(THERE,)))
    story.tell(SettleWayHome(number=1, answer=WayHomeAnswer.STAYS_BY_OWN_WISH))
    assert owed(story, 1) == owed(story, 2) == {}
    return story.tale


def test_she_does_not_want_to_go_and_stays() -> None:
    """As above."""
    she_does_not_want_to_go_and_stays()
