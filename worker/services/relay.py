"""The relay as a process of its own."""

from __future__ import annotations

import asyncio
from contextlib import closing

from eventlog.log import EventLog
from worker.relay import LogRelay
from worker.relay_position import RelayPosition
from worker.restored import watch_for_restore
from worker.services.clock import require_real_clock_when_up
from worker.services.stopping import stop_on_signals
from worker.services.waiting import patient_client
from worker.settings import Settings


def run_relay(settings: Settings) -> None:
    """The relay alone."""
    asyncio.run(_relay(settings))


async def _relay(settings: Settings) -> None:
    stop = stop_on_signals()
    client = await patient_client(settings, stop)
    if client is None:
        return
    with EventLog(settings.projector, size=2) as log, closing(RelayPosition(settings.projector)) as position:
        await require_real_clock_when_up(settings, log, stop)
        restored = asyncio.create_task(watch_for_restore(log, stop))
        await LogRelay(client, log, position).run(stop.is_set)
        await restored
