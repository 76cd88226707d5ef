"""Streams as they are now: folded once, then only what is new is read and folded.

A hint, never an authority: an append names the version it was decided upon, and the log refuses where that is not so.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from uuid import UUID

from domain.streams import StreamState, kind_of
from eventlog.decision import Loaded
from eventlog.log import EventLog

REMEMBERED = 1000
"""Streams kept; a folded journey takes some 20 to 100 kB."""


class StreamStates:
    """Safe for many threads."""

    def __init__(self, log: EventLog, *, remembered: int = REMEMBERED) -> None:
        self._log = log
        self._remembered = remembered
        self._known: OrderedDict[str, StreamState] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, stream: str, command_id: UUID | None = None) -> tuple[StreamState | None, Loaded]:
        """The state, and what was read for it: the events since it was last seen, the clock, the outcome.

        Raises `Unavailable`, `EventUnreadable`.
        """
        with self._lock:
            known = self._known.get(stream)
        loaded = self._log.load(stream, command_id, after=known.version if known else 0)
        state = kind_of(stream).fold(loaded.history, known)
        if state is not None and loaded.history:
            self.keep(state)
        return state, loaded

    def current(self, stream: str) -> StreamState | None:
        """The state as it is now."""
        return self.load(stream)[0]

    def keep(self, state: StreamState) -> None:
        """Remembers a state unless a newer one is known."""
        with self._lock:
            known = self._known.get(state.stream)
            if known is None or known.version <= state.version:
                self._known[state.stream] = state
                self._known.move_to_end(state.stream)
            while len(self._known) > self._remembered:
                self._known.popitem(last=False)

    def forget(self, stream: str) -> None:
        """After a conflict: the log may have been restored to an earlier point."""
        with self._lock:
            self._known.pop(stream, None)
