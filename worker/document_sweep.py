"""Every hour the worker removes documents of the vault that no event names: what a process left that died on the way.

A file is in the vault before its event is in the log, so that no event ever names what is not there. Where the event
was refused, or never came, the content stays for 72 hours, and is then erased. So is one that was withdrawn for so
long.
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import datetime
from uuid import UUID

import structlog

from activities.states import StreamStates
from domain.errors import Unavailable
from domain.journey.state import Journey, journey_stream
from eventlog.log import EventLog
from eventlog.unforeseen import kind_and_place
from vault.document_sweep import ORPHANED, DocumentSweep
from vault.errors import VaultUnavailable
from worker.settings import Settings

_log = structlog.get_logger("putokaz")
PAUSE = 3600.0
"""Seconds between two sweeps."""


def is_needed(journey: Journey | None, document: UUID, now: datetime) -> bool:
    """Whether an event names the document and it stands, or was withdrawn of late; `now` of the log's clock."""
    known = journey.documents.get(document) if journey is not None else None
    if known is None:
        return False
    return known.withdrawn_at is None or now - known.withdrawn_at < ORPHANED


def sweep(log: EventLog, documents: DocumentSweep) -> int:
    """Removes what is not needed; how many. Raises `Unavailable`, `VaultUnavailable`: then it is asked again later."""
    states, now = StreamStates(log, remembered=1), log.now()
    removed = documents.tidy()
    for document, journey in documents.due():
        state = states.current(journey_stream(journey))
        if is_needed(state if isinstance(state, Journey) else None, document, now):
            documents.confirm(document)
        else:
            documents.erase(document)
            removed += 1
    return removed


async def sweep_documents(settings: Settings, log: EventLog, stop: asyncio.Event, pause: float = PAUSE) -> None:
    """Until asked to stop. What hinders it is logged, and ends neither it nor the worker."""
    with closing(DocumentSweep(settings.vault)) as documents:
        while not stop.is_set():
            try:
                removed = await asyncio.to_thread(sweep, log, documents)
                if removed:
                    _log.info("documents that nobody needs were removed", removed=removed)
            except (Unavailable, VaultUnavailable) as away:
                _log.warning("no documents swept now", reason=str(away))
            except Exception as unforeseen:  # nobody waits for this task: ended, it would be missed by nobody
                _log.error("no documents swept", **kind_and_place(unforeseen))
            try:
                await asyncio.wait_for(stop.wait(), pause)
            except TimeoutError:
                continue
