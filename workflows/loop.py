"""The loop of every stream's workflow: load, sleep until the next moment, fire; decide in between, one at a time.

Nothing here knows what a rung, a step or a refusal is. Every run begins with `load`, so that a run that continues, one
that is started again and one that replaces a lost one are the same thing.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import NoReturn, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, FailureError
from temporalio.exceptions import TimeoutError as ActivityTimeout

with workflow.unsafe.imports_passed_through():
    from workflows.alarm import SHORTEST, Alarm
    from workflows.errands import Errands
    from workflows.messages import (
        DECIDE,
        HEAD_MOVED,
        LOOK_AGAIN,
        MAX_COMMAND_BYTES,
        STAFF_PATIENCE,
        Activity,
        Agenda,
        Answer,
        FaultCode,
        Firing,
        Message,
        Order,
        Phase,
        Recorded,
        Start,
    )
    from workflows.patience import ATTEMPT, TWICE, WHILE_A_PERSON_WAITS, WITHOUT_LIMIT
    from workflows.showing import Showing

M = TypeVar("M", Agenda, Recorded)

_LOCAL_FAILED = (ActivityError, ApplicationError, ActivityTimeout)
"""A local activity that failed raises its own error, not wrapped in an `ActivityError` as that of a normal one is."""
MAX_HISTORY_EVENTS = 500
MAX_RUN = timedelta(days=30)

THRIFTY = "thrifty"
"""The patch of runs that keep their timer and show their version with the relay's word. Those that began without it go
on as they began, for `MAX_RUN` at most; then `workflow.deprecate_patch` may take its place, and the old ways go."""
LOADS_ON = "loads-on"
"""The patch of runs that load again before they sleep where a load was overtaken. Asked for only then, so that a run
which never meets that carries no mark of it."""


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
        self._thrifty = False
        self._alarm = Alarm()
        self._showing = Showing()
        self._errands = Errands(start.stream, relayed=self.look_again, idle=self._note_change)

    async def live(self) -> None:
        """Runs until the stream has ended, or hands over to the next run."""
        self._thrifty = workflow.patched(THRIFTY)
        while True:
            if workflow.info().is_target_worker_deployment_version_changed():
                await self._hand_over()  # before loading: the older code may not be able to read what the newer wrote
            if self._must_load:
                await self._load()
            self._errands.run()
            if self._has_ended():
                await self._drain()
                if not self._must_load and self._has_ended():
                    return
                self._draining = False
                continue
            if self._is_long():
                await self._hand_over()
            if self._must_load and workflow.patched(LOADS_ON):
                continue  # while a load was under way, its answer grew old
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
                retry_policy=WHILE_A_PERSON_WAITS,
            )
        except _LOCAL_FAILED as failed:
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
        elif self._thrifty:
            self._showing.show(self._agenda)

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
        self._errands.take(agenda)
        known = self._agenda
        if known is not None and (agenda.version < known.version or (agenda.version == known.version and not again)):
            return
        self._agenda = agenda
        self._changed = True
        self._wake_at = None if agenda.sleep is None else workflow.now() + timedelta(seconds=agenda.sleep)
        if self._thrifty and not again:
            self._showing.show_wake(agenda)
        else:
            self._showing.show(agenda)

    async def _slept(self) -> bool:
        """True when the next moment has come, False when something changed first."""
        self._changed = False
        run_ends = workflow.info().start_time + MAX_RUN
        until = min(self._wake_at or run_ends, run_ends)
        if not self._thrifty:
            return await self._slept_anew(until)
        self._alarm.set(until)
        await workflow.wait_condition(lambda: self._changed or self._alarm.has_rung)
        return not self._changed and self._has_come()

    async def _slept_anew(self, until: datetime) -> bool:
        """With a new timer each time, as runs slept before `THRIFTY`."""
        try:
            await workflow.wait_condition(
                lambda: self._changed, timeout=max(until - workflow.now(), SHORTEST).total_seconds()
            )
        except TimeoutError:
            return self._has_come()
        return False

    def _has_come(self) -> bool:
        return self._wake_at is not None and workflow.now() >= self._wake_at

    def _note_change(self) -> None:
        self._changed = True

    async def _hand_over(self) -> NoReturn:
        """To the next run, which begins with the current release."""
        await self._errands.end()
        await self._drain()
        workflow.continue_as_new(
            Start(stream=self._stream),
            initial_versioning_behavior=workflow.ContinueAsNewVersioningBehavior.AUTO_UPGRADE,
        )

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
                start_to_close_timeout=ATTEMPT,
                retry_policy=TWICE,
            )
        except _LOCAL_FAILED:
            done = await workflow.execute_activity(
                activity, argument, result_type=result, start_to_close_timeout=ATTEMPT, retry_policy=WITHOUT_LIMIT
            )
            # Its answer may have waited for us while no worker was there, and a length of sleep grows old: ask again.
            self._must_load = True
        return done

    def _has_ended(self) -> bool:
        """Nothing is open, nothing under way."""
        return (
            self._agenda is not None
            and self._agenda.phase is not Phase.OPEN
            and not self._errands
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


def _code(failed: FailureError) -> FaultCode:
    cause = failed if isinstance(failed, ApplicationError) else failed.cause
    if isinstance(cause, ApplicationError) and cause.type in set(FaultCode):
        return FaultCode(cause.type)
    return FaultCode.UNAVAILABLE
