"""Nothing leaves the house without a consent in force at that second, unless the law says so, with its article."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from domain.codes import ClosingReason, ConsentGiver, Relation
from domain.journey.closing import CloseJourney
from domain.journey.consent import ConsentGiven, ConsentWithdrawn, GiveConsent, WithdrawConsent
from domain.journey.disclosure import Disclosed, DisclosedByLaw
from domain.journey.linking import LinkJourney
from domain.journey.majority import ComingOfAgeRecorded
from domain.journey.standing import ConsentKey, DataCategory
from domain.pathway.consent import LegalGround
from domain.refusal import RefusalCode, Refused
from tests.domain.careful import CLINIC, MEDICAL, REFERRAL, SHELTER, careful, tell
from tests.domain.given import OTHER, Given
from tests.domain.safety_strategies import consent_commands
from tests.pathway_examples import small_pathway

HEALTH = (DataCategory.HEALTH,)


def test_a_disclosure_names_the_consent_that_covers_it() -> None:
    """Its part, and the version that gave it."""
    before = careful().having(GiveConsent(purpose=MEDICAL, recipient=CLINIC))
    before.when(tell()).then(
        Disclosed(
            categories=HEALTH,
            recipient=CLINIC,
            purpose=MEDICAL,
            consent=f"consent:medical:{CLINIC}",
            consent_version=before.state.consents[ConsentKey(MEDICAL, CLINIC)].version,
        )
    )


@pytest.mark.parametrize(
    "consents",
    [
        (),
        (GiveConsent(purpose=MEDICAL),),
        (GiveConsent(purpose=MEDICAL, recipient=SHELTER),),
        (GiveConsent(purpose=REFERRAL, recipient=CLINIC),),
        (GiveConsent(purpose=MEDICAL, recipient=CLINIC), WithdrawConsent(purpose=MEDICAL, recipient=CLINIC)),
    ],
    ids=["none", "for ourselves", "another recipient", "another purpose", "withdrawn"],
)
def test_without_a_consent_it_is_refused(consents: tuple[GiveConsent | WithdrawConsent, ...]) -> None:
    """The refusal names the consent that is missing."""
    careful().having(*consents).when(tell()).then_refused(
        RefusalCode.NO_CONSENT_IN_FORCE, part=f"consent:medical:{CLINIC}", other=CLINIC
    )


def test_what_was_disclosed_an_hour_before_the_withdrawal_may_still_be_entered() -> None:
    """The instant counts at which it happened, and the consent of that instant is named."""
    before = careful().having(GiveConsent(purpose=MEDICAL, recipient=CLINIC)).later(hours=2)
    given_version = before.state.consents[ConsentKey(MEDICAL, CLINIC)].version
    hour_ago = before.now - timedelta(hours=1)
    after = before.having(WithdrawConsent(purpose=MEDICAL, recipient=CLINIC)).later(minutes=5)
    events = after.when(tell().model_copy(update={"occurred_at": hour_ago})).events
    assert isinstance(events[0], Disclosed)
    assert events[0].consent_version == given_version
    after.when(tell()).then_refused(RefusalCode.NO_CONSENT_IN_FORCE)


def test_the_law_may_let_us_disclose_and_then_its_article_stands_there() -> None:
    """An event of another kind; the article comes from the pathway, never from who types."""
    careful().when(tell(ground=LegalGround.DANGER_TO_LIFE)).then(
        DisclosedByLaw(
            categories=HEALTH,
            recipient=CLINIC,
            purpose=MEDICAL,
            ground=LegalGround.DANGER_TO_LIFE,
            article="ZZPL 12 (1)(4)",
        )
    )


def test_a_ground_that_the_pathway_does_not_know_is_refused() -> None:
    """With those that it does know."""
    careful().when(tell(ground=LegalGround.COURT_ORDER)).then_refused(
        RefusalCode.NOT_IN_PATHWAY, allowed=("danger-to-life",)
    )
    careful().on(small_pathway()).when(tell(ground=LegalGround.DANGER_TO_LIFE)).then_refused(
        RefusalCode.NOT_IN_PATHWAY, allowed=()
    )


def test_a_closed_journey_may_still_have_to_disclose() -> None:
    """A court asks years later; the consent still decides."""
    closed = careful().having(
        GiveConsent(purpose=MEDICAL, recipient=CLINIC), CloseJourney(reason=ClosingReason.GOALS_REACHED)
    )
    assert len(closed.later(days=400).having(tell()).state.disclosures) == 1
    closed.when(tell(SHELTER)).then_refused(RefusalCode.NO_CONSENT_IN_FORCE)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@drawn(data=st.data())
def test_no_disclosure_is_recorded_without_a_consent_in_force_at_its_instant(data: st.DataObject) -> None:
    """Whatever is given, withdrawn, lapsed or corrected before; held against the bare history, not the state."""
    here = careful().having(LinkJourney(other=OTHER, relation=Relation.GUARDIAN)).later(days=20)
    here = here.having(GiveConsent(purpose=MEDICAL, recipient=CLINIC))
    for _ in range(data.draw(st.integers(5, 20))):
        here = here.later(minutes=data.draw(st.integers(0, 60 * 24 * 20)))
        decision = here.when(data.draw(consent_commands(here.pathway, here.now))).decision
        if isinstance(decision, Refused):
            continue
        for event in decision:
            if isinstance(event, Disclosed):
                _is_covered(here, event)
            if isinstance(event, DisclosedByLaw):
                assert event.article
        here = here.and_then(*decision)


def _is_covered(before: Given, event: Disclosed) -> None:
    at = event.occurred_at or before.now
    given = next(r for r in before.history if r.version == event.consent_version)
    assert isinstance(given.event, ConsentGiven)
    assert (given.event.purpose, given.event.recipient) == (event.purpose, event.recipient)
    assert given.event.part == event.consent
    assert min(given.occurred_at, given.recorded_at) <= at
    assert given.event.valid_until is None or at < given.event.valid_until
    for later in before.history[given.version :]:
        if isinstance(later.event, ConsentWithdrawn) and later.event.key == given.event.key:
            assert min(later.occurred_at, later.recorded_at) > at
        assert not (isinstance(later.event, ConsentGiven) and later.event.key == given.event.key)
    ages = [r.event for r in before.history if isinstance(r.event, ComingOfAgeRecorded)]
    if ages and given.event.giver is ConsentGiver.GUARDIAN:
        assert at < ages[-1].guardian_until
