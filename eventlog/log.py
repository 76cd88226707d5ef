"""The event log as activities, projections and the relay use it. Synchronous: call it from a thread.

    log = EventLog(dsn)
    loaded = log.load("journey-…", command_id)
    outcome = log.append(Decision("journey-…", loaded.version, command_id, actor, events))

Every call is one round trip, bounded in time, and raises `Unavailable` when the database cannot be reached. A call
may then simply be repeated: an append finds its own `command_id` and answers with what was stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from eventlog.appender import Appender
from eventlog.bodies import decoded
from eventlog.decision import ChangedStreams, Claim, Decision, Held, Loaded, Outcome, StoredRow
from eventlog.entry import stored
from eventlog.follow import Follower
from eventlog.handovers import Handovers
from eventlog.pool import CONNECT_TIMEOUT, Pool
from eventlog.sql_files import query


class EventLog:
    """Safe for many threads. `size` bounds the connections; the other settings are those of `Pool`, in seconds."""

    def __init__(
        self,
        dsn: str,
        *,
        size: int = 4,
        wait: float = 2.0,
        patience: float = 2.0,
        statement_timeout: float = 3.0,
        reply_timeout: float = 3.5,
        application_name: str = "putokaz-log",
    ) -> None:
        self._pool = Pool(
            dsn,
            size=size,
            wait=wait,
            patience=patience,
            statement_timeout=statement_timeout,
            reply_timeout=reply_timeout,
            application_name=application_name,
        )
        self._appender = Appender(
            self._pool, wait=wait, longest=wait + patience + CONNECT_TIMEOUT + statement_timeout + reply_timeout
        )
        self._followers: list[Follower] = []
        self._handovers = Handovers(self._pool)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes every connection that is not at work."""
        while self._followers:
            self._followers.pop().close()
        self._handovers.close()
        self._pool.close()

    def load(self, stream: str, command_id: UUID | None = None, *, after: int = 0) -> Loaded:
        """The stream from version `after` on, the log's clock and the outcome of `command_id`, all of one instant.

        Raises `EventUnreadable` when one event of the stream cannot be read: nobody may decide on half a history.
        """
        rows = self._rows("load", {"stream": stream, "command_id": command_id, "after": after})
        first = rows[0]
        now: datetime = first[8]
        outcome = (
            None if first[9] is None or command_id is None else stored(stream, command_id, first[9], repeated=True)
        )
        history = tuple(decoded([row[:8] for row in rows])) if first[0] is not None else ()
        if history and history[-1].recorded_at > now:
            now = history[-1].recorded_at
        return Loaded(history, now, outcome, after)

    def append(self, decision: Decision) -> Outcome:
        """Records a decision whole, or returns what the same `command_id` led to before.

        Calls of other threads at the same moment share its round trip and its commit, and each gets its own answer.
        Raises `StreamConflict` (load and decide again), `ResourceBusy`, `IsolationRefused`, `Unavailable`.
        """
        return self._appender.append(decision)

    def append_many(self, decisions: Iterable[Decision]) -> list[Outcome]:
        """Records decisions in this order, some hundred a commit: for bulk loading, through the same chain.

        Raises what `append` raises, for the first that was not recorded; those before it are, those after it may be.
        Then repeat all of it: what is recorded answers as repeated.
        """
        return self._appender.append_many(decisions)

    def outcome(self, stream: str, command_id: UUID) -> Outcome | None:
        """What came of a command; None when the log does not know it."""
        rows = self._rows("outcome", (stream, command_id))
        return stored(stream, command_id, rows[0], repeated=True) if rows else None

    def holder(self, stream: str, claims: Sequence[Claim]) -> Held | None:
        """Which of these claims of `stream` clashes with another stream's, and how long that one lasts."""
        tried: dict[str, object] = {
            "stream": stream,
            "resources": [claim.resource for claim in claims],
            "since": [claim.since for claim in claims],
            "until": [claim.until for claim in claims],
        }
        rows = self._rows("holder", tried)
        return Held._make(rows[0]) if rows else None

    def page(self, after: int, limit: int = 500) -> list[StoredRow]:
        """The next rows of the whole log after position `after`, not decoded: give each to `recorded`."""
        return [StoredRow._make(row) for row in self._rows("page", (after, limit))]

    def head(self) -> int:
        """The last position of the log; 0 when it is empty."""
        head: int = self._rows("head")[0][0]
        return head

    def changed_streams(self, after: int, limit: int = 500) -> ChangedStreams:
        """Which streams the next `limit` events belong to, and how far each of them goes within that page."""
        rows = self._rows("changed_streams", {"after": after, "limit": limit})
        return ChangedStreams(max((row[2] for row in rows), default=after), {row[0]: row[1] for row in rows})

    def stream_heads(self, streams: Iterable[str]) -> dict[str, int]:
        """The newest version of each of these streams; one that does not exist is left out."""
        return {row[0]: row[1] for row in self._rows("stream_heads", (list(streams),))}

    def histories(self, streams: Iterable[str]) -> list[StoredRow]:
        """Every event of these streams, stream by stream in order, not decoded: one unreadable event hides no other."""
        return [StoredRow._make(row) for row in self._rows("histories", (list(streams),))]

    def link(self, position: int) -> bytes | None:
        """The chain's link at a position: whoever remembers it sees whether the log is still the one it was."""
        rows = self._rows("link", (position,))
        return rows[0][0] if rows else None

    def now(self) -> datetime:
        """The log's clock."""
        now: datetime = self._rows("clock")[0][0]
        return now

    def clock_rate(self) -> float:
        """Log seconds that pass in one real second: 1.0 in production."""
        scale: float | None = self._rows("clock")[0][1]
        return 1.0 if scale is None else scale

    def clock_is_real(self) -> bool:
        """False while a demonstration clock is set: production refuses to start then."""
        return self._rows("clock")[0][1] is None

    def set_clock(self, now: datetime | None, rate: float = 1.0) -> None:
        """Sets the demonstration clock to go on from `now` at `rate` log seconds a second; None: back to real time.

        Needs the role `putokaz_clock`. Raises `psycopg.Error` without it, or for a time before the last event.
        """
        self._rows("set_clock", (now, rate))

    def follower(self) -> Follower:
        """For one thread that follows the log; it holds a connection of its own. Close it."""
        return Follower(self._pool, self.head)

    @property
    def handovers(self) -> Handovers:
        """Letters on their way to a mail server. Closed with the log."""
        return self._handovers

    def wait(self, after: int, timeout: float) -> int:
        """Returns the head as soon as it is beyond `after`, at the latest after `timeout` seconds. From any thread."""
        try:
            follower = self._followers.pop()
        except IndexError:
            follower = self.follower()
        try:
            return follower.wait(after, timeout)
        finally:
            if self._pool.closed:
                follower.close()
            else:
                self._followers.append(follower)

    def _rows(self, name: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        statement = query("eventlog", name)
        return self._pool.run(lambda c: c.cursor(binary=True).execute(statement, parameters or None).fetchall())
