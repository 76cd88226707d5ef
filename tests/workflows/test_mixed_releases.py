"""Workers of two releases beside each other, and releases whose workers are gone: no journey notices."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

import worker.releasing
from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.codes import Role
from domain.journey.assignment import Assign, Assigned
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.stream.firing import RungsFired
from tests.fix_engine import MILA, Bench
from tests.workflows.next_release import NextJourneyWorkflow
from worker.codec import data_converter
from worker.development.processes import Children
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.relay import tell
from worker.releasing import UNVERSIONED, ReleaseNotReady, Releases, build_id
from worker.road import Road, Way
from workflows.journey import JourneyWorkflow
from workflows.messages import LOOK_AGAIN, AnswerKind, Order, Start
from workflows.messages import Recorded as RecordedMessage


class NamedRecorder(Recorder):
    """Counts the decisions that this release's activities took, by journey."""

    def __init__(self, bench: Bench, release: str) -> None:
        super().__init__(bench.log, PathwayStore(bench.pathways), release, rights=NO_RIGHTS_ASKED)
        self.decided = Counter[str]()

    def record(self, order: Order) -> RecordedMessage:
        self.decided[order.stream] += 1
        return super().record(order)


class House:
    """A log, a queue, and workers of releases on it."""

    def __init__(self, bench: Bench, client: Client) -> None:
        self.bench = bench
        self.client = client
        self.queue = f"q-{uuid4()}"
        self.releases = Releases(client, deployment=f"d-{uuid4()}", task_queue=self.queue)
        self.direct = NamedRecorder(bench, "web")
        self.road = Road(client, self.direct, task_queue=self.queue)
        self.given = Counter[UUID]()

    @asynccontextmanager
    async def worker(
        self, build: str, *, journey: type = JourneyWorkflow, alone: bool | None = None
    ) -> AsyncIterator[NamedRecorder]:
        """A worker; it looks after releases itself where `alone` says how."""
        recorder, stop = NamedRecorder(self.bench, build), asyncio.Event()
        version = self.releases.version(build) if build else None
        # A connection of its own, as each process has: on one, letters would be asked for twice.
        client = await Client.connect(
            self.client.service_client.config.target_host, data_converter=self.client.data_converter
        )
        running = engine(client, recorder, None, task_queue=self.queue, version=version, journey=journey)
        async with running:
            care = None
            if alone is not None:
                care = asyncio.create_task(self.releases.care(build, stop, alone=alone))
            yield recorder
            stop.set()
            if care is not None:
                await care

    async def make_current(self, build: str) -> None:
        """As soon as its worker asks for work."""
        async with asyncio.timeout(60):
            while True:
                try:
                    return await self.releases.make_current(build)
                except ReleaseNotReady:
                    await asyncio.sleep(0.5)

    async def is_current(self, build: str) -> None:
        """Waits until new runs begin with it."""
        async with asyncio.timeout(60):
            while await self.releases.current() != build:
                await asyncio.sleep(0.5)  # Temporal bounds how often one asks

    async def opened(self) -> UUID:
        """A journey, opened through its workflow."""
        journey = uuid4()
        arrived = await self.road.take(self.bench.order(journey, OpenJourney(pin=self.bench.pin, caseworker=MILA)))
        assert arrived.way is Way.WORKFLOW
        return journey

    async def decide(self, journey: UUID) -> Way:
        """One more decision."""
        arrived = await self.road.take(self.bench.order(journey, Assign(role=Role.LAWYER, staff=uuid4())))
        assert arrived.answer.kind is AnswerKind.RECORDED
        self.given[journey] += 1
        return arrived.way

    async def run_of(self, journey: UUID) -> str:
        """The run that is open."""
        description = await self.client.get_workflow_handle(journey_stream(journey)).describe()
        assert description.run_id
        return description.run_id

    async def handed_over(self, journey: UUID, run: str) -> None:
        """Waits until another run has the journey."""
        async with asyncio.timeout(60):
            while await self.run_of(journey) == run:
                await asyncio.sleep(0.05)

    async def open_runs(self, build: str, count: int) -> None:
        """Waits until so many runs are pinned to a release: Temporal's list comes a moment after."""
        async with asyncio.timeout(60):
            while {s.build: s.open_runs for s in await self.releases.standings()}.get(build, 0) != count:
                await asyncio.sleep(0.5)

    async def rung_fires(self, journey: UUID) -> None:
        """The next timer of the journey runs out, and its rung is recorded once."""
        before = self.fired(journey)
        wake = self.bench.recorder.load(Start(stream=journey_stream(journey))).wake
        assert wake is not None
        self.bench.log.set_clock(max(wake.at, self.bench.log.now()))
        await self.client.get_workflow_handle(journey_stream(journey)).signal(LOOK_AGAIN)
        async with asyncio.timeout(60):
            while len(self.fired(journey)) == len(before):
                await asyncio.sleep(0.05)
        assert len(self.fired(journey)) == len(set(self.fired(journey)))

    def fired(self, journey: UUID) -> list[tuple[str, int, str]]:
        """Every rung that was fired."""
        events = [r.event for r in self.bench.log.load(journey_stream(journey)).history]
        return [(e.obligation, e.date_version, rung) for e in events if isinstance(e, RungsFired) for rung in e.rungs]

    def nothing_lost_or_doubled(self) -> None:
        """Every decision that was answered is in the log once."""
        for journey, count in self.given.items():
            history = self.bench.log.load(journey_stream(journey)).history
            assigned = [r.event for r in history if isinstance(r.event, Assigned)]
            lawyers = [event.staff for event in assigned if event.role is Role.LAWYER]
            assert len(lawyers) == len(set(lawyers)) == count


