"""A moment as somebody types it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from domain.calendar import at_local, local_date

_FIRST, _LAST = date(1990, 1, 1), date(2199, 12, 31)


def instant_of(typed: str, zone: str, now: datetime) -> datetime | None:
    """The instant of an ISO date and time on the wall clock of `zone`, or with an offset of its own.

    A day alone is meant with everything that happened on it: its last instant, and of today `now`. None for what is no
    date, and for years in which nothing can have been recorded. It may lie in the future.
    """
    text = typed.strip()
    try:
        return _end_of(date.fromisoformat(text), zone, now)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not _within(found.date()):
        return None
    return found if found.tzinfo else at_local(found.date(), found.time(), zone)


def _end_of(day: date, zone: str, now: datetime) -> datetime | None:
    if day == local_date(now, zone):
        return now
    return at_local(day + timedelta(days=1), time(0), zone) - timedelta(microseconds=1) if _within(day) else None


def _within(day: date) -> bool:
    return _FIRST <= day <= _LAST
