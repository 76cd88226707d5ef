"""Coming back to testify: tied to the hearing, and a way home whatever the court does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.command import Command, CommandInvalid, parse
from domain.journey.hearing.codes import HearingOutcome, HearingReason
from domain.journey.hearing.commands import CancelHearing, HoldHearing, MoveHearing, PostponeHearing, SummonHearing
from domain.journey.returning.codes import (
    DocumentStatus,
    Receipt,
    ReturnStatus,
    SetBackCause,
    StopReason,
    Transport,
    WayHomeAnswer,
)
from domain.journey.returning.commands import (
    AnswerReceiver,
    ArrangeEscort,
    AskReceiver,
    BeginReturn,
    ConfirmHandover,
    DeclareVoluntariness,
    DepartOnReturn,
    PlanReturnRoute,
    SettleReturnDocument,
    SettleWayHome,
    StopReturn,
)
from domain.journey.returning.events import ReturnSetBack
from domain.journey.returning.way_events import WayHomeOwed, WayHomeSettled
from domain.pathway.returning import ReturnDirection, ReturnPurpose
from domain.refusal import RefusalCode
from tests.domain.careful import careful
from tests.domain.given import Given
from tests.domain.returning.home import CONSENT, NOON, STEPS, joint, looked_at, missing, owed, returned
from tests.returning_examples import return_pathway

HEARING = datetime(2026, 6, 10, 8, tzinfo=UTC)
COMES = HEARING - timedelta(days=1)
VISIT = BeginReturn(direction=ReturnDirection.INBOUND, country="MD", purpose=ReturnPurpose.TESTIMONY, hearing=1)
ROUTE = PlanReturnRoute(
    number=1, departs_at=COMES, arrives_at=COMES + timedelta(hours=4), transport=Transport.COACH, through=("RO",)
)
HOME = BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD", follows=1)


def summoned() -> Given:
    """The court wants her in June."""
    return careful().on(return_pathway()).at(NOON).having(SummonHearing(hearing_kind="witness", starts_at=HEARING))


def visiting() -> Given:
    """Everything is there for her to come."""
    receiver = STEPS["receiver"]
    papers = tuple(
        SettleReturnDocument(number=1, document=key, status=DocumentStatus.READY) for key in ("passport", "visa")
    )
    return summoned().having(
        VISIT, DeclareVoluntariness(number=1), looked_at(), joint(), *papers, *receiver, *STEPS["escort"], ROUTE
    )


def here() -> Given:
    """She arrived on the eve."""
    return (
        visiting()
        .at(COMES)
        .having(DepartOnReturn(number=1))
        .later(hours=5)
        .having(ConfirmHandover(number=1, receipt=Receipt.SIGNED))
    )


def test_a_visit_is_for_a_hearing_that_is_ahead() -> None:
    """Of this journey."""
    given = careful().on(return_pathway()).at(NOON)
    given.when(VISIT).then_refused(RefusalCode.UNKNOWN_HEARING)
    over = summoned().having(CancelHearing(hearing=1, reason=HearingReason.PROCEEDINGS_ENDED))
    over.when(VISIT).then_refused(RefusalCode.HEARING_OVER, part="hearing:1")
    assert set(owed(summoned().having(VISIT))) >= {"document-passport", "document-visa", "route"}


@pytest.mark.parametrize(
    "body",
    [
        {"direction": "inbound", "country": "MD", "purpose": "testimony"},
        {"direction": "outbound", "country": "MD", "purpose": "testimony", "hearing": 1},
        {"direction": "inbound", "country": "MD", "hearing": 1},
        {"direction": "inbound", "country": "MD", "follows": 1},
    ],
)
def test_what_makes_no_sense_is_no_command(body: dict[str, object]) -> None:
    """A visit without a hearing, away from us, home for a hearing, a way home that leads here."""
    with pytest.raises(CommandInvalid):
        parse("begin-return", body)


def test_she_arrives_before_the_court_begins() -> None:
    """And a hearing without a date has no day to travel by."""
    given = summoned().having(VISIT)
    late = ROUTE.model_copy(update={"arrives_at": HEARING})
    given.when(late).then_refused(RefusalCode.DATES_OUT_OF_ORDER)
    waiting = given.having(PostponeHearing(hearing=1, reason=HearingReason.EXPERT_ABSENT))
    waiting.when(ROUTE).then_refused(RefusalCode.HEARING_WITHOUT_DATE, part="hearing:1")


def test_a_visa_outlasts_the_visit() -> None:
    """By a week: hearings are postponed."""
    given = visiting()
    soon = SettleReturnDocument(
        number=1, document="visa", status=DocumentStatus.READY, valid_until=COMES.date() + timedelta(days=6)
    )
    assert missing(given.having(soon)) == {("return-document", "visa")}
    enough = soon.model_copy(update={"valid_until": COMES.date() + timedelta(days=7)})
    assert missing(given.having(enough)) == set()


@pytest.mark.parametrize(
    ("command", "cause"),
    [
        (
            MoveHearing(hearing=1, reason=HearingReason.COURT_RESCHEDULED, starts_at=HEARING + timedelta(days=14)),
            SetBackCause.HEARING_MOVED,
        ),
        (PostponeHearing(hearing=1, reason=HearingReason.DEFENCE_ABSENT), SetBackCause.HEARING_MOVED),
        (CancelHearing(hearing=1, reason=HearingReason.PROCEEDINGS_ENDED), SetBackCause.HEARING_OVER),
    ],
)
def test_a_hearing_that_moves_takes_the_route_with_it(command: Command, cause: SetBackCause) -> None:
    """In the same decision: nobody travels to a day that is no longer one."""
    given = visiting()
    assert missing(given) == set()
    events = given.when(command).events
    (back,) = [e for e in events if isinstance(e, ReturnSetBack)]
    assert back.cause is cause
    after = given.and_then(*events)
    assert missing(after) == {("return", "route")}
    assert "departure" not in owed(after)
    assert "route" in owed(after)
    assert not [e for e in after.having(*STEPS["escort"]).history[-1:] if isinstance(e.event, ReturnSetBack)]


def test_who_has_come_needs_a_way_home() -> None:
    """A day after the hearing; she is not looked after for a year by a visit."""
    given = here()
    assert set(owed(given)) == {"way-home"}
    assert owed(given)["way-home"].clockwork.deadline.due_on == HEARING.date() + timedelta(days=1)
    moved = given.having(
        MoveHearing(hearing=1, reason=HearingReason.COURT_RESCHEDULED, starts_at=HEARING + timedelta(days=60))
    )
    assert owed(moved)["way-home"] == owed(given)["way-home"], "whatever the court does"


def test_the_way_home_is_a_return_like_any_other() -> None:
    """With the wish, the risk and everything; once it begins, the visit owes nothing more."""
    given = here().at(HEARING + timedelta(hours=3)).having(HoldHearing(hearing=1, outcome=HearingOutcome.CLIENT_HEARD))
    after = given.having(HOME)
    assert owed(after, 1) == {}
    assert {"voluntariness", "assessment", "receiver"} <= set(owed(after, 2))
    after.when(HOME).then_refused(RefusalCode.NO_WAY_HOME_OWED)


def test_the_way_home_may_be_prepared_before_she_comes() -> None:
    """Then nothing is owed of it when she arrives."""
    given = visiting().having(HOME)
    given.when(HOME).then_refused(RefusalCode.NO_WAY_HOME_OWED)
    arrived = (
        given.at(COMES)
        .having(DepartOnReturn(number=1))
        .later(hours=5)
        .having(ConfirmHandover(number=1, receipt=Receipt.SIGNED))
    )
    assert owed(arrived, 1) == {}


def test_a_way_home_that_is_stopped_leaves_her_here() -> None:
    """Another one is owed in the same decision."""
    given = here().having(HOME)
    stop = StopReturn(number=2, reason=StopReason.RECEIVER_LOST)
    events = given.when(stop).events
    assert [e.number for e in events if isinstance(e, WayHomeOwed)] == [1]
    after = given.and_then(*events)
    assert set(owed(after, 1)) == {"way-home"}
    assert returned(after, 2).status is ReturnStatus.STOPPED
    assert after.when(HOME).events


def test_who_stays_by_their_own_wish_needs_none() -> None:
    """Nobody is sent home."""
    command = SettleWayHome(number=1, answer=WayHomeAnswer.STAYS_BY_OWN_WISH)
    after = here().when(command).then(WayHomeSettled(number=1, answer=WayHomeAnswer.STAYS_BY_OWN_WISH))
    after.when(command).then_refused(RefusalCode.NO_WAY_HOME_OWED)


def test_a_receiver_here_is_agreed_with_consent_as_well() -> None:
    """The shelter for the nights of the hearing learns of her too."""
    ask, consent, agreed = STEPS["receiver"]
    assert isinstance(ask, AskReceiver)
    assert isinstance(agreed, AnswerReceiver)
    assert consent == CONSENT
    summoned().having(VISIT, ask).when(agreed).then_refused(RefusalCode.NO_CONSENT_IN_FORCE)
    assert isinstance(STEPS["escort"][0], ArrangeEscort)
