"""Puts the log's clock in step with Temporal's skipped time: each activity carries the workflow's time in a header."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import psycopg
from temporalio import activity, workflow
from temporalio.api.common.v1 import Payload
from temporalio.client import Interceptor as ClientInterceptor
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
    StartActivityInput,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from eventlog.log import EventLog

_HEADER = "workflow-time"
_HELD_ALREADY = "PK002"


class ClockInStep(ClientInterceptor, Interceptor):
    """Give it to the client: workers of this client use it too. The log is `ahead` of Temporal's clock by so much."""

    def __init__(self, log: EventLog, ahead: timedelta = timedelta(0)) -> None:
        super().__init__()
        self.ahead = ahead
        self._log = log
        self._lock = threading.Lock()
        self._reached: datetime | None = None

    def follow(self, time: datetime) -> None:
        """Sets the log's clock for this time of Temporal's, never back."""
        time += self.ahead
        with self._lock:
            if self._reached is None or time > self._reached:
                self._reached = time
                try:
                    self._log.set_clock(max(time, self._log.now()))
                except psycopg.ProgrammingError as later:
                    if later.sqlstate != _HELD_ALREADY:  # the log went on meanwhile: it is there already
                        raise

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Before each activity the log's clock is set."""
        return _Following(next, self)

    def workflow_interceptor_class(self, input: WorkflowInterceptorClassInput) -> type[WorkflowInboundInterceptor]:
        """Within each workflow, activities are given the time."""
        return _Telling


class _Following(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, clock: ClockInStep) -> None:
        super().__init__(next)
        self._clock = clock

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        info = activity.info()
        if info.attempt > 1 and not info.is_local:
            self._clock.follow(info.started_time)  # the workflow's time is that of the first attempt
        else:
            self._clock.follow(datetime.fromisoformat(input.headers[_HEADER].data.decode()))
        return await super().execute_activity(input)


class _Telling(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_TellingOut(outbound))


class _TellingOut(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:
        input.headers = {**input.headers, _HEADER: _now()}
        return super().start_activity(input)

    def start_local_activity(self, input: StartLocalActivityInput) -> workflow.ActivityHandle[Any]:
        input.headers = {**input.headers, _HEADER: _now()}
        return super().start_local_activity(input)


def _now() -> Payload:
    return Payload(data=workflow.now().isoformat().encode())
