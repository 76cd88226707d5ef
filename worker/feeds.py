"""The calendar feeds behind the pages (`staff.ports.Feeds`): tokens from the vault, iCalendar from the activities."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from activities.ical import Appointment, Method, calendar
from projections.my_day.appointments import AppointmentRow
from staff.ports import FeedBody
from vault.feeds import CalendarFeeds

REFRESH = timedelta(hours=1)
"""How often a calendar program is asked to look again; many look less often."""
_MADE_AT = re.compile(rb"DTSTAMP:[0-9TZ]+\r\n")


class StaffFeeds:
    """`link` makes the address of a journey's page from its code."""

    def __init__(self, feeds: CalendarFeeds, link: Callable[[str], str]) -> None:
        self._feeds = feeds
        self._link = link

    def holder(self, token: str) -> UUID | None:
        """Whose token it is, as `Feeds.holder` says."""
        return self._feeds.holder(token)

    def calendar(self, rows: Sequence[AppointmentRow], *, locale: str, now: datetime) -> FeedBody:
        """The calendar. Its ETag is of everything but the moment at which it was made."""
        kept = [appointment(row, self._link) for row in rows]
        body = calendar(kept, method=Method.PUBLISH, locale=locale, now=now, refresh=REFRESH)
        return FeedBody(body, f'"{hashlib.sha256(_MADE_AT.sub(b"", body)).hexdigest()[:32]}"')

    def calendar_file(self, rows: Sequence[AppointmentRow], *, locale: str, now: datetime) -> bytes:
        """The appointments as a file, which nobody subscribes to."""
        return calendar_file(rows, self._link, locale=locale, now=now)


def calendar_file(rows: Sequence[AppointmentRow], link: Callable[[str], str], *, locale: str, now: datetime) -> bytes:
    """As `StaffFeeds.calendar_file`."""
    return calendar([appointment(row, link) for row in rows], method=Method.PUBLISH, locale=locale, now=now)


def appointment(row: AppointmentRow, link: Callable[[str], str]) -> Appointment:
    """What a calendar learns of one."""
    return Appointment(
        stream=row.stream,
        obligation=row.part,
        sequence=row.date_version,
        code=row.code,
        starts_at=row.appointment,
        zone=row.zone,
        link=link(row.code),
    )
