"""A summons: the date, every timer of the ladder, and what keeps one from being entered."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.codes import ObligationKind, Role
from domain.journey.hearing.codes import ArrangementStatus, HearingStatus
from domain.journey.hearing.commands import ConfirmHearing, SummonHearing
from domain.journey.hearing.events import HearingConfirmed, HearingSummoned
from domain.pathway.hearings import Matter
from domain.refusal import RefusalCode
from tests.domain.given import begun
from tests.domain.hearing.court import (
    BEGINNING,
    MILA,
    VERA,
    hearing,
    in_court,
    ladder,
    local,
    owed,
    owes,
    rung,
    summoned,
    told,
)

MAY = local(2026, 5, 13)
COURT = UUID("00000000-0000-4000-8000-00000000c001")


def test_a_summons_has_the_ladder_of_its_kind() -> None:
    """The lawyer thirty days, two weeks, a week, three days, a day and two hours before; then the outcome is missed."""
    at = summoned(MAY, venue=COURT, served_on=date(2026, 2, 27))
    assert ladder(at) == {
        "before-30-calendar-days": "2026-04-13 08:00",
        "before-14-calendar-days": "2026-04-29 08:00",
        "before-7-calendar-days": "2026-05-06 08:00",
        "before-3-calendar-days": "2026-05-10 08:00",
        "before-1-calendar-days": "2026-05-12 08:00",
        "before-2-hours": "2026-05-13 07:00",
        "outcome": "2026-05-13 13:00",
        "escalate-supervisor-after-1-working-days": "2026-05-14 16:00",
        "escalate-on-call-after-3-working-days": "2026-05-18 16:00",
        "stall": "2026-05-20 16:00",
    }
    found = owed(at)
    assert (found.kind, found.owner, found.appointment) == (ObligationKind.HEARING, (Role.LAWYER, VERA), MAY)
    assert hearing(at).matter is Matter.CRIMINAL
    assert hearing(at).served_on == date(2026, 2, 27)
    assert hearing(at).dates[0].venue == COURT


def test_the_consultant_prepares_and_picks_up() -> None:
    """A ladder of their own: nobody else is told, and it needs no answer."""
    at = summoned(MAY)
    assert ladder(at, "hearing:1:companion:support") == {
        "preparation-meeting": "2026-04-29 08:00",
        "pickup": "2026-05-12 08:00",
    }
    fired = at.at(local(2026, 5, 12, 8)).when(rung(at, "pickup", "hearing:1:companion:support"))
    assert told(fired.events) == [(Role.CASEWORKER, MILA)], "the role is vacant: the caseworker"


def test_the_checklist_is_undecided_at_first() -> None:
    """Each line has its own day: the last working day on or before it."""
    at = summoned(MAY)
    lines = hearing(at).arrangements
    assert {a.status for a in lines.values()} == {ArrangementStatus.UNDECIDED}
    assert ladder(at, "hearing:1:arrangement:interpreter") == {
        "due": "2026-04-30 16:00",  # ten days before is Sunday 3 May; 1 and 2 May are holidays
        "escalate-supervisor-before-5-calendar-days": "2026-05-08 08:00",
        "escalate-on-call-before-2-calendar-days": "2026-05-11 08:00",
    }


def test_a_summons_at_short_notice_leaves_out_what_has_passed() -> None:
    """A reminder whose moment has passed was never owed. Nobody else is told of the checklist before a day is over."""
    at = summoned(local(2026, 3, 6, 9))
    assert list(ladder(at))[:3] == ["before-3-calendar-days", "before-1-calendar-days", "before-2-hours"]
    assert ladder(at, "hearing:1:arrangement:interpreter") == {
        "due": "2026-03-03 10:00",
        "escalate-supervisor-before-5-calendar-days": "2026-03-03 10:00",
        "escalate-on-call-before-2-calendar-days": "2026-03-04 08:00",
    }


def test_a_summons_for_tomorrow_tells_everybody_at_once() -> None:
    """There is no time to wait for somebody to go through the checklist."""
    at = summoned(local(2026, 3, 3, 9))
    assert set(ladder(at, "hearing:1:arrangement:interpreter").values()) == {"2026-03-02 10:00"}
    fired = at.when(rung(at, "due", "hearing:1:arrangement:interpreter"))
    assert [role for role, _ in told(fired.events)] == [Role.CASEWORKER, Role.SUPERVISOR, Role.ON_CALL]


def test_two_people_enter_the_same_summons() -> None:
    """The second is told which hearing it is."""
    at = summoned(MAY)
    again = SummonHearing(hearing_kind="witness", starts_at=MAY)
    at.when(again).then_refused(RefusalCode.HEARING_ALREADY_SUMMONED, part="hearing:1")
    other = at.having(SummonHearing(hearing_kind="witness", starts_at=MAY + timedelta(hours=2)))
    assert set(other.state.hearings) == {1, 2}


def test_a_summons_entered_after_the_hearing() -> None:
    """Only said so: with a past date alone it is a slip of the pen. What is owed is to say what came of it."""
    february = local(2026, 2, 20)
    late = SummonHearing(hearing_kind="witness", starts_at=february)
    in_court().when(late).then_refused(RefusalCode.DATE_IN_THE_PAST)
    at = in_court(local(2026, 2, 1)).at(BEGINNING)
    at = at.having(late.model_copy(update={"occurred_at": local(2026, 2, 10)}))
    assert owes(at) == {"hearing:1"}
    assert next(iter(ladder(at))) == "outcome"


def test_what_keeps_a_summons_out() -> None:
    """Each with its own code."""
    given = in_court()
    command = SummonHearing(hearing_kind="witness", starts_at=MAY)
    begun().when(command).then_refused(RefusalCode.NO_HEARINGS_IN_PATHWAY)
    unknown = command.model_copy(update={"hearing_kind": "wedding"})
    given.when(unknown).then_refused(RefusalCode.UNKNOWN_HEARING_KIND, allowed=("witness", "preparatory"))
    given.when(command.model_copy(update={"zone": "Europe/Nowhere"})).then_refused(RefusalCode.UNKNOWN_ZONE)
    tomorrow = command.model_copy(update={"served_on": date(2026, 3, 3)})
    given.when(tomorrow).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    given.when(ConfirmHearing(hearing=1)).then_refused(RefusalCode.UNKNOWN_HEARING)


def test_a_hearing_is_confirmed_once() -> None:
    """Its timers stay as they are."""
    at = summoned(MAY)
    before = ladder(at)
    confirmed = at.when(ConfirmHearing(hearing=1)).then(HearingConfirmed(hearing=1))
    assert hearing(confirmed).status is HearingStatus.CONFIRMED
    assert ladder(confirmed) == before
    confirmed.when(ConfirmHearing(hearing=1)).then_nothing()
    at.when(ConfirmHearing(hearing=1, seen=1)).then_refused(RefusalCode.PART_CHANGED)


def test_every_timer_of_a_summons_is_in_one_event() -> None:
    """One event, whatever the number of timers."""
    decision = in_court().when(SummonHearing(hearing_kind="witness", starts_at=MAY)).events
    assert [type(event) for event in decision] == [HearingSummoned]
