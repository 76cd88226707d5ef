"""Limitation through commands: of prosecution, of damages, of damage by crime; interrupted, suspended, corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.codes import ObligationKind, RungEffect
from domain.journey import obligations
from domain.journey.proceedings.basis import TriggerDay
from domain.journey.proceedings.codes import Interrupted, Limits, RecountReason, TermOutcome, TermStatus
from domain.journey.proceedings.term_commands import (
    ConfirmTerm,
    CorrectLimitation,
    CorrectTerm,
    InterruptLimitation,
    MeetTerm,
    MissTerm,
    StartLimitation,
    SuspendLimitation,
)
from domain.journey.proceedings.term_events import TermRecounted, TermSettled, TermStarted
from domain.law import Bite, Crime, InterruptionGround, Limitation, SuspensionGround, Trigger
from domain.refusal import RefusalCode
from tests.domain.given import Given
from tests.proceedings_examples import day_of, in_court, noon

NOW = noon(2026, 3, 20)
KNOWN = day_of(Trigger.DAMAGE_KNOWN, 2024, 3, 1)
SUFFERED = day_of(Trigger.DAMAGE_SUFFERED, 2023, 5, 1)
COMMITTED = day_of(Trigger.CRIME_COMMITTED, 2023, 5, 1)
DAMAGES = StartLimitation(limits=Limits.DAMAGES, days=(KNOWN, SUFFERED), proceedings=1)


def running(command: StartLimitation = DAMAGES) -> Given:
    return in_court(NOW).having(command)


def ends(given: Given, number: int = 1) -> tuple[date, Bite]:
    state = given.state.terms[number]
    assert isinstance(state.counted, Limitation)
    return state.due_on, state.counted.bites


@pytest.mark.parametrize(
    ("command", "ends_on"),
    [
        # Three years from Friday 1 March 2024: Monday 1 March 2027.
        (DAMAGES, date(2027, 3, 1)),
        # No day of knowledge: three years from Monday 1 May 2023 are Friday 1 May 2026, Labour Day; the 2nd is its
        # second day, a Saturday; Monday 4 May.
        (StartLimitation(limits=Limits.DAMAGES, days=(SUFFERED,)), date(2026, 5, 4)),
        # Fifteen years from 1 May 2023, whose day is the first: 30 April 2038.
        (StartLimitation(limits=Limits.PROSECUTION, crime=Crime.TRAFFICKING, days=(COMMITTED,)), date(2038, 4, 30)),
        (StartLimitation(limits=Limits.PROSECUTION, rule="kz-103-over-5", days=(COMMITTED,)), date(2033, 4, 30)),
        # Damage by crime: the alarm follows the three years, the fifteen are a reading.
        (
            StartLimitation(limits=Limits.DAMAGE_BY_CRIME, crime=Crime.TRAFFICKING, days=(KNOWN, SUFFERED, COMMITTED)),
            date(2027, 3, 1),
        ),
        # Ten years from Tuesday 3 March 2026: Monday 3 March 2036.
        (
            StartLimitation(limits=Limits.ADJUDICATED, days=(day_of(Trigger.JUDGMENT_FINAL, 2026, 3, 3),)),
            date(2036, 3, 3),
        ),
    ],
)
def test_worked_by_hand(command: StartLimitation, ends_on: date) -> None:
    """The earliest reading is followed."""
    then = in_court(NOW).when(command)
    (event,) = then.events
    assert isinstance(event, TermStarted)
    assert event.due_on == event.deadline.due_on == ends_on
    (found,) = [o for o in obligations(then.after.state) if o.kind is ObligationKind.LIMITATION]
    assert found.key == "term:1"


def test_the_ladder_begins_two_years_before() -> None:
    """Two years, one, six months, three, one: each on its morning."""
    command = StartLimitation(limits=Limits.PROSECUTION, crime=Crime.TRAFFICKING, days=(COMMITTED,))
    reminders = [r for r in running(command).state.terms[1].clockwork.deadline.rungs if r.effect is RungEffect.REMIND]
    assert [r.at.date() for r in reminders] == [
        date(2036, 4, 30),
        date(2037, 4, 30),
        date(2037, 10, 30),
        date(2038, 1, 30),
        date(2038, 3, 30),
    ]


def test_an_interruption_begins_it_anew_and_is_to_be_confirmed() -> None:
    """The debt was acknowledged on Friday 6 March 2026: three years are 6 March 2029, but five from the damage end
    on Monday 1 May 2028, Labour Day, and the 2nd is too: Wednesday 3 May 2028 comes first."""
    given = running().having(ConfirmTerm(term=1, on=date(2027, 3, 1)))
    act = InterruptLimitation(term=1, on=date(2026, 3, 6), ground=InterruptionGround.DEBT_ACKNOWLEDGED)
    then = given.when(act)
    (event,) = then.events
    assert isinstance(event, TermRecounted)
    assert (event.why, event.was, event.due_on) == (RecountReason.INTERRUPTED, date(2027, 3, 1), date(2028, 5, 3))
    assert ends(then.after) == (date(2028, 5, 3), Bite.ABSOLUTE)
    assert then.after.state.terms[1].status is TermStatus.UNCONFIRMED
    then.after.when(act).then_nothing()


def test_a_claim_interrupts_only_once_it_has_ended_with_something() -> None:
    """While it is pending it counts as if it had failed; entered again with its end, it is the same act."""
    filed = InterruptLimitation(term=1, on=date(2026, 3, 6), ground=InterruptionGround.CLAIM_FILED)
    pending = running().having(filed)
    assert ends(pending)[0] == date(2027, 3, 1)
    ended = pending.at(noon(2026, 9, 1)).having(filed.model_copy(update={"ended_on": date(2026, 9, 1)}))
    assert ended.state.terms[1].basis.interruptions[0].ended_on == date(2026, 9, 1)
    assert len(ended.state.terms[1].basis.interruptions) == 1
    assert ends(ended)[0] == date(2028, 5, 3)


def test_acts_of_the_prosecution_interrupt_the_claim_in_the_longer_reading_only() -> None:
    """So the alarm stays with the shorter one."""
    command = StartLimitation(limits=Limits.DAMAGE_BY_CRIME, crime=Crime.TRAFFICKING, days=(KNOWN, SUFFERED, COMMITTED))
    act = InterruptLimitation(
        term=1,
        on=date(2026, 3, 6),
        ground=InterruptionGround.PROCEDURAL_ACT,
        interrupts=Interrupted.PROSECUTION,
    )
    before, after = running(command), running(command).having(act)
    assert ends(before)[0] == ends(after)[0] == date(2027, 3, 1)
    assert after.state.terms[1].days_read[-1] > before.state.terms[1].days_read[-1]


def test_it_stands_still() -> None:
    """Ten days: Thursday 11 March 2027."""
    still = SuspendLimitation(
        term=1,
        starts=date(2026, 3, 1),
        ends=date(2026, 3, 10),
        ground=SuspensionGround.INSURMOUNTABLE_OBSTACLE,
    )
    after = running().having(still)
    assert ends(after)[0] == date(2027, 3, 11)
    after.when(still).then_nothing()


def test_a_correction_counts_from_other_days() -> None:
    """She knew a month later; what interrupted it is to be entered anew, and the alarm is earlier till then."""
    given = running().having(
        InterruptLimitation(term=1, on=date(2026, 3, 6), ground=InterruptionGround.DEBT_ACKNOWLEDGED)
    )
    state = given.state.terms[1]
    days = (TriggerDay(trigger=Trigger.DAMAGE_KNOWN, on=date(2024, 4, 1)), SUFFERED)
    then = given.when(CorrectLimitation(term=1, corrects=state.counted_version, days=days))
    (event,) = then.events
    assert isinstance(event, TermRecounted)
    assert event.due_on == date(2027, 4, 1)
    assert event.basis.interruptions == ()


def test_its_end_is_said_like_that_of_any_term() -> None:
    """The claim was filed, or it ran out: nothing restores that."""
    assert running().when(MeetTerm(term=1)).events[0] == TermSettled(term=1, outcome=TermOutcome.MET)
    late = running().at(noon(2027, 3, 2))
    events = late.when(MissTerm(term=1)).events
    assert events[0] == TermSettled(term=1, outcome=TermOutcome.MISSED)
    assert not [e for e in events if isinstance(e, TermStarted)]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (StartLimitation(limits=Limits.PROSECUTION, days=(COMMITTED,)), RefusalCode.UNKNOWN_RULE),
        (
            StartLimitation(limits=Limits.DAMAGE_BY_CRIME, rule="zoo-376-damages", days=(KNOWN,)),
            RefusalCode.UNKNOWN_RULE,
        ),
        (StartLimitation(limits=Limits.DAMAGES, days=()), RefusalCode.TRIGGER_MISSING),
        (StartLimitation(limits=Limits.DAMAGES, days=(COMMITTED,)), RefusalCode.TRIGGER_MISSING),
        (StartLimitation(limits=Limits.DAMAGES, days=(KNOWN, KNOWN)), RefusalCode.TRIGGER_MISSING),
        (StartLimitation(limits=Limits.DAMAGES, days=(KNOWN,), proceedings=8), RefusalCode.UNKNOWN_PROCEEDINGS),
        (
            InterruptLimitation(term=1, on=date(2026, 3, 21), ground=InterruptionGround.CLAIM_FILED),
            RefusalCode.DATE_IN_THE_FUTURE,
        ),
        (
            InterruptLimitation(
                term=1, on=date(2026, 3, 2), ended_on=date(2026, 3, 1), ground=InterruptionGround.CLAIM_FILED
            ),
            RefusalCode.DATE_IN_THE_PAST,
        ),
        (
            SuspendLimitation(
                term=1,
                starts=date(2026, 3, 1),
                ends=date(2026, 3, 9),
                ground=SuspensionGround.EMERGENCY_DECREE,
            ),
            RefusalCode.UNKNOWN_RULE,
        ),
        (CorrectTerm(term=1, corrects=7, on=date(2026, 3, 1)), RefusalCode.NOTHING_TO_CORRECT),
    ],
)
def test_refused(command: Any, code: RefusalCode) -> None:
    """What cannot be counted, and what is no limitation."""
    running().when(command).then_refused(code)
