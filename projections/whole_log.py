"""The whole log, stream by stream and kind by kind, in constant memory: what comparing and rebuilding start from.

Within a kind, order is that of the ids, which is also the order of `uuid` in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

from domain.codes import StreamName
from eventlog.sql_files import query
from projections.folding import Passage, fold_passage
from projections.reading import histories
from projections.writing import Connection

STATEMENT = 600.0  # seconds for one statement: naming all streams of a large log, putting a whole table in place
_CHUNK = 2_000  # events folded at a time; one stream that has more comes alone
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


def chunks(
    connection: Connection, until: int, watch: Watch, kinds: Iterable[StreamName]
) -> Iterator[tuple[StreamName, dict[str, Passage]]]:
    """Every stream of these kinds folded up to log position `until`, some at a time, one kind after another."""
    started, done, wanted = monotonic(), 0, sorted(kinds)
    counts = [connection.execute(query("projections", "kind_events"), (until, _prefix(k))).fetchone() for k in wanted]
    total = sum(count[0] for count in counts if count)
    watch(Progress(0, total, 0.0))
    for kind in wanted:
        for streams, events in _names(connection, until, kind):
            yield kind, folded(connection, streams, until)
            done += events
            watch(Progress(done, total, monotonic() - started))


def folded(connection: Connection, streams: list[str], until: int) -> dict[str, Passage]:
    """These streams from their first event up to position `until`."""
    found = {stream: Passage(stream, rows) for stream, rows in histories(connection, streams, until).items() if rows}
    for passage in found.values():
        fold_passage(passage, None)
    return found


def _prefix(kind: StreamName) -> str:
    return f"{kind.value}-"


def _names(connection: Connection, until: int, kind: StreamName) -> Iterator[tuple[list[str], int]]:
    # WITH HOLD: outside a transaction the server keeps the list of names, on its disk if need be.
    with connection.cursor(name="streams", withhold=True) as cursor:
        cursor.itersize = _STREAMS
        streams: list[str] = []
        events = 0
        for stream, count in cursor.execute(query("projections", "streams"), (until, _prefix(kind))):
            if streams and events + count > _CHUNK:
                yield streams, events
                streams, events = [], 0
            streams.append(stream)
            events += count
        if streams:
            yield streams, events
