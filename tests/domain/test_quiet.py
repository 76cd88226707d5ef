"""Quiet hours and the hour of the digest, as a table, over the nights on which the clocks change too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import local_date
from domain.quiet import (
    AT_ONCE,
    Pace,
    Urgency,
    after_quiet,
    is_quiet,
    next_chance,
    next_digest,
    urgency_of,
    urgency_of_late,
    when_to_send,
    when_to_try,
)


@dataclass(frozen=True)
class Chosen:
    """What a person has chosen."""

    quiet_from: time | None = time(21)
    quiet_until: time | None = time(7)
    digest_at: time = time(8, 30)
    zone: str = "Europe/Belgrade"
    pace: str = Pace.DIGEST


NIGHT = Chosen()
LATE_DIGEST = replace(NIGHT, digest_at=time(22))
EARLY_DIGEST = replace(NIGHT, digest_at=time(5))
SIESTA = replace(NIGHT, quiet_from=time(13), quiet_until=time(15), digest_at=time(14))
EACH = replace(NIGHT, pace=Pace.EACH)
EACH_SIESTA = replace(SIESTA, pace=Pace.EACH)
EACH_LATE = replace(NIGHT, pace=Pace.EACH, quiet_from=time(22), quiet_until=time(2, 30))
NEVER_QUIET = replace(NIGHT, quiet_from=None, quiet_until=None, digest_at=time(2, 30))


def on_the_clock(text: str, zone: str = "Europe/Belgrade") -> datetime:
    """`2026-11-25 08:00` on the wall, as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "chosen", "sent"),
    [
        # An ordinary day.
        ("2026-11-25 08:00", NIGHT, "2026-11-25 08:30"),
        ("2026-11-25 08:30", NIGHT, "2026-11-25 08:30"),
        ("2026-11-25 08:31", NIGHT, "2026-11-26 08:30"),
        ("2026-11-25 23:00", NIGHT, "2026-11-26 08:30"),
        ("2026-11-25 03:00", NIGHT, "2026-11-25 08:30"),
        # A digest in the quiet hours comes at their end: of the next morning, of the same morning, of the afternoon.
        ("2026-11-25 20:00", LATE_DIGEST, "2026-11-26 07:00"),
        ("2026-11-25 06:59", LATE_DIGEST, "2026-11-25 07:00"),
        ("2026-11-25 07:01", LATE_DIGEST, "2026-11-26 07:00"),
        ("2026-11-25 02:00", EARLY_DIGEST, "2026-11-25 07:00"),
        ("2026-11-25 12:00", SIESTA, "2026-11-25 15:00"),
        # Who wants each by itself: at once by day, after the quiet hours at night.
        ("2026-11-25 09:17", EACH, "2026-11-25 09:17"),
        ("2026-11-25 20:59", EACH, "2026-11-25 20:59"),
        ("2026-11-25 21:00", EACH, "2026-11-26 07:00"),
        ("2026-11-25 03:00", EACH, "2026-11-25 07:00"),
        ("2026-11-25 07:00", EACH, "2026-11-25 07:00"),
        ("2026-11-25 14:00", EACH_SIESTA, "2026-11-25 15:00"),
        # Their end over the nights of a change: at 02:30 there is none, it is 03:30; of two half past twos the first.
        ("2026-03-28 22:30", EACH, "2026-03-29 07:00"),
        ("2026-03-28 23:00", EACH_LATE, "2026-03-29 03:30"),
        ("2026-10-24 23:00", EACH_LATE, "2026-10-25 02:30"),
        ("2026-10-24 22:30", EACH, "2026-10-25 07:00"),
        # No quiet hours.
        ("2026-11-25 02:00", NEVER_QUIET, "2026-11-25 02:30"),
        # The clocks go forward on 29 March 2026 at 02:00: there is no 02:30, it comes an hour later.
        ("2026-03-28 09:00", NIGHT, "2026-03-29 08:30"),
        ("2026-03-29 00:00", NEVER_QUIET, "2026-03-29 03:30"),
        # They go back on 25 October 2026 at 03:00: 02:30 comes twice, the digest the first time.
        ("2026-10-24 09:00", NIGHT, "2026-10-25 08:30"),
        ("2026-10-25 00:00", NEVER_QUIET, "2026-10-25 02:30"),
        # 29 February.
        ("2028-02-28 12:00", NIGHT, "2028-02-29 08:30"),
        # Orthodox Easter: a digest is of every day.
        ("2027-05-01 12:00", NIGHT, "2027-05-02 08:30"),
    ],
)
def test_what_is_ordinary_waits_for_the_next_digest(now: str, chosen: Chosen, sent: str) -> None:
    """Worked by hand on the wall clock of Belgrade."""
    assert when_to_send(on_the_clock(now), chosen, Urgency.ORDINARY) == on_the_clock(sent)


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_end_in_both() -> None:
    """At ten past two for the second time it is quiet until half past two for the second time, not until tomorrow."""
    second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert after_quiet(second, EACH_LATE) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert after_quiet(second - timedelta(hours=1), EACH_LATE) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due", "urgency"),
    [
        ("2026-03-28 08:31", "2026-03-29 09:00", Urgency.SAME_DAY),
        ("2026-03-28 08:30", "2026-03-29 09:00", Urgency.ORDINARY),
        ("2026-10-24 08:31", "2026-10-25 23:00", Urgency.SAME_DAY),
        ("2028-02-28 08:31", "2028-02-29 09:00", Urgency.SAME_DAY),
        ("2028-02-28 08:31", "2028-03-01 09:00", Urgency.ORDINARY),
        ("2027-05-01 12:00", "2027-05-05 09:00", Urgency.ORDINARY),  # a digest comes on Easter Sunday too
    ],
)
def test_what_waits_over_such_nights(now: str, due: str, urgency: Urgency) -> None:
    """The last digest that says it in time is that of the day before, 23 or 25 hours ahead or not."""
    assert urgency_of(on_the_clock(due), now=on_the_clock(now), preferences=NIGHT) is urgency


