"""Referrals: sent with consent, answered, escalated where nobody answers, recalled where the consent ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.codes import ConsentPurpose, Mover, Role, RungEffect
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.service.codes import FreezeCause, Move, ReferralAnswer, ReferralReason, ReferralStatus, ServiceEnd
from domain.journey.service.codes import ServiceStatus as S
from domain.journey.service.events import ServiceStopped
from domain.journey.service.freezing import pause
from domain.journey.service.referring import (
    ANSWERS,
    AnswerReferral,
    ReferralRecalled,
    ReferralSent,
    SendReferral,
)
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Surroundings
from domain.stream.firing import FireRung, RungsFired
from tests.domain.given import Given
from tests.domain.service.told import CLINIC, OTHER_CLINIC, advance, consented, needed, owed, stands, state

KEY = "referral:exam:1:1"
SEND = SendReferral(service="exam", recipient=CLINIC, language="sq")


def sent() -> Given:
    """The clinic was asked."""
    return consented("exam").having(SEND)


def answer(what: ReferralAnswer, **fields: int) -> AnswerReferral:
    """What the clinic said."""
    return AnswerReferral(service="exam", answer=what, **fields)


def at(status: ReferralStatus) -> Given:
    """A referral that stands where it is wanted."""
    match status:
        case ReferralStatus.SENT:
            return sent()
        case ReferralStatus.RECALLED:
            return sent().having(WithdrawConsent(purpose=ConsentPurpose.REFERRAL))
        case ReferralStatus.SETTLED:
            return at(ReferralStatus.RECALLED).having(answer(ReferralAnswer.TOLD))
        case ReferralStatus.UNANSWERED:
            return sent().having(answer(ReferralAnswer.NO_ANSWER))
        case _:
            return sent().having(answer(ReferralAnswer(status.value)))


def test_a_referral_waits_on_the_recipient() -> None:
    """Its answer is due; what the recipient is to speak stands in it."""
    event = consented("exam").when(SEND).events[0]
    assert isinstance(event, ReferralSent)
    assert (event.number, event.reason, event.language) == (1, ReferralReason.ADDITIONAL_SERVICES_REQUIRED, "sq")
    due = owed(sent(), KEY)
    assert due is not None
    assert (due.clockwork.deadline.due_on, due.waits_on) == (date(2026, 3, 9), Mover.PARTNER)


@pytest.mark.parametrize("status", [s for s in ReferralStatus if s is not ReferralStatus.ENDED])
@pytest.mark.parametrize("said", ReferralAnswer)
def test_every_answer_in_every_state(status: ReferralStatus, said: ReferralAnswer) -> None:
    """What the table has leads where it says; everything else is refused, with what is possible."""
    before = at(status)
    assert before.state.services.referrals[KEY].status is status
    decision = before.when(answer(said)).decision
    if (status, said) not in ANSWERS:
        assert isinstance(decision, Refused)
        assert decision.code is RefusalCode.MOVE_NOT_ALLOWED
        return
    after = before.having(answer(said)).state.services.referrals[KEY]
    assert after.status is ANSWERS[status, said]
    assert (owed(before.having(answer(said)), KEY) is not None) is after.is_owed


def test_nobody_is_referred_without_consent() -> None:
    """To the service, and to being referred."""
    needed("exam").when(SEND).then_refused(RefusalCode.SERVICE_NOT_AGREED)
    without = consented("exam").having(WithdrawConsent(purpose=ConsentPurpose.REFERRAL))
    without.when(SEND).then_refused(RefusalCode.CONSENT_REQUIRED, allowed=("referral",))
    again = without.having(GiveConsent(purpose=ConsentPurpose.REFERRAL))
    assert again.when(SEND).events


def test_a_provider_is_asked_once_at_a_time() -> None:
    """Another one may be asked beside; after a refusal the same one again."""
    sent().when(SEND).then_refused(RefusalCode.STILL_RUNNING, part=KEY)
    beside = sent().having(SendReferral(service="exam", recipient=OTHER_CLINIC))
    assert set(beside.state.services.referrals) == {KEY, "referral:exam:1:2"}
    assert at(ReferralStatus.REFUSED).when(SEND).events
    first = beside.having(answer(ReferralAnswer.REFUSED, number=1)).state.services.referrals
    assert [r.status for r in first.values()] == [ReferralStatus.REFUSED, ReferralStatus.SENT]
    beside.when(answer(ReferralAnswer.DONE, number=7)).then_refused(RefusalCode.NO_SUCH_REFERRAL)


def test_no_answer_is_escalated_to_a_named_person() -> None:
    """The supervisor, then whoever is on call; the ladder says so, nobody has to remember."""
    due = owed(sent(), KEY)
    assert due is not None
    told = [(r.to, r.at) for r in due.ahead if r.effect is RungEffect.ESCALATE]
    assert [to for to, _ in told] == [(Role.SUPERVISOR,), (Role.ON_CALL,)]
    late = sent().at(told[-1][1])
    fired = late.when(FireRung(obligation=KEY, rung=due.ahead[0].rung, date_version=1)).events[0]
    assert isinstance(fired, RungsFired)
    assert {a.role for a in fired.addressees} >= {Role.SUPERVISOR, Role.ON_CALL}


def test_an_accepted_one_is_due_to_be_done() -> None:
    """With a new date."""
    accepted = at(ReferralStatus.ACCEPTED)
    due = owed(accepted, KEY)
    assert due is not None
    assert due.clockwork.date_version == 2
    sent().when(answer(ReferralAnswer.DONE, seen=1)).then_refused(RefusalCode.PART_CHANGED, part=KEY)


def test_where_the_consent_to_refer_ends_the_recipient_is_to_be_told() -> None:
    """In the same decision; the service itself goes on."""
    events = sent().when(WithdrawConsent(purpose=ConsentPurpose.REFERRAL)).events
    assert [type(e) for e in events][1:] == [ReferralRecalled]
    recalled = at(ReferralStatus.RECALLED)
    due = owed(recalled, KEY)
    assert due is not None
    assert due.waits_on is Mover.US
    assert state(recalled, "exam").status is S.CONSENTED
    assert owed(at(ReferralStatus.SETTLED), KEY) is None


def test_where_the_service_stops_or_is_declined_its_referrals_are_recalled() -> None:
    """Whatever the way."""
    stopped = sent().when(WithdrawConsent(purpose=ConsentPurpose.MEDICAL)).events
    assert [type(e) for e in stopped][1:] == [ServiceStopped, ReferralRecalled]
    declined = sent().when(advance("exam", Move.DECLINE)).events
    assert isinstance(declined[1], ReferralRecalled)


def test_a_service_is_not_closed_over_an_open_referral() -> None:
    """Somebody waits there."""
    sent().when(advance("exam", Move.CLOSE, end=ServiceEnd.NOT_NEEDED)).then_refused(
        RefusalCode.STILL_RUNNING, part=KEY
    )
    assert at(ReferralStatus.DONE).when(advance("exam", Move.CLOSE, end=ServiceEnd.NOT_NEEDED)).events


def test_a_service_that_rests_is_not_referred() -> None:
    """Nor is a referral dated into the future."""
    given = consented("exam")
    frozen = given.and_then(*pause(given.state, FreezeCause.SAFETY, Surroundings(given.pathway, given.now)))
    frozen.when(SEND).then_refused(RefusalCode.SERVICE_FROZEN)
    tomorrow = given.now + timedelta(days=1)
    given.when(SEND.model_copy(update={"occurred_at": tomorrow})).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    assert stands("exam", S.PLANNED).when(SEND).events
