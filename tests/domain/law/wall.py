"""A wall calendar for the tests of the legal calendar: days with their weekday, and holidays computed from scratch.

Nothing here uses the list of holidays that the code rests on, nor its calendar.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from domain.calendar import calendar_of
from domain.pathway.model import Country

SERBIA = calendar_of(Country.SERBIA)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SATURDAY, SUNDAY = 5, 6
ONE = timedelta(days=1)


def day(written: str) -> date:
    """`Sat 1 May 2027`, refused where that day is no Saturday: whoever counted by hand looked at the wrong month."""
    weekday, number, month, year = written.split()
    found = date(int(year), MONTHS.index(month) + 1, int(number))
    assert WEEKDAYS[found.weekday()] == weekday, f"{written} is a {WEEKDAYS[found.weekday()]}"
    return found


def orthodox_easter(year: int) -> date:
    """Meeus's Julian computus (Astronomical Algorithms, chapter 8), in the Gregorian calendar of 1900 to 2099."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, number = divmod(d + e + 114, 31)
    return date(year, month, number + 1) + timedelta(days=13)


@lru_cache(maxsize=256)
def free_days(year: int) -> frozenset[date]:
    """Holidays of Serbia since 2012 by the law itself: state holidays, of which one on a Sunday is kept on the next
    working day, and religious ones, which never move."""
    easter = orthodox_easter(year)
    religious = {date(year, 1, 7), *(easter + timedelta(days=d) for d in (-2, -1, 0, 1))}
    state = {date(year, m, d) for m, d in ((1, 1), (1, 2), (2, 15), (2, 16), (5, 1), (5, 2), (11, 11))}
    found = religious | state
    for holiday in sorted(state):
        if holiday.weekday() == SUNDAY:
            kept = holiday + ONE
            while kept in found or kept.weekday() in {SATURDAY, SUNDAY}:
                kept += ONE
            found.add(kept)
    return frozenset(found)


def is_free(on: date) -> bool:
    """A Saturday, a Sunday or a holiday."""
    return on.weekday() in {SATURDAY, SUNDAY} or on in free_days(on.year)
