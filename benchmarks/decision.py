"""A decision through the journey's workflow against a bare Update with a no-op local activity on the same server.

Ours: encrypted payloads, load, fold, decide, append with outcome, agenda, search attributes. Bare: none of that.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import TypeVar
from uuid import UUID, uuid4

from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Worker

from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from benchmarks.bare_workflow import BareWorkflow, nothing
from benchmarks.caseload import apart, scheduling
from benchmarks.measure import Better, Result
from benchmarks.stand import MILA, Stand
from domain.command import to_wire
from domain.journey.advancing import ScheduleStep
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from eventlog.log import EventLog
from worker.codec import data_converter
from worker.engine import THREADS, engine
from worker.keyring import create_keyring
from worker.road import Road, Way
from workflows.messages import AnswerKind, Order

JOURNEYS = 100
SERIAL = 30
EACH = 2
AT_ONCE = 10
"""Decisions under way at the same time. With more of them two cores only queue, and some exceed a person's patience."""

T = TypeVar("T")
Decide = Callable[[], Awaitable[None]]


def run(stand: Stand, rounds: int) -> list[Result]:
    """Serial p50 in milliseconds, and decisions per second over 100 journeys."""
    with stand.temporal() as server, EventLog(stand.database(), size=12) as log:
        return asyncio.run(_run(stand, server.address, log, rounds))


async def _run(stand: Stand, address: str, log: EventLog, rounds: int) -> list[Result]:
    recorder = Recorder(log, stand.pathways, "bench", rights=NO_RIGHTS_ASKED)
    ring = create_keyring(stand.folder / "keyring.json")
    ours_client = await Client.connect(address, data_converter=data_converter(ring))
    bare_client = await Client.connect(address)
    with ThreadPoolExecutor(THREADS) as threads:
        bare_worker = Worker(
            bare_client,
            task_queue="bare",
            workflows=[BareWorkflow],
            activities=[nothing],
            activity_executor=threads,
            max_concurrent_activities=THREADS,
            max_concurrent_local_activities=THREADS,
        )
        async with engine(ours_client, recorder, None, task_queue="ours"), bare_worker:
            journeys = _Ours(stand, Road(ours_client, recorder, task_queue="ours"), recorder)
            for _ in range(3):  # the first workflow of a worker imports everything
                await journeys.journey()
                await _bare(bare_client)
            ours = await _together([journeys.journey for _ in range(JOURNEYS)])
            moving = await journeys.journey(moving=True)
            bare = await _together([lambda: _bare(bare_client) for _ in range(JOURNEYS)])
            return await _measure(journeys, ours, moving, bare, rounds)


async def _measure(
    journeys: _Ours, ours: list[Decide], moving: Decide, bare: list[Decide], rounds: int
) -> list[Result]:
    serial: dict[str, list[float]] = {"ours": [], "bare": [], "moving": []}
    together: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(rounds + 1):
        for name, deciders in (("bare", bare), ("ours", ours)):
            p50 = await _serial(deciders[number % len(deciders)])
            per_second = await _throughput(deciders)
            if number:
                serial[name].append(p50)
                together[name].append(per_second)
        moved = await _serial(moving)
        if number:
            serial["moving"].append(moved)
    bare_is = "bare Update with a no-op local activity"
    return [
        Result("decision", "one after another, p50", bare_is, "ms", serial["ours"], serial["bare"], 1.3, Better.LOWER),
        Result(
            "decision",
            "one after another, each moving the next wake, p50",
            bare_is,
            "ms",
            serial["moving"],
            serial["bare"],
            better=Better.LOWER,
        ),
        Result(
            "decision",
            f"over {JOURNEYS} journeys, {AT_ONCE} at once ({journeys.around} went around the workflow)",
            bare_is,
            "decisions/s",
            together["ours"],
            together["bare"],
            0.8,
        ),
    ]


async def _serial(decide: Decide) -> float:
    took = []
    for _ in range(SERIAL):
        started = time.perf_counter()
        await decide()
        took.append(time.perf_counter() - started)
    return statistics.median(took) * 1000


async def _throughput(deciders: list[Decide]) -> float:
    started = time.perf_counter()
    await _together(deciders * EACH)
    return len(deciders) * EACH / (time.perf_counter() - started)


async def _together(work: list[Callable[[], Awaitable[T]]]) -> list[T]:
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(each: Callable[[], Awaitable[T]]) -> T:
        async with limit:
            return await each()

    return await asyncio.gather(*(one(each) for each in work))


@dataclass
class _Ours:
    """Journeys with their workflows. `around` counts decisions that took too long and were recorded directly."""

    stand: Stand
    road: Road
    recorder: Recorder
    around: int = 0

    async def journey(self, *, moving: bool = False) -> Decide:
        """Opens a journey through its workflow; returns what decides on it once more.

        Each decision moves the date of a step; `moving`: of that step which the workflow waits for.
        """
        journey = uuid4()
        await self._take(journey, OpenJourney(pin=self.stand.pin, caseworker=MILA))
        state = await asyncio.to_thread(self.recorder.journey, journey_stream(journey))
        assert state is not None
        for away in apart(state) if moving else ():
            await self._take(journey, away)
        command, numbers = scheduling(state), count()

        async def decide() -> None:
            if await self._take(journey, command(next(numbers))) is Way.DIRECT:
                self.around += 1

        return decide

    async def _take(self, journey: UUID, command: OpenJourney | ScheduleStep) -> Way:
        order = Order(stream=journey_stream(journey), command_id=uuid4(), actor=MILA, command=to_wire(command))
        arrived = await self.road.take(order)
        assert arrived.answer.kind is AnswerKind.RECORDED, arrived.answer
        return arrived.way


async def _bare(client: Client) -> Decide:
    handle: WorkflowHandle[BareWorkflow, None] = await client.start_workflow(
        BareWorkflow.run, id=f"bare-{uuid4()}", task_queue="bare"
    )

    async def decide() -> None:
        assert await handle.execute_update(BareWorkflow.decide) == 1

    await decide()
    return decide
