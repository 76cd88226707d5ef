"""The day before is the day before: over a change of the clocks, on 29 February, at Easter, and in another zone.

Clocks in Belgrade go forward on 29 March 2026 at 02:00 and back on 25 October 2026 at 03:00.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.journey.hearing.codes import HearingReason
from domain.journey.hearing.commands import MoveHearing, PlanHearing, PostponeHearing
from domain.stream.firing import RungsFired
from tests.domain.hearing.court import hearing, ladder, local, owed, rung, summoned


@pytest.mark.parametrize(
    ("starts_at", "day_before", "hours_between"),
    [
        (local(2026, 3, 29, 9), "2026-03-28 08:00", 24.0),  # 23 hours on the clock of the world, and one at the door
        (local(2026, 10, 25, 9), "2026-10-24 08:00", 26.0),
        (local(2026, 6, 10, 9), "2026-06-09 08:00", 25.0),
    ],
)
def test_the_day_before_is_a_day_of_the_calendar(starts_at: datetime, day_before: str, hours_between: float) -> None:
    """At the office's hour, whatever the clocks did that night."""
    at = summoned(starts_at)
    assert ladder(at)["before-1-calendar-days"] == day_before
    found = next(r for r in owed(at).ahead if r.rung == "before-1-calendar-days")
    assert (starts_at.astimezone(UTC) - found.at).total_seconds() == hours_between * 3600


def test_two_hours_before_are_two_hours() -> None:
    """A hearing at half past three in the night of the change: two hours before, clocks show half past one."""
    at = summoned(datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    assert ladder(at)["before-2-hours"] == "2026-03-29 00:30"
    autumn = summoned(datetime(2026, 10, 25, 2, 30, tzinfo=UTC))
    assert ladder(autumn)["before-2-hours"] == "2026-10-25 02:30", "the first of two half past twos, still summer time"


def test_a_leap_day() -> None:
    """A hearing on 29 February, one thirty days after it, and a year without one."""
    leap = summoned(local(2028, 2, 29))
    assert ladder(leap)["before-30-calendar-days"] == "2028-01-30 08:00"
    assert ladder(leap)["before-1-calendar-days"] == "2028-02-28 08:00"
    assert ladder(summoned(local(2028, 3, 30)))["before-30-calendar-days"] == "2028-02-29 08:00"
    assert ladder(summoned(local(2027, 3, 30)))["before-30-calendar-days"] == "2027-02-28 08:00"
    assert ladder(leap)["escalate-supervisor-after-1-working-days"] == "2028-03-01 16:00"


def test_orthodox_easter_and_labour_day() -> None:
    """Good Friday 30 April to Monday 3 May 2027, with 1 and 2 May among them; the office works again on the 5th.

    1 and 2 May fall on Saturday and Sunday: the Sunday is made good on Tuesday the 4th.
    """
    at = summoned(local(2027, 5, 13))
    # Fourteen days before is Thursday 29 April, a working day; ten days before is Easter Monday: Thursday again.
    assert ladder(at, "hearing:1:arrangement:power-of-attorney")["due"] == "2027-04-29 16:00"
    assert ladder(at, "hearing:1:arrangement:interpreter")["due"] == "2027-04-29 16:00"
    assert ladder(at)["before-14-calendar-days"] == "2027-04-29 08:00"
    thursday = summoned(local(2027, 4, 29, 9))
    assert ladder(thursday)["escalate-supervisor-after-1-working-days"] == "2027-05-05 16:00"
    planned = at.having(PlanHearing(hearing=1, plan="from-abroad"))
    assert ladder(planned, "hearing:1:task:check")["due"] == "2027-05-27 16:00"


def test_a_court_in_another_zone() -> None:
    """Days count on the calendar there, reminders go out in our morning, letters show the hour of the court."""
    starts_at = local(2026, 5, 13, 0, 30, zone="Asia/Tokyo")  # 12 May, 17:30 in Belgrade
    at = summoned(starts_at, zone="Asia/Tokyo")
    deadline = owed(at).clockwork.deadline
    assert f"{deadline.due_on}" == "2026-05-13"
    assert ladder(at)["before-1-calendar-days"] == "2026-05-12 08:00", "nine and a half hours before"
    assert ladder(at)["before-3-calendar-days"] == "2026-05-10 08:00"
    later = at.at(local(2026, 5, 10, 8))
    (fired,) = later.when(rung(later, "before-3-calendar-days")).events
    assert isinstance(fired, RungsFired)
    assert (fired.zone, fired.due_at) == ("Asia/Tokyo", starts_at)


def test_the_zone_stays_until_another_court_is_named() -> None:
    """A move to another town keeps it unless it is given."""
    at = summoned(local(2026, 5, 13, zone="Europe/Kyiv"), zone="Europe/Kyiv")
    moved = at.having(MoveHearing(hearing=1, starts_at=local(2026, 5, 14), reason=HearingReason.COURT_RESCHEDULED))
    assert hearing(moved).dates[-1].zone == "Europe/Kyiv"
    home = at.having(
        PostponeHearing(
            hearing=1, starts_at=local(2026, 5, 14), zone="Europe/Belgrade", reason=HearingReason.COURT_RESCHEDULED
        )
    )
    assert hearing(home).dates[-1].zone == "Europe/Belgrade"
