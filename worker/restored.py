"""Ends a process under which the log was restored: what it remembers of journeys may never have happened there."""

from __future__ import annotations

import asyncio

import structlog

from domain.errors import LogReplaced, Unavailable
from eventlog.log import EventLog
from eventlog.unforeseen import kind_and_place

_log = structlog.get_logger("putokaz")

PAUSE = 5.0
"""Seconds between two looks. Between them the log answers `LogReplaced` to each call, so nothing wrong is done."""


async def watch_for_restore(log: EventLog, stop: asyncio.Event, pause: float = PAUSE) -> None:
    """Sets `stop` and raises `LogReplaced` when the log is another one; returns when asked to stop."""
    while not stop.is_set():
        try:
            await asyncio.to_thread(log.head)
        except LogReplaced:
            _log.critical("the log was restored or replaced: this process ends, start it again")
            stop.set()
            raise
        except Unavailable:
            pass  # whoever needs it says so
        except Exception as unforeseen:  # a database in the making; the watch must outlive it
            _log.error("cannot see whether the log is the same", **kind_and_place(unforeseen))
        try:
            await asyncio.wait_for(stop.wait(), pause)
        except TimeoutError:
            continue
