"""The processes: each runs until it is asked to stop, and lives through the absence of everything it works with."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Collection
from contextlib import closing

import structlog
from temporalio.client import Client

from domain.errors import PutokazError
from eventlog.log import EventLog
from projections.loop import Projector
from projections.reader import Reader
from worker.audit.auditor import Auditor
from worker.audit.book import AuditBook
from worker.audit.schedule import keep_schedule
from worker.engine import engine
from worker.heads import sign_heads
from worker.parts import START_PATIENCE, Parts, deliverer, opened, temporal
from worker.pinned import require_pinned_pathways
from worker.relay import LogRelay
from worker.relay_position import RelayPosition
from worker.releasing import Releases, build_id
from worker.restored import watch_for_restore
from worker.settings import Also, Mode, Settings
from worker.webhooks.opening import webhook_follower

_log = structlog.get_logger("putokaz")

_TEMPORAL_PAUSE = 1.0
"""Seconds between tries to reach Temporal at the start."""


class DemoClockInProduction(PutokazError):
    """The log runs on a demonstration clock, and this process is to work on real cases."""


def require_real_clock(settings: Settings, log: EventLog) -> None:
    """Raises `DemoClockInProduction` for a log with a demonstration clock outside demo mode."""
    if settings.mode is Mode.PRODUCTION and not log.clock_is_real():
        raise DemoClockInProduction(
            "this log runs on a demonstration clock: give production a database of its own, or set PUTOKAZ_MODE=demo"
        )


def run_worker(settings: Settings, also: Collection[Also] = ()) -> None:
    """Temporal's worker, with the relay and the projections where they are asked for."""
    asyncio.run(_worker(settings, frozenset(also)))


def run_relay(settings: Settings) -> None:
    """The relay alone."""
    asyncio.run(_relay_alone(settings))


def run_webhooks(settings: Settings) -> None:
    """The follower that tells partner systems, alone."""
    asyncio.run(_webhooks_alone(settings))


def run_projections(settings: Settings) -> None:
    """The projections alone."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with EventLog(settings.projector, size=1) as log:
        require_real_clock(settings, log)
    Projector(settings.projector).run(stop)


async def _worker(settings: Settings, also: frozenset[Also]) -> None:
    stop = _stop_on_signals()
    with opened(settings, connections=12, patience=START_PATIENCE) as parts:
        await asyncio.to_thread(require_real_clock, settings, parts.log)
        with Reader(settings.reader, size=1) as reader:
            await asyncio.to_thread(require_pinned_pathways, reader, parts.pathways)
        halt = threading.Event()
        projections = asyncio.create_task(_project(settings, halt, stop)) if Also.PROJECTIONS in also else None
        heads = asyncio.create_task(sign_heads(settings, stop))
        restored = asyncio.create_task(watch_for_restore(parts.log, stop))
        webhooks = asyncio.create_task(_webhooks(settings, parts, stop)) if Also.WEBHOOKS in also else None
        try:
            client = await _patient_client(settings, stop)
            if client is not None:
                await _serve(settings, parts, client, stop, relay=Also.RELAY in also)
        finally:
            halt.set()
            stop.set()
            await heads
            if webhooks is not None:
                await webhooks
            if projections is not None:
                await projections
        await restored


async def _project(settings: Settings, halt: threading.Event, stop: asyncio.Event) -> None:
    """The projections on a thread. Where they end all the same, so does the process: it is started again."""
    try:
        await asyncio.to_thread(Projector(settings.projector).run, halt)
    finally:
        stop.set()


async def _webhooks(settings: Settings, parts: Parts, stop: asyncio.Event) -> None:
    """Partner systems are told what the log holds."""
    with webhook_follower(settings, parts) as follower:
        await follower.run(stop.is_set)


async def _webhooks_alone(settings: Settings) -> None:
    stop = _stop_on_signals()
    with opened(settings, connections=2, patience=START_PATIENCE) as parts:
        await asyncio.to_thread(require_real_clock, settings, parts.log)
        restored = asyncio.create_task(watch_for_restore(parts.log, stop))
        await _webhooks(settings, parts, stop)
        await restored


async def _serve(settings: Settings, parts: Parts, client: Client, stop: asyncio.Event, *, relay: bool) -> None:
    with closing(AuditBook(settings.writer)) as book:
        auditor = Auditor(client, parts.log, book)
        releases, build = Releases(client), build_id(settings.release)
        version = releases.version(build)
        async with engine(client, parts.recorder, deliverer(settings, parts), auditor=auditor, version=version):
            _log.info("worker ready", relay=relay, release=build)
            schedule = asyncio.create_task(keep_schedule(client, stop))
            care = asyncio.create_task(releases.care(build, stop, alone=settings.mode is Mode.DEMO))
            if relay:
                with closing(RelayPosition(settings.projector)) as position:
                    await LogRelay(client, parts.log, position).run(stop.is_set)
            await stop.wait()
            await schedule
            await care


async def _relay_alone(settings: Settings) -> None:
    stop = _stop_on_signals()
    client = await _patient_client(settings, stop)
    if client is None:
        return
    with EventLog(settings.projector, size=2) as log, closing(RelayPosition(settings.projector)) as position:
        restored = asyncio.create_task(watch_for_restore(log, stop))
        await LogRelay(client, log, position).run(stop.is_set)
        await restored


async def _patient_client(settings: Settings, stop: asyncio.Event) -> Client | None:
    """A client as soon as Temporal answers; None when asked to stop before."""
    while not stop.is_set():
        try:
            return await temporal(settings)
        except RuntimeError:  # what the SDK raises for a server that does not answer
            _log.warning("Temporal does not answer; trying again", address=settings.temporal_address)
        try:
            await asyncio.wait_for(stop.wait(), _TEMPORAL_PAUSE)
        except TimeoutError:
            continue
    return None


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
