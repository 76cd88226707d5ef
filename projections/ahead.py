"""Reads and decodes the next page of the log while the database still writes the rows of this one.

A help and never the truth: what the log has recorded does not change and positions have no gaps, so a whole page is
what the page's own query would find. At the end of the log there is no whole page, and nothing is read ahead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.errors import EventUnreadable, Unavailable
from domain.event import Event, Recorded
from eventlog.bodies import decoded
from eventlog.decision import StoredRow
from eventlog.log import EventLog


@dataclass(frozen=True, slots=True)
class NextPage:
    """`events` by position; empty where one of them cannot be read, so that whoever folds finds out which."""

    rows: list[StoredRow]
    events: Mapping[int, Recorded[Event]] = field(default_factory=dict)


class Ahead:
    """For one thread and one group of read models. It reads by a connection of its own: the other one is at work."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._span = (0, 0)
        self._page: NextPage | None = None

    def look(self, after: int, until: int) -> None:
        """Reads the events after position `after` up to `until`, if the log has all of them."""
        self._page = None
        try:
            rows = self._log.page(after, until - after)
        except Unavailable:
            return  # the page's own query will say so
        if len(rows) < until - after:
            return
        try:
            self._page = NextPage(rows, {event.position: event for event in decoded(rows)})
        except EventUnreadable:
            self._page = NextPage(rows)
        self._span = (after, until)

    def take(self, after: int, until: int) -> NextPage | None:
        """That page, once, if it was read."""
        page, self._page = self._page, None
        return page if self._span == (after, until) else None
