"""When a message to a member of staff goes out: quiet hours, the hour of the digest, and what may wake somebody.

    when_to_send(now, preferences, Urgency.ORDINARY)   # the next digest, never in quiet hours
    when_to_send(now, preferences, Urgency.DANGER)     # now

Every ordinary message of a day gets the same instant, so it goes into one digest: at most one message for each person
and day besides what is urgent. Hours are local: over a change of the clocks the digest still comes at half past eight.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.calendar import at_local, local_date


class Urgency(StrEnum):
    """How long a message may wait."""

    ORDINARY = "ordinary"
    """Until the next digest."""
    SAME_DAY = "same-day"
    """The next digest would come on the day of its date or later."""
    DANGER = "danger"
    MISSION = "mission"


AT_ONCE = frozenset({Urgency.SAME_DAY, Urgency.DANGER, Urgency.MISSION})
"""What goes out at any hour."""


class Preferences(Protocol):
    """What a person has chosen. Quiet from and until the same hour, or without either: there are no quiet hours."""

    @property
    def quiet_from(self) -> time | None: ...
    @property
    def quiet_until(self) -> time | None: ...
    @property
    def digest_at(self) -> time: ...
    @property
    def zone(self) -> str: ...


def when_to_send(now: datetime, preferences: Preferences, urgency: Urgency) -> datetime:
    """The instant, in UTC and never before `now`. Raises `zoneinfo.ZoneInfoNotFoundError` for an unknown zone."""
    if urgency in AT_ONCE:
        return now.astimezone(UTC)
    return next_digest(now, preferences)


def next_digest(now: datetime, preferences: Preferences) -> datetime:
    """The first digest at or after `now`. An hour that lies in the quiet ones moves to their end."""
    today = local_date(now, preferences.zone)
    moments = (_digest_on(today + timedelta(days=n), preferences) for n in (-1, 0, 1, 2))
    return next(moment for moment in moments if moment >= now)


def urgency_of(due_at: datetime, *, now: datetime, preferences: Preferences) -> Urgency:
    """Ordinary, or same-day where the next digest would come on the local day of the date, or after it.

    What is overdue already is ordinary: nothing is won by saying so at night.
    """
    digest = next_digest(now, preferences)
    if due_at <= now:
        return Urgency.ORDINARY
    waits = local_date(digest, preferences.zone) < local_date(due_at, preferences.zone)
    return Urgency.ORDINARY if waits else Urgency.SAME_DAY


def is_quiet(now: datetime, preferences: Preferences) -> bool:
    """Whether the person's clock shows a quiet hour; the first minute is one, the last is none."""
    return _within(now.astimezone(ZoneInfo(preferences.zone)).time(), preferences)


def _digest_on(day: date, preferences: Preferences) -> datetime:
    """The digest of a local day: the end of its quiet hours where its own hour lies in them."""
    at, until = preferences.digest_at, preferences.quiet_until
    if until is not None and _within(at, preferences):
        if until < at:
            day += timedelta(days=1)  # in the evening: the quiet hours end tomorrow
        at = until
    return at_local(day, at, preferences.zone)


def _within(at: time, preferences: Preferences) -> bool:
    start, end = preferences.quiet_from, preferences.quiet_until
    if start is None or end is None or start == end:
        return False
    return start <= at < end if start < end else at >= start or at < end
