"""Brings Temporal's workflows in line with a log that knows less than they do: after a restore.

A run believes the newest agenda that it has seen, so one that knows more than the log would ignore everything that the
log says from now on. Which ones do cannot be seen from outside: what a run shows of its version comes with the word of
the relay, and may be behind. So every run is ended and started again from the log; journeys without a run get one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Unavailable
from eventlog.log import EventLog
from worker.relay import AT_ONCE, LogRelay
from workflows.messages import OF_STREAMS, TASK_QUEUE

REASON = "the log was restored to an earlier point"
"""Why a run was ended, in Temporal's history: a constant, since it is not encrypted."""
_RUNNING = f"{OF_STREAMS} AND ExecutionStatus = 'Running'"
_PATIENCE = timedelta(seconds=10)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Aligned:
    """Of `running` workflows: `restarted` from the log, `surplus` ended for good; `missing` ones were started."""

    running: int
    restarted: int
    surplus: int
    missing: int


async def require_temporal(client: Client) -> None:
    """Raises `Unavailable`."""
    try:
        await client.count_workflows(_RUNNING, rpc_timeout=_PATIENCE)
    except (RPCError, RuntimeError) as away:  # RuntimeError: a lazy client that finds nobody
        raise Unavailable(f"Temporal cannot be reached ({type(away).__name__})") from None


async def align(client: Client, log: EventLog, wanted: Collection[str], *, task_queue: str = TASK_QUEUE) -> Aligned:
    """Starts every running journey again from the log; `wanted` are the streams that are to have a run.

    Repeatable. No worker needs to run, and none should that remembers the time before. Raises `Unavailable`.
    """
    relay = LogRelay(client, log, _Nowhere(), task_queue=task_queue)
    limit = asyncio.Semaphore(AT_ONCE)

    async def start(stream: str, version: int, *, anew: bool) -> None:
        async with limit:
            if anew:
                await _end(client, stream)
            await relay.tell(stream, version)

    try:
        running = [execution async for execution in client.list_workflows(_RUNNING)]
        heads = await _heads(log, {*wanted, *(execution.id for execution in running)})
        surplus = [execution.id for execution in running if execution.id not in heads]
        known = [execution.id for execution in running if execution.id in heads]
        missing = sorted({stream for stream in wanted if stream in heads} - {execution.id for execution in running})
        for stream in surplus:
            await _end(client, stream)
        await asyncio.gather(
            *(start(stream, heads[stream], anew=True) for stream in known),
            *(start(stream, heads[stream], anew=False) for stream in missing),
        )
    except (RPCError, RuntimeError) as away:  # RuntimeError: a lazy client that finds nobody
        raise Unavailable(f"Temporal cannot be reached ({type(away).__name__}); run it again") from None
    return Aligned(len(running), len(known), len(surplus), len(missing))


async def _heads(log: EventLog, streams: Collection[str]) -> dict[str, int]:
    names, heads = sorted(streams), dict[str, int]()
    for first in range(0, len(names), _CHUNK):
        heads |= await asyncio.to_thread(log.stream_heads, names[first : first + _CHUNK])
    return heads


async def _end(client: Client, stream: str) -> None:
    try:
        await client.get_workflow_handle(stream).terminate(reason=REASON, rpc_timeout=_PATIENCE)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:  # it ended by itself meanwhile
            raise


class _Nowhere:
    """The relay's position, which is no matter here: single streams are told."""

    def read(self) -> int:
        return 0

    def write(self, position: int) -> None:
        return
