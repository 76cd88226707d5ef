"""The events behind a figure, read from the log: what happened, when, and when it was recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.reports.table import Behind, ReportTable
from analysis.travel.reading import read_histories
from domain.event import Event, Recorded
from projections.reader import Reader

_AT_ONCE = 200  # streams


@dataclass(frozen=True, slots=True)
class EventsBehind:
    """A page of them, in the order of streams and versions, and how many there are."""

    events: tuple[Recorded[Event], ...]
    total: int


def behind_cell(table: ReportTable, key: tuple[str, ...]) -> tuple[Behind, ...]:
    """The events behind one cell; none behind a nought."""
    figure = table.cells.get(key)
    return figure.behind if figure else ()


def read_behind(reader: Reader, behind: Sequence[Behind], *, first: int = 0, limit: int = 100) -> EventsBehind:
    """Some of these events. Raises `Unavailable`, `EventUnreadable`."""
    page = behind[first : first + limit]
    wanted: dict[str, set[int]] = defaultdict(set)
    for stream, version in page:
        wanted[stream].add(version)
    streams, found = list(wanted), []
    for place in range(0, len(streams), _AT_ONCE):
        for stream, history in read_histories(reader, streams[place : place + _AT_ONCE]).items():
            found += [each for each in history if each.version in wanted[stream]]
    return EventsBehind(tuple(sorted(found, key=lambda each: (each.stream, each.version))), len(behind))
