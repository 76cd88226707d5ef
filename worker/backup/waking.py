"""Whether the workflows of a restored log wake when the log says: all of them started, on a Temporal of their own."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from temporalio.client import Client
from temporalio.common import SearchAttributeKey

from activities.recording import Recorder
from eventlog.log import EventLog
from worker.aligning import align
from worker.backup.steps import Told
from worker.codec import data_converter
from worker.engine import engine
from worker.keyring import create_keyring
from workflows.messages import Phase, Start

_VERSION = SearchAttributeKey.for_int("StreamVersion")
_WAKE = SearchAttributeKey.for_datetime("NextWake")
_SETTLED = 30.0
"""Seconds without any workflow coming into line after which the rest is called different."""
_PAUSE = 0.25


async def compare_wakes(
    address: str, log: EventLog, recorder: Recorder, streams: Sequence[str], told: Told
) -> list[str]:
    """Starts a workflow for each stream and waits until each shows version and wake of the folded log.

    What is overdue fires meanwhile, into this log: so both sides are looked at anew each time. No letter is sent, for
    nothing here hands letters over. Returns the streams that differ in the end.
    """
    with tempfile.TemporaryDirectory() as folder:
        ring = create_keyring(Path(folder) / "keyring.json")  # for this Temporal alone, which forgets everything
    client = await Client.connect(address, data_converter=data_converter(ring), identity="putokaz-drill")
    async with engine(client, recorder, None):
        await align(client, log, streams)
        different, loop = sorted(streams), asyncio.get_running_loop()
        best, since = len(different), loop.time()
        while different and loop.time() - since < _SETTLED:
            shown = {e.id: e.typed_search_attributes async for e in client.list_workflows()}
            different = [
                stream
                for stream in different
                if stream not in shown
                or (shown[stream].get(_VERSION), shown[stream].get(_WAKE))
                != await asyncio.to_thread(_folded, recorder, stream)
            ]
            told(len(streams) - len(different), len(streams))
            if len(different) < best:
                best, since = len(different), loop.time()
            if different:
                await asyncio.sleep(_PAUSE)
    return different


def _folded(recorder: Recorder, stream: str) -> tuple[int, datetime | None]:
    agenda = recorder.load(Start(stream=stream))
    wake = agenda.wake if agenda.phase is Phase.OPEN else None
    return agenda.version, wake.at if wake else None
