"""No process works on real cases by a demonstration clock."""

from __future__ import annotations

from domain.errors import PutokazError
from eventlog.log import EventLog
from worker.settings import Mode, Settings


class DemoClockInProduction(PutokazError):
    """The log runs on a demonstration clock, and this process is to work on real cases."""


def require_real_clock(settings: Settings, log: EventLog) -> None:
    """Raises `DemoClockInProduction` for a log with a demonstration clock outside demo mode."""
    if settings.mode is Mode.PRODUCTION and not log.clock_is_real():
        raise DemoClockInProduction(
            "this log runs on a demonstration clock: give production a database of its own, or set PUTOKAZ_MODE=demo"
        )
