"""A sign of life from long activities: where the worker died, Temporal need not wait for the end of the attempt."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from temporalio import activity

R = TypeVar("R")

TO_ITS_END = 5.0
"""Seconds that a worker which stops gives to what is under way."""


async def with_pulse(work: Coroutine[Any, Any, R], every: float) -> R:
    """Does the work with a heartbeat each `every` seconds.

    Cancellation reaches an activity only with its heartbeats. What is under way comes to its end all the same (cut off
    between DATA and its receipt a letter would go out twice); only a worker that stops ends it.
    """
    task = asyncio.create_task(work)
    pulse = asyncio.create_task(_beat(every))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.done() and not _is_stopping():
            await _end_of(task)
        if task.done() and not task.cancelled():
            return task.result()
        raise
    finally:
        pulse.cancel()
        if task.cancel():
            await asyncio.wait({task})


async def _end_of(task: asyncio.Task[Any]) -> None:
    """Of the work or of the worker: Temporal cancels an activity once, and does not say later that the worker stops."""
    stopping = asyncio.create_task(activity.wait_for_worker_shutdown())
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({task}, timeout=TO_ITS_END)
    finally:
        stopping.cancel()


def _is_stopping() -> bool:
    details = activity.cancellation_details()
    return details is None or details.worker_shutdown


async def _beat(every: float) -> None:
    while True:
        activity.heartbeat()
        await asyncio.sleep(every)
