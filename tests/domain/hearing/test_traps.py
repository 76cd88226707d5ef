"""Absence that the law takes for giving up: somebody must say that they have seen the date, or others hear of it."""

from __future__ import annotations

from domain.codes import ObligationKind, Role
from domain.journey.hearing.codes import HearingReason
from domain.journey.hearing.commands import AcknowledgeHearing, CancelHearing, MoveHearing, PostponeHearing
from domain.journey.hearing.events import HearingSeen
from domain.refusal import RefusalCode
from tests.domain.given import MILA
from tests.domain.hearing.court import BEGINNING, VERA, hearing, ladder, local, owed, owes, rung, summoned, told

MAY, JULY = local(2026, 5, 13), local(2026, 7, 7)
SEEN = "hearing:1:seen"


def test_the_lawyer_is_told_at_once_and_others_when_it_stays_unread() -> None:
    """After twelve hours a second person, after a day a named one; weekends do not wait."""
    at = summoned(MAY, "preparatory")
    assert ladder(at, SEEN) == {
        "alarm": "2026-03-02 10:00",
        "due": "2026-03-02 22:00",
        "escalate-supervisor-after-0-hours": "2026-03-02 22:00",
        "escalate-on-call-after-12-hours": "2026-03-03 10:00",
    }
    found = owed(at, SEEN)
    assert (found.kind, found.owner) == (ObligationKind.HEARING_ACKNOWLEDGEMENT, (Role.LAWYER, VERA))
    assert found.clockwork.deadline.article == "ZPP 304"
    assert found.appointment is None, "the hearing stands in the calendar once"
    first = at.when(rung(at, "alarm", SEEN))
    assert told(first.events) == [(Role.LAWYER, VERA)]
    unread = first.after.at(local(2026, 3, 2, 22))
    second = unread.when(rung(unread, "due", SEEN))
    assert [role for role, _ in told(second.events)] == [Role.LAWYER, Role.SUPERVISOR]
    last = second.after.at(local(2026, 3, 3, 10))
    third = last.when(rung(last, "escalate-on-call-after-12-hours", SEEN))
    assert [role for role, _ in told(third.events)] == [Role.LAWYER, Role.ON_CALL]


def test_i_have_seen_it() -> None:
    """It is known who said so; nobody else is told."""
    at = summoned(MAY, "preparatory")
    wake = rung(at, "due", SEEN)
    seen = at.when(AcknowledgeHearing(hearing=1)).then(HearingSeen(hearing=1))
    state = hearing(seen).seen
    assert state is not None
    assert (state.seen_at, state.seen_by) == (BEGINNING, MILA)
    assert SEEN not in owes(seen)
    seen.later(hours=12).when(wake).then_nothing()
    seen.when(AcknowledgeHearing(hearing=1)).then_nothing()


def test_another_date_is_another_thing_to_see() -> None:
    """Who saw the old date has not seen the new one; who meant the old one is told that it moved."""
    at = summoned(MAY, "preparatory").having(AcknowledgeHearing(hearing=1))
    version = hearing(at).version
    moved = at.having(MoveHearing(hearing=1, starts_at=JULY, reason=HearingReason.COURT_RESCHEDULED))
    assert SEEN in owes(moved)
    moved.when(AcknowledgeHearing(hearing=1, seen=version)).then_refused(RefusalCode.PART_CHANGED)
    assert SEEN not in owes(moved.having(AcknowledgeHearing(hearing=1, seen=hearing(moved).version)))


def test_near_the_hearing_nobody_waits() -> None:
    """A day before it everybody has been told; later than that, all at once."""
    soon = summoned(local(2026, 3, 3, 20), "preparatory")
    assert ladder(soon, SEEN)["escalate-on-call-after-12-hours"] == "2026-03-02 20:00"
    tomorrow = summoned(local(2026, 3, 3, 9), "preparatory")
    fired = tomorrow.when(rung(tomorrow, "alarm", SEEN))
    assert [role for role, _ in told(fired.events)] == [Role.LAWYER, Role.SUPERVISOR, Role.ON_CALL]


def test_without_a_trap_or_a_date_there_is_nothing_to_see() -> None:
    """The code says so."""
    harmless = summoned(MAY)
    harmless.when(AcknowledgeHearing(hearing=1)).then_refused(RefusalCode.NOTHING_TO_ACKNOWLEDGE)
    at = summoned(MAY, "preparatory")
    for over in (
        PostponeHearing(hearing=1, reason=HearingReason.COURT_CLOSED),
        CancelHearing(hearing=1, reason=HearingReason.CLAIM_WITHDRAWN),
    ):
        gone = at.having(over)
        assert SEEN not in owes(gone)
        gone.when(AcknowledgeHearing(hearing=1)).then_refused(RefusalCode.NOTHING_TO_ACKNOWLEDGE)
