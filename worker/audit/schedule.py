"""The Temporal Schedule that starts the audits, and whoever sees to it that there is one.

It lies in Temporal's database, which may be lost while workers run: then it is made again within seconds, and the first
thing it does is the audit that starts every workflow anew.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleDescription,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
)
from temporalio.service import RPCError, RPCStatusCode

from eventlog.unforeseen import kind_and_place
from projections.audits import INTERVAL
from workflows.messages import AUDIT_SCHEDULE, AUDIT_WORKFLOW, TASK_QUEUE

_log = structlog.get_logger("putokaz.audit")

LOOK = 20.0
"""Seconds between two looks whether the schedule is there."""
_CALL = timedelta(seconds=10)
_LONGEST = timedelta(hours=1)
_CATCH_UP = timedelta(minutes=1)


async def keep_schedule(
    client: Client,
    stop: asyncio.Event,
    *,
    name: str = AUDIT_SCHEDULE,
    task_queue: str = TASK_QUEUE,
    interval: timedelta = INTERVAL,
    look: float = LOOK,
) -> None:
    """Until asked to stop; what hinders it is logged and tried again. A process that starts has one run at once."""
    schedule = _schedule(name, task_queue, interval)
    run_now = True
    while not stop.is_set():
        try:
            await _ensure(client, name, schedule, run_now=run_now)
            run_now = False
        except RPCError as away:
            _log.warning("no audit schedule now; trying again", status=away.status.name)
        except Exception as unforeseen:  # nobody waits for this task: ended, it would be missed by nobody
            _log.error("no audit schedule now; trying again", **kind_and_place(unforeseen))
        try:
            await asyncio.wait_for(stop.wait(), look)
        except TimeoutError:
            continue


async def _ensure(client: Client, name: str, schedule: Schedule, *, run_now: bool) -> None:
    handle = client.get_schedule_handle(name)
    try:
        found = await handle.describe(rpc_timeout=_CALL)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        try:
            await client.create_schedule(name, schedule, trigger_immediately=True, rpc_timeout=_CALL)
        except ScheduleAlreadyRunningError:
            return  # another worker was faster
        _log.info("audit schedule made")
        return
    if _differs(found, schedule):
        await handle.update(lambda _: _to(schedule), rpc_timeout=_CALL)
    if run_now:
        await handle.trigger(overlap=ScheduleOverlapPolicy.SKIP, rpc_timeout=_CALL)


def _schedule(name: str, task_queue: str, interval: timedelta) -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(AUDIT_WORKFLOW, id=name, task_queue=task_queue, execution_timeout=_LONGEST),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=interval)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=_CATCH_UP),
    )


def _differs(found: ScheduleDescription, wanted: Schedule) -> bool:
    """Whether another release made it. A person who pauses it has a reason: that is left alone."""
    action = found.schedule.action
    assert isinstance(action, ScheduleActionStartWorkflow)
    assert isinstance(wanted.action, ScheduleActionStartWorkflow)
    intervals = [each.every for each in found.schedule.spec.intervals]
    return (
        action.task_queue != wanted.action.task_queue
        or action.workflow != wanted.action.workflow
        or intervals != [each.every for each in wanted.spec.intervals]
    )


def _to(schedule: Schedule) -> ScheduleUpdate:
    return ScheduleUpdate(schedule)
