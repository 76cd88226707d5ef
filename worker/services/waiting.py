"""Waiting for Temporal at the start of a process."""

from __future__ import annotations

import asyncio

import structlog
from temporalio.client import Client

from worker.settings import Settings
from worker.temporal import temporal

_log = structlog.get_logger("putokaz")

_PAUSE = 1.0
"""Seconds between tries."""


async def patient_client(settings: Settings, stop: asyncio.Event) -> Client | None:
    """A client as soon as Temporal answers; None when asked to stop before."""
    while not stop.is_set():
        try:
            return await temporal(settings)
        except RuntimeError:  # what the SDK raises for a server that does not answer
            _log.warning("Temporal does not answer; trying again", address=settings.temporal_address)
        try:
            await asyncio.wait_for(stop.wait(), _PAUSE)
        except TimeoutError:
            continue
    return None
