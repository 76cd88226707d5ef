"""A consent is for a purpose and towards a recipient; each stands alone, ends by itself, and is withdrawn alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from domain.codes import ClosingReason, ConsentGiver, ConsentPurpose, ObligationKind, Relation
from domain.journey import obligations
from domain.journey.closing import CloseJourney
from domain.journey.consent import ConsentWithdrawn, GiveConsent, WithdrawalScope, WithdrawConsent
from domain.journey.linking import LinkJourney
from domain.journey.merging import MergeJourney
from domain.journey.standing import ConsentKey
from domain.journey.withdrawal import NotifyWithdrawal, WithdrawalNotified
from domain.refusal import RefusalCode
from tests.domain.careful import CLINIC, MEDICAL, REFERRAL, SHELTER, careful, tell
from tests.domain.given import OTHER, Given


def _owed(after: Given, kind: ObligationKind) -> list[str]:
    return [o.key for o in obligations(after.state) if o.kind is kind]


def test_a_consent_towards_a_clinic_covers_neither_a_shelter_nor_ourselves() -> None:
    """Each pair of purpose and recipient is a consent of its own."""
    after = careful().having(GiveConsent(purpose=MEDICAL, recipient=CLINIC))
    assert after.state.consent(MEDICAL, CLINIC, at=after.now)
    assert after.state.consent(MEDICAL, SHELTER, at=after.now) is None
    assert after.state.consent(MEDICAL, at=after.now) is None
    assert after.state.consent(REFERRAL, CLINIC, at=after.now) is None


def test_the_parts_of_two_recipients_have_versions_of_their_own() -> None:
    """A form that shows one is not upset by the other."""
    before = careful().having(GiveConsent(purpose=MEDICAL, recipient=CLINIC))
    seen = before.state.consents[ConsentKey(MEDICAL, CLINIC)].version
    after = before.having(GiveConsent(purpose=MEDICAL, recipient=SHELTER))
    after.when(WithdrawConsent(purpose=MEDICAL, recipient=CLINIC, seen=seen)).then(
        ConsentWithdrawn(purpose=MEDICAL, recipient=CLINIC)
    )
    after.when(WithdrawConsent(purpose=MEDICAL, recipient=CLINIC, seen=seen - 1)).then_refused(
        RefusalCode.PART_CHANGED, part=f"consent:medical:{CLINIC}", part_version=seen
    )


def test_a_consent_ends_with_its_last_day_and_is_asked_for_before() -> None:
    """The whole last day counts, in the zone of the pathway."""
    last = date(2026, 3, 31)
    after = careful().having(GiveConsent(purpose=MEDICAL, valid_until=last))
    key = ConsentKey(MEDICAL)
    until = after.state.consents[key].valid_until
    assert until is not None
    assert until.isoformat() == "2026-03-31T22:00:00+00:00"
    assert after.state.consent(MEDICAL, at=until - timedelta(seconds=1))
    assert after.state.consent(MEDICAL, at=until) is None
    assert _owed(after, ObligationKind.CONSENT_RENEWAL) == ["consent:medical"]
    renewed = after.later(days=20).having(GiveConsent(purpose=MEDICAL, valid_until=date(2026, 9, 30)))
    assert renewed.state.consent(MEDICAL, at=until)


def test_a_consent_is_not_given_until_a_day_that_has_passed() -> None:
    """It would never have been in force."""
    careful().when(GiveConsent(purpose=MEDICAL, valid_until=date(2026, 3, 1))).then_refused(
        RefusalCode.DATE_IN_THE_PAST
    )


def test_who_received_something_must_be_told_of_the_withdrawal() -> None:
    """By the end of the next working day; the ladder ends at the on-call person; done when somebody says so."""
    before = careful().having(GiveConsent(purpose=MEDICAL, recipient=CLINIC), tell())
    after = before.later(days=1).having(WithdrawConsent(purpose=MEDICAL, recipient=CLINIC))
    assert _owed(after, ObligationKind.WITHDRAWAL) == [f"withdrawal:medical:{CLINIC}"]
    waiting = next(o for o in obligations(after.state) if o.kind is ObligationKind.WITHDRAWAL)
    assert waiting.clockwork.deadline.due_on == date(2026, 3, 4)
    assert [r.rung for r in waiting.ahead] == [
        "due",
        "escalate-supervisor-1-working-days",
        "escalate-on-call-3-working-days",
    ]
    told = after.when(NotifyWithdrawal(purpose=MEDICAL, recipient=CLINIC, seen=waiting.version)).then(
        WithdrawalNotified(purpose=MEDICAL, recipient=CLINIC)
    )
    assert not _owed(told, ObligationKind.WITHDRAWAL)
    told.when(NotifyWithdrawal(purpose=MEDICAL, recipient=CLINIC)).then_refused(RefusalCode.NOBODY_TO_TELL)
    after.when(NotifyWithdrawal(purpose=MEDICAL, recipient=CLINIC, seen=1)).then_refused(RefusalCode.PART_CHANGED)


def test_who_received_nothing_is_told_nothing() -> None:
    """Word of a withdrawal would itself disclose that somebody is a client."""
    after = careful().having(
        GiveConsent(purpose=MEDICAL, recipient=CLINIC), WithdrawConsent(purpose=MEDICAL, recipient=CLINIC)
    )
    assert not _owed(after, ObligationKind.WITHDRAWAL)


def test_everybody_is_withdrawn_from_at_once() -> None:
    """As easily as given: one command, whoever it was given to; only who received something is to be told."""
    before = careful().having(
        GiveConsent(purpose=MEDICAL),
        GiveConsent(purpose=MEDICAL, recipient=CLINIC),
        GiveConsent(purpose=MEDICAL, recipient=SHELTER),
        GiveConsent(purpose=REFERRAL, recipient=CLINIC),
        tell(),
    )
    after = before.having(WithdrawConsent(purpose=MEDICAL, scope=WithdrawalScope.EVERYBODY))
    assert [k for k in before.state.consents if after.state.consent(*k, at=after.now)] == [ConsentKey(REFERRAL, CLINIC)]
    assert _owed(after, ObligationKind.WITHDRAWAL) == [f"withdrawal:medical:{CLINIC}"]


def test_a_consent_given_again_leaves_nothing_to_tell() -> None:
    """And withdrawn once more, the notice is owed with a date of its own."""
    withdraw = WithdrawConsent(purpose=MEDICAL, recipient=CLINIC)
    before = careful().having(GiveConsent(purpose=MEDICAL, recipient=CLINIC), tell(), withdraw)
    first = before.state.untold[f"withdrawal:medical:{CLINIC}"].clockwork.date_version
    again = before.having(GiveConsent(purpose=MEDICAL, recipient=CLINIC))
    assert not again.state.untold
    assert again.having(withdraw).state.untold[f"withdrawal:medical:{CLINIC}"].clockwork.date_version > first


def test_a_journey_does_not_end_while_somebody_must_be_told() -> None:
    """Nobody would be reminded of it any more."""
    before = careful().having(
        GiveConsent(purpose=MEDICAL, recipient=CLINIC), tell(), WithdrawConsent(purpose=MEDICAL, recipient=CLINIC)
    )
    part = f"withdrawal:medical:{CLINIC}"
    before.when(CloseJourney(reason=ClosingReason.CONSENT_WITHDRAWN)).then_refused(
        RefusalCode.RECIPIENTS_UNTOLD, part=part, other=CLINIC
    )
    before.when(MergeJourney(survivor=OTHER)).then_refused(RefusalCode.RECIPIENTS_UNTOLD, part=part)
    told = before.having(NotifyWithdrawal(purpose=MEDICAL, recipient=CLINIC))
    assert not told.having(CloseJourney(reason=ClosingReason.CONSENT_WITHDRAWN)).state.is_open


def test_the_guardian_is_one_who_is_linked() -> None:
    """By the id of the linked journey; a guardianship authority has none."""
    command = GiveConsent(purpose=MEDICAL, giver=ConsentGiver.GUARDIAN, guardian=OTHER)
    careful().when(command).then_refused(RefusalCode.NOT_LINKED, other=OTHER)
    sister = careful().having(LinkJourney(other=OTHER, relation=Relation.SIBLING))
    sister.when(command).then_refused(RefusalCode.NOT_LINKED)
    linked = careful().having(LinkJourney(other=OTHER, relation=Relation.GUARDIAN)).having(command)
    assert linked.state.consents[ConsentKey(MEDICAL)].guardian == OTHER


def test_a_client_gives_no_consent_as_their_own_guardian() -> None:
    """The two fields would contradict each other."""
    with pytest.raises(ValidationError, match="guardian"):
        GiveConsent(purpose=ConsentPurpose.MEDICAL, guardian=OTHER)
