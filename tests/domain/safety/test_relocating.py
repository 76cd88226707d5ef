"""Emergency relocation and the safety plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from domain.codes import ConsentPurpose, ObligationKind, StallCause, StepOutcome
from domain.journey import obligations
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.consent import GiveConsent
from domain.journey.safety.alerts import AlertRaised
from domain.journey.safety.contact import VerifySafeContact
from domain.journey.safety.planning import AgreeSafetyPlan, EndSafetyPlan, ReviewSafetyPlan, SafetyPlanEnded
from domain.journey.safety.relocating import RelocatedInEmergency, RelocateInEmergency
from domain.journey.safety.rules import Allowed, Bar, ContactChannel, NotAllowed, may_contact
from domain.journey.safety.state import AlertReason
from domain.journey.stalling import StepStalled
from domain.refusal import RefusalCode
from tests.domain.careful import agree, careful
from tests.domain.given import NOTE, Given


def _supported() -> Given:
    done = [AdvanceStep(step=step, outcome=StepOutcome.DONE) for step in ("contact", "plan")]
    return careful().having(agree(), GiveConsent(purpose=ConsentPurpose.ASSISTANCE), *done)


def _kinds(here: Given) -> set[ObligationKind]:
    return {o.kind for o in obligations(here.state)}


def test_one_command_stops_contact_doubts_the_ride_tells_people_and_owes_a_plan() -> None:
    """Everything at that instant."""
    here = _supported().having(OpenStep(step="visit"))
    events = here.when(RelocateInEmergency(note=NOTE)).events
    assert [type(e) for e in events[:3]] == [RelocatedInEmergency, StepStalled, AlertRaised]
    after = here.and_then(*events)
    contact, moved = after.state.safe_contact, after.state.relocation
    assert contact is not None
    assert moved is not None
    five = datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert may_contact(contact.agreement, ContactChannel.CALL, five) == NotAllowed(Bar.SUSPENDED)
    ride = after.step("visit:1")
    assert ride.stall is not None
    assert ride.stall.cause is StallCause.WAITING_ON_US
    assert after.state.alerts["alert:1"].reason is AlertReason.RELOCATION
    owed = next(o for o in obligations(after.state) if o.kind is ObligationKind.CONTACT_PLAN)
    assert owed.due_at == after.now + timedelta(hours=12)


def test_only_what_the_client_says_afterwards_is_a_contact_plan() -> None:
    """Then the obligation is met, and calls are allowed as agreed."""
    moved = _supported().later(hours=2).having(RelocateInEmergency()).later(hours=3)
    moved.when(VerifySafeContact(occurred_at=moved.now - timedelta(hours=4))).then_refused(RefusalCode.SAID_BEFORE)
    asked = moved.having(VerifySafeContact())
    assert ObligationKind.CONTACT_PLAN not in _kinds(asked)
    contact = asked.state.safe_contact
    assert contact is not None
    five = datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert isinstance(may_contact(contact.agreement, ContactChannel.CALL, five), Allowed)


def test_where_nothing_was_agreed_a_plan_is_owed_all_the_same() -> None:
    """A first one."""
    moved = careful().having(RelocateInEmergency()).later(hours=1)
    assert ObligationKind.CONTACT_PLAN in _kinds(moved)
    moved.when(agree().model_copy(update={"occurred_at": moved.now - timedelta(hours=2)})).then_refused(
        RefusalCode.SAID_BEFORE
    )
    assert ObligationKind.CONTACT_PLAN not in _kinds(moved.having(agree()))


def test_a_second_relocation_begins_anew() -> None:
    """With hours of its own."""
    moved = _supported().having(RelocateInEmergency()).later(hours=5).having(VerifySafeContact()).later(days=9)
    again = moved.having(RelocateInEmergency())
    assert again.state.relocation is not None
    assert again.state.relocation.times == 2
    assert ObligationKind.CONTACT_PLAN in _kinds(again)


def test_a_safety_plan_is_looked_at_again() -> None:
    """After the pathway's span, or on the day that they agree on."""
    here = careful().having(AgreeSafetyPlan(plan=NOTE))
    assert here.state.safety_plan is not None
    assert here.state.safety_plan.clockwork.deadline.due_on == date(2026, 4, 2)
    reviewed = here.later(days=10).having(ReviewSafetyPlan(review_on=date(2026, 3, 20)))
    assert reviewed.state.safety_plan is not None
    assert reviewed.state.safety_plan.clockwork.deadline.due_on == date(2026, 3, 20)
    reviewed.when(ReviewSafetyPlan(review_on=date(2026, 3, 1))).then_refused(RefusalCode.DATE_IN_THE_PAST)
    reviewed.when(ReviewSafetyPlan(seen=1)).then_refused(RefusalCode.PART_CHANGED, part="safety-plan")


def test_a_safety_plan_ends_and_another_may_begin() -> None:
    """The new one's dates are new."""
    here = careful().having(AgreeSafetyPlan(plan=NOTE))
    ended = here.when(EndSafetyPlan()).then(SafetyPlanEnded())
    assert ObligationKind.SAFETY_PLAN not in _kinds(ended)
    ended.when(ReviewSafetyPlan()).then_refused(RefusalCode.NO_SAFETY_PLAN)
    ended.when(EndSafetyPlan()).then_refused(RefusalCode.NO_SAFETY_PLAN)
    assert ObligationKind.SAFETY_PLAN in _kinds(ended.having(AgreeSafetyPlan(plan=NOTE)))
