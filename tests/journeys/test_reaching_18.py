"""Reaching 18: until that midnight the guardian's word counts, from then on only her own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from domain.codes import ConsentGiver, ConsentPurpose, ObligationKind, Relation, Role
from domain.journey.consent import GiveConsent
from domain.journey.linking import LinkJourney
from domain.journey.majority import RecordComingOfAge
from domain.refusal import RefusalCode
from tests.domain.careful import CLINIC, MEDICAL, careful, tell
from tests.domain.given import MILA, OTHER
from tests.journeys.hand_clock import Told
from tests.journeys.tale import Tale

BIRTHDAY = date(2026, 8, 12)
MIDNIGHT = datetime(2026, 8, 11, 22, tzinfo=UTC)
"""When the day begins in Belgrade."""
OWN = ObligationKind.OWN_CONSENT


def reaching_18() -> Tale:
    """From the guardian's consents to her own."""
    story = Told(careful())
    supervisor = story.here.state.assigned[Role.SUPERVISOR]
    guardian = {"giver": ConsentGiver.GUARDIAN, "guardian": OTHER}

    # March: she is seventeen. She cannot consent herself; her guardian, whose journey is linked, can.
    story.do(LinkJourney(other=OTHER, relation=Relation.GUARDIAN), RecordComingOfAge(adult_on=BIRTHDAY))
    story.refused(GiveConsent(purpose=MEDICAL), RefusalCode.GUARDIAN_REQUIRED)
    for_us = GiveConsent.model_validate({"purpose": ConsentPurpose.ASSISTANCE, **guardian})
    for_clinic = GiveConsent.model_validate({"purpose": MEDICAL, "recipient": CLINIC, **guardian})
    story.do(for_us, for_clinic, tell())

    # Two months and two weeks before her birthday, and on the day, the caseworker is reminded.
    story.until(MIDNIGHT - timedelta(seconds=1))
    story.do(tell())
    assert [rung for rung, _ in story.told(OWN)] == ["before-60-calendar-days", "before-14-calendar-days"]

    # Midnight. Nothing new may be disclosed on the guardian's word, nor may the guardian give another.
    story.until(MIDNIGHT)
    story.refused(tell(), RefusalCode.NO_CONSENT_IN_FORCE)
    story.refused(for_clinic, RefusalCode.OWN_CONSENT_REQUIRED)
    assert story.here.state.consent(ConsentPurpose.ASSISTANCE, at=story.here.now) is None
    # Yesterday's is still covered.
    story.do(tell().model_copy(update={"occurred_at": MIDNIGHT - timedelta(hours=5)}))

    # She is on holiday. The day passes, the next working day too, and the supervisor hears of it.
    story.until(MIDNIGHT + timedelta(days=2))
    assert story.told(OWN)[2:] == [
        ("due", frozenset({MILA})),
        ("escalate-supervisor-1-working-days", frozenset({MILA, supervisor})),
    ]

    # She comes back and decides for herself: yes to us, and until Christmas to the clinic.
    story.do(GiveConsent(purpose=ConsentPurpose.ASSISTANCE))
    assert OWN in story.owed(), "the clinic's still rests on the guardian"
    story.do(GiveConsent(purpose=MEDICAL, recipient=CLINIC, valid_until=date(2026, 12, 24)))
    assert OWN not in story.owed()
    story.do(tell())
    last = story.here.state.disclosures[-1]
    assert last.consent_version == story.here.state.version - 1

    # Her own word ends by itself as well, and somebody is told before it does.
    story.until(datetime(2026, 12, 24, 22, 30, tzinfo=UTC))
    story.do(tell())
    story.later(minutes=30)
    story.refused(tell(), RefusalCode.NO_CONSENT_IN_FORCE)
    assert [rung for rung, _ in story.told(ObligationKind.CONSENT_RENEWAL)] == [
        "before-14-calendar-days",
        "before-3-calendar-days",
        "due",
    ]
    return Tale.of(story.here)


def test_reaching_18() -> None:
    """As above."""
    reaching_18()
