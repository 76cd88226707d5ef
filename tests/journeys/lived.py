"""A tale that was told by hand, lived: the same acts through workflows on the time-skipping server.

PostgreSQL, the letters and the mail server are real, and so is every timer. Nothing is fired by the test.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

from temporalio.api.testservice.v1 import SleepRequest
from temporalio.service import RPCError

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.command import Command, to_wire
from domain.event import Event, Recorded
from domain.journey.opening import JourneyOpened, OpenJourney
from domain.journey.state import journey_stream
from domain.pathway.model import Pin
from eventlog.decision import Decision
from eventlog.log import EventLog
from tests.domain.given import MILA, assigned, review_scheduled
from tests.fix_engine import write_pathway
from tests.fix_mail import MailSink
from tests.fix_services import DatabaseFactory
from tests.journeys.patient import PatientDeliverer
from tests.journeys.tale import Tale
from tests.workflows.clock_in_step import ClockInStep
from tests.workflows.test_long_journeys import skipping
from worker.engine import engine
from worker.relay import tell
from worker.road import Road
from workflows.errands import LONGEST_PAUSE
from workflows.messages import AnswerKind, Order, Start

_PATIENCE = 180.0
"""Real seconds for what is due to be done."""
AT_ONCE = timedelta(minutes=1)
_SKIPPED_WITHIN = timedelta(seconds=75)
"""Real time for one call that skips some."""
_LIVES = 3
"""The time-skipping server (1.40) has a mistake by which some lives stand still: it holds time from an activity's start
until its end, and for ever where one is cancelled that no worker has begun. So it goes where a run of a workflow ends,
after 30 days, just when a letter is to go out. What stands still for a fault of ours does so again."""


class TimeStandsStill(Exception):
    """The server was asked to skip time, and did not."""


async def live(
    tale: Tale, databases: DatabaseFactory, template: str, folder: Path, program: Path, sink: MailSink
) -> tuple[Recorded[Event], ...]:
    """The history of the tale, lived on a log of its own; anew where the server's time stood still."""
    for count in range(1, _LIVES + 1):
        dsn, place = databases.copy(template), folder / f"life-{count}"
        place.mkdir(parents=True)
        try:
            async with Life(tale, dsn, place, program, sink) as life:
                return await life.live()
        except TimeStandsStill:
            if count == _LIVES:
                raise
            sink.mails.clear()
        finally:
            databases.drop(dsn)
    raise AssertionError


