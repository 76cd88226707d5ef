"""The days around the moment at which the demonstration starts: everything invented is anchored to it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from domain.calendar import at_local, calendar_of, local_date
from domain.pathway.model import Country

ZONE = "Europe/Belgrade"
CALENDAR = calendar_of(Country.SERBIA)
OPENS, CLOSES = 8 * 60 + 12, 15 * 60 + 48
"""The minutes of the day between which decisions are entered."""
SITTINGS = (time(9), time(9, 30), time(10), time(11), time(11, 30), time(12, 30))
"""When courts begin."""


class Days:
    """`now` is the present of the demonstration, an aware instant; days are local ones in Belgrade."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = local_date(now, ZONE)

    def working(self, offset: int) -> date:
        """The working day so many before (negative) or after today; 0 is today, whatever day it is."""
        return CALENDAR.add_working_days(self.today, offset)

    def near(self, offset: int) -> date:
        """The working day nearest to so many calendar days from today, never on the other side of today."""
        day = self.today + timedelta(days=offset)
        if CALENDAR.is_working_day(day):
            return day
        after, before = CALENDAR.next_working_day(day), CALENDAR.add_working_days(day, -1)
        if offset < 0:
            return before
        return before if before > self.today and day - before <= after - day else after

    def local(self, instant: datetime) -> date:
        """The day of an instant."""
        return local_date(instant, ZONE)

    def at(self, day: date, at: time) -> datetime:
        """The instant at which clocks in Belgrade show `at`."""
        return at_local(day, at, ZONE)

    def office(self, day: date, random: Random) -> datetime:
        """Some instant in office hours of `day`, or of the next working day."""
        minute = random.randint(OPENS, CLOSES)
        at = time(minute // 60, minute % 60, random.randrange(60), random.randrange(1_000_000))
        return self.at(CALENDAR.next_working_day(day), at)

    def in_office(self, instant: datetime, random: Random) -> datetime:
        """`instant` where the office is open then, else some instant when it is next open."""
        day = self.local(instant)
        opens = self.at(day, time(OPENS // 60, OPENS % 60))
        if CALENDAR.is_working_day(day) and instant <= self.at(day, time(CLOSES // 60, CLOSES % 60)):
            return max(instant, opens + timedelta(minutes=random.randrange(20), seconds=random.randrange(60)))
        return self.office(day + timedelta(days=1), random)
