"""An appointment as iCalendar (RFC 5545, 5546, 7986), for a letter or a feed.

    calendar([Appointment(stream, "step:…:1", code="PK-7QW2M0X", …)], method=Method.PUBLISH, locale="sr-Latn", now=now)

It holds a code, the neutral word, the instant with its zone and a link, and nothing else: calendars are copied to
telephones and to foreign servers. The UID is the same for ever and names neither stream nor step; `sequence` grows with
each date, so that a calendar takes the newest whatever order they come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress, vDDDTypes, vUri

from activities.ical_zone import time_zone
from activities.wording import Words, words_for

_UIDS = UUID("5b0c8a5e-0a2b-5f0e-8d0f-7a3f5b1a9e61")
_PRODUCT = "-//Putokaz//Putokaz//EN"
ALARMS = (timedelta(days=1), timedelta(hours=2))
"""How long before the start a calendar rings by itself: the last two rungs of a hearing's ladder (domain.md §4.3)."""


class Method(StrEnum):
    """What the receiving calendar is to do (RFC 5546). Feeds and letters of ours publish: they ask for no answer."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Status(StrEnum):
    """Whether it takes place (RFC 5545 §3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Appointment:
    """All that a calendar learns. `stream` and `obligation` go into the UID only, hashed."""

    stream: str
    obligation: str
    sequence: int
    code: str
    starts_at: datetime
    zone: str
    link: str
    lasts: timedelta = timedelta(hours=1)
    status: Status = Status.CONFIRMED
    alarms: tuple[timedelta, ...] = ALARMS

    @property
    def uid(self) -> str:
        """The same for every date that this obligation has had and will have."""
        return str(uuid5(_UIDS, f"{self.stream}|{self.obligation}"))


def calendar(
    appointments: Sequence[Appointment],
    *,
    method: Method,
    locale: str,
    now: datetime,
    organizer: str | None = None,
    attendee: str | None = None,
    refresh: timedelta | None = None,
) -> bytes:
    """A VCALENDAR, lines folded and ended with CRLF. `now` is the log's clock (DTSTAMP).

    `organizer` and `attendee` are addresses; a REQUEST needs both, a letter's PUBLISH or CANCEL the first (RFC 5546
    §3.2). With `refresh` it is one to subscribe to: it has a name, and says how often to ask again.

    Raises `ValueError` for a REQUEST without its addresses, and `ZoneInfoNotFoundError` for an unknown zone.
    """
    if method is Method.REQUEST and (organizer is None or attendee is None):
        raise ValueError("a REQUEST needs an organizer and an attendee")
    words = words_for(locale)
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method.value)
    if refresh is not None:
        made.add("name", words.calendar)
        made.add("x-wr-calname", words.calendar)
        made.add("refresh-interval", vDDDTypes(refresh), parameters={"VALUE": "DURATION"})
    for zone in sorted({a.zone for a in appointments if not _in_utc(a)}):
        starts = [a.starts_at for a in appointments if a.zone == zone]
        made.add_component(time_zone(zone, min(starts).year - 1, max(starts).year + 1))
    for appointment in appointments:
        event = _event(appointment, method, words, now)
        if organizer is not None:
            event.add("organizer", vCalAddress(f"mailto:{organizer}"))
        if attendee is not None and method is Method.REQUEST:
            event.add("attendee", vCalAddress(f"mailto:{attendee}"), parameters={"RSVP": "FALSE"})
        made.add_component(event)
    raw: bytes = made.to_ical()
    return raw


def _event(appointment: Appointment, method: Method, words: Words, now: datetime) -> Event:
    status = Status.CANCELLED if method is Method.CANCEL else appointment.status
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _start(appointment))
    event.add("duration", appointment.lasts)
    event.add("summary", f"{words.word} {appointment.code}")
    event.add("description", words.opening.format(link=appointment.link))
    event.add("url", vUri(appointment.link))
    event.add("status", status.value)
    event.add("class", "PRIVATE")
    if status is Status.CONFIRMED:
        for before in appointment.alarms:
            event.add_component(_alarm(before, words))
    return event


def _alarm(before: timedelta, words: Words) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", words.word)
    return alarm


def _start(appointment: Appointment) -> datetime:
    """On the wall clock of its zone; in UTC where that clock shows the time twice and this is the second one.

    A local time that comes twice means the first (RFC 5545 §3.3.5); the other can only be said in UTC.
    """
    start = appointment.starts_at.replace(microsecond=0)
    return start.astimezone(UTC) if _in_utc(appointment) else start.astimezone(ZoneInfo(appointment.zone))


def _in_utc(appointment: Appointment) -> bool:
    return appointment.zone == "UTC" or appointment.starts_at.astimezone(ZoneInfo(appointment.zone)).fold == 1
