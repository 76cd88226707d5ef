"""The rule of urgency as a table: from kind, rung and time, and which of it goes to a telephone as well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.codes import Mover, ObligationKind, Role, RungEffect
from domain.deadline import Deadline
from domain.message import Channel
from domain.quiet import AT_ONCE, Pace, Urgency
from domain.stream.obligation import Clockwork, Obligation, Owner
from domain.urgency import appointment_behind, goes_as_text, how_urgent

K, E, U = ObligationKind, RungEffect, Urgency
NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
"""Eight in the morning in Belgrade, half an hour before the digest; the next one is tomorrow."""
SOON, TOMORROW, NEXT_WEEK = NOW + timedelta(hours=6), NOW + timedelta(days=1), NOW + timedelta(days=7)
BEHIND = NOW - timedelta(hours=1)


@dataclass(frozen=True)
class Chosen:
    """What a person has chosen."""

    quiet_from: time | None = time(21)
    quiet_until: time | None = time(7)
    digest_at: time = time(8, 30)
    zone: str = "Europe/Belgrade"
    pace: str = Pace.DIGEST
    channel: str = Channel.EMAIL
    phone: str | None = None


@dataclass(frozen=True)
class Rung:
    """A fired rung as far as the rule reads it."""

    kind: ObligationKind
    due_at: datetime = NEXT_WEEK
    effects: tuple[RungEffect, ...] = (E.REMIND,)
    rungs: tuple[str, ...] = ("before-7-calendar-days",)


@pytest.mark.parametrize(
    ("fired", "urgency"),
    [
        # By kind, whatever the rung, however far its instant.
        (Rung(K.DANGER), U.DANGER),
        (Rung(K.DANGER, BEHIND, (E.ESCALATE,)), U.DANGER),
        (Rung(K.ALERT, TOMORROW, (E.ESCALATE,), ("alert",)), U.DANGER),
        (Rung(K.ALERT, BEHIND, (E.DUE,), ("due",)), U.DANGER),
        (Rung(K.MISSION_CHECK_IN, BEHIND, (E.DUE,)), U.MISSION),
        (Rung(K.MISSION_RETURN, BEHIND, (E.ESCALATE,)), U.MISSION),
        (Rung(K.MISSION_ALARM), U.MISSION),
        # A departure: the day before is a reminder like others, from its hour on people are called.
        (Rung(K.MISSION_DEPARTURE, NEXT_WEEK), U.ORDINARY),
        (Rung(K.MISSION_DEPARTURE, BEHIND, (E.DUE,)), U.MISSION),
        (Rung(K.MISSION_DEPARTURE, BEHIND, (E.DUE, E.REMIND)), U.MISSION),
        # The report is paper.
        (Rung(K.MISSION_REPORT, BEHIND, (E.ESCALATE,)), U.ORDINARY),
        # A hearing at which absence counts as giving up, months ahead.
        (Rung(K.HEARING_ACKNOWLEDGEMENT, NEXT_WEEK, (E.REMIND,), ("alarm",)), U.ALARM),
        (Rung(K.HEARING_ACKNOWLEDGEMENT, BEHIND, (E.DUE, E.ESCALATE)), U.ALARM),
        # What tells of this very moment.
        (Rung(K.POWER_OF_ATTORNEY, NEXT_WEEK, (E.ESCALATE,), ("told",)), U.ALARM),
        (Rung(K.RESIDENCE, NEXT_WEEK, (E.ESCALATE,), ("alarm",)), U.ALARM),
        # A call that was promised, also when it is late.
        (Rung(K.CALL_BACK, SOON, (E.REMIND,), ("opens",)), U.SAME_DAY),
        (Rung(K.CALL_BACK, BEHIND, (E.ESCALATE,)), U.SAME_DAY),
        # By time.
        (Rung(K.HEARING, NEXT_WEEK), U.ORDINARY),
        (Rung(K.HEARING, TOMORROW, rungs=("before-1-calendar-days",)), U.ORDINARY),  # half past eight says it today
        (Rung(K.HEARING, SOON, rungs=("before-2-hours",)), U.SAME_DAY),
        (Rung(K.STEP, SOON), U.SAME_DAY),
        (Rung(K.STEP, BEHIND, (E.DUE,), ("due",)), U.ORDINARY),
        (Rung(K.STEP, BEHIND, (E.ESCALATE,)), U.ORDINARY),
        (Rung(K.TERM, SOON), U.SAME_DAY),
        (Rung(K.TERM, NEXT_WEEK), U.ORDINARY),
        (Rung(K.REVIEW, BEHIND, (E.ESCALATE,)), U.ORDINARY),
    ],
)
def test_the_table(fired: Rung, urgency: Urgency) -> None:
    """Worked by hand."""
    assert how_urgent(fired, None, now=NOW, preferences=Chosen()) is urgency


@pytest.mark.parametrize("kind", ObligationKind)
def test_what_is_due_today_is_never_said_tomorrow(kind: ObligationKind) -> None:
    """Whatever it is."""
    after_the_digest = NOW + timedelta(hours=1)
    assert how_urgent(Rung(kind, SOON), None, now=after_the_digest, preferences=Chosen()) in AT_ONCE


def test_what_comes_late_by_day_is_not_made_urgent_by_a_digest_that_it_does_not_wait_for() -> None:
    """Of tomorrow morning, by day: the next digest would be too late, but it goes now, and so does no text."""
    afternoon = NOW + timedelta(hours=8)
    reminder = Rung(K.HEARING, TOMORROW)
    assert how_urgent(reminder, None, now=afternoon, preferences=Chosen()) is U.SAME_DAY
    assert how_urgent(reminder, None, now=afternoon, preferences=Chosen(), late=True) is U.ORDINARY


def test_what_is_to_be_arranged_for_a_hearing_is_as_urgent_as_the_hearing() -> None:
    """Due this moment, for a hearing of tomorrow morning: the digest of tomorrow would be too late."""
    afternoon = NOW + timedelta(hours=8)
    due = Rung(K.HEARING_ARRANGEMENT, afternoon, (E.DUE,), ("due",))
    assert how_urgent(due, TOMORROW, now=afternoon, preferences=Chosen()) is U.SAME_DAY
    assert how_urgent(due, NEXT_WEEK, now=afternoon, preferences=Chosen()) is U.ORDINARY
    assert how_urgent(due, BEHIND, now=afternoon, preferences=Chosen()) is U.ORDINARY


def owed(key: str, appointment: datetime | None) -> Obligation:
    deadline = Deadline(due_at=NOW, due_on=NOW.date(), zone="Europe/Belgrade", calendar="rs-1", rungs=())
    clockwork = Clockwork(deadline)
    owner = Owner(Role.LAWYER, None)
    return Obligation(key, K.HEARING, NOW, owner, clockwork, waits_on=Mover.US, appointment=appointment)


def test_an_arrangement_belongs_to_its_own_hearing() -> None:
    """`hearing:1` is not `hearing:11`."""
    obligations = [owed("hearing:1", TOMORROW), owed("hearing:11", SOON), owed("hearing:1:task:ticket", None)]
    assert appointment_behind(obligations, "hearing:1:task:ticket") == TOMORROW
    assert appointment_behind(obligations, "hearing:11") == SOON
    assert appointment_behind(obligations, "hearing:2:seen") is None


WITH_PHONE = Chosen(phone="+381600000001")
BY_TEXT = replace(WITH_PHONE, channel=Channel.SMS)


@pytest.mark.parametrize(
    ("urgency", "effects", "chosen", "also"),
    [
        (U.DANGER, (E.REMIND,), WITH_PHONE, True),
        (U.SAME_DAY, (E.REMIND,), WITH_PHONE, True),
        (U.DANGER, (E.REMIND,), Chosen(), False),  # nobody knows a number
        (U.ORDINARY, (E.DUE,), WITH_PHONE, False),
        (U.ORDINARY, (E.DUE,), BY_TEXT, True),
        (U.ORDINARY, (E.STALL, E.ESCALATE), BY_TEXT, True),
        (U.ORDINARY, (E.REMIND,), BY_TEXT, False),
        (U.ORDINARY, (E.STALL,), BY_TEXT, False),
    ],
)
def test_what_goes_to_a_telephone_as_well(
    urgency: Urgency, effects: tuple[RungEffect, ...], chosen: Chosen, also: bool
) -> None:
    """Urgent by both; of ordinary ones what presses, to who chose it."""
    assert goes_as_text(urgency, effects, chosen) is also
