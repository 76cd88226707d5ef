"""Waiting for the log to grow: LISTEN on a connection of one's own, which is made again when it was lost."""

from __future__ import annotations

import time
from collections.abc import Callable

from domain.errors import Unavailable
from eventlog.pool import BoundedConnection, Pool, reachable
from eventlog.sql_files import query

_LONGEST = 5.0  # seconds without word after which the head is asked for: a dead line looks like a quiet one


class Follower:
    """For one thread at a time."""

    def __init__(self, pool: Pool, head: Callable[[], int]) -> None:
        self._pool = pool
        self._head = head
        self._connection: BoundedConnection | None = None

    def wait(self, after: int, timeout: float) -> int:
        """The head of the log, as soon as it is beyond `after`, at the latest after `timeout` seconds.

        Raises `Unavailable` when the log cannot be reached; the next call connects again.
        """
        deadline = time.monotonic() + timeout
        while True:
            listening = self._listen()
            head = self._head()  # after LISTEN, so that nothing falls between
            while head <= after:
                left = deadline - time.monotonic()
                if left <= 0:
                    return head
                heard = self._heard(listening, min(left, _LONGEST))
                if heard is None:
                    break  # lost or long quiet: look at the head, on a new connection if need be
                head = max(head, heard)
            else:
                return head

    def close(self) -> None:
        """Closes its connection; the next `wait` would open another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _listen(self) -> BoundedConnection:
        if self._connection is None or self._connection.closed:
            connection = self._connection = self._pool.open()
            try:
                with reachable():
                    connection.execute(query("eventlog", "listen"), prepare=False)
            except BaseException:
                self.close()  # a server that froze after the session was made would keep one for each try
                raise
        return self._connection

    def _heard(self, connection: BoundedConnection, timeout: float) -> int | None:
        try:
            with reachable():
                heard = [
                    int(n.payload) for n in connection.notifies(timeout=timeout, stop_after=1) if n.payload.isdecimal()
                ]
        except Unavailable:
            self.close()
            return None
        return max(heard, default=None)
