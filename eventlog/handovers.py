"""Letters on their way to a mail server: the line of each recipient, and what has begun and has no receipt yet.

Between a mail server's "250" and our receipt nobody knows whether a letter went out. A mark that is set before DATA
and still stands at the next attempt says so: the letter goes again under its Message-ID, and is counted with its cause.

A recipient's line is an advisory lock on one connection of this process: held across processes, released when its
holder dies. One that is frozen loses it after `LINE_FOR` seconds without a word; the server sees to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

import psycopg

from eventlog.pool import BoundedConnection, Pool, reachable
from eventlog.sql_files import query

LINE_FOR = 150
"""Seconds; longer than an attempt to hand over may take."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter in a line: the message, and the event that asked for it."""

    message: UUID
    stream: str
    version: int


class Handovers:
    """Safe for many threads. Every call raises `Unavailable` while the database cannot be reached. Close it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._session: BoundedConnection | None = None
        self._lock = Lock()

    def enter(
        self,
        waiting: Waiting,
        recipient: UUID,
        position: int,
        send_at: datetime | None = None,
        *,
        collected: bool = False,
        due_at: datetime | None = None,
    ) -> float | None:
        """Takes a letter into the recipient's line, in the order of `position`.

        It goes at `send_at` by the log's clock; in a digest where it is `collected`. Seconds for which it has to rest
        after hand-overs whose reply never came, so that it comes before `due_at`; None: it may go then.
        """
        asked = (waiting.message, recipient, waiting.stream, waiting.version, position, send_at, collected, due_at)
        rest: float | None = self._one("handover_enter", asked)
        return rest

    def earlier(self, recipient: UUID, position: int) -> Waiting | None:
        """The first letter of the line that was asked for before `position`, goes by itself and should have gone."""
        parameters = (recipient, position)
        rows = self._pool.run(lambda c: c.execute(query("eventlog", "handover_earlier"), parameters).fetchall())
        return Waiting(*rows[0]) if rows else None

    def collected(self, recipient: UUID, limit: int) -> list[Waiting]:
        """What waits for the recipient's digest and should have gone by now, in the order in which it was asked for."""
        parameters = (recipient, limit)
        rows = self._pool.run(lambda c: c.execute(query("eventlog", "handover_collected"), parameters).fetchall())
        return [Waiting(*row) for row in rows]

    def begin(self, message: UUID, recipient: UUID) -> str | None:
        """Marks that DATA is about to begin. Why an earlier copy may have gone out; None: none has."""
        cause: str | None = self._one("handover_begin", (message, recipient))
        return cause

    def begin_all(self, messages: Sequence[UUID], recipient: UUID) -> dict[UUID, str | None]:
        """Marks that the DATA of one mail is about to begin that holds all of these; for each as `begin`."""
        parameters = (recipient, list(messages))
        rows = self._pool.run(lambda c: c.execute(query("eventlog", "handover_begin_all"), parameters).fetchall())
        return dict(rows)

    def pause(self, message: UUID, recipient: UUID, doubt: str | None = None) -> None:
        """The attempt is over without a receipt: not taken, or `doubt` says why nobody knows. Others go first now."""
        self._one("handover_pause", (message, recipient, doubt))

    def end(self, message: UUID, recipient: UUID | None = None) -> None:
        """Settled, for one recipient or for all."""
        self._one("handover_end", (message, recipient))

    def begun(self, message: UUID) -> list[UUID]:
        """To whom it has been at the mail server, and is not settled."""
        rows = self._pool.run(lambda c: c.execute(query("eventlog", "handover_begun"), (message,)).fetchall())
        return [row[0] for row in rows]

    def doubt(self, message: UUID) -> str | None:
        """Why a copy of this message may have gone out without a receipt; None: none has."""
        rows = self._pool.run(lambda c: c.execute(query("eventlog", "handover_doubts"), (message,)).fetchall())
        return rows[0][0] if rows else None

    def take_line(self, recipient: UUID) -> bool:
        """Whether this process may hand letters to the recipient now. Not counted: leave it as often as you take it."""
        with self._lock, reachable():
            return bool(self._in_session("line_take", (recipient,)))

    def leave_line(self, recipient: UUID) -> None:
        """Gives the line to whoever waits. Where the connection is lost, the server has done so already."""
        with self._lock:
            session = self._session
            if session is None or session.closed:
                return
            with reachable():
                self._in_session("line_leave", (recipient,))

    def close(self) -> None:
        """Leaves every line."""
        with self._lock:
            if self._session is not None:
                self._session.close()
                self._session = None

    def _in_session(self, name: str, parameters: Sequence[object]) -> object:
        session = self._session
        if session is not None and not session.closed:
            try:
                return _answer(session, name, parameters)
            except psycopg.OperationalError:
                session.close()  # idle for long, it was ended by the server: again on a fresh one
        session = self._session = self._pool.open()
        session.execute(query("eventlog", "line_session"), (f"{LINE_FOR}s",), prepare=False)
        return _answer(session, name, parameters)

    def _one(self, name: str, parameters: Sequence[object]) -> Any:
        row = self._pool.run(lambda c: c.execute(query("eventlog", name), parameters).fetchone())
        return row[0] if row else None


def _answer(session: BoundedConnection, name: str, parameters: Sequence[object]) -> object:
    row = session.execute(query("eventlog", name), parameters).fetchone()
    assert row is not None
    return row[0]
