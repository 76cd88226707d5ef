"""Consent: for each purpose on its own, dated, withdrawn as easily as given."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.codes import ClosingReason, ConsentGiver, ConsentPurpose
from domain.journey.closing import CloseJourney
from domain.journey.consent import ConsentGiven, ConsentWithdrawn, GiveConsent, WithdrawConsent
from domain.journey.standing import ConsentKey
from domain.refusal import RefusalCode
from tests.domain.given import MONDAY, NOTE, begun

MEDICAL = ConsentPurpose.MEDICAL


@pytest.mark.parametrize("purpose", ConsentPurpose)
def test_consent_is_given_for_one_purpose(purpose: ConsentPurpose) -> None:
    """And holds for that one only."""
    after = begun().when(GiveConsent(purpose=purpose)).then(ConsentGiven(purpose=purpose, giver=ConsentGiver.CLIENT))
    assert [p for p in ConsentPurpose if after.state.consent(p, at=after.now)] == [purpose]


def test_a_guardian_may_consent() -> None:
    """Who gave it stands in the event, and when."""
    given_at = MONDAY + timedelta(minutes=10)
    begun().later(hours=1).when(
        GiveConsent(purpose=MEDICAL, giver=ConsentGiver.GUARDIAN, note=NOTE, occurred_at=given_at)
    ).then(ConsentGiven(purpose=MEDICAL, giver=ConsentGiver.GUARDIAN, note=NOTE, occurred_at=given_at))


def test_a_consent_in_force_is_not_given_again() -> None:
    """The refusal names the part and its version."""
    before = begun().having(GiveConsent(purpose=MEDICAL))
    before.when(GiveConsent(purpose=MEDICAL)).then_refused(
        RefusalCode.CONSENT_ALREADY_GIVEN, part="consent:medical", part_version=5
    )


def test_a_consent_is_withdrawn_from_now_on() -> None:
    """What was given stays known."""
    before = begun().having(GiveConsent(purpose=MEDICAL)).later(days=1)
    after = before.when(WithdrawConsent(purpose=MEDICAL, note=NOTE)).then(ConsentWithdrawn(purpose=MEDICAL, note=NOTE))
    consent = after.state.consents[ConsentKey(MEDICAL)]
    assert (consent.given_at, consent.withdrawn_at) == (MONDAY, before.now)
    assert after.state.consent(MEDICAL, at=before.now) is None


def test_a_withdrawn_consent_may_be_given_again() -> None:
    """As often as the client wishes."""
    before = begun().having(GiveConsent(purpose=MEDICAL), WithdrawConsent(purpose=MEDICAL))
    after = before.when(GiveConsent(purpose=MEDICAL)).then(ConsentGiven(purpose=MEDICAL, giver=ConsentGiver.CLIENT))
    assert after.state.consent(MEDICAL, at=after.now)


def test_only_a_consent_in_force_is_withdrawn() -> None:
    """Not one never given, and not one withdrawn before."""
    begun().when(WithdrawConsent(purpose=MEDICAL)).then_refused(RefusalCode.NO_SUCH_CONSENT, part="consent:medical")
    begun().having(GiveConsent(purpose=MEDICAL), WithdrawConsent(purpose=MEDICAL)).when(
        WithdrawConsent(purpose=MEDICAL)
    ).then_refused(RefusalCode.NO_SUCH_CONSENT)


def test_a_consent_is_withdrawn_from_a_closed_journey_too() -> None:
    """Withdrawing is as easy as giving, and never too late."""
    closed = begun().having(GiveConsent(purpose=MEDICAL), CloseJourney(reason=ClosingReason.GOALS_REACHED))
    closed.when(WithdrawConsent(purpose=MEDICAL)).then(ConsentWithdrawn(purpose=MEDICAL))
    closed.when(GiveConsent(purpose=ConsentPurpose.REFERRAL)).then_refused(RefusalCode.JOURNEY_CLOSED)


def test_a_consent_is_not_dated_into_the_future() -> None:
    """Neither given nor withdrawn."""
    tomorrow = MONDAY + timedelta(days=1)
    begun().when(GiveConsent(purpose=MEDICAL, occurred_at=tomorrow)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    begun().having(GiveConsent(purpose=MEDICAL)).when(
        WithdrawConsent(purpose=MEDICAL, occurred_at=tomorrow)
    ).then_refused(RefusalCode.DATE_IN_THE_FUTURE)


def test_a_consent_by_telephone_an_hour_before_the_opening_is_taken() -> None:
    """The day of the opening is early enough: the consultant consents first and opens the journey then."""
    hour_before = MONDAY - timedelta(hours=1)
    begun().when(GiveConsent(purpose=MEDICAL, occurred_at=hour_before)).then(
        ConsentGiven(purpose=MEDICAL, giver=ConsentGiver.CLIENT, occurred_at=hour_before)
    )


def test_a_consent_is_not_dated_before_the_day_of_the_opening() -> None:
    """Counted in local days: the day before ends at midnight in Belgrade."""
    late_on_sunday = MONDAY - timedelta(hours=10, minutes=1)
    begun().when(GiveConsent(purpose=MEDICAL, occurred_at=late_on_sunday)).then_refused(RefusalCode.DATE_BEFORE_OPENING)
