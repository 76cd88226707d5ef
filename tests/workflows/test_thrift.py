"""What a decision costs Temporal: no timer and no write to the visibility store that nobody needs, and none too few."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio import workflow
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHandle, WorkflowHistory
from temporalio.common import SearchAttributeKey
from temporalio.worker import Replayer

from domain.codes import Role
from domain.journey import wakes
from domain.journey.advancing import ScheduleStep
from domain.journey.assignment import Assign
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.stream.firing import RungsFired
from tests.fix_engine import MILA, Bench
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import KeyRing, create_keyring
from worker.road import Road
from worker.sandbox import ContextFreeSandboxRunner
from workflows import loop
from workflows.journey import JourneyWorkflow
from workflows.messages import HEAD_MOVED, LOOK_AGAIN

STREAM_VERSION = SearchAttributeKey.for_int("StreamVersion")
NEXT_WAKE = SearchAttributeKey.for_datetime("NextWake")
TIMERS = (EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_TIMER_CANCELED)
SHOWN = EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return create_keyring(tmp_path / "keyring.json")


@pytest.fixture
async def client(temporal_server: TemporalServer, ring: KeyRing) -> Client:
    """A client of the running server."""
    return await Client.connect(temporal_server.address, data_converter=data_converter(ring))


class Life:
    """One journey with its workflow, opened."""

    def __init__(self, bench: Bench, client: Client, queue: str) -> None:
        self.bench, self.journey = bench, uuid4()
        self.road = Road(client, bench.recorder, task_queue=queue)
        self.handle: WorkflowHandle[object, object] = client.get_workflow_handle(journey_stream(self.journey))

    async def open(self) -> Life:
        await self.road.take(self.bench.order(self.journey, OpenJourney(pin=self.bench.pin, caseworker=MILA)))
        return self

    async def assign(self) -> int:
        """A decision that leaves the next wake where it is; the stream's version after it."""
        order = self.bench.order(self.journey, Assign(role=Role.LAWYER, staff=uuid4()))
        return (await self.road.take(order)).answer.version

    async def move(self, days: int) -> int:
        """A decision that moves the next wake."""
        on = (self.bench.log.now() + timedelta(days=days)).date()
        return (
            await self.road.take(self.bench.order(self.journey, ScheduleStep(step="contact", on=on)))
        ).answer.version

    async def events(self) -> Counter[int]:
        """How many of each kind the history holds."""
        return Counter(event.event_type for event in (await self.handle.fetch_history()).events)

    async def shown(self) -> tuple[int | None, datetime | None]:
        """What audits see without asking the workflow."""
        attributes = (await self.handle.describe()).typed_search_attributes
        return attributes.get(STREAM_VERSION), attributes.get(NEXT_WAKE)

    def wake(self) -> datetime:
        """The true next wake, by the log."""
        state = self.bench.recorder.journey(journey_stream(self.journey))
        assert state is not None
        return wakes(state)[0].at

    def fired(self) -> int:
        history = self.bench.log.load(journey_stream(self.journey)).history
        return sum(isinstance(r.event, RungsFired) for r in history)


async def test_a_decision_that_leaves_the_next_wake_starts_no_timer_and_shows_nothing(
    bench: Bench, client: Client
) -> None:
    """Ten decisions add no timer and show nothing; the relay's word brings the version, once."""
    queue = f"q-{uuid4()}"
    async with engine(client, bench.recorder, None, task_queue=queue):
        life = await Life(bench, client, queue).open()
        await life.assign()
        before = await life.events()
        for _ in range(10):
            version = await life.assign()
        after = await life.events()
        assert [after[kind] - before[kind] for kind in (*TIMERS, SHOWN)] == [0, 0, 0]
        await life.handle.signal(HEAD_MOVED, version)
        async with asyncio.timeout(10):
            while await life.shown() != (version, life.wake()):
                await asyncio.sleep(0.05)
        await life.handle.signal(HEAD_MOVED, version)  # told again: nothing is shown again
        await life.assign()
        assert (await life.events())[SHOWN] == after[SHOWN] + 1
        assert is_thrifty(await life.handle.fetch_history())


async def test_a_moved_wake_is_shown_with_its_decision_and_only_an_earlier_one_needs_a_timer(
    bench: Bench, client: Client
) -> None:
    """Later: the timer stays, since ringing early harms nobody. Earlier: a new one. `NextWake` is right at once."""
    queue = f"q-{uuid4()}"
    async with engine(client, bench.recorder, None, task_queue=queue):
        tomorrow = bench.log.now() + timedelta(days=1)
        bench.log.set_clock(tomorrow.replace(hour=4, minute=0))  # then today's hour is still to come, within the day
        life = await Life(bench, client, queue).open()
        settled, first = await life.events(), life.wake()
        version = await life.move(40)
        assert await life.shown() == (version, life.wake())
        later = await life.events()
        assert [later[kind] - settled[kind] for kind in TIMERS] == [0, 0]
        version = await life.move(0)
        assert life.wake() < first
        assert await life.shown() == (version, life.wake())
        earlier = await life.events()
        assert [earlier[kind] - later[kind] for kind in TIMERS] == [1, 1]


async def test_a_kept_timer_that_rings_early_waits_on_for_the_moved_wake(bench: Bench, client: Client) -> None:
    """The wake moves away under the timer: nothing fires with it, the wake fires at its own time."""
    queue = f"q-{uuid4()}"
    async with engine(client, bench.recorder, None, task_queue=queue):
        life = await Life(bench, client, queue).open()
        bench.log.set_clock(life.wake() - timedelta(seconds=3))
        await life.handle.signal(LOOK_AGAIN)
        await asyncio.sleep(0.5)
        await life.move(30)
        started = (await life.events())[EventType.EVENT_TYPE_TIMER_STARTED]
        async with asyncio.timeout(20):
            while (await life.events())[EventType.EVENT_TYPE_TIMER_FIRED] == 0:
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)
        assert life.fired() == 0
        assert (await life.events())[EventType.EVENT_TYPE_TIMER_STARTED] == started + 1
        bench.log.set_clock(life.wake() - timedelta(seconds=1))
        await life.handle.signal(LOOK_AGAIN)
        async with asyncio.timeout(20):
            while life.fired() == 0:
                await asyncio.sleep(0.1)


def is_thrifty(history: WorkflowHistory) -> bool:
    """Whether the run began under the patch."""
    return any(loop.THRIFTY.encode() in event.SerializeToString() for event in history.events)


@contextmanager
def before_the_patch(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workflow code as it was: it asks for no patch."""
    with monkeypatch.context() as patched:
        patched.setattr(workflow, "patched", lambda name: False)
        yield


async def test_a_run_that_began_before_goes_on_as_it_began(
    bench: Bench, client: Client, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its history replays, and under the new code it still shows each version at once and wakes in time."""
    queue = f"q-{uuid4()}"
    with before_the_patch(monkeypatch):
        async with engine(client, bench.recorder, None, task_queue=queue):
            life = await Life(bench, client, queue).open()
            for _ in range(3):
                await life.assign()
            await life.move(20)
    async with engine(client, bench.recorder, None, task_queue=queue):
        version = await life.assign()
        assert await life.shown() == (version, life.wake())
        await life.handle.signal(HEAD_MOVED, version)
        await life.assign()
        history = await life.handle.fetch_history()
    assert not is_thrifty(history)
    replayer = Replayer(
        workflows=[JourneyWorkflow],
        data_converter=data_converter(ring),
        workflow_runner=ContextFreeSandboxRunner(),
    )
    assert (await replayer.replay_workflow(history)).replay_failure is None
