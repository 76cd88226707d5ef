"""The loop of every stream's workflow: load, sleep until the next moment, fire; decide in between, one at a time.

Nothing here knows what a rung, a step or a refusal is. Every run begins with `load`, so that a run that continues, one
that is started again and one that replaces a lost one are the same thing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import datetime, timedelta
from typing import TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.workflow import ActivityCancellationType

with workflow.unsafe.imports_passed_through():
    from workflows.messages import (
        DECIDE,
        HEAD_MOVED,
        LOOK_AGAIN,
        MAX_COMMAND_BYTES,
        STAFF_PATIENCE,
        Activity,
        Agenda,
        Answer,
        Delivery,
        FaultCode,
        Firing,
        Message,
        Order,
        Phase,
        Recorded,
        Relay,
        Start,
    )

STREAM_VERSION = SearchAttributeKey.for_int("StreamVersion")
M = TypeVar("M", Agenda, Recorded)

NEXT_WAKE = SearchAttributeKey.for_datetime("NextWake")

MAX_HISTORY_EVENTS = 500
MAX_RUN = timedelta(days=30)

_RELAYS = "relays"

_ATTEMPT = timedelta(seconds=20)
_DELIVERY_ATTEMPT = timedelta(minutes=2)
_WITHOUT_LIMIT = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), backoff_coefficient=2.0, maximum_interval=timedelta(minutes=1)
)
_DELIVERY = RetryPolicy(
    initial_interval=timedelta(seconds=2), backoff_coefficient=2.0, maximum_interval=timedelta(minutes=5)
)
_TWICE = RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_attempts=2)
_WHILE_A_PERSON_WAITS = RetryPolicy(
    initial_interval=timedelta(milliseconds=100),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=1),
    maximum_attempts=8,
    non_retryable_error_types=[FaultCode.PATHWAY_MISSING, FaultCode.EVENT_UNREADABLE],  # a release mends these
)


class StreamLoop:
    """State and handlers of the loop. A thin `@workflow.defn` class for each kind of stream calls `live`."""

    def __init__(self, start: Start) -> None:
        self._stream = start.stream
        self._agenda: Agenda | None = None
        self._wake_at: datetime | None = None
        self._turn = asyncio.Lock()
        self._must_load = True
        self._draining = False
        self._changed = False
        self._parting = False
        self._lines: dict[str, deque[Delivery | Relay]] = {}
        self._errands: dict[str, asyncio.Task[None]] = {}

    async def live(self) -> None:
        """Runs until the stream has ended, or hands over to the next run."""
        while True:
            if self._must_load:
                await self._load()
            self._run_errands()
            if self._has_ended():
                await self._drain()
                if not self._must_load and self._has_ended():
                    return
                self._draining = False
                continue
            if self._is_long():
                await self._end_errands()
                await self._drain()
                workflow.continue_as_new(Start(stream=self._stream))
            if await self._slept():
                await self._fire()

    @workflow.update(name=DECIDE)
    async def decide(self, order: Order) -> Answer:
        """One command, in its turn. The answer is the log's; the same `command_id` again gets the same answer."""
        await self._wait_for_turn()
        try:
            recorded: Recorded = await workflow.execute_local_activity(
                Activity.RECORD,
                order,
                result_type=Recorded,
                schedule_to_close_timeout=STAFF_PATIENCE,
                retry_policy=_WHILE_A_PERSON_WAITS,
            )
        except ActivityError as failed:
            raise ApplicationError(_code(failed).value, type=_code(failed).value, non_retryable=True) from None
        finally:
            self._turn.release()
        self._take(recorded.agenda)
        return recorded.answer

    @decide.validator
    def _check(self, order: Order) -> None:
        if self._draining:
            raise ApplicationError(FaultCode.DRAINING, type=FaultCode.DRAINING)
        if len(order.command.encode()) > MAX_COMMAND_BYTES:
            raise ApplicationError(FaultCode.COMMAND_TOO_LONG, type=FaultCode.COMMAND_TOO_LONG)
        if order.stream != self._stream:
            raise ApplicationError(FaultCode.COMMAND_INVALID, type=FaultCode.COMMAND_INVALID)

    @workflow.signal(name=HEAD_MOVED)
    def head_moved(self, version: int) -> None:
        """The relay saw the stream at `version`. What this run recorded itself, it knows already."""
        if self._agenda is None or version > self._agenda.version:
            self._must_load = self._changed = True

    @workflow.signal(name=LOOK_AGAIN)
    def look_again(self) -> None:
        """Load again whatever is known: the clock was set, or an audit found a difference."""
        self._must_load = self._changed = True

    @workflow.query(name="agenda")
    def agenda(self) -> Agenda | None:
        """What this run knows, for audits and debugging."""
        return self._agenda

    async def _load(self) -> None:
        self._must_load = False
        agenda = await self._persistently(Activity.LOAD, Start(stream=self._stream), Agenda)
        # A load is taken even where the version is the same: the clock may have been set.
        self._take(agenda, again=True)

    async def _fire(self) -> None:
        """Not in turn: while the database is away this is tried without limit, and nobody is to wait behind it."""
        assert self._agenda is not None
        wake = self._agenda.wake
        if wake is None:
            return
        recorded = await self._persistently(Activity.FIRE, Firing(stream=self._stream, wake=wake), Recorded)
        self._take(recorded.agenda, again=True)

    def _take(self, agenda: Agenda, *, again: bool = False) -> None:
        """Believes the newest. What an older agenda still wants done is done all the same: errands are repeatable."""
        for dispatch in agenda.relays:
            self._queue(_RELAYS, Relay(stream=self._stream, dispatch=dispatch))
        for letter in agenda.deliveries:
            self._queue(letter.line, Delivery(stream=self._stream, letter=letter))
        known = self._agenda
        if known is not None and (agenda.version < known.version or (agenda.version == known.version and not again)):
            return
        self._agenda = agenda
        self._changed = True
        now = workflow.now()
        self._wake_at = None if agenda.sleep is None else now + timedelta(seconds=agenda.sleep)
        wake = agenda.wake
        if known is None or known.version != agenda.version or known.wake != wake:
            next_wake = NEXT_WAKE.value_unset() if wake is None else NEXT_WAKE.value_set(wake.at)
            workflow.upsert_search_attributes([STREAM_VERSION.value_set(agenda.version), next_wake])

    async def _slept(self) -> bool:
        """True when the next moment has come, False when something changed first."""
        self._changed = False
        run_ends = workflow.info().start_time + MAX_RUN
        until = min(self._wake_at or run_ends, run_ends)
        try:
            # A moment that lies behind is waited for all the same, a little: the log's clock has the last word.
            await workflow.wait_condition(
                lambda: self._changed, timeout=max((until - workflow.now()).total_seconds(), 0.02)
            )
        except TimeoutError:
            return self._wake_at is not None and workflow.now() >= self._wake_at
        return False

    def _queue(self, line: str, errand: Delivery | Relay) -> None:
        waiting = self._lines.setdefault(line, deque())
        if errand not in waiting:
            waiting.append(errand)

    def _run_errands(self) -> None:
        """Errands go on beside the loop, those of one line in their order. No line waits for another.

        A letter may be tried for days; the supervisor hears all the same, and so does the other journey.
        """
        for line in self._lines:
            if line not in self._errands:
                self._errands[line] = asyncio.create_task(self._do_errands(line))

    async def _do_errands(self, line: str) -> None:
        waiting = self._lines[line]
        while waiting and not self._parting:
            done = await self._errand(waiting[0])
            relayed = isinstance(waiting.popleft(), Relay)
            if done and relayed:
                self._must_load = self._changed = True
        del self._lines[line], self._errands[line]
        self._changed = True

    async def _errand(self, errand: Delivery | Relay) -> bool:
        """Whether it was done. One that fails for good has left its trace in the log; the others still go."""
        delivery = isinstance(errand, Delivery)
        activity = Activity.DELIVER if delivery else Activity.RELAY
        try:
            await workflow.execute_activity(
                activity,
                errand,
                start_to_close_timeout=_DELIVERY_ATTEMPT if delivery else _ATTEMPT,
                retry_policy=_DELIVERY if delivery else _WITHOUT_LIMIT,
                cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
            )
        except ActivityError:
            if not self._parting:
                workflow.logger.warning("errand failed for good", extra={"errand": activity.value})
            return False
        return True

    async def _end_errands(self) -> None:
        """Lets every attempt under way come to its end and no other begin: the next run would make it a second time.

        A letter that only waits to be tried again is left to the next run at once. Commands are taken meanwhile.
        """
        self._parting = True
        for errands in self._errands.values():
            errands.cancel()
        await workflow.wait_condition(lambda: all(errands.done() for errands in self._errands.values()))

    async def _wait_for_turn(self) -> None:
        if self._turn.locked():
            try:
                await asyncio.wait_for(self._turn.acquire(), STAFF_PATIENCE.total_seconds())
            except TimeoutError:
                raise ApplicationError(FaultCode.UNAVAILABLE, type=FaultCode.UNAVAILABLE, non_retryable=True) from None
        else:
            await self._turn.acquire()

    async def _persistently(self, activity: Activity, argument: Message, result: type[M]) -> M:
        """At once as a local activity, half the history and half the wait; where that fails, again without limit."""
        try:
            done: M = await workflow.execute_local_activity(
                activity,
                argument,
                result_type=result,
                start_to_close_timeout=_ATTEMPT,
                retry_policy=_TWICE,
            )
        except ActivityError:
            done = await workflow.execute_activity(
                activity, argument, result_type=result, start_to_close_timeout=_ATTEMPT, retry_policy=_WITHOUT_LIMIT
            )
            # Its answer may have waited for us while no worker was there, and a length of sleep grows old: ask again.
            self._must_load = True
        return done

    def _has_ended(self) -> bool:
        """Nothing is open, nothing under way."""
        return (
            self._agenda is not None
            and self._agenda.phase is not Phase.OPEN
            and not self._lines
            and not self._must_load
        )

    def _is_long(self) -> bool:
        info = workflow.info()
        return (
            info.get_current_history_length() >= MAX_HISTORY_EVENTS
            or info.is_continue_as_new_suggested()
            or workflow.now() - info.start_time >= MAX_RUN
        )

    async def _drain(self) -> None:
        """Takes no more commands and lets those under way finish; an accepted one must never be cut off."""
        self._draining = True
        await workflow.wait_condition(workflow.all_handlers_finished)


def _code(failed: ActivityError) -> FaultCode:
    cause = failed.cause
    if isinstance(cause, ApplicationError) and cause.type in set(FaultCode):
        return FaultCode(cause.type)
    return FaultCode.UNAVAILABLE