@pytest.fixture
async def house(bench: Bench, temporal_server: TemporalServer, tmp_path: Path) -> House:
    """On the running server, with a deployment of its own."""
    ring = create_keyring(tmp_path / "k")
    return House(bench, await Client.connect(temporal_server.address, data_converter=data_converter(ring)))


async def test_a_run_stays_with_its_release_and_goes_over_when_it_hands_over(house: House) -> None:
    """Two workers on one queue, the newer with other workflow code: each journey changes over once, in order."""
    async with house.worker("old") as old:
        await house.make_current("old")
        first, second = await house.opened(), await house.opened()
        async with house.worker("new", journey=NextJourneyWorkflow) as new:
            assert await house.decide(first) is Way.WORKFLOW
            assert not new.decided, "a release that is not current gets nothing"
            await house.make_current("new")
            third = await house.opened()
            run, idle = await house.run_of(first), await house.run_of(second)
            assert await house.decide(first) is Way.WORKFLOW
            await house.handed_over(first, run)
            assert await house.run_of(second) == idle, "nothing woke it"
            assert await house.decide(first) is Way.WORKFLOW
            assert (old.decided[journey_stream(first)], new.decided[journey_stream(first)]) == (3, 1)
            assert (old.decided[journey_stream(third)], new.decided[journey_stream(third)]) == (0, 1)
            await house.open_runs("old", 1)
            assert await house.releases.move() == (1, 0)
            await house.handed_over(second, idle)
            await house.open_runs("old", 0)
            assert next(s for s in await house.releases.standings() if s.build == "old").idle
            for journey in (first, second, third):
                await asyncio.gather(*(house.decide(journey) for _ in range(3)))
    async with house.worker("new", journey=NextJourneyWorkflow):
        for journey in (first, second, third):
            await house.rung_fires(journey)
    assert not house.direct.decided
    house.nothing_lost_or_doubled()


async def test_the_way_back_to_the_older_release(house: House) -> None:
    """The newer one was a mistake: the older one is made current again, and its journeys go back."""
    async with house.worker("old"), house.worker("new", journey=NextJourneyWorkflow):
        await house.make_current("new")
        journey = await house.opened()
        await house.make_current("old")
        run = await house.run_of(journey)
        await house.decide(journey)
        await house.handed_over(journey, run)
        await house.rung_fires(journey)
    house.nothing_lost_or_doubled()


