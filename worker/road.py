"""How a command reaches the log: through the journey's workflow, or straight to `record` while Temporal is away.

Either way there is one outcome for one `command_id`: whichever copy comes first is recorded, the other gets its answer.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

import structlog
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.recording import Recorder
from domain.command import CommandInvalid
from domain.errors import DecisionBroke, EventUnreadable, PathwayMissing, Unavailable
from workflows.messages import (
    DECIDE,
    MAX_COMMAND_BYTES,
    STAFF_PATIENCE,
    TASK_QUEUE,
    Answer,
    FaultCode,
    Order,
    Start,
    workflow_of,
)

_log = structlog.get_logger("putokaz.road")

HURRIED = 0.5
"""Seconds that a workflow has while Temporal or its workers have lately given no answer: only the first who meets
an outage waits the whole patience. The first answer, however late, gives it back."""

_ENDED = frozenset({RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.ABORTED})


class Way(StrEnum):
    """Which way a command went. `between-runs`: Temporal is there, but the workflow ended just then (a closing)."""

    WORKFLOW = "workflow"
    BETWEEN_RUNS = "between-runs"
    NO_WORKFLOW = "no-workflow"
    """A stream of this kind owes nothing, so no workflow accompanies it."""
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Arrived:
    answer: Answer
    way: Way


class Road:
    """Takes orders to the log. `patience`: seconds that a workflow has to answer before the order goes directly."""

    def __init__(
        self,
        client: Client,
        recorder: Recorder,
        *,
        task_queue: str = TASK_QUEUE,
        patience: float = STAFF_PATIENCE.total_seconds(),
    ) -> None:
        self._client = client
        self._recorder = recorder
        self._task_queue = task_queue
        self._patience = timedelta(seconds=patience)
        self._in_trouble = False

    async def take(self, order: Order) -> Arrived:
        """The answer to an order.

        Raises `CommandInvalid`, `Unavailable` where the log cannot be reached, and `PathwayMissing`,
        `EventUnreadable` or `DecisionBroke`, which no repetition mends.
        """
        if len(order.command.encode()) > MAX_COMMAND_BYTES:
            raise CommandInvalid("command", (f"longer than {MAX_COMMAND_BYTES} bytes; attach long texts as documents",))
        if workflow_of(order.stream) is None:
            recorded = await asyncio.to_thread(self._recorder.record, order)
            return Arrived(recorded.answer, Way.NO_WORKFLOW)
        going = asyncio.create_task(self._through_workflow(order))
        # Waited for, not cut off: the SDK leaves a cancelled call behind unheard, and the answer may yet be of use.
        patience = self._patience.total_seconds()
        await asyncio.wait({going}, timeout=min(patience, HURRIED) if self._in_trouble else patience)
        way = Way.DIRECT
        try:
            if going.done():
                answer = going.result()
                self._in_trouble = False
                return Arrived(answer, Way.WORKFLOW)
            self._in_trouble = True
            going.add_done_callback(self._heard)
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError, RuntimeError) as away:
            # RuntimeError is what the SDK raises where a lazy client finds nobody at the address.
            way = _way_after(away)
            self._in_trouble = self._in_trouble or way is Way.DIRECT
            _log.warning("no answer through Temporal; recording directly", away=type(away).__name__, way=way.value)
        recorded = await asyncio.to_thread(self._recorder.record, order)
        return Arrived(recorded.answer, way)

    def _heard(self, going: asyncio.Task[Answer]) -> None:
        """A call that nobody waits for any more ends by its own time limit; its error is taken note of."""
        if going.cancelled():
            return
        if (error := going.exception()) is not None:
            _log.info("a late call to Temporal failed", kind=type(error).__name__)
        else:
            self._in_trouble = False

    async def _through_workflow(self, order: Order) -> Answer:
        while True:
            try:
                return await self._update(order)
            except WorkflowUpdateFailedError as failed:
                fault = _fault(failed)
                if fault is FaultCode.DRAINING:  # between two runs: the next one takes it
                    await asyncio.sleep(0.05)
                    continue
                if fault in (FaultCode.COMMAND_INVALID, FaultCode.COMMAND_TOO_LONG):
                    raise CommandInvalid("command", ("the workflow could not read it",)) from None
                if fault is FaultCode.PATHWAY_MISSING:
                    raise PathwayMissing("the worker has not the pathway version that this journey pins") from None
                if fault is FaultCode.EVENT_UNREADABLE:
                    raise EventUnreadable("the worker's release cannot read an event of this journey") from None
                if fault is FaultCode.INTERNAL:
                    raise DecisionBroke("a mistake of ours; the worker's log says of what kind and where") from None
                raise Unavailable("the decision was not recorded; nothing is lost, send it again") from None

    async def _update(self, order: Order) -> Answer:
        # Not the command's id: a run remembers the outcome of an update by its id, a failure too, and would answer
        # "unavailable" for ever. That a command counts once is the log's business.
        update = str(uuid4())
        handle = self._client.get_workflow_handle(order.stream)
        try:
            answer: Answer = await handle.execute_update(
                DECIDE, order, id=update, result_type=Answer, rpc_timeout=self._patience
            )
            return answer
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        workflow = workflow_of(order.stream)
        assert workflow is not None
        start: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            workflow.value,
            Start(stream=order.stream),
            id=order.stream,
            task_queue=self._task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )
        started: Answer = await self._client.execute_update_with_start_workflow(
            DECIDE,
            order,
            id=update,
            result_type=Answer,
            start_workflow_operation=start,
            rpc_timeout=self._patience,
        )
        return started


def _way_after(away: Exception) -> Way:
    """Whether Temporal itself is away, or only this workflow had just ended; the relay starts it again if need be."""
    if isinstance(away, RPCError) and away.status in _ENDED:
        return Way.BETWEEN_RUNS
    return Way.DIRECT


def _fault(failed: WorkflowUpdateFailedError) -> FaultCode:
    """What has no code of ours is Temporal's own, as of a workflow that ended before it got to the command."""
    cause = failed.cause
    if isinstance(cause, ApplicationError) and cause.type in set(FaultCode):
        return FaultCode(cause.type)
    return FaultCode.UNAVAILABLE
