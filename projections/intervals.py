"""The past of a table: its rows after every event of a passage, each with the positions between which it stood.

A row stands from the position of the event that made it on, and no longer at that of the event that made it otherwise.
Over the whole history of a stream the spans are a pure function of its events. Over a later passage they are those
that begin in it, and the ends of those that were open before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from eventlog.decision import StoredRow
from projections.read_model import Row, Rows, Table


class Ended(NamedTuple):
    """The row under `key` that was open before the passage stands until here and no longer."""

    key: str
    position: int
    at: datetime


@dataclass(slots=True)
class Intervals:
    """`rows` begin in the passage, under their key and first position; `ends` began before it."""

    rows: dict[str, Row] = field(default_factory=dict)
    ends: list[Ended] = field(default_factory=list)


@dataclass(slots=True)
class Tracing:
    """Of one table and one stream. `stood`: the rows as they were before the passage, then after each step."""

    table: Table
    stood: Rows
    found: Intervals = field(default_factory=Intervals)
    _open: dict[str, Row] = field(default_factory=dict)

    def step(self, event: StoredRow, rows: Rows) -> None:
        """The rows after `event`."""
        for key, row in self.stood.items():
            if rows.get(key) != row:
                self._end(key, event)
        for key, row in rows.items():
            if self.stood.get(key) != row:
                begun = {
                    **row,
                    "from_position": event.position,
                    "until_position": None,
                    "from_at": event.recorded_at,
                    "until_at": None,
                }
                self._open[key] = self.found.rows[f"{key}@{event.position}"] = begun
        self.stood = {} if self.table.of_events else rows

    def _end(self, key: str, event: StoredRow) -> None:
        begun = self._open.pop(key, None)
        if begun is None:
            self.found.ends.append(Ended(key, event.position, event.recorded_at))
        else:
            begun["until_position"], begun["until_at"] = event.position, event.recorded_at
