"""A child's guardian consents; from the day of coming of age only the client's own word covers anything new."""

from __future__ import annotations

from datetime import date, timedelta

from domain.codes import ConsentGiver, ObligationKind, StepOutcome
from domain.journey import obligations
from domain.journey.advancing import AdvanceStep
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.majority import RecordComingOfAge
from domain.journey.stages import LeaveStage
from domain.pathway.consent import ConsentRules
from domain.pathway.model import Span, Unit
from domain.refusal import RefusalCode
from tests.domain.careful import CLINIC, MEDICAL, careful, careful_pathway, tell
from tests.domain.given import MONDAY, Given

GUARDIAN = ConsentGiver.GUARDIAN
DAY = date(2026, 6, 1)
ADULT_AT = MONDAY.replace(month=5, day=31, hour=22)
"""Midnight in Belgrade, in summer time."""


def _child() -> Given:
    return careful().having(RecordComingOfAge(adult_on=DAY))


def _own(after: Given) -> list[date]:
    return [o.clockwork.deadline.due_on for o in obligations(after.state) if o.kind is ObligationKind.OWN_CONSENT]


def test_a_childs_consent_comes_from_a_guardian_and_an_adults_from_nobody_else() -> None:
    """By the instant at which it was given, not by that at which it was entered."""
    child = _child()
    child.when(GiveConsent(purpose=MEDICAL)).then_refused(RefusalCode.GUARDIAN_REQUIRED)
    grown = child.at(ADULT_AT + timedelta(hours=10))
    grown.when(GiveConsent(purpose=MEDICAL, giver=GUARDIAN)).then_refused(RefusalCode.OWN_CONSENT_REQUIRED)
    before = ADULT_AT - timedelta(hours=3)
    assert grown.having(GiveConsent(purpose=MEDICAL, giver=GUARDIAN, occurred_at=before)).state.consents
    grown.when(GiveConsent(purpose=MEDICAL, occurred_at=before)).then_refused(RefusalCode.GUARDIAN_REQUIRED)


def test_own_consent_is_owed_on_the_day_with_reminders_before() -> None:
    """Only where something rests on a guardian's word."""
    child = _child()
    assert _own(child) == []
    consented = child.having(GiveConsent(purpose=MEDICAL, giver=GUARDIAN))
    assert _own(consented) == [DAY]
    owed = next(o for o in obligations(consented.state) if o.kind is ObligationKind.OWN_CONSENT)
    assert [r.rung for r in owed.ahead][:3] == ["before-60-calendar-days", "before-14-calendar-days", "due"]
    assert _own(consented.having(WithdrawConsent(purpose=MEDICAL))) == []


def test_the_guardians_word_ends_at_midnight_of_that_day() -> None:
    """Conditions and disclosures ask the same question."""
    child = _child().having(GiveConsent(purpose=MEDICAL, giver=GUARDIAN, recipient=CLINIC))
    assert child.at(ADULT_AT - timedelta(seconds=1)).having(tell()).state.disclosures
    grown = child.at(ADULT_AT)
    grown.when(tell()).then_refused(RefusalCode.NO_CONSENT_IN_FORCE)
    own = grown.having(GiveConsent(purpose=MEDICAL, recipient=CLINIC))
    assert _own(own) == []
    assert own.having(tell()).state.disclosures


def test_what_was_disclosed_before_that_day_stays_covered_when_it_is_entered_after_it() -> None:
    """A withdrawal, or a birthday, is never retroactive."""
    child = _child().having(GiveConsent(purpose=MEDICAL, giver=GUARDIAN, recipient=CLINIC))
    late = tell().model_copy(update={"occurred_at": ADULT_AT - timedelta(hours=1)})
    assert child.at(ADULT_AT + timedelta(days=2)).having(late).state.disclosures


def test_a_pathway_may_grant_days_of_grace() -> None:
    """Counted in local days."""
    rules = ConsentRules(guardian_grace=Span(count=30, unit=Unit.CALENDAR_DAYS))
    pathway = careful_pathway().model_copy(update={"consent": rules})
    child = (
        careful()
        .on(pathway)
        .having(RecordComingOfAge(adult_on=DAY))
        .having(GiveConsent(purpose=MEDICAL, giver=GUARDIAN, recipient=CLINIC))
    )
    assert child.at(ADULT_AT + timedelta(days=30, seconds=-1)).having(tell()).state.disclosures
    child.at(ADULT_AT + timedelta(days=30)).when(tell()).then_refused(RefusalCode.NO_CONSENT_IN_FORCE)


def test_a_wrong_day_is_corrected_beside_it() -> None:
    """The event names the one that it corrects; the same day again is no news."""
    child = _child().having(GiveConsent(purpose=MEDICAL, giver=GUARDIAN))
    known = child.state.minority
    assert known is not None
    child.when(RecordComingOfAge(adult_on=DAY)).then_nothing()
    child.when(RecordComingOfAge(adult_on=DAY, seen=1)).then_refused(RefusalCode.PART_CHANGED)
    corrected = child.having(RecordComingOfAge(adult_on=date(2027, 6, 1), seen=known.version))
    assert corrected.history[-1].event.model_dump()["corrects"] == known.version
    assert _own(corrected) == [date(2027, 6, 1)]


def test_a_birthday_years_ahead_keeps_no_journey_alive_by_itself() -> None:
    """A review is owed all the same: otherwise nobody would look for years."""
    child = careful().having(RecordComingOfAge(adult_on=date(2035, 6, 1)))
    after = child.having(GiveConsent(purpose=MEDICAL, giver=GUARDIAN))
    left = after.having(AdvanceStep(step="contact", outcome=StepOutcome.DONE), LeaveStage(stage="intake"))
    assert {o.kind for o in obligations(left.state)} == {ObligationKind.OWN_CONSENT, ObligationKind.REVIEW}
