"""A case that is not one's own: an hour, two people told at once, and a review that cannot be forgotten."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from domain.codes import NOBODY, SYSTEM_ACTOR, ClosingReason, ObligationKind, Role, RungEffect
from domain.journey import obligations
from domain.journey.closing import CloseJourney, JourneyClosed
from domain.journey.emergency.access import (
    EmergencyAccessOpened,
    EmergencyAccessReviewed,
    OpenEmergencyAccess,
    ReviewEmergencyAccess,
)
from domain.journey.emergency.state import EmergencyFinding, EmergencyReason
from domain.journey.merging import MergeJourney
from domain.pathway.check import check
from domain.pathway.common import EscalateRung, Span
from domain.pathway.emergency import EmergencyRules
from domain.refusal import RefusalCode
from domain.stream.obligation import Owner
from tests.domain.given import MILA, MONDAY, NOTE, OTHER, VERA, Given, assigned, begun
from tests.domain.mission.given import ANA, BOJAN
from tests.pathway_examples import small_pathway

OPEN = OpenEmergencyAccess(reason=EmergencyReason.CLIENT_CALLS, note=NOTE)
REVIEW = ReviewEmergencyAccess(number=1, finding=EmergencyFinding.JUSTIFIED)
CLOSE = CloseJourney(reason=ClosingReason.GOALS_REACHED)


def supervised() -> Given:
    """Mila is the caseworker, Vera the supervisor; Ana has nothing to do with it."""
    return begun().and_then(assigned(Role.SUPERVISOR, VERA)).later(hours=1).by(ANA)


def opened() -> Given:
    """Ana opened it."""
    return supervised().having(OPEN)


def test_the_case_is_open_for_an_hour_and_the_event_says_until_when() -> None:
    """Whose it was is the actor; the words are sealed."""
    event = next(e.event for e in opened().history if isinstance(e.event, EmergencyAccessOpened))
    assert event.ends_at == opened().now + timedelta(minutes=60)
    assert (event.reason, event.role, event.note) == (EmergencyReason.CLIENT_CALLS, Role.SUPERVISOR, NOTE)
    access = opened().state.emergencies[1]
    assert (access.staff, access.finding) == (ANA, None)


def test_two_people_are_told_at_that_very_instant() -> None:
    """Whose case it is, and who supervises."""
    first = next(o for o in obligations(opened().state) if o.kind is ObligationKind.EMERGENCY_REVIEW).ahead[0]
    assert (first.at, first.effect) == (opened().now, RungEffect.ESCALATE)
    assert first.to == (Role.CASEWORKER, Role.SUPERVISOR)


def test_the_review_is_owed_by_the_supervisor_within_two_working_days_and_climbs() -> None:
    """Monday: by Wednesday, at the end of the office day."""
    owed = next(o for o in obligations(opened().state) if o.kind is ObligationKind.EMERGENCY_REVIEW)
    assert owed.owner == Owner(Role.SUPERVISOR, VERA)
    assert owed.clockwork.deadline.due_on == MONDAY.date() + timedelta(days=2)
    assert [rung.to for rung in owed.ahead][-2:] == [(Role.SUPERVISOR,), (Role.ON_CALL,)]


def test_where_the_supervisor_opened_it_whoever_is_on_call_reviews() -> None:
    """Two people are two."""
    own = supervised().and_then(assigned(Role.ON_CALL, BOJAN)).by(VERA).having(OPEN)
    owed = next(o for o in obligations(own.state) if o.kind is ObligationKind.EMERGENCY_REVIEW)
    assert owed.owner == Owner(Role.ON_CALL, BOJAN)
    own.when(REVIEW).then_refused(RefusalCode.SECOND_PERSON_REQUIRED, part="emergency-access:1", other=VERA)


def test_opened_twice_within_the_hour_it_is_one_access_and_after_it_another() -> None:
    """A second person has an access of their own."""
    opened().later(minutes=59).when(OPEN).then()
    assert set(opened().later(minutes=60).having(OPEN).state.emergencies) == {1, 2}
    assert [a.staff for a in opened().by(BOJAN).having(OPEN).state.emergencies.values()] == [ANA, BOJAN]


@pytest.mark.parametrize("who", [NOBODY, SYSTEM_ACTOR])
def test_nobody_unnamed_opens(who: UUID) -> None:
    """Somebody has to answer for it."""
    supervised().by(who).when(OPEN).then_refused(RefusalCode.PERSON_REQUIRED)


def test_somebody_else_reviews_once() -> None:
    """With what they found; then nothing more is owed."""
    after = opened().later(days=1).by(VERA).when(REVIEW)
    done = after.then(EmergencyAccessReviewed(number=1, finding=EmergencyFinding.JUSTIFIED))
    access = done.state.emergencies[1]
    assert (access.reviewed_by, access.finding) == (VERA, EmergencyFinding.JUSTIFIED)
    assert ObligationKind.EMERGENCY_REVIEW not in {o.kind for o in obligations(done.state)}
    done.when(REVIEW).then_refused(RefusalCode.NO_EMERGENCY_ACCESS, part="emergency-access:1")
    done.when(ReviewEmergencyAccess(number=2, finding=EmergencyFinding.JUSTIFIED)).then_refused(
        RefusalCode.NO_EMERGENCY_ACCESS, part="emergency-access:2"
    )


def test_a_form_that_is_behind_is_told() -> None:
    """`seen` is the version of the access."""
    stale = REVIEW.model_copy(update={"seen": 1})
    opened().by(VERA).when(stale).then_refused(RefusalCode.PART_CHANGED, part="emergency-access:1")


@pytest.mark.parametrize("end", [CLOSE, MergeJourney(survivor=OTHER)])
def test_a_journey_does_not_end_over_an_access_that_nobody_reviewed(end: CloseJourney | MergeJourney) -> None:
    """A journey that is not open owes nothing: the review would never be heard of again."""
    opened().by(MILA).when(end).then_refused(RefusalCode.EMERGENCY_UNREVIEWED, part="emergency-access:1")
    reviewed = opened().by(VERA).having(REVIEW).by(MILA)
    assert reviewed.when(CLOSE).then(JourneyClosed(reason=ClosingReason.GOALS_REACHED))


def test_a_closed_case_is_not_opened() -> None:
    """Who supervises reads it; nothing would be owed there."""
    supervised().by(MILA).having(CLOSE).by(ANA).when(OPEN).then_refused(RefusalCode.JOURNEY_CLOSED)


def test_a_pathway_tells_at_least_two_and_its_escalation_ends_on_call() -> None:
    """Of a section that is written out."""
    with pytest.raises(ValueError, match="at least 2"):
        EmergencyRules(tell=(Role.SUPERVISOR,))
    short = EmergencyRules(escalate=(EscalateRung(after=Span(count=1), to=Role.SUPERVISOR),))
    pathway = small_pathway().model_copy(update={"emergency_access": short})
    assert [p.path for p in check(pathway)] == [("emergency_access", "escalate")]
