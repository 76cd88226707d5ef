"""Keeps the read models level with the log: what people work with, and beside it, at its own pace, the past."""

from __future__ import annotations

import threading

from projections.loop import Projector
from projections.past.handler import MODEL as PAST
from projections.registry import PRESENT


def keep_read_models(dsn: str, stop: threading.Event) -> None:
    """Works until `stop` is set. `dsn` is the projector's.

    The past writes several rows an event, and nobody waits for it after a command: it must not hold up what somebody
    waits for.
    """
    past = threading.Thread(target=Projector(dsn, models=(PAST,)).run, args=(stop,), name="past")
    past.start()
    try:
        Projector(dsn, models=PRESENT).run(stop)
    finally:
        stop.set()
        past.join()
