"""The projections as a process of their own."""

from __future__ import annotations

import signal
import threading

from eventlog.log import EventLog
from worker.services.clock import require_real_clock
from worker.services.read_models import keep_read_models
from worker.settings import Settings


def run_projections(settings: Settings) -> None:
    """The projections alone."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with EventLog(settings.projector, size=1) as log:
        require_real_clock(settings, log)
    keep_read_models(settings.projector, stop)
