"""Group commit: the appends that many threads ask for at the same time go to the database in one call and one commit.

Whoever finds no call under way sends at once, whatever waits by then: so one writer alone waits for nobody, and a batch
is as large as the load makes it. When its call ends, it hands over to the first that came meanwhile.

Nobody pays for a neighbour. The database answers each decision of a batch for itself; a decision that it cannot even
answer (a value it does not take) fails the call, nothing of which is then recorded, and each caller tries alone.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from threading import Lock
from typing import Any

from domain.errors import Unavailable
from eventlog.decision import Decision, Outcome
from eventlog.entry import Entry, answer, batch, single
from eventlog.pool import BoundedConnection, Pool
from eventlog.sql_files import query

MOST_DECISIONS = 256
"""In one call: some 50 ms under the order lock, which other processes wait for."""
MOST_BYTES = 1 << 20
"""Of event bodies in one call, unless one decision alone has more."""
_REGATHER = 0.000_05
"""Seconds that a leader gives those who were answered with the call before, and have not come back yet. Or it would go
alone, and they would wait for its commit. A writer that was alone before does not wait."""

_Row = tuple[Any, ...]


class _Turn(Enum):
    """Where a request stands."""

    QUEUED = auto()
    LEADS = auto()
    """Its thread sends the next batch."""
    SENT = auto()
    """Another thread has it in its batch."""
    LEFT = auto()


class _Request:
    """One caller's decision. After it was sent: `row`, or the fault that hit the whole batch, or neither."""

    __slots__ = ("entry", "fault", "followers", "row", "turn", "word")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.turn = _Turn.QUEUED
        self.followers: list[_Request] = []
        self.row: _Row | None = None
        self.fault: Unavailable | None = None
        self.word = Lock()  # held until there is word for the caller: an Event costs four times as much
        self.word.acquire()


class Appender:
    """Safe for many threads; one for each process and database. Times in seconds.

    `wait` bounds the wait for one's turn; a call that has taken `longest` is no longer believed to be under way.
    """

    def __init__(self, pool: Pool, *, wait: float, longest: float) -> None:
        self._pool = pool
        self._wait = wait
        self._longest = longest
        self._lost_at = 0.0
        self._crowd = 1  # decisions in the call before
        self._lock = Lock()
        self._queue: deque[_Request] = deque()
        self._sending = False

    @property
    def waiting(self) -> int:
        """How many callers wait for their turn."""
        return len(self._queue)

    def append(self, decision: Decision) -> Outcome:
        """Records a decision together with those of other threads, or alone.

        Raises `StreamConflict`, `ResourceBusy`, `IsolationRefused`, `Unavailable`.
        """
        request = _Request(Entry(decision))
        try:
            self._enter(request)
            if request.turn is _Turn.QUEUED:
                self._await_word(request)
            if request.turn is _Turn.LEADS:
                self._lead(request)
        finally:  # a cancelled activity is interrupted anywhere, and must not take the lead with it
            self._leave(request)
        if request.fault is not None:
            raise type(request.fault)(*request.fault.args) from request.fault  # an own one for each thread
        return answer(decision, self._alone(request.entry) if request.row is None else request.row)

    def append_many(self, decisions: Iterable[Decision]) -> list[Outcome]:
        """Records decisions in this order, as many a call as fit, and returns their outcomes.

        Raises what `append` raises, for the first that was not recorded; those before it are, those after it may be.
        Then repeat all of it: what is recorded answers as repeated.
        """
        outcomes: list[Outcome] = []
        for entries in _portions(map(Entry, decisions)):
            rows: Iterable[_Row]
            try:
                rows = self._together(entries)
            except Unavailable:
                raise
            except Exception:
                rows = map(self._alone, entries)  # the one at fault raises again
            outcomes += [answer(entry.decision, row) for entry, row in zip(entries, rows, strict=True)]
        return outcomes

    def _enter(self, request: _Request) -> None:
        with self._lock:
            if self._sending:
                self._queue.append(request)
            else:
                self._sending = True
                self._give_lead(request)

    def _give_lead(self, request: _Request) -> None:
        request.turn = _Turn.LEADS
        self._lost_at = time.monotonic() + self._longest

    def _await_word(self, request: _Request) -> None:
        """Returns when the request leads or was sent and answered. Raises `Unavailable` when neither begins in time."""
        if request.word.acquire(timeout=self._wait):
            return
        with self._lock:
            if request.turn is _Turn.QUEUED:
                self._queue.remove(request)
                request.turn = _Turn.LEFT
                if time.monotonic() < self._lost_at:
                    raise Unavailable(f"the log was busy with other decisions for {self._wait} s")
                self._give_lead(request)  # its leader was interrupted at the worst moment; two would harm nobody
                return
        request.word.acquire()  # its turn has come, and the pool bounds the rest

    def _leave(self, request: _Request) -> None:
        """Hands the lead over, and gives word to whoever was in the batch."""
        heir: _Request | None = None
        with self._lock:
            if request.turn is _Turn.QUEUED:
                self._queue.remove(request)
            if request.turn is _Turn.LEADS:
                self._sending = bool(self._queue)
                if self._queue:
                    heir = self._queue.popleft()
                    self._give_lead(heir)
            request.turn = _Turn.LEFT
        if heir is not None:
            heir.word.release()
        for follower in request.followers:  # one that got neither row nor fault tries alone
            follower.word.release()

    def _lead(self, request: _Request) -> None:
        if len(self._queue) + 1 < self._crowd:
            time.sleep(_REGATHER)
        with self._lock:
            request.followers.extend(self._portion(request.entry.size))
            self._crowd = 1 + len(request.followers)
        if not request.followers:
            request.row = self._alone(request.entry)  # the plain statement costs less
            return
        requests = [request, *request.followers]
        try:
            rows = self._together([each.entry for each in requests])
        except Unavailable as fault:
            for each in requests:
                each.fault = fault
        except Exception:
            return  # one of them is at fault, and alone each finds out whether it is that one
        else:
            for each, row in zip(requests, rows, strict=True):
                each.row = row

    def _portion(self, size: int) -> Iterator[_Request]:
        """Takes from the queue what fits into the call of a leader whose own bodies have `size` bytes."""
        for _ in range(min(len(self._queue), MOST_DECISIONS - 1)):
            size += self._queue[0].entry.size
            if size > MOST_BYTES:
                return
            request = self._queue.popleft()
            request.turn = _Turn.SENT
            yield request

    def _together(self, entries: Sequence[Entry]) -> list[_Row]:
        statement, parameters = query("eventlog", "append_batch"), batch(entries)

        def work(connection: BoundedConnection) -> list[_Row]:
            return connection.cursor(binary=True).execute(statement, parameters).fetchall()

        return self._pool.run(work)

    def _alone(self, entry: Entry) -> _Row:
        statement, parameters = query("eventlog", "append"), single(entry)

        def work(connection: BoundedConnection) -> _Row | None:
            return connection.cursor(binary=True).execute(statement, parameters).fetchone()

        row = self._pool.run(work)
        assert row is not None
        return row


def _portions(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    portion: list[Entry] = []
    size = 0
    for entry in entries:
        if portion and (len(portion) == MOST_DECISIONS or size + entry.size > MOST_BYTES):
            yield portion
            portion, size = [], 0
        portion.append(entry)
        size += entry.size
    if portion:
        yield portion
