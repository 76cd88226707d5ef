"""What an outside provider sees: an allow-list, and nothing without the client's consent."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, timedelta

from domain.codes import ClosingReason, ConsentPurpose
from domain.journey.closing import CloseJourney
from domain.journey.consent import WithdrawConsent
from domain.journey.naming import journey_code
from domain.journey.service.codes import Move, ReferralAnswer
from domain.journey.service.narrow import NarrowView, for_provider
from domain.journey.service.referring import AnswerReferral, SendReferral
from tests.domain.given import JOURNEY, MONDAY, Given
from tests.domain.service.told import CLINIC, OTHER_CLINIC, advance, scheduled

ALLOWED = {"code", "service", "sent_at", "answer_by", "appointment", "language"}
KEY = "referral:exam:1:1"


def referred() -> Given:
    """An examination with an appointment at the clinic, which is asked for it."""
    return scheduled("exam").having(SendReferral(service="exam", recipient=CLINIC, language="sq"))


def test_it_has_the_fields_of_the_allow_list_and_no_more() -> None:
    """A field added to it is to be argued for here."""
    assert {f.name for f in fields(NarrowView)} == ALLOWED


def test_a_provider_sees_what_it_needs() -> None:
    """The code, the service, the dates, the language."""
    view = for_provider(referred().state, KEY, CLINIC)
    assert view is not None
    assert asdict(view) == {
        "code": journey_code(JOURNEY),
        "service": "exam",
        "sent_at": MONDAY,
        "answer_by": date(2026, 3, 9),
        "appointment": MONDAY + timedelta(days=3),
        "language": "sq",
    }


def test_another_provider_sees_nothing() -> None:
    """Nor an appointment that is with somebody else."""
    assert for_provider(referred().state, KEY, OTHER_CLINIC) is None
    assert for_provider(referred().state, "referral:exam:1:9", CLINIC) is None
    other = referred().having(SendReferral(service="exam", recipient=OTHER_CLINIC))
    view = for_provider(other.state, "referral:exam:1:2", OTHER_CLINIC)
    assert view is not None
    assert view.appointment is None


def test_it_ends_with_the_consent_the_referral_and_the_journey() -> None:
    """Each of them closes it at once."""
    for command in (
        WithdrawConsent(purpose=ConsentPurpose.REFERRAL),
        WithdrawConsent(purpose=ConsentPurpose.MEDICAL),
        AnswerReferral(service="exam", answer=ReferralAnswer.REFUSED),
        advance("exam", Move.DECLINE),
        CloseJourney(reason=ClosingReason.CLIENT_WISH),
    ):
        assert for_provider(referred().having(command).state, KEY, CLINIC) is None