async def test_nothing_is_given_to_a_release_without_workers(house: House) -> None:
    """A slip of the operator's would leave new journeys without anybody."""
    async with house.worker("old"):
        await house.make_current("old")
        with pytest.raises(ReleaseNotReady, match="start one"):
            await house.releases.make_current("new")
        assert await house.releases.current() == "old"


async def test_workers_stopped_too_early_leave_no_journey_without_timers(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The road records directly, the newer release takes over by itself, and stranded runs are restarted."""
    async with house.worker("old", alone=False):
        await house.is_current("old")
        journey = await house.opened()
    run = await house.run_of(journey)
    monkeypatch.setattr(worker.releasing, "_LOOK", 0.5)
    monkeypatch.setattr(worker.releasing, "BELIEVED_GONE_AFTER", 1.0)
    monkeypatch.setattr(house.releases, "_with_workers", _only("new"))  # 90 s later, as Temporal then says
    async with house.worker("new", journey=NextJourneyWorkflow, alone=False):
        await house.is_current("new")
        assert await house.decide(journey) is Way.DIRECT
        assert await house.opened()
        await house.open_runs("old", 1)
        assert next(s for s in await house.releases.standings() if s.build == "old").stranded
        assert await house.releases.move() == (0, 1)
        assert await house.run_of(journey) != run
        assert await house.decide(journey) is Way.WORKFLOW
        await house.rung_fires(journey)
    house.nothing_lost_or_doubled()


async def test_a_release_that_waits_does_not_take_over_because_temporal_was_started_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Just then Temporal knows of no worker that has not asked for work again: the one that waits may be the first."""
    monkeypatch.setattr(worker.releasing, "_LOOK", 0.2)
    monkeypatch.setattr(worker.releasing, "BELIEVED_GONE_AFTER", 4.0)
    async with house.worker("old", alone=False):
        await house.is_current("old")
        true = house.releases._with_workers
        monkeypatch.setattr(house.releases, "_with_workers", _only("new"))
        async with house.worker("new", journey=NextJourneyWorkflow, alone=False):
            await asyncio.sleep(2.0)
            monkeypatch.setattr(house.releases, "_with_workers", true)
            await asyncio.sleep(3.0)
            assert await house.releases.current() == "old"


async def test_what_began_before_any_release_was_current_is_not_left_behind(house: House) -> None:
    """As after the loss of Temporal's database: relay and audit start workflows before the release is current again."""
    journey = house.bench.opened()
    async with house.worker("new"):
        await tell(house.client, journey_stream(journey), 1, task_queue=house.queue)
        await asyncio.sleep(1.0)
        await house.make_current("new")
        await house.rung_fires(journey)
        assert await house.decide(journey) is Way.WORKFLOW
        await house.open_runs("new", 1)
    house.nothing_lost_or_doubled()


def _only(build: str) -> object:
    async def with_workers() -> set[str]:
        return {build}

    return with_workers


async def test_a_new_checkout_over_an_old_state_goes_on_by_itself(
    bench: Bench, session_children: Children, tmp_path: Path
) -> None:
    """As `make demo` does it, over a Temporal database with runs of an older release and of none."""
    server = TemporalServer(tmp_path / "t", session_children, database=tmp_path / "temporal.db", headless=True)
    server.start()
    ring = create_keyring(tmp_path / "k")
    house = House(bench, await Client.connect(server.address, data_converter=data_converter(ring)))
    async with house.worker(UNVERSIONED):
        before = await house.opened()
    async with house.worker("old", alone=True):
        await house.is_current("old")
        pinned = await house.opened()
        await house.open_runs("old", 1)
    server.restart()
    async with house.worker("new", alone=True):
        await house.is_current("new")
        await house.open_runs("old", 0)
        for journey in (before, pinned):
            await house.rung_fires(journey)
            assert await house.decide(journey) is Way.WORKFLOW
        assert not (await house.releases.standings())[0].stranded
    house.nothing_lost_or_doubled()
    server.stop()


def test_a_release_is_named_by_what_its_workflows_are() -> None:
    """So that two checkouts of one version number never pass for each other."""
    assert build_id("0.1.0").startswith("0.1.0-")
    assert build_id("0.1.0") == build_id("0.1.0") != build_id("0.2.0")
