"""Where histories are recorded: real servers, a worker, and parts that can be told to fail for a while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from temporalio.client import Client, WorkflowHistory

from activities.delivering import Deliverer
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.command import Command, to_wire
from domain.errors import Unavailable
from domain.event import Event, Recorded
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.message import message_stream
from domain.stream.firing import RungsFired
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, MailSink, Member
from worker.demo.supervision import CaseloadsOfTheLog
from worker.engine import engine
from worker.relay import LogRelay
from worker.road import Arrived, Road
from workflows.messages import LOOK_AGAIN, Agenda, Firing, Order, Start
from workflows.messages import Recorded as RecordedMessage

LAWYER = UUID("00000000-0000-4000-8000-00000000a003")
STAFF = Everyone(
    [
        Member(MILA, "mila@example.org", frozenset({"caseworker"})),
        Member(UUID("00000000-0000-4000-8000-00000000a002"), "sanja@example.org", frozenset({"supervisor"})),
        Member(LAWYER, "vera@example.org", frozenset({"lawyer", "on-call"})),
    ]
)


class TroubledRecorder(Recorder):
    """`outages`: how many of the next calls find no database. `slow`: seconds that each decision takes."""

    outages = 0
    slow = 0.0

    def load(self, start: Start) -> Agenda:
        self._suffer()
        return super().load(start)

    def record(self, order: Order) -> RecordedMessage:
        self._suffer()
        time.sleep(self.slow)
        return super().record(order)

    def fire(self, firing: Firing) -> RecordedMessage:
        self._suffer()
        return super().fire(firing)

    def _suffer(self) -> None:
        if self.outages:
            self.outages -= 1
            raise Unavailable("the database is away")


class Nowhere:
    """A relay's position that nobody keeps."""

    def read(self) -> int:
        return 0

    def write(self, position: int) -> None:
        pass


@dataclass
class Stage:
    """One worker and the journeys of one scenario."""

    bench: Bench
    client: Client
    recorder: TroubledRecorder
    road: Road
    relay: LogRelay
    mail: MailSink
    journeys: list[UUID] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Streams of other kinds whose histories will be kept."""

    def journey(self) -> UUID:
        """The id of a journey to come, whose histories will be kept."""
        self.journeys.append(uuid4())
        return self.journeys[-1]

    async def opened(self) -> UUID:
        """A journey with Mila as its caseworker."""
        journey = self.journey()
        await self.take(journey, OpenJourney(pin=self.bench.pin, caseworker=MILA))
        return journey

    async def take(self, journey: UUID, command: Command) -> Arrived:
        """A person decides."""
        return await self.road.take(self.bench.order(journey, command))

    def history(self, journey: UUID) -> tuple[Recorded[Event], ...]:
        """What the log holds of a journey."""
        return self.bench.log.load(journey_stream(journey)).history

    def fired(self, journey: UUID) -> list[RungsFired]:
        """The rungs that were reached, in their order."""
        return [r.event for r in self.history(journey) if isinstance(r.event, RungsFired)]

    async def next_rung(self, journey: UUID, *, late: timedelta = timedelta(0)) -> RungsFired:
        """Time passes until the next rung, and it fires from a timer of Temporal's."""
        before, wake = len(self.fired(journey)), self.bench.recorder.load(Start(stream=journey_stream(journey))).wake
        assert wake is not None
        self.bench.log.set_clock(wake.at + late - timedelta(seconds=0.3))
        await self.look_again(journey)
        await until(lambda: len(self.fired(journey)) > before)
        return self.fired(journey)[-1]

    async def look_again(self, journey: UUID) -> None:
        """Tells the journey's workflow that the clock was set."""
        await self.client.get_workflow_handle(journey_stream(journey)).signal(LOOK_AGAIN)

    async def delivered(self, fired: RungsFired) -> None:
        """Waits until every letter of a rung has its receipt."""
        streams = [message_stream(addressee.message) for addressee in fired.addressees]
        await until(lambda: len(self.bench.log.stream_heads(streams)) == len(streams))

    async def tell(self, stream: str, command: Command) -> Arrived:
        """A person decides on a stream of another kind, whose histories will be kept."""
        if stream not in self.others:
            self.others.append(stream)
        order = Order(stream=stream, command_id=uuid4(), actor=MILA, command=to_wire(command))
        return await self.road.take(order)

    async def rung_of(self, stream: str) -> RungsFired:
        """Time passes until the next rung of a stream of another kind, and it fires from a timer of Temporal's."""
        wake, before = self.recorder.load(Start(stream=stream)).wake, len(self.bench.log.load(stream).history)
        assert wake is not None
        self.bench.log.set_clock(wake.at - timedelta(seconds=0.3))
        await self.client.get_workflow_handle(stream).signal(LOOK_AGAIN)

        def fired() -> list[RungsFired]:
            new = self.bench.log.load(stream).history[before:]
            return [r.event for r in new if isinstance(r.event, RungsFired)]

        await until(lambda: bool(fired()))
        return fired()[-1]

    def pending(self, stream: str) -> bool:
        """Whether it still has something to tell another one."""
        state = self.recorder.state(stream)
        return state is not None and bool(state.pending)

    async def settled(self, journey: UUID) -> None:
        """Waits until the workflow knows the head of its journey."""
        handle = self.client.get_workflow_handle(journey_stream(journey))
        async with asyncio.timeout(20):
            while True:
                agenda = await handle.query("agenda", result_type=Agenda)
                if agenda is not None and agenda.version == self.history(journey)[-1].version:
                    return
                await asyncio.sleep(0.05)

    async def runs(self) -> list[WorkflowHistory]:
        """The histories of every run of the scenario's journeys, in the order in which they began."""
        await asyncio.sleep(1.0)  # Temporal's list of workflows comes a moment after the workflows
        found: list[WorkflowHistory] = []
        for stream in (*map(journey_stream, self.journeys), *self.others):
            runs = [run async for run in self.client.list_workflows(f"WorkflowId = '{stream}'")]
            handles = [
                self.client.get_workflow_handle(stream, run_id=run.run_id)
                for run in sorted(runs, key=lambda run: run.start_time)
            ]
            found += [await handle.fetch_history() for handle in handles]
        return found


@asynccontextmanager
async def on_stage(bench: Bench, client: Client, mail: MailSink) -> AsyncIterator[Stage]:
    """A worker with a queue of its own, for one scenario."""
    recorder = TroubledRecorder(
        bench.log, bench.recorder._pathways, "recording", rights=NO_RIGHTS_ASKED, caseloads=CaseloadsOfTheLog(bench.log)
    )
    deliverer = Deliverer(bench.log, STAFF, mail.postbox, lambda code: f"https://putokaz.example.org/j/{code}")
    queue = f"histories-{uuid4()}"
    road = Road(client, recorder, task_queue=queue)
    relay = LogRelay(client, bench.log, Nowhere(), task_queue=queue)
    async with engine(client, recorder, deliverer, task_queue=queue):
        yield Stage(bench, client, recorder, road, relay, mail)


async def until(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    """Waits until something holds. Raises `TimeoutError`."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)
