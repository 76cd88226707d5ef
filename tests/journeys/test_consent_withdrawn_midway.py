"""Consent withdrawn midway: help goes on, the clinic stops, and nobody forgets to tell it."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import ClosingReason, ConsentPurpose, ObligationKind, Role
from domain.journey.closing import CloseJourney
from domain.journey.consent import GiveConsent, WithdrawalScope, WithdrawConsent
from domain.journey.withdrawal import NotifyWithdrawal
from domain.pathway.consent import LegalGround
from domain.refusal import RefusalCode
from tests.domain.careful import CLINIC, MEDICAL, SHELTER, careful, tell
from tests.domain.given import MILA
from tests.journeys.hand_clock import Told
from tests.journeys.tale import Tale

WITHDRAWAL = ObligationKind.WITHDRAWAL


def consent_withdrawn_midway() -> Tale:
    """From the first consent to the day on which the clinic knows."""
    story = Told(careful())
    supervisor = story.here.state.assigned[Role.SUPERVISOR]

    # Monday: the client agrees that the clinic and the shelter may be told what they need; the clinic is.
    story.do(
        GiveConsent(purpose=ConsentPurpose.ASSISTANCE),
        GiveConsent(purpose=MEDICAL, recipient=CLINIC),
        GiveConsent(purpose=MEDICAL, recipient=SHELTER),
        tell(CLINIC),
    )
    story.refused(tell(CLINIC, ConsentPurpose.REFERRAL), RefusalCode.NO_CONSENT_IN_FORCE)

    # Three weeks later, on a Monday, she wants no more of it. One command, whoever it was given to.
    story.later(days=21)
    story.do(WithdrawConsent(purpose=MEDICAL, scope=WithdrawalScope.EVERYBODY))
    story.refused(tell(CLINIC), RefusalCode.NO_CONSENT_IN_FORCE)
    story.refused(tell(SHELTER), RefusalCode.NO_CONSENT_IN_FORCE)
    # What went out before stays lawful, and so may be entered late; the shelter, which got nothing, is told nothing.
    before = tell(CLINIC).model_copy(update={"occurred_at": story.here.now - timedelta(days=2)})
    story.do(before)
    assert list(story.here.state.untold) == [f"withdrawal:medical:{CLINIC}"]
    assert story.here.state.consent(ConsentPurpose.ASSISTANCE, at=story.here.now), "help depends on none of it"

    # Her life in danger, the law lets us tell: with its article, and never as if she had agreed.
    story.do(tell(CLINIC, ground=LegalGround.DANGER_TO_LIFE))
    assert [d.article for d in story.here.state.disclosures] == [None, None, "ZZPL 12 (1)(4)"]

    # The clinic must know by the end of Tuesday. Nobody calls: the caseworker hears of it, then the supervisor, and
    # on Friday whoever is on call.
    story.refused(CloseJourney(reason=ClosingReason.CLIENT_WISH), RefusalCode.RECIPIENTS_UNTOLD)
    story.later(days=5)
    assert story.told(WITHDRAWAL) == [
        ("due", frozenset({MILA})),
        ("escalate-supervisor-1-working-days", frozenset({MILA, supervisor})),
        ("escalate-on-call-3-working-days", frozenset({MILA, None})),
    ]

    story.do(NotifyWithdrawal(purpose=MEDICAL, recipient=CLINIC))
    assert WITHDRAWAL not in story.owed()
    story.do(CloseJourney(reason=ClosingReason.CLIENT_WISH))
    assert not story.owed()
    return Tale.of(story.here)


def test_consent_withdrawn_midway() -> None:
    """As above."""
    consent_withdrawn_midway()
