"""The worker signs the head of the log every five minutes, where a file and a key for that are set."""

from __future__ import annotations

import asyncio

import structlog

from domain.errors import HeadsFault, LogTampered, Unavailable
from eventlog.heads import sign_head
from eventlog.heads_key import load_heads_key
from eventlog.unforeseen import kind_and_place
from worker.settings import Settings

_log = structlog.get_logger("putokaz")

PAUSE = 300.0
"""Seconds between two heads: so much of the log's end can be cut off unseen."""


async def sign_heads(settings: Settings, stop: asyncio.Event, pause: float = PAUSE) -> None:
    """Until asked to stop. What hinders it is logged, and ends neither it nor the worker."""
    if settings.heads_file is None or settings.heads_key_file is None:
        _log.info("no heads are signed: PUTOKAZ_HEADS_FILE and PUTOKAZ_HEADS_KEY_FILE are not both set")
        return
    while not stop.is_set():
        try:
            key = load_heads_key(settings.heads_key_file)
            head = await asyncio.to_thread(sign_head, settings.writer, settings.heads_file, key)
            if head is not None:
                _log.info("head signed", position=head.position)
        except LogTampered as alarm:
            _log.critical("the log was tampered with", reason=str(alarm))
        except HeadsFault as fault:
            _log.error("no head signed", reason=str(fault))
        except Unavailable as away:
            _log.warning("no head signed now", reason=str(away))
        except Exception as unforeseen:  # nobody waits for this task: ended, it would be missed by nobody
            _log.error("no head signed", **kind_and_place(unforeseen))
        try:
            await asyncio.wait_for(stop.wait(), pause)
        except TimeoutError:
            continue
