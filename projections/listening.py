"""Hears when read models advance: one LISTEN connection a process, one thread, however many callers wait.

The thread starts with the first wait. A line that is lost is made again after a pause; every new line begins with a
look at the positions, so that nothing is missed in between.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from threading import Condition, Thread

from domain.errors import Unavailable
from eventlog.pool import BoundedConnection, Pool, reachable
from eventlog.sql_files import query

_PAUSES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)  # seconds between tries to connect; the last one repeats
_QUIET = 2.0  # seconds without word after which the positions are asked for: a dead line looks like a quiet one


class Listening:
    """Safe for many threads."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._changed = Condition()
        self._positions: dict[str, int] = {}
        self._connected = False
        self._closed = False
        self._thread: Thread | None = None

    def wait(self, tables: Collection[str], position: int, timeout: float) -> bool:
        """Whether all of `tables` (`journey_list_v1`) are at `position` within `timeout` seconds.

        Raises `Unavailable` where the database could not be reached at the end of that time.
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            self._start()
            while not (self._connected and self._reached(tables, position)):
                left = deadline - time.monotonic()
                if left <= 0 or self._closed:
                    if not self._connected:
                        raise Unavailable("the read models cannot be reached")
                    return False
                self._changed.wait(left)
            return True

    def close(self) -> None:
        """Ends the thread within a short moment."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _reached(self, tables: Collection[str], position: int) -> bool:
        return all(self._positions.get(table, -1) >= position for table in tables)

    def _start(self) -> None:
        if self._thread is None and not self._closed:
            self._thread = Thread(target=self._run, name="projections-listening", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        failures = 0
        while not self._closed:
            try:
                connection = self._pool.open()
            except Unavailable:
                failures += 1
                self._pause(_PAUSES[min(failures, len(_PAUSES)) - 1])
                continue
            try:
                self._listen(connection)
            except Unavailable:
                failures += 1
                self._pause(_PAUSES[min(failures, len(_PAUSES)) - 1])
            else:
                failures = 0
            finally:
                connection.close()

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._connected = False
            if not self._closed:
                self._changed.wait(seconds)

    def _listen(self, connection: BoundedConnection) -> None:
        with reachable():
            connection.execute(query("projections", "listen"), prepare=False)
        while not self._closed:
            with reachable():
                rows = connection.execute(query("projections", "positions"), prepare=False).fetchall()
            self._heard(dict(rows))
            asked = time.monotonic()
            while not self._closed and time.monotonic() - asked < _QUIET:
                with reachable():
                    for notice in connection.notifies(timeout=0.25, stop_after=1):
                        self._heard(parse(notice.payload))

    def _heard(self, positions: dict[str, int]) -> None:
        with self._changed:
            self._connected = True
            self._positions.update(positions)
            self._changed.notify_all()


def parse(payload: str) -> dict[str, int]:
    """`journey_list_v1:7 my_day_v1:7`: what an advance says."""
    pairs = (word.rpartition(":") for word in payload.split())
    return {table: int(position) for table, _, position in pairs if table and position.isdecimal()}
