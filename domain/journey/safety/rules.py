"""What was agreed about contact, and the question that stands before every call: may we, this way, now?

    match may_contact(agreement, ContactChannel.CALL, now):
        case Allowed(message=how): …
        case NotAllowed(bar=why): …

Fails closed: what is missing, stale, suspended or outside its hours is not allowed. Numbers and addresses are in the
vault. Source: reference guidance on safe contact (agree if, when and how; check again, since it changes).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.calendar import local_date, reached
from domain.values import Value

MIDNIGHT = time(0)


class ContactChannel(StrEnum):
    """By what somebody is reached."""

    CALL = "call"
    TEXT_MESSAGE = "text-message"
    MESSENGER = "messenger"
    EMAIL = "email"
    POST = "post"
    IN_PERSON = "in-person"
    THROUGH_SOMEBODY = "through-somebody"


class LeftMessage(StrEnum):
    """What may be left where nobody, or somebody else, answers."""

    NOTHING = "nothing"
    NEUTRAL = "neutral"
    CALL_BACK = "call-back"


class Answerer(StrEnum):
    """Who besides the client may answer without danger."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    SIBLING = "sibling"
    CHILD = "child"
    FRIEND = "friend"
    STAFF_OF_SHELTER = "staff-of-shelter"


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class ContactHours(Value):
    """On these days from `starts` until `ends`, exclusive, in the agreement's zone; `00:00` ends at midnight.

    A night is two entries: it belongs to two days.
    """

    days: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)]
    starts: time
    ends: time

    @property
    def is_possible(self) -> bool:
        """Whether they end after they start, in local time. Impossible hours are never open."""
        return not self.starts.tzinfo and not self.ends.tzinfo and (self.ends == MIDNIGHT or self.starts < self.ends)

    def window(self, at: datetime, zone: str) -> datetime | None:
        """The instant at which the window that is open at `at` ends; none where it is not open."""
        day = local_date(at, zone)
        if tuple(Weekday)[day.weekday()] not in self.days:
            return None
        start, end = reached(day, self.starts, zone), _end(day, self.ends, zone)
        return end if start <= at < end else None


def _end(day: date, ends: time, zone: str) -> datetime:
    """Where the clocks skip it, they have shown it when they jump: the hour after it was never agreed."""
    return reached(day + timedelta(days=1) if ends == MIDNIGHT else day, ends, zone)


class ContactRule(Value):
    """One safe way. Several of a channel are alternatives."""

    channel: ContactChannel
    hours: Annotated[tuple[ContactHours, ...], Field(min_length=1, max_length=14)]
    message: LeftMessage = LeftMessage.NOTHING
    answerers: tuple[Answerer, ...] = ()


class Suspension(StrEnum):
    """Why what was agreed may not be used until somebody has asked again."""

    RELOCATED = "relocated"
    CLIENT_ASKED = "client-asked"
    OVERHEARD = "overheard"
    DEVICE_LOST = "device-lost"


@dataclass(frozen=True)
class Agreement:
    """What was agreed with the client, as far as a call needs it. `valid_until` is exclusive."""

    zone: str
    rules: tuple[ContactRule, ...]
    valid_until: datetime
    suspended: Suspension | None = None


class Bar(StrEnum):
    """Why contact is not allowed."""

    NOTHING_AGREED = "nothing-agreed"
    SUSPENDED = "suspended"
    STALE = "stale"
    OTHER_CHANNEL = "other-channel"
    OUTSIDE_HOURS = "outside-hours"


@dataclass(frozen=True, slots=True)
class Allowed:
    """`until`: when the window closes. `message` and `answerers` as agreed for this window."""

    until: datetime
    message: LeftMessage
    answerers: tuple[Answerer, ...]


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """And why."""

    bar: Bar


def may_contact(agreement: Agreement | None, channel: ContactChannel, at: datetime) -> Allowed | NotAllowed:
    """Whether the client may be contacted by `channel` at that instant. Raises `ValueError` for one without a zone."""
    if at.tzinfo is None:
        raise ValueError("a datetime without a zone is no instant")
    if agreement is None:
        return NotAllowed(Bar.NOTHING_AGREED)
    if agreement.suspended is not None:
        return NotAllowed(Bar.SUSPENDED)
    if at >= agreement.valid_until:
        return NotAllowed(Bar.STALE)
    rules = [rule for rule in agreement.rules if rule.channel is channel]
    if not rules:
        return NotAllowed(Bar.OTHER_CHANNEL)
    for rule in rules:
        for hours in rule.hours:
            if (until := hours.window(at, agreement.zone)) is not None:
                return Allowed(min(until, agreement.valid_until), rule.message, rule.answerers)
    return NotAllowed(Bar.OUTSIDE_HOURS)
