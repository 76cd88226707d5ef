"""Reads, decodes and folds the next page of the log while the database still writes the rows of this one.

What the log has recorded does not change and positions have no gaps, so a whole page is what the page's own query would
find, and its streams come out the same whatever becomes of this page. What the tables hold is another matter: that is
asked for afterwards. At the end of the log there is no whole page, and nothing is read ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.errors import Unavailable
from domain.streams import StreamState
from eventlog.log import EventLog
from projections.folding import Passage, fold_passage, passages
from projections.folds import Remembered

States = Callable[[str, int], StreamState | None]
"""The state of a stream just before a version, None where it would have to be read."""


@dataclass(frozen=True, slots=True)
class NextPage:
    """`last` is the position of its last row. Its passages are folded where the state before them was at hand."""

    last: int
    found: Mapping[str, Passage]


class Ahead:
    """For one thread and one group of read models. It reads by a connection of its own: the other one is at work."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._span = (0, 0)
        self._page: NextPage | None = None

    def look(self, after: int, until: int, states: States) -> None:
        """Reads the events after position `after` up to `until`, if the log has all; folds them onto `states`."""
        self._page = None
        try:
            rows = self._log.page(after, until - after)
        except Unavailable:
            return  # the page's own query will say so
        if len(rows) < until - after:
            return
        found = passages(rows)
        for stream, passage in found.items():
            version = passage.rows[0].version
            state = states(stream, version)
            if state is not None:
                fold_passage(passage, Remembered(state, {}))
            elif version == 1:
                fold_passage(passage, None)
        self._page = NextPage(rows[-1].position, found)
        self._span = (after, until)

    def take(self, after: int, until: int) -> NextPage | None:
        """That page, once, if it was read."""
        page, self._page = self._page, None
        return page if self._span == (after, until) else None
