"""A hearing that is over owes nothing but the talk afterwards."""

from __future__ import annotations

import pytest

from domain.codes import ClosingReason, ObligationKind, ReopeningReason, Role
from domain.command import Command
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.hearing.codes import (
    Attendance,
    DateEnd,
    DebriefOutcome,
    HearingOutcome,
    HearingReason,
    HearingStatus,
)
from domain.journey.hearing.commands import CancelHearing, DebriefHearing, HoldHearing, MissHearing, PostponeHearing
from domain.refusal import RefusalCode
from tests.domain.hearing.court import MILA, hearing, ladder, local, owed, owes, rung, summoned, told

MAY = local(2026, 5, 13)
HELD = HoldHearing(hearing=1, outcome=HearingOutcome.CLIENT_HEARD, attendance=Attendance.BY_LINK)


def test_after_a_hearing_the_talk_is_owed_within_two_days() -> None:
    """From its end, by the caseworker; the rest has fallen silent."""
    at = (
        summoned(MAY).at(local(2026, 5, 13, 15)).having(HELD.model_copy(update={"occurred_at": local(2026, 5, 13, 11)}))
    )
    assert hearing(at).status is HearingStatus.HELD
    assert (hearing(at).outcome, hearing(at).attendance) == (HearingOutcome.CLIENT_HEARD, Attendance.BY_LINK)
    assert hearing(at).dates[-1].ended is DateEnd.HELD
    assert owes(at) == {"hearing:1:debrief-1"}
    talk = owed(at, "hearing:1:debrief-1")
    assert (talk.kind, talk.owner) == (ObligationKind.HEARING_DEBRIEF, (Role.CASEWORKER, MILA))
    assert next(iter(ladder(at, "hearing:1:debrief-1").items())) == ("due", "2026-05-15 11:00")


@pytest.mark.parametrize("outcome", DebriefOutcome)
def test_the_talk_ends_what_is_owed(outcome: DebriefOutcome) -> None:
    """It took place, or the client did not want it."""
    at = summoned(MAY).at(local(2026, 5, 13, 12)).having(HELD, DebriefHearing(hearing=1, outcome=outcome))
    assert owes(at) == set()
    at.when(DebriefHearing(hearing=1)).then_refused(RefusalCode.NO_DEBRIEF_OWED, part="hearing:1")


def test_the_form_of_a_talk_may_be_old() -> None:
    """A talk has a version of its own."""
    at = summoned(MAY).at(local(2026, 5, 13, 12)).having(HELD)
    at.when(DebriefHearing(hearing=1, seen=1)).then_refused(RefusalCode.PART_CHANGED, part="hearing:1:debrief-1")
    tomorrow = DebriefHearing(hearing=1, occurred_at=local(2026, 5, 14, 12))
    at.when(tomorrow).then_refused(RefusalCode.DATE_IN_THE_FUTURE)


OVER: tuple[Command, ...] = (
    MissHearing(hearing=1, reason=HearingReason.PANEL_INCOMPLETE),
    CancelHearing(hearing=1, reason=HearingReason.PARTIES_SETTLED),
)


@pytest.mark.parametrize("command", OVER)
def test_what_does_not_take_place_owes_nothing(command: Command) -> None:
    """And is over: nothing more can be said of it but a correction."""
    at = summoned(MAY).at(local(2026, 5, 13, 12)).having(command)
    assert owes(at) == set()
    for more in (HELD, *OVER, PostponeHearing(hearing=1, reason=HearingReason.OTHER)):
        at.when(more).then_refused(RefusalCode.HEARING_OVER, part="hearing:1")


def test_a_hearing_ahead_cannot_have_been_held() -> None:
    """It can be called off."""
    at = summoned(MAY)
    at.when(HELD).then_refused(RefusalCode.HEARING_AHEAD)
    at.when(OVER[0]).then_refused(RefusalCode.HEARING_AHEAD)
    assert hearing(at.having(OVER[1])).status is HearingStatus.CANCELLED


def test_one_without_a_date_can_be_called_off_but_not_held() -> None:
    """The proceedings ended while the court looked for a date."""
    at = summoned(MAY).at(MAY).having(PostponeHearing(hearing=1, reason=HearingReason.COURT_CLOSED))
    at.when(HELD).then_refused(RefusalCode.HEARING_WITHOUT_DATE)
    over = at.having(OVER[1])
    assert owes(over) == set()
    assert hearing(over).dates[-1].ended is DateEnd.POSTPONED, "the chain says what became of that date"


def test_an_outcome_that_nobody_enters_is_missed() -> None:
    """The lawyer in the afternoon, the supervisor the next day, in the end a named person."""
    at = summoned(MAY).at(local(2026, 5, 13, 13))
    at = at.having(*(rung(at, "before-30-calendar-days"),))
    due = at.at(local(2026, 5, 14, 16))
    fired = due.when(rung(due, "escalate-supervisor-after-1-working-days"))
    assert Role.SUPERVISOR in [role for role, _ in told(fired.events)]
    last = fired.after.at(local(2026, 5, 18, 16))
    assert Role.ON_CALL in [
        role for role, _ in told(last.when(rung(last, "escalate-on-call-after-3-working-days")).events)
    ]


def test_a_closed_journey_owes_no_hearing_and_a_reopened_one_does() -> None:
    """What stands in the world stands again."""
    at = summoned(MAY)
    before = owes(at)
    closed = at.having(CloseJourney(reason=ClosingReason.CLIENT_WISH))
    assert owes(closed) == set()
    assert owes(closed.having(ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))) == before