def test_the_digest_is_at_the_same_hour_on_the_wall_the_whole_year() -> None:
    """In UTC it is not: 08:30 is 07:30 in winter and 06:30 in summer."""
    assert next_digest(datetime(2026, 1, 15, tzinfo=UTC), NIGHT) == datetime(2026, 1, 15, 7, 30, tzinfo=UTC)
    assert next_digest(datetime(2026, 7, 15, tzinfo=UTC), NIGHT) == datetime(2026, 7, 15, 6, 30, tzinfo=UTC)


def test_the_hours_are_of_the_persons_zone() -> None:
    """Somebody who works from New York is asleep at our eight in the morning."""
    abroad = replace(NIGHT, zone="America/New_York")
    now = on_the_clock("2026-11-25 08:00")
    assert is_quiet(now, abroad)
    assert not is_quiet(now, NIGHT)
    assert next_digest(now, abroad) == on_the_clock("2026-11-25 08:30", "America/New_York")


@pytest.mark.parametrize("urgency", sorted(AT_ONCE))
def test_what_is_urgent_goes_at_once(urgency: Urgency) -> None:
    """At three in the morning, and on the night of a change."""
    for now in (on_the_clock("2026-11-25 03:00"), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)):
        assert when_to_send(now, NIGHT, urgency) == now


def test_every_urgency_is_either_at_once_or_ordinary() -> None:
    """One that is added has to be decided about."""
    assert {*AT_ONCE, Urgency.ORDINARY} == set(Urgency)


@pytest.mark.parametrize(
    ("now", "due", "urgency"),
    [
        # The day before, in the office's morning: the digest of half past eight says it in time.
        ("2026-11-25 08:00", "2026-11-26 09:00", Urgency.ORDINARY),
        # The day before, after the digest: the next one would come on the day itself.
        ("2026-11-25 08:31", "2026-11-26 09:00", Urgency.SAME_DAY),
        ("2026-11-25 08:31", "2026-11-27 09:00", Urgency.ORDINARY),
        # Two hours before; at night for the morning.
        ("2026-11-26 07:00", "2026-11-26 09:00", Urgency.SAME_DAY),
        ("2026-11-25 23:00", "2026-11-26 06:00", Urgency.SAME_DAY),
        # On the day, and overdue.
        ("2026-11-26 08:00", "2026-11-26 17:00", Urgency.SAME_DAY),
        ("2026-11-26 17:00", "2026-11-26 17:00", Urgency.ORDINARY),
        ("2026-11-26 03:00", "2026-11-20 17:00", Urgency.ORDINARY),
    ],
)
def test_what_the_next_digest_would_say_too_late_is_same_day(now: str, due: str, urgency: Urgency) -> None:
    """Nobody learns of a hearing in the morning of it because of a digest."""
    assert urgency_of(on_the_clock(due), now=on_the_clock(now), preferences=NIGHT) is urgency


@pytest.mark.parametrize(
    ("now", "due", "urgency"),
    [
        # By day, for tomorrow or later: it goes now anyway, with the others.
        ("2026-11-25 14:00", "2026-11-26 09:00", Urgency.ORDINARY),
        # At night: in the morning it still comes a day before; for the day that begins then it would be too late.
        ("2026-11-24 23:00", "2026-11-26 09:00", Urgency.ORDINARY),
        ("2026-11-25 23:00", "2026-11-26 09:00", Urgency.SAME_DAY),
        ("2026-11-26 03:00", "2026-11-26 06:00", Urgency.SAME_DAY),
        # On the day, and overdue.
        ("2026-11-26 08:00", "2026-11-26 17:00", Urgency.SAME_DAY),
        ("2026-11-26 23:00", "2026-11-26 17:00", Urgency.ORDINARY),
    ],
)
def test_what_is_late_and_would_wait_until_its_day_is_same_day(now: str, due: str, urgency: Urgency) -> None:
    """The mail server was away when it should have gone."""
    assert urgency_of_late(on_the_clock(due), now=on_the_clock(now), preferences=NIGHT) is urgency


