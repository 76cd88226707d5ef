"""The activities as Temporal sees them: named methods whose errors are codes, never texts (security.md §4.4)."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import ParamSpec, TypeVar

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.delivering import Deliverer
from activities.postbox import NotHanded, Waits
from activities.pulse import with_pulse
from activities.recording import Recorder
from domain.command import CommandInvalid
from domain.errors import EventUnreadable, PathwayMissing, StreamConflict, Unavailable
from vault.errors import VaultUnavailable
from workflows.messages import Activity, Agenda, Delivery, FaultCode, Firing, Order, Recorded, Relay, Start

P = ParamSpec("P")
R = TypeVar("R")

_log = structlog.get_logger("putokaz.activities")

_CODES: tuple[tuple[type[Exception], FaultCode], ...] = (
    (Unavailable, FaultCode.UNAVAILABLE),
    (VaultUnavailable, FaultCode.UNAVAILABLE),
    (StreamConflict, FaultCode.UNAVAILABLE),
    (NotHanded, FaultCode.NOT_DELIVERED),
    (CommandInvalid, FaultCode.COMMAND_INVALID),
    (PathwayMissing, FaultCode.PATHWAY_MISSING),
    (EventUnreadable, FaultCode.EVENT_UNREADABLE),
)
_FINAL = frozenset({FaultCode.COMMAND_INVALID})
"""Faults that no repetition mends. A missing pathway or an unreadable event is mended by a release: keep trying."""

_PULSE = 5.0
"""Seconds between two heartbeats of a letter under way."""


def fault_of(error: Exception) -> FaultCode:
    """The code of an error of ours; `internal` for anything else."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), FaultCode.INTERNAL)


def _as_application_error(error: Exception) -> ApplicationError:
    code = fault_of(error)
    if isinstance(error, Waits):
        pause = timedelta(seconds=error.seconds)
        benign = ApplicationErrorCategory.BENIGN
        return ApplicationError(code.value, type=code.value, next_retry_delay=pause, category=benign)
    info = activity.info()
    # The text of an unexpected error may quote data: its type and place are logged, its words are not.
    _log.warning(
        "activity failed",
        activity=info.activity_type,
        attempt=info.attempt,
        fault=code.value,
        kind=type(error).__name__,
    )
    return ApplicationError(code.value, type=code.value, non_retryable=code in _FINAL)


def _coded(work: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(work)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return work(*args, **kwargs)
        except Exception as error:
            raise _as_application_error(error) from None

    return guarded


def _coded_async(work: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    @functools.wraps(work)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await work(*args, **kwargs)
        except Exception as error:
            raise _as_application_error(error) from None

    return guarded


class JourneyActivities:
    """What a journey's workflow may ask for. Without a deliverer, messages wait until there is one.

    No cancellation is thrown into the threads: it could strike within a connection pool and leave it locked for ever.
    Every call is short and bounded anyway.
    """

    def __init__(self, recorder: Recorder, deliverer: Deliverer | None) -> None:
        self._recorder = recorder
        self._deliverer = deliverer

    @activity.defn(name=Activity.LOAD, no_thread_cancel_exception=True)
    @_coded
    def load(self, start: Start) -> Agenda:
        return self._recorder.load(start)

    @activity.defn(name=Activity.RECORD, no_thread_cancel_exception=True)
    @_coded
    def record(self, order: Order) -> Recorded:
        return self._recorder.record(order)

    @activity.defn(name=Activity.FIRE, no_thread_cancel_exception=True)
    @_coded
    def fire(self, firing: Firing) -> Recorded:
        return self._recorder.fire(firing)

    @activity.defn(name=Activity.RELAY, no_thread_cancel_exception=True)
    @_coded
    def relay(self, relay: Relay) -> None:
        self._recorder.relay(relay)

    @activity.defn(name=Activity.DELIVER)
    @_coded_async
    async def deliver(self, delivery: Delivery) -> None:
        if self._deliverer is None:
            raise NotHanded("no mail server is configured")
        await with_pulse(self._deliverer.deliver(delivery), _PULSE)

    def all(self) -> list[Callable[..., object]]:
        """What the worker registers."""
        return [self.load, self.record, self.fire, self.relay, self.deliver]
