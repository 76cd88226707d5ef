"""One timer, set anew only where it would ring too late.

Most decisions leave the next moment where it was or move it away. A timer that rings early costs one look at the clock,
once; to cancel it and start another costs Temporal two entries in the history and a task in its queue, each time.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow

LATE = timedelta(milliseconds=50)
"""By this much an alarm may ring late: two decisions never measure the same moment with the same delay."""
SHORTEST = timedelta(milliseconds=20)
"""A moment that lies behind is waited for all the same, a little: the log's clock has the last word."""


class Alarm:
    """Of one run. Times are the workflow's own."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._rings_at: datetime | None = None
        self.has_rung = False

    def set(self, at: datetime) -> None:
        """Rings at `at`, or before; then it is set again."""
        self.has_rung = False
        if self._rings_at is not None and self._rings_at <= at + LATE:
            return
        if self._timer is not None:
            self._timer.cancel()
        wait = max(at - workflow.now(), SHORTEST)
        self._rings_at = workflow.now() + wait
        self._timer = asyncio.get_running_loop().call_later(wait.total_seconds(), self._ring)

    def _ring(self) -> None:
        self._timer = self._rings_at = None
        self.has_rung = True
