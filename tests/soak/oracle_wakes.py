"""Timers: each open journey has a running workflow that knows its head and its next wake, and a timer that runs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client as Temporal
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError

from domain.codes import Phase
from domain.journey import fold, wakes
from eventlog.log import EventLog
from tests.soak.commands import Client
from tests.soak.verdict import Fault, Verdict
from workflows.messages import OF_STREAMS, Agenda

_AT_ONCE = 8
_LOOKS, _PAUSE = 4, 3.0
_QUERY_PATIENCE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the log says that a workflow must know."""

    stream: str
    version: int
    wake: datetime


def wanted_wakes(log: EventLog, clients: Sequence[Client]) -> list[Wanted]:
    """Of every open journey."""
    found = []
    for client in clients:
        journey = fold(log.load(client.stream).history)
        if journey is not None and journey.phase is Phase.OPEN:
            found.append(Wanted(journey.stream, journey.version, wakes(journey)[0].at))
    return found


async def check_wakes(temporal: Temporal, wanted: Sequence[Wanted], verdict: Verdict) -> None:
    """Asks every workflow itself, and Temporal for what else runs."""
    limit = asyncio.Semaphore(_AT_ONCE)

    async def one(each: Wanted) -> None:
        async with limit:
            fault = await _fault(temporal, each)
        for _ in range(_LOOKS):  # one task of the workflow may just be under way
            if fault is None:
                return
            await asyncio.sleep(_PAUSE)
            fault = await _fault(temporal, each)
        if fault is not None:
            verdict.add(Fault.NO_TIMER, f"{each.stream}: {fault}")

    await asyncio.gather(*(one(each) for each in wanted))
    open_streams = {each.stream for each in wanted}
    query = f'{OF_STREAMS} AND ExecutionStatus = "Running"'
    running = [execution.id async for execution in temporal.list_workflows(query)]
    verdict.add_all(Fault.SURPLUS, (name for name in running if name not in open_streams))
    verdict.figures["open journeys with a live timer"] = len(wanted) - verdict.counts[Fault.NO_TIMER]


async def _fault(temporal: Temporal, wanted: Wanted) -> str | None:
    handle = temporal.get_workflow_handle(wanted.stream)
    try:
        status = (await handle.describe()).status
        if status is not WorkflowExecutionStatus.RUNNING:
            return f"its workflow is {status and status.name}"
        agenda: Agenda | None = await handle.query("agenda", result_type=Agenda, rpc_timeout=_QUERY_PATIENCE)
        history = await handle.fetch_history()
    except RPCError as error:
        return f"its workflow does not answer: {error.status.name}"
    if agenda is None or agenda.version != wanted.version:
        return f"knows version {agenda and agenda.version} instead of {wanted.version}"
    if agenda.wake is None or agenda.wake.at != wanted.wake:
        return f"will wake at {agenda.wake and agenda.wake.at} instead of {wanted.wake}"
    timers: set[int] = set()
    for event in history.events:
        if event.event_type == EventType.EVENT_TYPE_TIMER_STARTED:
            timers.add(event.event_id)
        elif event.event_type == EventType.EVENT_TYPE_TIMER_FIRED:
            timers.discard(event.timer_fired_event_attributes.started_event_id)
        elif event.event_type == EventType.EVENT_TYPE_TIMER_CANCELED:
            timers.discard(event.timer_canceled_event_attributes.started_event_id)
    return None if timers else "has no timer running"
