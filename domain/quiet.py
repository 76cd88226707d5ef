"""When a message to a member of staff goes out: quiet hours, the hour of the digest, and what may wake somebody.

    when_to_send(now, preferences, Urgency.ORDINARY)   # the next digest, never in quiet hours
    when_to_send(now, preferences, Urgency.DANGER)     # now

Every ordinary message of a day gets the same instant, so it goes into one digest: at most one message for each person
and day besides what is urgent. Who wants each by itself gets it at once, or when the quiet hours end. Hours are local:
over a change of the clocks the digest still comes at half past eight. What is urgent says `domain/urgency.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    ALARM = "alarm"
    """The highest alarm: somebody must answer for it, or a right is lost."""
    DANGER = "danger"
    MISSION = "mission"


AT_ONCE = frozenset(Urgency) - {Urgency.ORDINARY}
"""What goes out at any hour."""


class Pace(StrEnum):
    """How ordinary messages come; the codes are those of `vault.preferences.Pace`, which may not import this."""

    DIGEST = "digest"
    """All in one, once a day."""
    EACH = "each"
    """Each by itself: at once, or when the quiet hours end."""


class Preferences(Protocol):
    """What a person has chosen. Quiet from and until the same hour, or without either: there are no quiet hours.

    `pace` is a code of `Pace`.
    """

    @property
    def pace(self) -> str: ...
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
    return now.astimezone(UTC) if urgency in AT_ONCE else next_chance(now, preferences)


def when_to_try(asked_at: datetime, now: datetime, preferences: Preferences, urgency: Urgency) -> datetime:
    """When a message of `asked_at` goes that has not gone by `now`: as `when_to_send`, and after an outage that ends
    in quiet hours when these are over."""
    planned = when_to_send(asked_at, preferences, urgency)
    return planned if urgency in AT_ONCE or now < planned else max(planned, after_quiet(now, preferences))


def next_chance(now: datetime, preferences: Preferences) -> datetime:
    """The first instant at or after `now` at which an ordinary message may go."""
    return after_quiet(now, preferences) if preferences.pace == Pace.EACH else next_digest(now, preferences)


def after_quiet(now: datetime, preferences: Preferences) -> datetime:
    """The end of the quiet hours in which `now` lies, else `now`."""
    until = preferences.quiet_until
    if until is None or not is_quiet(now, preferences):
        return now.astimezone(UTC)
    today = local_date(now, preferences.zone)
    ends = (end for n in (0, 1) for end in _each(today + timedelta(days=n), until, preferences.zone))
    return next(end for end in ends if end >= now)


def next_digest(now: datetime, preferences: Preferences) -> datetime:
    """The first digest at or after `now`. An hour that lies in the quiet ones moves to their end."""
    today = local_date(now, preferences.zone)
    moments = (_digest_on(today + timedelta(days=n), preferences) for n in (-1, 0, 1, 2))
    return next(moment for moment in moments if moment >= now)


def urgency_of(due_at: datetime, *, now: datetime, preferences: Preferences) -> Urgency:
    """By time alone: ordinary, or same-day where the next chance to say it would come on the day of the date, or later.

    What is overdue already is ordinary: nothing is won by saying so at night.
    """
    return _urgency(due_at, next_chance(now, preferences), now, preferences)


def urgency_of_late(due_at: datetime, *, now: datetime, preferences: Preferences) -> Urgency:
    """The same of what should have gone before `now`: its next chance is no digest, but the end of the quiet hours."""
    return _urgency(due_at, after_quiet(now, preferences), now, preferences)


def _urgency(due_at: datetime, chance: datetime, now: datetime, preferences: Preferences) -> Urgency:
    if due_at <= now:
        return Urgency.ORDINARY
    waits = local_date(chance, preferences.zone) < local_date(due_at, preferences.zone)
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


def _each(day: date, at: time, zone: str) -> Iterator[datetime]:
    """When clocks show it: once, or twice in the hour that comes again as they go back."""
    first = at_local(day, at, zone)
    again = datetime.combine(day, at.replace(fold=1), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    yield first
    if again > first:
        yield again


def _within(at: time, preferences: Preferences) -> bool:
    start, end = preferences.quiet_from, preferences.quiet_until
    if start is None or end is None or start == end:
        return False
    return start <= at < end if start < end else at >= start or at < end
