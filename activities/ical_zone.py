"""A VTIMEZONE for the years that a calendar is about: every change of the clocks, as the zone's database has it.

`icalendar` makes one too, with the onset of summer time on the clock *after* the change; RFC 5545 §3.6.5 wants the
clock before it (`TZOFFSETFROM`), and some calendars are an hour off otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


@lru_cache(maxsize=64)
def time_zone(name: str, first: int, last: int) -> Timezone:
    """The zone from the beginning of year `first` to the end of `last`. Raises `ZoneInfoNotFoundError`.

    Do not change what comes back: it is remembered.
    """
    zone = ZoneInfo(name)
    start, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    made = Timezone()
    made.add("tzid", name)
    made.add_component(_observance(zone, start, start))
    for change in _changes(zone, start, end):
        made.add_component(_observance(zone, change - _SECOND, change))
    return made


def _observance(zone: ZoneInfo, before: datetime, onset: datetime) -> TimezoneStandard | TimezoneDaylight:
    after = onset.astimezone(zone)
    offset_before = before.astimezone(zone).utcoffset() or timedelta()
    observance = TimezoneDaylight() if after.dst() else TimezoneStandard()
    observance.add("dtstart", (onset + offset_before).replace(tzinfo=None))
    observance.add("tzoffsetfrom", offset_before)
    observance.add("tzoffsetto", after.utcoffset() or timedelta())
    observance.add("tzname", after.tzname() or str(zone))
    return observance


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every instant between, in UTC, from which the zone's clocks show another offset than the second before."""
    day = start
    while day < end:
        if day.astimezone(zone).utcoffset() != (day + _DAY).astimezone(zone).utcoffset():
            yield _change(zone, day, day + _DAY)
        day += _DAY


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    while high - low > _SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
            low = middle
        else:
            high = middle
    return high
