"""What the log says of each stream: version, phase, earliest wake. Read once; after that only what has changed.

Folded from the events, never taken from a read model: the audit is to find mistakes, also those of a read model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from domain.errors import EventUnreadable
from domain.stream.obligation import wakes_of
from domain.streams import kind_of
from eventlog.bodies import recorded
from eventlog.decision import StoredRow
from eventlog.log import EventLog
from workflows.messages import Phase, workflow_of

PAGE = 10_000
"""Positions of the log looked at together for what has changed."""
AT_ONCE = 2_000
"""Events read and folded together; one journey that has more comes alone."""


@dataclass(frozen=True, slots=True)
class Expected:
    """How a stream's workflow has to stand. `has_errands`: it has a command for another stream.

    `is_readable`: false where this release cannot fold its events, and then nothing else is known but the version.
    """

    version: int
    phase: Phase
    wake: datetime | None = None
    has_errands: bool = False
    is_readable: bool = True

    @property
    def needs_workflow(self) -> bool:
        """Whether there is anything to wait for or to do."""
        return self.phase is Phase.OPEN or self.has_errands


class Expectations:
    """Remembers what it has read, some 200 bytes a journey. For one thread at a time."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._known: dict[str, Expected] = {}
        self._position = 0
        self._link: bytes | None = None

    def read(self) -> Mapping[str, Expected]:
        """Every stream that has a workflow, as the log has it now. Raises `Unavailable`.

        A log that no longer has the link last seen was restored to an earlier point: all of it is read again.
        """
        if self._position and self._log.link(self._position) != self._link:
            self._known, self._position, self._link = {}, 0, None
        position, changed = self._changes()
        for streams in _together(changed):
            rows = self._log.histories(streams)
            for stream, history in groupby(rows, key=lambda row: row.stream):
                self._known[stream] = _expected(list(history))
        if position != self._position:
            self._position, self._link = position, self._log.link(position)
        return self._known

    def _changes(self) -> tuple[int, dict[str, int]]:
        """How far it was looked, and the heads of what is new among the streams that have a workflow."""
        position, changed = self._position, dict[str, int]()
        while True:
            page = self._log.changed_streams(position, PAGE)
            if page.position == position:
                return position, changed
            position = page.position
            changed.update({s: version for s, version in page.heads.items() if workflow_of(s)})


def _expected(rows: list[StoredRow]) -> Expected:
    version = rows[-1].version
    try:
        kind = kind_of(rows[-1].stream)
        state = kind.fold(map(recorded, rows))
    except EventUnreadable:
        return Expected(version, Phase.OPEN, is_readable=False)
    assert state is not None
    first = next(iter(wakes_of(kind.obligations(state))), None)
    phase = Phase.OPEN if state.is_open else Phase.ENDED
    return Expected(version, phase, first.at if first else None, bool(state.pending))


def _together(heads: Mapping[str, int]) -> Iterator[list[str]]:
    """Streams to be read in one query, by the number of their events."""
    streams: list[str] = []
    events = 0
    for stream, version in _sorted(heads.items()):
        if streams and events + version > AT_ONCE:
            yield streams
            streams, events = [], 0
        streams.append(stream)
        events += version
    if streams:
        yield streams


def _sorted(heads: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(heads, key=lambda head: head[0])
