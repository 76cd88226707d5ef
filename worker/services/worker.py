"""Temporal's worker, with whatever else is to run in its process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Collection
from contextlib import closing

import structlog
from temporalio.client import Client

from projections.loop import Projector
from projections.reader import Reader
from worker.audit.auditor import Auditor
from worker.audit.book import AuditBook
from worker.audit.schedule import keep_schedule
from worker.document_sweep import sweep_documents
from worker.engine import engine
from worker.heads import sign_heads
from worker.mailing import deliverer
from worker.parts import START_PATIENCE, Parts, opened
from worker.pinned import require_pinned_pathways
from worker.relay import LogRelay
from worker.relay_position import RelayPosition
from worker.releasing import Releases, build_id
from worker.restored import watch_for_restore
from worker.services.clock import require_real_clock
from worker.services.stopping import stop_on_signals
from worker.services.waiting import patient_client
from worker.services.webhooks import follow_webhooks
from worker.settings import Also, Mode, Settings
from worker.sign_in_letters import tell_of_sign_ins

_log = structlog.get_logger("putokaz")


def run_worker(settings: Settings, also: Collection[Also] = ()) -> None:
    """Temporal's worker, with the relay and the projections where they are asked for."""
    asyncio.run(_worker(settings, frozenset(also)))


async def _worker(settings: Settings, also: frozenset[Also]) -> None:
    stop = stop_on_signals()
    with opened(settings, connections=12, patience=START_PATIENCE) as parts:
        await asyncio.to_thread(require_real_clock, settings, parts.log)
        with Reader(settings.reader, size=1) as reader:
            await asyncio.to_thread(require_pinned_pathways, reader, parts.pathways)
        halt = threading.Event()
        projections = asyncio.create_task(_project(settings, halt, stop)) if Also.PROJECTIONS in also else None
        heads = asyncio.create_task(sign_heads(settings, stop))
        swept = asyncio.create_task(sweep_documents(settings, parts.log, stop))
        restored = asyncio.create_task(watch_for_restore(parts.log, stop))
        sign_ins = asyncio.create_task(tell_of_sign_ins(settings, parts, stop))
        webhooks = asyncio.create_task(follow_webhooks(settings, parts, stop)) if Also.WEBHOOKS in also else None
        try:
            client = await patient_client(settings, stop)
            if client is not None:
                await _serve(settings, parts, client, stop, relay=Also.RELAY in also)
        finally:
            halt.set()
            stop.set()
            await heads
            await sign_ins
            await swept
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
