"""The whole log, journey by journey, in constant memory: what comparing and rebuilding start from.

Order is that of the journeys' ids, which is also the order of `uuid` in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

from eventlog.sql_files import query
from projections.folding import Passage, fold_passage
from projections.reading import histories
from projections.writing import Connection

STATEMENT = 600.0  # seconds for one statement: naming all journeys of a large log, putting a whole table in place
_CHUNK = 2_000  # events folded at a time; one journey that has more comes alone
_STREAMS = 500  # names fetched at a time


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` events are folded, after so many `seconds`."""

    done: int
    total: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Events; 0.0 before the first."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds, None while there is nothing to judge by."""
        return (self.total - self.done) / self.per_second if self.done else None


Watch = Callable[[Progress], None]


def unwatched(progress: Progress) -> None:
    """For callers that show nothing."""


def chunks(connection: Connection, until: int, watch: Watch) -> Iterator[dict[str, Passage]]:
    """Every journey folded up to log position `until`, some at a time."""
    started, done = monotonic(), 0
    (total,) = connection.execute(query("projections", "journey_events"), (until,)).fetchone() or (0,)
    watch(Progress(0, total, 0.0))
    for streams, events in _names(connection, until):
        yield folded(connection, streams, until)
        done += events
        watch(Progress(done, total, monotonic() - started))


def folded(connection: Connection, streams: list[str], until: int) -> dict[str, Passage]:
    """These journeys from their first event up to position `until`."""
    found = {stream: Passage(stream, rows) for stream, rows in histories(connection, streams, until).items() if rows}
    for passage in found.values():
        fold_passage(passage, None)
    return found


def _names(connection: Connection, until: int) -> Iterator[tuple[list[str], int]]:
    # WITH HOLD: outside a transaction the server keeps the list of names, on its disk if need be.
    with connection.cursor(name="journeys", withhold=True) as cursor:
        cursor.itersize = _STREAMS
        streams: list[str] = []
        events = 0
        for stream, count in cursor.execute(query("projections", "journeys"), (until,)):
            if streams and events + count > _CHUNK:
                yield streams, events
                streams, events = [], 0
            streams.append(stream)
            events += count
        if streams:
            yield streams, events
