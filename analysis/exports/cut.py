"""The log up to a position: what an export is of. It is read in pages, so no snapshot is held while a file is made.

Nothing up to a position ever changes, so the same position gives the same file today and in a year; but for texts that
were erased, which no export has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from analysis.exports.errors import ExportInvalid, ExportNotLevel
from analysis.exports.told import Telling
from domain.codes import StreamName
from domain.errors import EventUnreadable
from domain.event import Event, Recorded
from eventlog.bodies import Columns, decoded, recorded
from eventlog.decision import StoredRow
from projections.names import ModelName
from projections.past.reader import position_at
from projections.reader import Reader
from projections.reading import histories
from projections.versions import TABLES

PAGE = 5_000
"""Events that are in memory at once; a stream that has more comes alone."""
_NAMES = 500  # streams named at a time
_HERE = "analysis.exports"
_LAST = 2**128 - 1  # the highest id
_Read = Callable[[Sequence[Columns]], list[Recorded[Event]]]


@dataclass(frozen=True, slots=True)
class Cut:
    """`position`: the last event that belongs to it; `known_at`: when that was recorded."""

    position: int
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Some events of the log; `last` is the position that was read last, whether or not anything is told of it."""

    events: list[Recorded[Event]]
    last: int


@dataclass(frozen=True, slots=True)
class Streams:
    """Some streams of a kind with their events; `share`: how much of the kind is done with them, from 0 to 1."""

    histories: dict[str, list[Recorded[Event]]]
    last: str
    share: float


def cut_at(reader: Reader, at: datetime) -> Cut:
    """The log as known at an instant. Raises `ExportInvalid` before the first event, `Unavailable`."""
    position = position_at(reader, at)
    if position == 0:
        first = reader.rows(_HERE, "recorded_at", {"position": 1})
        begins = f"its first event is of {first[0][0]:%Y-%m-%d %H:%M %Z}" if first else "it is empty"
        raise ExportInvalid(f"nothing had been recorded by {at:%Y-%m-%d %H:%M %Z}: {begins}")
    ((known_at,),) = reader.rows(_HERE, "recorded_at", {"position": position})
    return Cut(position, known_at)


def require_level(reader: Reader, cut: Cut) -> int:
    """How many streams the past of the boards cannot follow. Raises `ExportNotLevel` while it is behind the cut."""
    rows = reader.rows(_HERE, "level", {"model": TABLES[ModelName.PAST]})
    position, parked = rows[0] if rows else (0, 0)
    if position < cut.position:
        raise ExportNotLevel(f"the read models are at event {position} of {cut.position}: try again in a moment")
    return int(parked)


class LogReader:
    """Reads a cut. `left_out` counts the events that this release cannot read: they are not in the file."""

    def __init__(self, reader: Reader, cut: Cut, *, page: int = PAGE) -> None:
        self.reader = reader
        self.cut = cut
        self.left_out = 0
        self._page = page

    def events(self, after: int = 0) -> Iterator[Page]:
        """What exports tell of the log, in its order, from behind a position (`told.py`); a page may be empty."""
        while after < self.cut.position:
            place: dict[str, object] = {"after": after, "until": self.cut.position, "limit": self._page}
            rows: list[Columns] = self.reader.rows(_HERE, "events_after", place)
            if not rows:
                return
            after = rows[-1][0]
            yield Page(self._told(rows), after)

    def told(self, kind: StreamName, after: str | None = None) -> Iterator[Streams]:
        """What exports tell of the streams of a kind by name, from behind one of them (`told.py`)."""
        return self._streams(kind, after, self._told)

    def streams(self, kind: StreamName, after: str | None = None) -> Iterator[Streams]:
        """The same with whole events, as folding needs them."""
        return self._streams(kind, after, self._decoded)

    def _streams(self, kind: StreamName, after: str | None, read: _Read) -> Iterator[Streams]:
        prefix = f"{kind.value}-"
        place: dict[str, object] = {
            "prefix": prefix,
            "below": kind.value[:-1] + chr(ord(kind.value[-1]) + 1),
            "until": self.cut.position,
            "limit": _NAMES,
        }
        last = after or prefix
        while names := self.reader.rows(_HERE, "streams_after", {**place, "after": last}):
            for group in _groups(names, self._page):
                last = group[-1]
                yield Streams(self._histories(group, read), last, _share(last))

    def begun(self, streams: Collection[str]) -> frozenset[str]:
        """Which of these streams had begun by the position."""
        if not streams:
            return frozenset()
        place: dict[str, object] = {"streams": sorted(streams), "until": self.cut.position}
        return frozenset(row[0] for row in self.reader.rows(_HERE, "streams_begun", place))

    def _histories(self, streams: Sequence[str], read: _Read) -> dict[str, list[Recorded[Event]]]:
        until = self.cut.position
        found = self.reader.pool.run(lambda connection: histories(connection, list(streams), until))
        return {stream: read(rows) for stream, rows in found.items()}

    def _told(self, rows: Sequence[Columns]) -> list[Recorded[Any]]:
        telling = Telling()
        found = telling.events(rows)
        self.left_out += telling.left_out
        return found

    def _decoded(self, rows: Sequence[Columns]) -> list[Recorded[Event]]:
        try:
            return decoded(rows)
        except EventUnreadable:
            return [each for row in rows if (each := self._readable(row)) is not None]

    def _readable(self, row: Columns) -> Recorded[Event] | None:
        try:
            return recorded(StoredRow._make(row))
        except EventUnreadable:
            self.left_out += 1
            return None


def _groups(names: Sequence[tuple[str, int]], most: int) -> Iterator[list[str]]:
    group: list[str] = []
    events = 0
    for stream, count in names:
        if group and events + count > most:
            yield group
            group, events = [], 0
        group.append(stream)
        events += count
    if group:
        yield group


def _share(stream: str) -> float:
    """Ids are random, so their place among all ids says how much is done."""
    return UUID(stream.partition("-")[2]).int / _LAST
