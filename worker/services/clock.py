"""No process works on real cases by a demonstration clock."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from domain.errors import PutokazError, Unavailable
from eventlog.log import EventLog
from worker.settings import Mode, Settings

_log = structlog.get_logger("putokaz")

_PAUSE = 1.0
"""Seconds between tries to ask a log that is away."""


class DemoClockInProduction(PutokazError):
    """The log runs on a demonstration clock, and this process is to work on real cases."""


def require_real_clock(settings: Settings, log: EventLog) -> None:
    """Raises `DemoClockInProduction` for a log with a demonstration clock outside demo mode."""
    if settings.mode is Mode.PRODUCTION and not log.clock_is_real():
        raise DemoClockInProduction(
            "this log runs on a demonstration clock: give production a database of its own, or set PUTOKAZ_MODE=demo"
        )


async def require_real_clock_when_up(settings: Settings, log: EventLog, stop: asyncio.Event) -> None:
    """As `require_real_clock`; waits for a log that is away, until `stop` is set."""
    while not stop.is_set():
        try:
            await asyncio.to_thread(require_real_clock, settings, log)
            break
        except Unavailable:
            _log.warning("the log does not answer; trying again")
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _PAUSE)
