"""Errands: what a workflow has others do beside its loop, letters and commands for other streams.

Those of one line are done in their order. No line waits for another: a letter may be tried for days; the supervisor
hears all the same, and so does the other journey.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError
from temporalio.workflow import ActivityCancellationType

with workflow.unsafe.imports_passed_through():
    from workflows.messages import Activity, Agenda, Delivery, Relay
    from workflows.patience import ATTEMPT, WITHOUT_LIMIT
    from workflows.queues import queue_of

_RELAYS = "relays"

_DELIVERY_ATTEMPT = timedelta(minutes=2)
_SIGN_OF_LIFE = timedelta(seconds=20)
"""Without a heartbeat for this long the worker is taken for dead and another one tries: alarms cannot wait minutes."""
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)
"""Between two attempts at a letter, however long the mail server was away: so soon after its return it is tried."""
_DELIVERY = RetryPolicy(initial_interval=FIRST_PAUSE, backoff_coefficient=2.0, maximum_interval=LONGEST_PAUSE)


class Errands:
    """Of one run of one workflow. `relayed` is called when another stream was told, `idle` when a line ends."""

    def __init__(self, stream: str, *, relayed: Callable[[], None], idle: Callable[[], None]) -> None:
        self._stream = stream
        self._relayed = relayed
        self._idle = idle
        self._parting = False
        self._lines: dict[str, deque[Delivery | Relay]] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}

    def __bool__(self) -> bool:
        """Whether anything is to be done or under way."""
        return bool(self._lines)

    def take(self, agenda: Agenda) -> None:
        """Notes what an agenda wants done. Errands are repeatable; one that waits already is not noted again."""
        for dispatch in agenda.relays:
            self._queue(_RELAYS, Relay(stream=self._stream, dispatch=dispatch))
        for letter in agenda.deliveries:
            self._queue(letter.line, Delivery(stream=self._stream, letter=letter))

    def run(self) -> None:
        """Sets every line going that is not."""
        for line in self._lines:
            if line not in self._under_way:
                self._under_way[line] = asyncio.create_task(self._do_line(line))

    async def end(self) -> None:
        """Lets every attempt under way come to its end and no other begin: the next run would make it a second time.

        A letter that only waits to be tried again is left to the next run at once. Commands are taken meanwhile.
        """
        self._parting = True
        for line in self._under_way.values():
            line.cancel()
        await workflow.wait_condition(lambda: all(line.done() for line in self._under_way.values()))

    def _queue(self, line: str, errand: Delivery | Relay) -> None:
        waiting = self._lines.setdefault(line, deque())
        if errand not in waiting:
            waiting.append(errand)

    async def _do_line(self, line: str) -> None:
        waiting = self._lines[line]
        while waiting and not self._parting:
            done = await self._do(waiting[0])
            relayed = isinstance(waiting.popleft(), Relay)
            if done and relayed:
                self._relayed()
        del self._lines[line], self._under_way[line]
        self._idle()

    async def _do(self, errand: Delivery | Relay) -> bool:
        """Whether it was done. One that fails for good has left its trace in the log; the others still go."""
        delivery = isinstance(errand, Delivery)
        activity = Activity.DELIVER if delivery else Activity.RELAY
        try:
            await workflow.execute_activity(
                activity,
                errand,
                task_queue=queue_of(activity),
                start_to_close_timeout=_DELIVERY_ATTEMPT if delivery else ATTEMPT,
                heartbeat_timeout=_SIGN_OF_LIFE if delivery else None,
                retry_policy=_DELIVERY if delivery else WITHOUT_LIMIT,
                cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
            )
        except ActivityError:
            if not self._parting:
                workflow.logger.warning("errand failed for good", extra={"errand": activity.value})
            return False
        return True
