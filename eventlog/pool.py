"""Connections to the log for threads: bounded in number, in waiting and in every reply.

Why not `psycopg_pool` (or the library's pool, which is one): after an outage it reconnects with a doubling pause, so
that the first command after a minute without PostgreSQL may wait another minute; and it waits for its whole timeout
even when the server refuses at once. Here the caller's own thread connects, so a refusal is known in a millisecond
and the first call after an outage succeeds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import TypeVar

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from domain.errors import LogReplaced, Unavailable
from eventlog.faults import ConnectionLost, meaning
from eventlog.sql_files import query

CONNECT_TIMEOUT = 2  # seconds; psycopg takes whole ones
_PAUSES = (0.0, 0.05, 0.1, 0.2, 0.4)  # seconds between tries; the last one repeats

T = TypeVar("T")


class BoundedConnection(psycopg.Connection[TupleRow]):
    """A connection that gives up when a reply does not come: a cut cable or a frozen server sends no error."""

    reply_timeout = 3.5

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        return super().wait(gen, interval, self.reply_timeout if timeout is None else timeout)


@contextmanager
def reachable() -> Iterator[None]:
    """Turns connection faults inside into `Unavailable`, a wrong isolation level into `IsolationRefused`."""
    try:
        yield
    except psycopg.Error as error:
        ours = meaning(error)
        if ours is None:
            raise
        raise ours from error


class Pool:
    """At most `size` connections, opened when needed, all in autocommit: each statement is a transaction of its own.

    Times in seconds: `wait` for a free connection, `patience` for the database to come back within one call,
    `statement_timeout` on the server, `reply_timeout` on our side of the wire.
    """

    def __init__(
        self,
        dsn: str,
        *,
        size: int = 4,
        wait: float = 2.0,
        patience: float = 2.0,
        statement_timeout: float = 3.0,
        reply_timeout: float = 3.5,
        application_name: str = "putokaz",
    ) -> None:
        self._dsn = dsn
        self._free = BoundedSemaphore(size)
        self._idle: list[BoundedConnection] = []
        self._taking = Lock()
        self._wait = wait
        self._patience = patience
        self._reply_timeout = reply_timeout
        self._application_name = application_name
        self._statement_timeout = statement_timeout
        self._closed = False
        self._database: tuple[str, int] | None = None

    def run(self, work: Callable[[BoundedConnection], T]) -> T:
        """`work` on a connection; again on a fresh one while the connection is lost and patience lasts.

        So `work` must be harmless to repeat: a read, or an append that carries its `command_id`.
        Raises `Unavailable` and `IsolationRefused`; what else `work` raises passes through.
        """
        deadline = time.monotonic() + self._patience
        for attempt in range(10_000):
            try:
                with self.connection() as connection:
                    return work(connection)
            except ConnectionLost:
                pause = _PAUSES[min(attempt, len(_PAUSES) - 1)]
                if time.monotonic() + pause >= deadline:
                    raise
                self._discard_idle()  # they most likely died with it
                time.sleep(pause)
        raise AssertionError("patience is bounded")

    @contextmanager
    def connection(self) -> Iterator[BoundedConnection]:
        """One connection for the length of the block. Raises `Unavailable` when none becomes free in time."""
        if not self._free.acquire(timeout=self._wait):
            raise Unavailable(f"no free connection to the database within {self._wait} s")
        try:
            with reachable():
                connection = self._take()
                try:
                    yield connection
                finally:
                    self._give_back(connection)
        finally:
            self._free.release()

    def open(self) -> BoundedConnection:
        """A connection outside the count, for a listener; its owner closes it. Raises `Unavailable`."""
        with reachable():
            return self._connect()

    def close(self) -> None:
        """Closes what is idle now and whatever is given back later."""
        self._closed = True
        self._discard_idle()

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def _take(self) -> BoundedConnection:
        while (connection := self._idle_one()) is not None:
            if not connection.closed:
                return connection
        return self._connect()

    def _idle_one(self) -> BoundedConnection | None:
        with self._taking:  # else another thread takes the last one between the look and the grip
            return self._idle.pop() if self._idle else None

    def _connect(self) -> BoundedConnection:
        connection = BoundedConnection.connect(
            self._dsn,
            autocommit=True,
            prepare_threshold=0,
            connect_timeout=CONNECT_TIMEOUT,
            application_name=self._application_name,
        )
        try:
            connection.reply_timeout = self._reply_timeout
            row = connection.execute(
                query("eventlog", "session"), (f"{self._statement_timeout * 1000:.0f}ms",), prepare=False
            ).fetchone()
            assert row is not None  # it names constants
            self._require_same((str(row[0]), int(row[1])))
        except BaseException:
            connection.close()  # a server that froze after the handshake would keep it, one for each try
            raise
        return connection

    def _require_same(self, database: tuple[str, int]) -> None:
        """Raises `LogReplaced` for another database than that of the first connection, whatever its name."""
        if self._database is None:
            self._database = database
        elif self._database != database:
            raise LogReplaced("the log was restored or replaced meanwhile: restart this process")

    def _give_back(self, connection: BoundedConnection) -> None:
        if self._closed or connection.closed or connection.info.transaction_status != TransactionStatus.IDLE:
            connection.close()
        else:
            self._idle.append(connection)
            if self.closed:  # by another thread, since it was looked at
                self._discard_idle()

    def _discard_idle(self) -> None:
        while (connection := self._idle_one()) is not None:
            connection.close()
