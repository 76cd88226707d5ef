"""Absences: planned, shortened, cancelled; a cover begins and ends by the clock alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.attendance.absence import (
    AbsenceCancelled,
    AbsencePlanned,
    AbsenceShortened,
    AttendanceBegun,
    CancelAbsence,
    ComeBack,
    PlanAbsence,
)
from domain.attendance.kind import STAFF
from domain.attendance.register import ATTENDANCES
from domain.attendance.state import Presence
from domain.command import COMMAND_TYPES
from domain.event import EVENT_TYPES
from domain.refusal import RefusalCode
from domain.stream.dispatching import CommandRelayed
from domain.stream.extending import LadderExtended
from domain.stream.firing import RungsFired
from domain.stream.withdrawing import AppointmentWithdrawn
from domain.streams import OWING
from tests.domain.attendance.given import WEEK, at_work, week_off
from tests.domain.given import MILA, MONDAY, VERA
from tests.pathway_examples import small_pin

BEGINS, ENDS = datetime(2026, 3, 8, 23, tzinfo=UTC), datetime(2026, 3, 13, 23, tzinfo=UTC)
"""Midnight in Belgrade, in winter time."""
PLANNED = AbsencePlanned(
    number=1, first_day=WEEK.first_day, last_day=WEEK.last_day, begins_at=BEGINS, ends_at=ENDS, cover=VERA
)


def test_an_absence_is_two_days_and_a_cover() -> None:
    """Its instants are computed when it is planned, by the office's zone."""
    at_work().when(WEEK).then(AttendanceBegun(pin=small_pin()), PLANNED)


def test_a_second_absence_says_only_itself() -> None:
    """The stream has begun."""
    later = PlanAbsence(pin=small_pin(), first_day=date(2026, 7, 1), last_day=date(2026, 7, 31))
    (planned,) = week_off().when(later).events
    assert isinstance(planned, AbsencePlanned)
    assert (planned.number, planned.cover) == (2, None)


@pytest.mark.parametrize(
    ("moment", "presence"),
    [
        (MONDAY, Presence.HERE),
        (datetime(2026, 3, 8, 22, 59, tzinfo=UTC), Presence.HERE),
        (BEGINS, Presence.ABSENT),
        (datetime(2026, 3, 13, 22, 59, tzinfo=UTC), Presence.ABSENT),
        (ENDS, Presence.HERE),
    ],
)
def test_it_begins_and_reverts_by_the_clock(moment: datetime, presence: Presence) -> None:
    """Nothing is fired for it, and nothing is recorded."""
    given = week_off().at(moment)
    assert given.state.presence_at(given.now) is presence
    assert given.owed == []
    assert not given.state.is_open


def test_an_absence_over_a_clock_change_ends_at_midnight() -> None:
    """Summer time begins on 29 March 2026: the last midnight is an hour earlier in UTC."""
    off = PlanAbsence(pin=small_pin(), first_day=date(2026, 3, 28), last_day=date(2026, 3, 29))
    planned = at_work().when(off).events[-1]
    assert isinstance(planned, AbsencePlanned)
    assert (planned.begins_at.hour, planned.ends_at.hour) == (23, 22)


def test_whoever_comes_back_early_has_their_work_again_at_once() -> None:
    """What was covered this morning was covered; the last day is yesterday."""
    wednesday = datetime(2026, 3, 11, 8, tzinfo=UTC)
    given = week_off().at(wednesday)
    given.when(ComeBack()).then(AbsenceShortened(number=1, last_day=date(2026, 3, 10), ends_at=wednesday))
    assert given.having(ComeBack()).state.presence_at(wednesday) is Presence.HERE
    assert given.state.presence_at(wednesday) is Presence.ABSENT


def test_an_absence_may_be_shortened_ahead() -> None:
    """Before it has begun too."""
    shortened = AbsenceShortened(number=1, last_day=date(2026, 3, 11), ends_at=datetime(2026, 3, 11, 23, tzinfo=UTC))
    week_off().when(ComeBack(back_on=date(2026, 3, 12))).then(shortened)


def test_whoever_comes_back_before_it_began_was_not_away() -> None:
    """It is cancelled."""
    week_off().when(ComeBack()).then(AbsenceCancelled(number=1))


def test_an_absence_is_cancelled_before_it_begins() -> None:
    """After that it is shortened."""
    week_off().when(CancelAbsence()).then(AbsenceCancelled(number=1))
    week_off().at(BEGINS).when(CancelAbsence()).then_refused(RefusalCode.NO_SUCH_ABSENCE)
    gone = week_off().having(CancelAbsence()).at(BEGINS)
    assert gone.state.presence_at(gone.now) is Presence.HERE
    gone.when(ComeBack()).then_refused(RefusalCode.NO_SUCH_ABSENCE)


def test_what_is_over_cannot_be_shortened() -> None:
    """There is nothing ahead."""
    week_off().at(ENDS).when(ComeBack()).then_refused(RefusalCode.NO_SUCH_ABSENCE)
    week_off().when(ComeBack(back_on=date(2026, 3, 14))).then_refused(RefusalCode.DATES_OUT_OF_ORDER)
    at_work().when(ComeBack()).then_refused(RefusalCode.NOTHING_PLANNED)


def test_two_absences_do_not_overlap() -> None:
    """Else two covers would both hear; one that follows directly is the way to stay away longer."""
    touching = PlanAbsence(pin=small_pin(), first_day=date(2026, 3, 13), last_day=date(2026, 3, 20))
    week_off().when(touching).then_refused(RefusalCode.ABSENCE_OVERLAPS, until=ENDS)
    following = touching.model_copy(update={"first_day": date(2026, 3, 14)})
    assert len(week_off().having(following).state.ahead(MONDAY)) == 2
    assert len(week_off().having(CancelAbsence(), touching).state.ahead(MONDAY)) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"last_day": date(2026, 3, 8)}, RefusalCode.DATES_OUT_OF_ORDER),
        ({"first_day": date(2026, 2, 2), "last_day": date(2026, 3, 1)}, RefusalCode.DATE_IN_THE_PAST),
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, object], code: RefusalCode) -> None:
    """Whether the stream has begun or not."""
    wrong = WEEK.model_copy(update=fields)
    at_work().when(wrong).then_refused(code)
    week_off().when(wrong).then_refused(code)


def test_nobody_covers_for_themselves() -> None:
    """A reminder would go nowhere."""
    at_work().when(WEEK.model_copy(update={"cover": MILA})).then_refused(RefusalCode.COVERS_THEMSELVES, other=MILA)


def test_who_is_ill_since_yesterday_is_absent_from_now_on() -> None:
    """An absence may be recorded once it is under way."""
    since = WEEK.model_copy(update={"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 4)})
    assert at_work().having(since).state.presence_at(MONDAY) is Presence.ABSENT


def test_a_cover_who_has_left_covers_nobody() -> None:
    """As with any other work."""
    at_work().knowing(left=frozenset({VERA})).when(WEEK).then_refused(RefusalCode.STAFF_HAS_LEFT, other=VERA)


def test_every_event_is_folded_and_every_command_decided() -> None:
    """One that is not would stop the stream for ever."""
    shared: set[type] = {RungsFired, CommandRelayed, LadderExtended, AppointmentWithdrawn}
    assert {cls for t, cls in EVENT_TYPES.items() if t.startswith("staff.")} == ATTENDANCES.folding.events - shared
    ours = {cls for cls in COMMAND_TYPES.values() if cls.__module__.startswith("domain.attendance")}
    assert ours <= {*STAFF.deciders.of, *STAFF.deciders.openers}
    assert STAFF.name not in OWING
