"""The follower that tells partner systems, as a process of its own or in the worker's."""

from __future__ import annotations

import asyncio

from worker.parts import START_PATIENCE, Parts, opened
from worker.restored import watch_for_restore
from worker.services.clock import require_real_clock
from worker.services.stopping import stop_on_signals
from worker.settings import Settings
from worker.webhooks.opening import webhook_follower


def run_webhooks(settings: Settings) -> None:
    """The follower that tells partner systems, alone."""
    asyncio.run(_alone(settings))


async def _alone(settings: Settings) -> None:
    stop = stop_on_signals()
    with opened(settings, connections=2, patience=START_PATIENCE) as parts:
        await asyncio.to_thread(require_real_clock, settings, parts.log)
        restored = asyncio.create_task(watch_for_restore(parts.log, stop))
        await follow_webhooks(settings, parts, stop)
        await restored


async def follow_webhooks(settings: Settings, parts: Parts, stop: asyncio.Event) -> None:
    """Partner systems are told what the log holds."""
    with webhook_follower(settings, parts) as follower:
        await follower.run(stop.is_set)