class Life:
    """A tale being lived. Use it as a context manager; then `live`."""

    def __init__(self, tale: Tale, dsn: str, folder: Path, program: Path, sink: MailSink) -> None:
        self._tale = tale
        self._folder = folder
        self._program = program
        self._sink = sink
        self._pin = write_pathway(folder / "pathways", tale.pathway)
        self.log = EventLog(dsn, size=8)
        self._stack = AsyncExitStack()
        self._turns = deque(self._turns_of_the_mail_server())
        self._letters_wait = False

    async def __aenter__(self) -> Self:
        stack = self._stack
        stack.enter_context(self.log)
        self.log.set_clock(self._tale.begins)
        self._clock = ClockInStep(self.log)
        self._environment = await stack.enter_async_context(
            await skipping(self._program, self._folder / "keyring.json", self._clock)
        )
        await self._set_out()
        self._recorder = Recorder(self.log, PathwayStore(self._folder / "pathways"), "test", rights=NO_RIGHTS_ASKED)
        deliverer = PatientDeliverer(self.log, self._tale, self._sink)
        self._queue = f"q-{uuid4()}"
        await stack.enter_async_context(
            engine(self._environment.client, self._recorder, deliverer, task_queue=self._queue)
        )
        self._road = Road(self._environment.client, self._recorder, task_queue=self._queue)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def live(self) -> tuple[Recorded[Event], ...]:
        """Every act in its time, to the end of the tale; the history that came of it."""
        for other in self._tale.others():
            await self._put(
                journey_stream(other),
                (JourneyOpened(pin=self._pin), assigned(), review_scheduled(now=self._tale.begins)),
            )
        for act in self._tale.by_people():
            await self._until(act.at)
            if isinstance(act.what, tuple):
                await self._put(self._tale.stream, act.what)
            else:
                await self._take(act.what, act.actor)
        await self._until(self._tale.until)
        return self.log.load(self._tale.stream).history

    async def _set_out(self) -> None:
        self._clock.ahead = self._tale.begins - await self._environment.get_current_time()

    def _turns_of_the_mail_server(self) -> list[tuple[datetime, Callable[[], None]]]:
        """It goes away; it comes back; a little later whatever waited for it has arrived, or the life ends there."""

        def go_away() -> None:
            self._letters_wait = True
            self._sink.go_away()

        def have_arrived() -> None:
            self._letters_wait = False

        return [
            turn
            for outage in self._tale.outages
            for turn in (
                (outage.begins, go_away),
                (outage.ends, self._sink.come_back),
                (outage.ends + LONGEST_PAUSE + AT_ONCE, have_arrived),
            )
        ]

    async def _until(self, moment: datetime) -> None:
        """Time passes, and the mail server goes and comes on the way."""
        while self._turns and self._turns[0][0] <= moment:
            at, turn = self._turns.popleft()
            await self._do_until(at)
            await asyncio.to_thread(turn)
        await self._do_until(moment)

    async def _do_until(self, moment: datetime) -> None:
        """What is due until then, or to the minute, is done, and every letter of it is in the post, if there is one."""
        await self._pass(moment)
        while (wake := await self._settled(moment)) is not None and wake < moment + AT_ONCE:
            moment = wake
            await self._pass(moment)

    async def _pass(self, moment: datetime) -> None:
        """Not by the environment's `sleep`, which gives up after half a minute.

        The server goes on with what was given up: it locks time once more at the end of it, on top of the next call's
        lock, and from then on skips nothing.
        """
        while (left := moment - await self._now()) > timedelta(0):
            request = SleepRequest()
            request.duration.FromTimedelta(left)
            skip = self._environment.client.test_service.unlock_time_skipping_with_sleep
            try:
                await skip(request, timeout=_SKIPPED_WITHIN)
            except RPCError as gone:
                raise TimeStandsStill(f"{left} were not skipped within {_SKIPPED_WITHIN}") from gone
        self._clock.follow(await self._environment.get_current_time())

    async def _now(self) -> datetime:
        return await self._environment.get_current_time() + self._clock.ahead

    async def _settled(self, moment: datetime) -> datetime | None:
        """The next moment after that, once all that is due is done. Letters that are tried again need time to pass."""
        if not self.log.load(self._tale.stream).history:
            return None
        async with asyncio.timeout(_PATIENCE):
            while True:
                agenda = await asyncio.to_thread(self._recorder.load, Start(stream=self._tale.stream))
                wake = agenda.wake.at if agenda.wake is not None else None
                on_the_way = agenda.deliveries and not self._letters_wait
                if not on_the_way and not agenda.relays and (wake is None or wake > moment):
                    return wake
                await asyncio.sleep(0.02)

    async def _take(self, command: Command, actor: UUID) -> None:
        if isinstance(command, OpenJourney):
            command = command.model_copy(update={"pin": self._pin})
        order = Order(stream=self._tale.stream, command_id=uuid4(), actor=actor, command=to_wire(command))
        answer = (await self._road.take(order)).answer
        assert answer.kind is AnswerKind.RECORDED, (command, answer)
        await self._until(await self._now())

    async def _put(self, stream: str, events: Sequence[Event]) -> None:
        """Events that are there from the start; the workflow hears of them as of any."""
        known = len(self.log.load(stream).history)
        ours = tuple(_pinned(event, self._pin) for event in events)
        await asyncio.to_thread(self.log.append, Decision(stream, known, uuid4(), MILA, ours))
        await tell(self._environment.client, stream, known + len(ours), task_queue=self._queue)


def _pinned(event: Event, pin: Pin) -> Event:
    return event.model_copy(update={"pin": pin}) if isinstance(event, JourneyOpened) else event
