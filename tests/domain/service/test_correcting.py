"""A mistaken move is corrected by an event beside it; where the service stood before, it stands again."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import ConsentPurpose
from domain.journey.consent import WithdrawConsent
from domain.journey.service.codes import CostKind, Move, ServiceOutcome, ServiceStatus
from domain.journey.service.commands import CorrectService
from domain.journey.service.costing import RecordServiceCost
from domain.refusal import RefusalCode
from tests.domain.service.told import advance, owed, passed, scheduled, stands, state

S = ServiceStatus


def test_a_no_show_that_was_none() -> None:
    """The count goes back, the appointment stands again, what was recorded meanwhile stays."""
    missed = passed("talk").having(advance("talk", Move.NO_SHOW))
    wrong = state(missed, "talk").moved_version
    assert wrong is not None
    paid = missed.having(RecordServiceCost(service="talk", cost=CostKind.FEE, amount="1500"))
    corrected = paid.later(hours=1).having(CorrectService(service="talk", corrects=wrong))
    after = state(corrected, "talk")
    assert (after.status, after.course.missed, len(after.costs)) == (S.SCHEDULED, 0, 1)
    assert after.course.appointment == state(passed("talk"), "talk").course.appointment
    held = corrected.having(advance("talk", Move.CARRY_OUT))
    assert state(held, "talk").course.held == 1


def test_a_service_declined_by_mistake_lives_again() -> None:
    """With what is left of its ladder, under a new version of its date."""
    before = scheduled("talk")
    due = owed(before, "service:talk:1")
    declined = before.having(advance("talk", Move.DECLINE))
    assert owed(declined, "service:talk:1") is None
    wrong = state(declined, "talk").moved_version or 0
    again = owed(declined.having(CorrectService(service="talk", corrects=wrong)), "service:talk:1")
    assert due is not None
    assert again is not None
    assert (again.due_at, again.clockwork.date_version) == (due.due_at, due.clockwork.date_version + 1)


def test_an_outcome_is_corrected_together_with_the_follow_up_that_it_set() -> None:
    """Both followed from the same words."""
    due = stands("talk", S.FOLLOW_UP_DUE)
    outcome = state(due, "talk").moved_version or 0
    assert state(due, "talk").version == outcome + 1
    corrected = due.having(CorrectService(service="talk", corrects=outcome))
    after = state(corrected, "talk")
    assert (after.status, after.course.outcome) == (S.CARRIED_OUT, None)
    anew = corrected.having(advance("talk", Move.RECORD_OUTCOME, outcome=ServiceOutcome.NOT_ACHIEVED))
    assert state(anew, "talk").course.outcome is ServiceOutcome.NOT_ACHIEVED


def test_only_the_last_move_is_corrected_and_only_once() -> None:
    """What is older is told by new moves."""
    given = passed("talk")
    planned = state(stands("talk", S.PLANNED), "talk").moved_version or 0
    given.when(CorrectService(service="talk", corrects=planned)).then_refused(RefusalCode.PART_CHANGED)
    last = state(given, "talk").moved_version or 0
    once = given.having(CorrectService(service="talk", corrects=last))
    once.when(CorrectService(service="talk", corrects=last)).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    stands("talk", S.NEEDED).when(CorrectService(service="talk", corrects=1)).then_refused(
        RefusalCode.NOTHING_TO_CORRECT
    )


def test_a_correction_does_not_go_behind_a_withdrawn_consent() -> None:
    """A declined service does not come back without the consent that it needs; a stopped one not at all."""
    declined = stands("talk", S.DECLINED).having(WithdrawConsent(purpose=ConsentPurpose.PSYCHOLOGICAL))
    wrong = state(declined, "talk").moved_version or 0
    declined.when(CorrectService(service="talk", corrects=wrong)).then_refused(RefusalCode.CONSENT_REQUIRED)
    stopped = stands("talk", S.STOPPED)
    stopped.when(CorrectService(service="talk", corrects=stopped.state.version)).then_refused(
        RefusalCode.NOTHING_TO_CORRECT
    )


def test_the_past_of_a_ladder_is_not_fired_again() -> None:
    """Reminders whose moment has gone are left out; the due moment stays, late."""
    moved = scheduled("talk").having(advance("talk", Move.CANCEL_BY_CLIENT)).later(days=4)
    wrong = state(moved, "talk").moved_version or 0
    again = owed(moved.having(CorrectService(service="talk", corrects=wrong)), "service:talk:1")
    assert again is not None
    assert next(r.rung for r in again.ahead) == "due"
    assert again.due_at < moved.now + timedelta(0)
