"""Emergency relocation: one command at night, and nobody calls the old number in the morning."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from domain.codes import ConsentPurpose, ObligationKind, Role, StepOutcome
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.consent import GiveConsent
from domain.journey.safety.alerts import AcknowledgeAlert
from domain.journey.safety.contact import AgreeSafeContact, VerifySafeContact
from domain.journey.safety.relocating import RelocateInEmergency
from domain.journey.safety.rules import Allowed, Bar, ContactChannel, NotAllowed, may_contact
from domain.journey.stalling import ResumeStep
from domain.pathway.assessment import Level
from domain.refusal import RefusalCode
from tests.domain.careful import ALL_DAYS, agree, calls, careful, risk
from tests.domain.given import MILA, NOTE
from tests.journeys.hand_clock import Told
from tests.journeys.tale import Tale

CALL = ContactChannel.CALL


def _may_call(story: Told) -> Allowed | NotAllowed:
    contact = story.here.state.safe_contact
    return may_contact(contact.agreement if contact else None, CALL, story.here.now)


def emergency_relocation() -> Tale:
    """From a quiet Monday to the first safe call at the new place."""
    story = Told(careful())
    supervisor = story.here.state.assigned[Role.SUPERVISOR]
    at_once = frozenset({MILA, supervisor})

    # Monday: calls between five and seven; the risk is low; a ride is arranged.
    story.do(
        agree(),
        risk(Level.LOW),
        GiveConsent(purpose=ConsentPurpose.ASSISTANCE),
        AdvanceStep(step="contact", outcome=StepOutcome.DONE),
        AdvanceStep(step="plan", outcome=StepOutcome.DONE),
        OpenStep(step="visit"),
    )
    story.until(datetime(2026, 3, 2, 16, 30, tzinfo=UTC))
    assert isinstance(_may_call(story), Allowed)

    # Thursday: somebody has been asking for her. The risk rises; caseworker and supervisor know at that instant.
    story.until(datetime(2026, 3, 5, 16, 30, tzinfo=UTC))
    story.do(risk(Level.MODERATE))
    assert story.told(ObligationKind.ALERT) == [("alert", at_once)]
    story.do(AcknowledgeAlert(number=1))

    # That night she has to leave. In the hour in which she used to be called, nobody may call her now.
    story.until(datetime(2026, 3, 6, 1, 15, tzinfo=UTC))
    story.do(RelocateInEmergency(note=NOTE))
    assert story.told(ObligationKind.ALERT)[1:] == [("alert", at_once)]
    assert story.here.step("visit:1").stall is not None, "the ride would go to the old door"
    story.until(datetime(2026, 3, 6, 16, 30, tzinfo=UTC))
    assert _may_call(story) == NotAllowed(Bar.SUSPENDED)

    # Nobody has answered, and there is no new contact plan: both climb within hours, night or not, to the last name.
    assert [rung for rung, _ in story.told(ObligationKind.ALERT)[2:]] == [
        "due",
        "escalate-supervisor-1-hours",
        "escalate-on-call-2-hours",
    ]
    assert story.told(ObligationKind.CONTACT_PLAN) == [
        ("due", frozenset({MILA})),
        ("escalate-supervisor-1-hours", at_once),
    ]

    # What she had said on Thursday helps nobody.
    thursday = story.here.now - timedelta(days=1)
    story.refused(VerifySafeContact(occurred_at=thursday), RefusalCode.SAID_BEFORE)

    # She is reached in person: mornings only from now on. The plan is there, the alert answered, the ride re-arranged.
    mornings = calls(on=ALL_DAYS, starts=time(9), ends=time(11))
    story.do(AgreeSafeContact(rules=(mornings,)), AcknowledgeAlert(number=2), ResumeStep(step="visit"))
    assert not story.owed() & {ObligationKind.CONTACT_PLAN, ObligationKind.ALERT}
    assert _may_call(story) == NotAllowed(Bar.OUTSIDE_HOURS)
    story.until(datetime(2026, 3, 7, 8, 30, tzinfo=UTC))
    assert _may_call(story) == Allowed(datetime(2026, 3, 7, 10, tzinfo=UTC), mornings.message, ())

    # A month without asking again, and it is not believed any more.
    story.until(datetime(2026, 4, 7, 8, 30, tzinfo=UTC))
    assert _may_call(story) == NotAllowed(Bar.STALE)
    assert ObligationKind.SAFE_CONTACT in story.owed()
    return Tale.of(story.here)


def test_emergency_relocation() -> None:
    """As above."""
    emergency_relocation()
