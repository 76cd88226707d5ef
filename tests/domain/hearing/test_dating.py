"""A hearing that is moved, postponed or interrupted: one event, every timer, a chain of dates that is never erased."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.codes import Mover, StallCause
from domain.journey.hearing.codes import ArrangementStatus, DateEnd, HearingReason, HearingStatus
from domain.journey.hearing.commands import (
    ArrangeHearing,
    ConfirmHearing,
    InterruptHearing,
    MoveHearing,
    PostponeHearing,
)
from domain.journey.hearing.events import HearingInterrupted, HearingMoved, HearingPostponed
from domain.refusal import RefusalCode
from tests.domain.hearing.court import hearing, ladder, local, owed, owes, rung, summoned

MAY, JULY = local(2026, 5, 13), local(2026, 7, 7, 11)
POSTPONED = PostponeHearing(hearing=1, reason=HearingReason.DEFENDANT_ABSENT)
HALL = UUID("00000000-0000-4000-8000-00000000c002")


def test_a_postponed_hearing_keeps_its_number_and_every_date() -> None:
    """With its reason; the new one is summoned, not confirmed."""
    at = summoned(MAY).having(ConfirmHearing(hearing=1)).at(MAY)
    decision = at.when(POSTPONED.model_copy(update={"starts_at": JULY}))
    assert [type(event) for event in decision.events] == [HearingPostponed]
    after = hearing(decision.after)
    assert after.status is HearingStatus.SUMMONED
    assert [(d.starts_at, d.ended, d.reason) for d in after.dates] == [
        (MAY, DateEnd.POSTPONED, HearingReason.DEFENDANT_ABSENT),
        (JULY, None, None),
    ]
    assert after.postponements == 1


def test_every_timer_moves_in_that_one_event() -> None:
    """Hearing, company, checklist: all of the new date and of one version."""
    at = summoned(MAY).at(local(2026, 5, 13, 10)).having(POSTPONED.model_copy(update={"starts_at": JULY}))
    assert ladder(at)["before-1-calendar-days"] == "2026-07-06 08:00"
    assert ladder(at, "hearing:1:companion:support")["pickup"] == "2026-07-06 08:00"
    assert ladder(at, "hearing:1:arrangement:interpreter")["due"] == "2026-06-26 16:00"
    assert {owed(at, key).clockwork.date_version for key in owes(at)} == {2}


def test_a_reminder_of_the_old_date_is_void() -> None:
    """Its wake is a no-op, fired before or after its moment."""
    at = summoned(MAY)
    stale = rung(at, "before-7-calendar-days")
    moved = at.having(MoveHearing(hearing=1, starts_at=JULY, reason=HearingReason.COURT_RESCHEDULED))
    moved.at(local(2026, 5, 6, 8)).when(stale).then_nothing()


def test_what_was_arranged_for_a_day_is_to_be_confirmed_again() -> None:
    """The interpreter was booked for the old date; the power of attorney holds."""
    answers = (
        ArrangeHearing(hearing=1, arrangement="interpreter", status=ArrangementStatus.CONFIRMED, by=HALL),
        ArrangeHearing(hearing=1, arrangement="power-of-attorney", status=ArrangementStatus.CONFIRMED),
    )
    at = summoned(MAY).having(*answers)
    assert not {key for key in owes(at) if "arrangement" in key}
    moved = at.having(MoveHearing(hearing=1, starts_at=JULY, reason=HearingReason.COURT_RESCHEDULED))
    lines = hearing(moved).arrangements
    assert lines["interpreter"].status is ArrangementStatus.NEEDED
    assert lines["interpreter"].by == HALL
    assert lines["power-of-attorney"].status is ArrangementStatus.CONFIRMED
    assert {key for key in owes(moved) if "arrangement" in key} == {"hearing:1:arrangement:interpreter"}


def test_without_a_new_date_what_is_owed_is_to_get_one() -> None:
    """And nothing else: there is no day to prepare for."""
    at = summoned(MAY).at(MAY).having(POSTPONED)
    assert hearing(at).status is HearingStatus.POSTPONED
    assert owes(at) == {"hearing:1"}
    assert ladder(at) == {
        "stall": "2026-05-27 16:00",
        "before-5-calendar-days": "2026-06-07 08:00",
        "due": "2026-06-12 16:00",
        "escalate-supervisor-after-1-working-days": "2026-06-15 16:00",
        "escalate-on-call-after-3-working-days": "2026-06-17 16:00",
    }
    assert owed(at).clockwork.deadline.article == "ZKP 360"
    assert owed(at).waits_on is Mover.COURT
    at.when(POSTPONED).then_refused(RefusalCode.HEARING_WITHOUT_DATE)
    at.when(ConfirmHearing(hearing=1)).then_refused(RefusalCode.HEARING_WITHOUT_DATE)
    at.when(MoveHearing(hearing=1, reason=HearingReason.DATE_FIXED)).then_refused(RefusalCode.DATE_REQUIRED)


def test_a_hearing_without_a_date_stands_still_because_of_the_court() -> None:
    """Found by the clock, and gone with the new date."""
    at = summoned(MAY).at(MAY).having(POSTPONED).at(local(2026, 5, 27, 16))
    stalled = at.having(rung(at, "stall"))
    stall = owed(stalled).stall
    assert stall is not None
    assert stall.cause is StallCause.WAITING_ON_COURT
    dated = stalled.having(MoveHearing(hearing=1, starts_at=JULY, reason=HearingReason.DATE_FIXED))
    assert owed(dated).stall is None
    assert [d.ended for d in hearing(dated).dates] == [DateEnd.POSTPONED, None]


def test_an_interrupted_hearing_goes_on_and_is_talked_about() -> None:
    """Two things are owed: the next date within fifteen days, and the talk within forty-eight hours."""
    at = summoned(MAY).at(local(2026, 5, 13, 12))
    decision = at.when(InterruptHearing(hearing=1, reason=HearingReason.TIME_RAN_OUT))
    assert [type(event) for event in decision.events] == [HearingInterrupted]
    assert owes(decision.after) == {"hearing:1", "hearing:1:debrief-1"}
    assert owed(decision.after).clockwork.deadline.article == "ZKP 388"
    assert owed(decision.after).due_at == local(2026, 5, 28, 16)
    assert owed(decision.after, "hearing:1:debrief-1").due_at == local(2026, 5, 15, 12)
    goes_on = decision.after.having(
        MoveHearing(hearing=1, starts_at=local(2026, 5, 20), reason=HearingReason.DATE_FIXED)
    )
    assert "hearing:1:debrief-1" in owes(goes_on), "the talk about the first sitting does not move with the second"
    assert hearing(goes_on).status is HearingStatus.SUMMONED


def test_only_what_has_begun_is_interrupted() -> None:
    """Before that it is postponed."""
    interrupt = InterruptHearing(hearing=1, reason=HearingReason.TIME_RAN_OUT)
    summoned(MAY).when(interrupt).then_refused(RefusalCode.HEARING_AHEAD)


def test_a_move_keeps_what_is_not_given() -> None:
    """The hour alone, the hall alone; and nothing happens where nothing changes."""
    at = summoned(MAY, venue=HALL)
    same = MoveHearing(hearing=1, reason=HearingReason.COURT_RESCHEDULED)
    at.when(same).then_nothing()
    later = at.when(same.model_copy(update={"starts_at": MAY + timedelta(hours=3)}))
    assert [type(event) for event in later.events] == [HearingMoved]
    assert hearing(later.after).dates[-1].venue == HALL
    assert hearing(later.after).dates[0].ended is DateEnd.MOVED
    elsewhere = at.having(same.model_copy(update={"venue": UUID(int=7)}))
    date = hearing(elsewhere).date
    assert date is not None
    assert (date.starts_at, date.venue) == (MAY, UUID(int=7))


def test_a_new_date_lies_ahead_in_a_zone_that_exists() -> None:
    """Typing errors are refused; so is a form that shows an older date."""
    at = summoned(MAY).later(days=1)
    past = POSTPONED.model_copy(update={"starts_at": at.now})
    at.when(past).then_refused(RefusalCode.DATE_IN_THE_PAST, part="hearing:1")
    nowhere = POSTPONED.model_copy(update={"starts_at": JULY, "zone": "Europe/Nowhere"})
    at.when(nowhere).then_refused(RefusalCode.UNKNOWN_ZONE)
    tomorrow = POSTPONED.model_copy(update={"occurred_at": at.now + timedelta(days=1)})
    at.when(tomorrow).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    seen = hearing(at).version
    moved = at.having(POSTPONED.model_copy(update={"starts_at": JULY}))
    moved.when(POSTPONED.model_copy(update={"seen": seen})).then_refused(RefusalCode.PART_CHANGED, part="hearing:1")
