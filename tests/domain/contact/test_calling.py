"""Promised calls: in the hours that are safe, urgent on the same day, and never without an answer that allows it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.codes import ObligationKind, Role, RungEffect
from domain.contact.calling import (
    CallBackReleased,
    CalledBack,
    PromiseCallBack,
    RecordCallBack,
    ReleaseCallBack,
)
from domain.contact.codes import CallOutcome, CallUrgency, MayCall, ReleaseReason
from domain.contact.logged import LogContact
from domain.contact.safe import ReviseSafeContact, SafeContactRevised
from domain.contact.state import SafeContact
from domain.refusal import RefusalCode
from domain.stream.extending import LadderExtended
from domain.stream.firing import RungsFired
from tests.domain.contact.given import SAFE, called, nothing_yet
from tests.domain.given import MILA, MONDAY, NOTE
from tests.pathway_examples import small_pin


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of March 2026, written in UTC: an hour before Belgrade."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgency", "window", "now", "opens_at", "due_at"),
    [
        (CallUrgency.URGENT, "daytime", at(2, 9), at(2, 9), at(2, 19)),  # the same day, until eight in the evening
        (CallUrgency.URGENT, "mornings", at(2, 9), at(3, 7), at(3, 9)),  # closed at ten sharp: tomorrow morning
        (CallUrgency.ORDINARY, "daytime", at(2, 9), at(3, 8), at(3, 19)),  # the next working day
        (CallUrgency.ORDINARY, "daytime", at(6, 9), at(9, 8), at(9, 19)),  # on a Friday: Monday
        (CallUrgency.URGENT, "daytime", at(28, 20), at(29, 7), at(29, 18)),  # the clocks go forward in that night
    ],
)
def test_a_call_is_due_when_its_hours_close(
    urgency: CallUrgency, window: str, now: datetime, opens_at: datetime, due_at: datetime
) -> None:
    """Hours by the wall clock of the office."""
    safe = SafeContact(may_call=MayCall.ALLOWED, window=window)
    promise = called(safe=safe).at(now).having(PromiseCallBack(urgency=urgency)).state.promise
    assert promise is not None
    assert (promise.opens_at, promise.clockwork.deadline.due_at) == (opens_at, due_at)


def test_an_agreed_time_is_taken_as_it_is() -> None:
    """From three to four tomorrow."""
    promise = called().having(PromiseCallBack(from_at=at(3, 14), until_at=at(3, 15), staff=MILA)).state.promise
    assert promise is not None
    assert (promise.opens_at, promise.clockwork.deadline.due_at, promise.staff) == (at(3, 14), at(3, 15), MILA)
    called().when(PromiseCallBack(from_at=at(3, 14), until_at=at(3, 14))).then_refused(RefusalCode.DATE_IN_THE_PAST)
    called().when(PromiseCallBack(until_at=at(1, 14))).then_refused(RefusalCode.DATE_IN_THE_PAST)
    called().when(PromiseCallBack(from_at=at(3, 14))).then_refused(RefusalCode.DATE_REQUIRED)


@pytest.mark.parametrize(
    "safe",
    [
        SafeContact(),
        SafeContact(may_call=MayCall.REFUSED),
        SafeContact(may_call=MayCall.ALLOWED, valid_until=date(2026, 3, 2)),  # today, and the call would be tomorrow
    ],
)
def test_without_an_answer_that_allows_it_no_call_is_promised(safe: SafeContact) -> None:
    """Neither later nor with the log entry itself; then nothing at all is logged, and the form says why."""
    called(safe=safe).when(PromiseCallBack()).then_refused(RefusalCode.CALL_BACK_NOT_PERMITTED)
    log = LogContact(pin=small_pin(), caller="relative", safe=safe, call_back=True)
    nothing_yet().when(log).then_refused(RefusalCode.CALL_BACK_NOT_PERMITTED)


def test_a_permission_that_ran_out_meanwhile_stops_the_call() -> None:
    """Who called all the same says that it was not permitted."""
    safe = SAFE.model_copy(update={"valid_until": date(2026, 3, 3)})
    stale = called(safe=safe, call_back=True).later(days=2)
    for outcome in (CallOutcome.MADE, CallOutcome.NOT_REACHED):
        stale.when(RecordCallBack(outcome=outcome)).then_refused(
            RefusalCode.CALL_BACK_NOT_PERMITTED, part="call-back:1"
        )
    after = stale.having(RecordCallBack(outcome=CallOutcome.NOT_PERMITTED)).state
    assert (after.is_open, after.safe.may_call) == (False, MayCall.REFUSED)
    in_time = RecordCallBack(outcome=CallOutcome.MADE, occurred_at=at(3, 10))
    stale.when(in_time).then(CalledBack(number=1, outcome=CallOutcome.MADE, occurred_at=at(3, 10)))


def test_a_call_that_was_made_ends_the_promise() -> None:
    """Counted as kept; with nothing else open the contact is over."""
    promised = called(call_back=True)
    promised.when(RecordCallBack(outcome=CallOutcome.MADE, note=NOTE)).then(
        CalledBack(number=1, outcome=CallOutcome.MADE, note=NOTE)
    )
    kept = promised.having(RecordCallBack(outcome=CallOutcome.MADE))
    assert (kept.state.is_open, kept.state.kept, kept.wakes) == (False, 1, [])
    kept.when(RecordCallBack(outcome=CallOutcome.MADE)).then_refused(RefusalCode.CONTACT_SETTLED)
    future = RecordCallBack(outcome=CallOutcome.MADE, occurred_at=MONDAY + timedelta(hours=1))
    promised.when(future).then_refused(RefusalCode.DATE_IN_THE_FUTURE)


def test_a_call_that_reached_nobody_is_counted_and_tried_again() -> None:
    """The date moves; after as many as the pathway allows it is the supervisor's."""
    once = called(call_back=True, called_by=MILA).having(RecordCallBack(outcome=CallOutcome.NOT_REACHED))
    promise = once.state.promise
    assert promise is not None
    assert (promise.attempts, promise.role, promise.staff) == (1, Role.CONSULTANT, MILA)
    assert (promise.clockwork.date_version, promise.clockwork.deadline.due_at) == (2, at(3, 19))
    twice = once.later(days=1).having(RecordCallBack(outcome=CallOutcome.NOT_REACHED))
    promise = twice.state.promise
    assert promise is not None
    assert (promise.attempts, promise.role, promise.staff) == (2, Role.SUPERVISOR, None)
    assert twice.state.is_open
    gone = twice.having(ReleaseCallBack(reason=ReleaseReason.UNREACHABLE))
    assert not gone.state.is_open


