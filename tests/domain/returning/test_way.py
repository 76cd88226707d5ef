"""On the way, received, looked after: who is told when nobody says so, and what was said by mistake."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from domain.codes import ClosingReason, ConsentPurpose, ReopeningReason, Role
from domain.journey import Journey, obligations, wakes
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.returning.codes import (
    CheckOutcome,
    CheckStatus,
    Receipt,
    ReturnMove,
    ReturnStatus,
    SetBackCause,
    StopReason,
    Trouble,
    Verdict,
)
from domain.journey.returning.commands import (
    ConfirmHandover,
    DeclareVoluntariness,
    DepartOnReturn,
    HoldReturnCheck,
    ReportHandoverTrouble,
    ResumeReturn,
    StopReturn,
    TakeBackReturn,
    TellOfStop,
    WithdrawVoluntariness,
)
from domain.journey.returning.events import (
    ReturnResumed,
    ReturnSetBack,
    ReturnStopped,
    ReturnStopTold,
    VoluntarinessWithdrawn,
)
from domain.journey.returning.transitions import TABLE
from domain.journey.returning.way_events import (
    HandoverConfirmed,
    HandoverTroubled,
    ReturnChecked,
    ReturnChecksDropped,
    ReturnDeparted,
    ReturnTakenBack,
)
from domain.journey.safety.alerts import AlertRaised
from domain.journey.safety.state import AlertReason
from domain.journey.service.codes import Concern
from domain.journey.service.concerning import RaiseConcern
from domain.pathway.assessment import Level
from domain.pathway.returning import Preparation
from domain.refusal import RefusalCode
from tests.domain.careful import risk
from tests.domain.given import Given
from tests.domain.returning.home import (
    ARRIVES,
    LEAVES,
    STEPS,
    begun,
    departed,
    joint,
    looked_at,
    missing,
    owed,
    passport,
    ready,
    received,
    returned,
    rungs,
)
from tests.returning_examples import CONSULATE, PARTNER, RECEIVER

SOMEBODY = UUID("9a1c0000-0000-4000-8000-0000000005e9")


# ------------------------------------------------------------------------------------------------- the table of states
def stopped() -> Given:
    return departed().having(StopReturn(number=1, reason=StopReason.TURNED_BACK))


STANDING = {
    ReturnStatus.PREPARING: ready,
    ReturnStatus.DEPARTED: departed,
    ReturnStatus.RECEIVED: received,
    ReturnStatus.STOPPED: stopped,
}
SAID = {
    ReturnMove.DEPART: DepartOnReturn(number=1),
    ReturnMove.HAND_OVER: ConfirmHandover(number=1, receipt=Receipt.IN_WRITING),
    ReturnMove.STOP: StopReturn(number=1, reason=StopReason.OTHER),
    ReturnMove.RESUME: ResumeReturn(number=1),
}


@pytest.mark.parametrize("status", ReturnStatus)
@pytest.mark.parametrize("move", ReturnMove)
def test_the_table_decides_what_may_follow_what(status: ReturnStatus, move: ReturnMove) -> None:
    """Every state with every move: it leads where the table says, or is refused with what would be possible."""
    given = STANDING[status]()
    assert returned(given).status is status
    if move in TABLE[status]:
        assert returned(given.having(SAID[move])).status is TABLE[status][move]
    else:
        possible = tuple(m.value for m in ReturnMove if m in TABLE[status])
        given.when(SAID[move]).then_refused(RefusalCode.RETURN_NOT_NOW, part="return:1", allowed=possible)


# ------------------------------------------------------------------------------------------------------ the departure
def test_who_leaves_is_expected_somewhere() -> None:
    """Within hours of the arrival somebody has to have confirmed it; then a second person is told, and a third."""
    (event,) = ready().at(LEAVES).when(DepartOnReturn(number=1)).events
    assert isinstance(event, ReturnDeparted)
    assert event.timers[0].deadline.due_at == ARRIVES + timedelta(hours=6)
    given = departed()
    assert set(owed(given)) == {"handover"}
    assert rungs(given, "handover") == [
        ("due", ()),
        ("stall", ()),
        ("escalate-supervisor-0-hours", (Role.SUPERVISOR,)),
        ("escalate-on-call-1-hours", (Role.ON_CALL,)),
    ]


def test_who_leaves_late_arrives_late() -> None:
    """The alarm waits for them, and no longer."""
    given = ready().at(LEAVES + timedelta(hours=2)).having(DepartOnReturn(number=1))
    assert owed(given)["handover"].due_at == ARRIVES + timedelta(hours=8)


def test_nobody_leaves_on_a_consent_that_was_withdrawn() -> None:
    """The organisation that receives may not learn of them: refused, with its name."""
    given = ready().having(WithdrawConsent(purpose=ConsentPurpose.REPATRIATION, recipient=RECEIVER))
    given.when(DepartOnReturn(number=1)).then_refused(RefusalCode.RETURN_NOT_READY, part="return:1")
    assert ("return", "receiver") in missing(given)


def test_nobody_leaves_on_a_consent_that_ran_out() -> None:
    """Nobody has withdrawn it; it has an end."""
    given = ready(without="receiver")
    until = GiveConsent(purpose=ConsentPurpose.REPATRIATION, recipient=RECEIVER, valid_until=date(2026, 4, 1))
    ask, _, agreed = STEPS["receiver"]
    given = given.having(ask, until, agreed).at(LEAVES)
    assert missing(given) == {("consent", "repatriation")}
    given.when(DepartOnReturn(number=1)).then_refused(RefusalCode.RETURN_NOT_READY, other=RECEIVER)


# --------------------------------------------------------------------------------------------------------- interrupts
def test_a_raised_risk_keeps_them_here_until_both_sides_have_looked_again() -> None:
    """In the same decision; the old assessment does not count any more, and people are told at once."""
    events = ready().when(RaiseConcern(concern=Concern.THREAT)).events
    (back,) = [e for e in events if isinstance(e, ReturnSetBack)]
    assert (back.item, back.cause) == (Preparation.ASSESSMENT, SetBackCause.RISK_RAISED)
    given = ready().and_then(*events)
    assert rungs(given, "assessment")[0] == ("told", (Role.SUPERVISOR, Role.MOBILE_TEAM))
    assert missing(given) == {("return", "assessment")}
    given.when(joint()).then_refused(RefusalCode.ASSESSMENT_OUTDATED)
    again = given.later(hours=3).having(looked_at(), joint())
    assert missing(again) == set()
    assert again.at(LEAVES).when(DepartOnReturn(number=1)).events


def test_a_risk_found_by_another_assessment_keeps_them_here_too() -> None:
    """Whatever part of the journey finds it."""
    given = ready().having(risk(Level.HIGH))
    assert ("return", "assessment") in missing(given)


def test_a_new_look_by_the_form_itself_asks_both_sides_again() -> None:
    """They need not fill it in twice."""
    given = ready().having(looked_at(people=Level.MODERATE))
    (back,) = [r.event for r in given.history if isinstance(r.event, ReturnSetBack)]
    assert back.cause is SetBackCause.REASSESSED
    assert missing(given) == {("return", "assessment")}
    after = given.having(joint())
    found = returned(after).assessment
    assert found is not None
    assert (found.verdict, found.overall) == (Verdict.CLEAR, Level.MODERATE)
    assert missing(after) == set()


def test_a_risk_while_they_are_on_the_way_changes_nothing_here() -> None:
    """They have left; the alert itself is told to people."""
    events = departed().when(RaiseConcern(concern=Concern.THREAT)).events
    assert not [e for e in events if isinstance(e, ReturnSetBack)]


def test_a_consent_withdrawn_towards_the_receiver_is_seen_to_at_once() -> None:
    """It is to agree again, once the client does."""
    given = ready().having(WithdrawConsent(purpose=ConsentPurpose.REPATRIATION, recipient=RECEIVER))
    assert rungs(given, "receiver")[0] == ("told", (Role.SUPERVISOR, Role.MOBILE_TEAM))
    assert returned(given).status is ReturnStatus.PREPARING


def test_who_withdraws_the_consent_to_be_returned_stays() -> None:
    """The return is off in the same decision."""
    given = ready().having(GiveConsent(purpose=ConsentPurpose.REPATRIATION))
    events = given.when(WithdrawConsent(purpose=ConsentPurpose.REPATRIATION)).events
    (off,) = [e for e in events if isinstance(e, ReturnStopped)]
    assert off.reason is StopReason.CONSENT_WITHDRAWN


def test_who_does_not_wish_it_any_more_stays_and_everybody_is_told() -> None:
    """Our people at once; every partner is owed a word, until each has had it."""
    given = ready().having(passport(consulate=CONSULATE))
    events = given.when(WithdrawVoluntariness(number=1)).events
    assert [type(e) for e in events] == [VoluntarinessWithdrawn, ReturnStopped]
    off = events[1]
    assert isinstance(off, ReturnStopped)
    assert (off.reason, set(off.untold)) == (StopReason.VOLUNTARINESS_WITHDRAWN, {PARTNER, RECEIVER, CONSULATE})
    after = given.and_then(*events)
    assert set(owed(after)) == {"stop"}
    assert rungs(after, "stop")[0] == ("told", (Role.SUPERVISOR, Role.MOBILE_TEAM, Role.LAWYER))
    after.when(TellOfStop(number=1)).then_refused(RefusalCode.RECIPIENTS_UNTOLD, other=RECEIVER)
    after.when(TellOfStop(number=1, told=(SOMEBODY,))).then_refused(RefusalCode.NOBODY_TO_TELL, other=SOMEBODY)
    told = after.when(TellOfStop(number=1, told=(RECEIVER, PARTNER))).then(
        ReturnStopTold(number=1, told=(RECEIVER, PARTNER))
    )
    assert set(owed(told)) == {"stop"}
    assert owed(told.having(TellOfStop(number=1, told=(CONSULATE,)))) == {}


def test_a_return_that_is_off_before_anybody_knew_is_acknowledged() -> None:
    """By one of us."""
    given = begun().having(StopReturn(number=1, reason=StopReason.ENTERED_BY_MISTAKE))
    assert set(owed(given)) == {"stop"}
    after = given.when(TellOfStop(number=1)).then(ReturnStopTold(number=1, told=()))
    after.when(TellOfStop(number=1)).then_refused(RefusalCode.NOBODY_TO_TELL)


def test_a_journey_does_not_end_while_a_partner_waits() -> None:
    """Nor while somebody prepares to leave, or is on the way."""
    for given in (begun(), departed(), stopped()):
        given.when(CloseJourney(reason=ClosingReason.LEFT_COUNTRY)).then_refused(RefusalCode.RETURN_UNFINISHED)
    told = stopped().having(TellOfStop(number=1, told=(PARTNER, RECEIVER)))
    assert told.when(CloseJourney(reason=ClosingReason.CLIENT_WISH)).events


def test_a_return_goes_on_with_its_documents_only() -> None:
    """Wish, risk, receiver, escort and route were of another day."""
    given = stopped().later(days=10)
    (event,) = given.when(ResumeReturn(number=1)).events
    assert isinstance(event, ReturnResumed)
    assert {t.item for t in event.timers} == {p.value for p in Preparation}
    after = given.and_then(event)
    assert set(owed(after)) == {p.value for p in Preparation}
    assert missing(after) == {("return", p.value) for p in Preparation}
    after.when(joint()).then_refused(RefusalCode.ASSESSMENT_OUTDATED)


# ----------------------------------------------------------------------------------------------------------- handover
def test_trouble_on_the_way_is_told_now() -> None:
    """The receiver was not there: within four hours somebody has to have them."""
    given = departed().at(ARRIVES)
    (event,) = given.when(ReportHandoverTrouble(number=1, trouble=Trouble.RECEIVER_ABSENT)).events
    assert isinstance(event, HandoverTroubled)
    after = given.and_then(event)
    assert owed(after)["handover"].due_at == ARRIVES + timedelta(hours=4)
    assert rungs(after, "handover")[0] == ("told", (Role.SUPERVISOR, Role.MOBILE_TEAM))
    assert returned(after).trouble is Trouble.RECEIVER_ABSENT


def test_somebody_confirms_that_they_were_received_and_how_that_is_known() -> None:
    """Then they are looked after: two weeks, three, six and twelve months, counted from that day."""
    document = UUID("00000000-0000-4000-8000-0000000d0c07")
    given = departed().at(ARRIVES + timedelta(hours=1))
    (event,) = given.when(ConfirmHandover(number=1, receipt=Receipt.SIGNED, document=document)).events
    assert isinstance(event, HandoverConfirmed)
    assert (event.received_by, event.document) == (RECEIVER, document)
    after = given.and_then(event)
    assert {key: o.clockwork.deadline.due_on for key, o in owed(after).items()} == {
        "check-after-14-calendar-days": date(2026, 5, 4),
        "check-after-3-months": date(2026, 7, 20),
        "check-after-6-months": date(2026, 10, 20),
        "check-after-12-months": date(2027, 4, 20),
    }


def test_another_organisation_receives_with_the_clients_consent() -> None:
    """The one that was agreed was not there; without a yes nobody else learns of them."""
    given = departed().at(ARRIVES + timedelta(hours=2))
    other = ConfirmHandover(number=1, receipt=Receipt.BY_VOICE, received_by=SOMEBODY)
    given.when(other).then_refused(RefusalCode.NO_CONSENT_IN_FORCE, other=SOMEBODY)
    allowed = given.having(GiveConsent(purpose=ConsentPurpose.REPATRIATION, recipient=SOMEBODY))
    (event,) = allowed.when(other).events
    assert isinstance(event, HandoverConfirmed)
    assert event.received_by == SOMEBODY


def test_a_departure_that_was_none_is_taken_back() -> None:
    """Everything stands as it stood, with what of its ladder was fired."""
    before = ready().at(LEAVES)
    after = before.having(DepartOnReturn(number=1))
    version = returned(after).status_version
    back = after.when(TakeBackReturn(number=1, corrects=version)).then(ReturnTakenBack(number=1, corrects=version))
    assert returned(back).owed == returned(before).owed
    assert returned(back).status is ReturnStatus.PREPARING
    back.when(TakeBackReturn(number=1, corrects=version)).then_refused(RefusalCode.NOTHING_TO_CORRECT)


def test_a_handover_that_was_none_is_taken_back_and_then_the_departure_too() -> None:
    """One after the other."""
    given = received()
    handed = returned(given).status_version
    given = given.having(TakeBackReturn(number=1, corrects=handed))
    assert set(owed(given)) == {"handover"}
    left = returned(given).status_version
    assert left < handed
    assert returned(given.having(TakeBackReturn(number=1, corrects=left))).status is ReturnStatus.PREPARING


def test_a_risk_that_was_raised_meanwhile_is_not_forgotten() -> None:
    """They had not left after all, and now may not."""
    given = departed().later(hours=1).having(RaiseConcern(concern=Concern.THREAT))
    back = given.having(TakeBackReturn(number=1, corrects=returned(given).status_version))
    assert missing(back) == {("return", "assessment")}


# ------------------------------------------------------------------------------------------------------------- checks
def check(span: str, outcome: CheckOutcome) -> HoldReturnCheck:
    return HoldReturnCheck(number=1, check=f"after-{span}", outcome=outcome)


FIRST = "14-calendar-days"


def test_a_check_is_held_once() -> None:
    """The others stay ahead."""
    after = (
        received()
        .later(days=14)
        .when(check(FIRST, CheckOutcome.SAFE))
        .then(ReturnChecked(number=1, check=f"after-{FIRST}", outcome=CheckOutcome.SAFE))
    )
    assert len(owed(after)) == 3
    assert returned(after).checks[f"after-{FIRST}"].status is CheckStatus.HELD
    after.when(check(FIRST, CheckOutcome.SAFE)).then_refused(
        RefusalCode.NO_SUCH_CHECK, allowed=("after-3-months", "after-6-months", "after-12-months")
    )


def test_who_is_not_reached_is_tried_again() -> None:
    """A week later; it is never taken for an answer."""
    given = received().later(days=14)
    after = given.having(check(FIRST, CheckOutcome.NOT_REACHED))
    again = owed(after)[f"check-after-{FIRST}"]
    assert again.clockwork.deadline.due_on == date(2026, 5, 11)
    assert returned(after).checks[f"after-{FIRST}"].status is CheckStatus.AHEAD


def test_who_is_at_risk_is_told_of_at_once() -> None:
    """As any raised risk is."""
    events = received().later(days=14).when(check(FIRST, CheckOutcome.AT_RISK)).events
    (alert,) = [e for e in events if isinstance(e, AlertRaised)]
    assert alert.reason is AlertReason.RISK_RAISED


def test_who_wants_no_more_checks_is_asked_no_more() -> None:
    """Declining one leaves the others."""
    given = received().later(days=14)
    assert len(owed(given.having(check(FIRST, CheckOutcome.DECLINED)))) == 3
    after = given.having(check(FIRST, CheckOutcome.NO_MORE))
    assert owed(after) == {}
    assert returned(after).checks["after-12-months"].status is CheckStatus.DROPPED


def closed_for(days: int, reason: ReopeningReason) -> tuple[Given, tuple[object, ...]]:
    given = received().later(days=1).having(CloseJourney(reason=ClosingReason.LEFT_COUNTRY)).later(days=days)
    events = given.when(ReopenJourney(reason=reason)).events
    return given.and_then(*events), events


def test_checks_whose_day_passed_while_the_journey_was_closed_are_dropped() -> None:
    """Nobody can hold them any more; those ahead stand."""
    after, events = closed_for(120, ReopeningReason.CLIENT_RETURNED)
    (dropped,) = [e for e in events if isinstance(e, ReturnChecksDropped)]
    assert dropped.checks == ("after-14-calendar-days", "after-3-months")
    assert set(owed(after)) == {"check-after-6-months", "check-after-12-months"}


def test_after_a_closing_by_mistake_all_of_them_stand() -> None:
    """Late, and said so."""
    after, _ = closed_for(20, ReopeningReason.CLOSED_BY_MISTAKE)
    assert len(owed(after)) == 4


def test_every_return_that_is_not_over_has_a_timer_ahead() -> None:
    """In each state."""
    for given in (begun(), ready(), departed(), received(), stopped()):
        journey: Journey = given.state
        live = {w.key for w in wakes(journey)}
        assert {o.key for o in obligations(journey) if o.key.startswith("return:")} & live


def test_a_wish_is_not_declared_on_the_way() -> None:
    """What belongs before the departure is refused after it."""
    moment: datetime = departed().now
    given = departed().at(moment + timedelta(minutes=5))
    given.when(DeclareVoluntariness(number=1)).then_refused(RefusalCode.RETURN_NOT_NOW, allowed=("hand-over", "stop"))


def test_the_form_of_returns_is_looked_at_again_only_while_one_is_under_way() -> None:
    """Nobody is reminded for ever of the risk of a journey that is over; other forms go on."""
    for given, wanted in ((ready(), True), (departed(), True), (received(), False), (stopped(), False)):
        keys = {o.key for o in obligations(given.having(risk(Level.LOW)).state)}
        assert ("assessment:return-risk" in keys) is wanted
        assert "assessment:risk" in keys
