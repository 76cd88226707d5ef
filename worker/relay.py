"""The relay: tells the workflow of every changed stream how far it goes, and starts the workflows that are missing.

A decision recorded while Temporal was away, or one whose workflow died between COMMIT and the end of its task, reaches
the workflow this way. It follows the log from a stored position; repeating a signal is harmless.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.service import RPCError

from domain.errors import Unavailable
from eventlog.log import EventLog
from eventlog.unforeseen import kind_and_place
from workflows.messages import HEAD_MOVED, TASK_QUEUE, Start, workflow_of

_log = structlog.get_logger("putokaz.relay")

PAGE = 10_000
"""Events looked at together: a stream is told once for all of its events among them."""
AT_ONCE = 4
"""Signals under way at the same time: few, so that people who wait for an answer come in between."""
_TEMPORAL_PATIENCE = timedelta(seconds=10)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 15.0
"""Seconds before another try when the log or Temporal is away."""


class Position(Protocol):
    """Where the relay stands in the log."""

    def read(self) -> int: ...
    def write(self, position: int) -> None: ...


class LogRelay:
    """One is enough; two do no harm. `run` ends when `stopping` returns true."""

    def __init__(self, client: Client, log: EventLog, position: Position, *, task_queue: str = TASK_QUEUE) -> None:
        self._client = client
        self._log = log
        self._position = position
        self._task_queue = task_queue

    async def run(self, stopping: Callable[[], bool]) -> None:
        """Follows the log, for ever and through every outage."""
        pause = _FIRST_PAUSE
        position: int | None = None
        while not stopping():
            try:
                if position is None:
                    position = await asyncio.to_thread(self._position.read)
                moved = await self._step(position)
                if moved == position:
                    await asyncio.to_thread(self._log.wait, position, 1.0)
                position, pause = moved, _FIRST_PAUSE
            except Exception as error:
                if isinstance(error, Unavailable | RPCError | OSError):
                    _log.warning("relay waits", away=type(error).__name__, seconds=pause)
                else:  # a mistake of ours is to end neither the relay nor the worker around it
                    _log.error("relay waits", seconds=pause, **kind_and_place(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _step(self, position: int) -> int:
        changed = await asyncio.to_thread(self._log.changed_streams, position, PAGE)
        heads = [(stream, version) for stream, version in changed.heads.items() if workflow_of(stream)]
        limit, away = asyncio.Semaphore(AT_ONCE), list[RPCError]()

        async def tell(stream: str, version: int) -> None:
            async with limit:
                if not away:  # the rest of the page is told with the next try, not beside it
                    try:
                        await self.tell(stream, version)
                    except RPCError as error:
                        away.append(error)

        await asyncio.gather(*(tell(stream, version) for stream, version in heads))
        if away:
            raise away[0]
        if changed.position != position:
            await asyncio.to_thread(self._position.write, changed.position)
        return changed.position

    async def tell(self, stream: str, version: int) -> None:
        """Tells one workflow; see `tell`."""
        await tell(self._client, stream, version, task_queue=self._task_queue)


async def tell(client: Client, stream: str, version: int, *, task_queue: str) -> None:
    """Signals the workflow of `stream`, starting it where there is none. Raises `RPCError`."""
    workflow = workflow_of(stream)
    assert workflow is not None, "the streams of this kind have no workflow"
    await client.start_workflow(
        workflow.value,
        Start(stream=stream),
        id=stream,
        task_queue=task_queue,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        start_signal=HEAD_MOVED,
        start_signal_args=[version],
        rpc_timeout=_TEMPORAL_PATIENCE,
    )