def test_an_urgent_call_is_tried_again_within_hours() -> None:
    """Three hours, and never at night: what would be due at eleven is due next morning."""
    urgent = called(urgency="urgent", call_back=True)
    tried = urgent.having(RecordCallBack(outcome=CallOutcome.NOT_REACHED)).state.promise
    late = urgent.at(at(2, 18, 30)).having(RecordCallBack(outcome=CallOutcome.NOT_REACHED)).state.promise
    night = urgent.at(at(2, 21)).having(RecordCallBack(outcome=CallOutcome.NOT_REACHED)).state.promise
    assert [p and p.clockwork.deadline.due_at for p in (tried, late, night)] == [at(2, 12), at(2, 19), at(3, 11)]


def test_a_safe_contact_that_is_taken_back_ends_the_promise_with_it() -> None:
    """In the same decision: nobody is reminded of a call that must not be made."""
    no = SafeContact(may_call=MayCall.REFUSED)
    promised = called(call_back=True)
    promised.when(ReviseSafeContact(safe=no, note=NOTE)).then(
        SafeContactRevised(safe=no, note=NOTE), CallBackReleased(number=1, reason=ReleaseReason.NOT_PERMITTED)
    )
    evenings = SafeContact(may_call=MayCall.ALLOWED, window="mornings")
    promised.when(ReviseSafeContact(safe=evenings)).then(SafeContactRevised(safe=evenings))
    unknown = SafeContact(may_call=MayCall.ALLOWED, window="at-night")
    promised.when(ReviseSafeContact(safe=unknown)).then_refused(RefusalCode.NOT_IN_CATALOGUE)


def test_there_is_one_promise_at_a_time_and_each_has_its_own_key() -> None:
    """A second one after the first would otherwise be taken for its repetition by the timers."""
    first = called(call_back=True)
    first.when(PromiseCallBack()).then_refused(RefusalCode.CALL_BACK_ALREADY_PROMISED, part="call-back:1")
    second = first.having(RecordCallBack(outcome=CallOutcome.MADE), PromiseCallBack())
    assert [o.key for o in second.owed] == ["call-back:2"]


def test_a_form_that_shows_an_older_promise_is_a_conflict() -> None:
    """Somebody else has called meanwhile."""
    promised = called(call_back=True)
    shown = promised.owed[0].version
    tried = promised.having(RecordCallBack(outcome=CallOutcome.NOT_REACHED, seen=shown))
    for command in (
        RecordCallBack(outcome=CallOutcome.MADE, seen=shown),
        ReleaseCallBack(reason=ReleaseReason.CALLER_ASKED, seen=shown),
    ):
        tried.when(command).then_refused(RefusalCode.PART_CHANGED, part="call-back:1", part_version=3)
    endangered = called(danger="threat")
    for command in (RecordCallBack(outcome=CallOutcome.MADE), ReleaseCallBack(reason=ReleaseReason.CALLER_ASKED)):
        endangered.when(command).then_refused(RefusalCode.NO_CALL_BACK_PROMISED)


def test_an_overdue_call_is_told_further_and_then_again_every_day() -> None:
    """The hours open, close, the supervisor, who is on call; and once more tomorrow, for as long as it is owed."""
    promised = called(call_back=True)
    told = []
    for _ in range(6):
        promised = promised.woken()
        fired = next(r.event for r in reversed(promised.history) if isinstance(r.event, RungsFired))
        told.append((promised.now, fired.effects, [a.role for a in fired.addressees]))
    assert told == [
        (at(3, 8), (RungEffect.REMIND,), [Role.CONSULTANT]),
        (at(3, 19), (RungEffect.DUE, RungEffect.STALL), [Role.CONSULTANT]),
        (at(3, 20), (RungEffect.ESCALATE,), [Role.CONSULTANT, Role.SUPERVISOR]),
        (at(3, 21), (RungEffect.ESCALATE,), [Role.CONSULTANT, Role.ON_CALL]),
        (at(4, 21), (RungEffect.ESCALATE,), [Role.CONSULTANT, Role.ON_CALL]),
        (at(5, 21), (RungEffect.ESCALATE,), [Role.CONSULTANT, Role.ON_CALL]),
    ]
    owed = promised.owed[0]
    assert (owed.kind, owed.what, owed.stall and owed.stall.since) == (ObligationKind.CALL_BACK, "daytime", at(3, 19))
    assert isinstance(promised.history[-1].event, LadderExtended)