@pytest.mark.parametrize(
    ("asked", "now", "chosen", "urgency", "sent"),
    [
        # In its time.
        ("2026-11-25 08:00", "2026-11-25 08:00", NIGHT, Urgency.ORDINARY, "2026-11-25 08:30"),
        ("2026-11-25 08:00", "2026-11-25 08:30", NIGHT, Urgency.ORDINARY, "2026-11-25 08:30"),
        # The mail server was away until the afternoon: now. Until the night: when it is over.
        ("2026-11-25 08:00", "2026-11-25 14:00", NIGHT, Urgency.ORDINARY, "2026-11-25 14:00"),
        ("2026-11-25 08:00", "2026-11-25 23:00", NIGHT, Urgency.ORDINARY, "2026-11-26 07:00"),
        ("2026-11-25 08:00", "2026-11-25 23:00", EACH, Urgency.ORDINARY, "2026-11-26 07:00"),
        # What is urgent: now, at night too.
        ("2026-11-25 08:00", "2026-11-25 23:00", NIGHT, Urgency.ALARM, "2026-11-25 08:00"),
    ],
)
def test_what_could_not_go_in_its_time_goes_afterwards_but_not_at_night(
    asked: str, now: str, chosen: Chosen, urgency: Urgency, sent: str
) -> None:
    """An instant that lies behind means: now."""
    at = when_to_try(on_the_clock(asked), on_the_clock(now), chosen, urgency)
    assert max(at, on_the_clock(now)) == max(on_the_clock(sent), on_the_clock(now))


@pytest.mark.parametrize(
    ("at", "quiet"), [("20:59", False), ("21:00", True), ("00:00", True), ("06:59", True), ("07:00", False)]
)
def test_the_first_minute_is_quiet_and_the_last_is_not(at: str, quiet: bool) -> None:
    """Over midnight."""
    assert is_quiet(on_the_clock(f"2026-11-25 {at}"), NIGHT) is quiet


HOURS = st.times().map(lambda t: t.replace(microsecond=0, fold=0))
CHOSEN = st.builds(
    Chosen,
    quiet_from=st.none() | HOURS,
    quiet_until=st.none() | HOURS,
    digest_at=HOURS,
    pace=st.sampled_from(Pace),
    zone=st.sampled_from(["Europe/Belgrade", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"]),
)
INSTANTS = st.integers(1_767_225_600, 1_893_456_000).map(lambda s: datetime.fromtimestamp(s, UTC))  # 2026 to 2029


@given(now=INSTANTS, chosen=CHOSEN)
def test_a_digest_lies_ahead_within_two_days_and_is_followed_by_one_the_next_day(now: datetime, chosen: Chosen) -> None:
    """One a day, never more, whatever somebody chooses."""
    first = next_digest(now, chosen)
    assert now <= first <= now + timedelta(hours=26)
    second = next_digest(first + timedelta(seconds=1), chosen)
    assert (local_date(second, chosen.zone) - local_date(first, chosen.zone)).days == 1
    assert next_digest(first, chosen) == first


@given(now=INSTANTS, chosen=CHOSEN)
def test_no_digest_comes_in_a_quiet_hour(now: datetime, chosen: Chosen) -> None:
    """Except where the end of the quiet hours is a time that a change of the clocks makes another one."""
    digest = next_digest(now, chosen)
    shown = digest.astimezone(ZoneInfo(chosen.zone)).time()
    if shown in {chosen.digest_at, chosen.quiet_until}:
        assert not is_quiet(digest, chosen)


@given(now=INSTANTS, chosen=CHOSEN)
def test_quiet_hours_end_within_a_day(now: datetime, chosen: Chosen) -> None:
    """Whoever waits for their end waits no longer than a day and the hour that a change of the clocks may add."""
    end = after_quiet(now, chosen)
    assert now <= end <= now + timedelta(hours=25)
    assert end == now or is_quiet(now, chosen)
    if end.astimezone(ZoneInfo(chosen.zone)).time() == chosen.quiet_until:
        assert not is_quiet(end, chosen)


@given(now=INSTANTS, chosen=CHOSEN, ahead=st.timedeltas(timedelta(seconds=1), timedelta(days=60)))
def test_an_ordinary_reminder_is_read_on_an_earlier_day(now: datetime, chosen: Chosen, ahead: timedelta) -> None:
    """What it waits for, digest or morning, comes on a local day before the day of its date."""
    due = now + ahead
    if urgency_of(due, now=now, preferences=chosen) is Urgency.ORDINARY:
        sent = when_to_send(now, chosen, Urgency.ORDINARY)
        assert local_date(sent, chosen.zone) < local_date(due, chosen.zone)
        assert sent == next_chance(now, chosen)


@given(now=INSTANTS, chosen=CHOSEN, ahead=st.timedeltas(timedelta(seconds=1), timedelta(days=60)))
def test_what_is_late_and_still_ordinary_is_read_on_an_earlier_day(
    now: datetime, chosen: Chosen, ahead: timedelta
) -> None:
    """However long an outage was, and whenever it ends: what waits for the morning comes before the day of its date."""
    due = now + ahead
    if urgency_of_late(due, now=now, preferences=chosen) is Urgency.ORDINARY:
        assert local_date(after_quiet(now, chosen), chosen.zone) < local_date(due, chosen.zone)
