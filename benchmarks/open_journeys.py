"""Many open journeys with live timers: how soon all run again where Temporal lost its database, and what they weigh.

Ours: what the relay and the audit do for each, start and signal, then load, fold, agenda, search attributes, timer.
Bare: a workflow with one search attribute and one timer. Each has a worker process of its own on the same server.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from temporalio.client import Client
from temporalio.converter import DataConverter

from benchmarks.bare_timer import BareTimer
from benchmarks.caseload import Desk, copies
from benchmarks.holding import BARE_QUEUE
from benchmarks.measure import Better, Result
from benchmarks.stand import Stand
from eventlog.log import EventLog
from worker.codec import data_converter
from worker.development.child import Child
from worker.development.temporal import TemporalServer
from worker.keyring import create_keyring
from worker.relay import AT_ONCE, tell
from worker.settings import CHECKOUT
from workflows.messages import TASK_QUEUE

_SHOWN = 'WorkflowType = "{}" AND ExecutionStatus = "Running" AND NextWake > "2000-01-01T00:00:00Z"'
_LOOK = 0.1
_PATIENCE = 900.0
"""Seconds for the workflows of one round to run."""
BARE_IS = "bare workflow with one search attribute and one timer"

PART = "open-journeys"
CACHED = 1000
"""Workflows that a worker keeps in memory: the SDK's default, which we leave. Others are read again when they wake."""

Work = Callable[[], Awaitable[object]]


@dataclass
class Grown:
    """Kilobytes of memory that came, in a worker and in Temporal's server."""

    worker: int = 0
    server: int = 0


def run(stand: Stand, rounds: int, journeys: int) -> list[Result]:
    """Workflows a second that run again, and the memory of `journeys` journeys and of as many bare workflows."""
    keyring, dsn = stand.folder / "open-journeys.json", stand.database()
    ring = create_keyring(keyring)
    with stand.temporal() as server, EventLog(dsn, size=2) as log:
        ours = spawn(stand, "ours", server.address, "--log", dsn, "--keyring", str(keyring))
        bare = spawn(stand, "bare", server.address)
        try:
            return asyncio.run(_run(_Bench(stand, log, server, ours, bare, data_converter(ring)), rounds, journeys))
        finally:
            for child in (ours, bare):
                stand.children.stop(child)


def spawn(stand: Stand, kind: str, *arguments: str) -> Child:
    """A worker process of `benchmarks.holding`."""
    command = [sys.executable, "-m", "benchmarks.holding", kind, *arguments]
    return stand.children.spawn(kind, command, log=stand.folder / f"{kind}.log", cwd=CHECKOUT)


@dataclass
class _Bench:
    stand: Stand
    log: EventLog
    server: TemporalServer
    ours: Child
    bare: Child
    converter: DataConverter

    def load(self, journeys: int) -> list[str]:
        """So many new journeys in the log, of which Temporal knows nothing; their streams."""
        opened = Desk(self.stand, self.log).open()
        before = self.log.head()
        self.log.append_many(copies(self.log.load(opened.stream).history, journeys))
        return list(self.log.changed_streams(before, 100 * journeys).heads)

    def memory(self) -> tuple[int, int, int]:
        """Kilobytes of our worker, of the bare one, and of Temporal."""
        return resident(self.ours.pid), resident(self.bare.pid), resident(self.server.pid)


async def _run(bench: _Bench, rounds: int, journeys: int) -> list[Result]:
    client = await Client.connect(bench.server.address, data_converter=bench.converter)
    plain = await Client.connect(bench.server.address)
    share = -(-journeys // rounds)
    speed: dict[str, list[float]] = {"ours": [], "bare": []}
    grown = {"ours": Grown(), "bare": Grown()}
    running = {"journey": 0, "bare-timer": 0}

    async def sample(kind: str, name: str, work: list[Work]) -> float:
        before, began = bench.memory(), time.perf_counter()
        await together(work)
        running[name] += len(work)
        await _until_shown(client, name, running[name])
        took, after = time.perf_counter() - began, bench.memory()
        worker = 0 if kind == "ours" else 1
        grown[kind].worker += after[worker] - before[worker]
        grown[kind].server += after[2] - before[2]
        return len(work) / took

    for number in range(rounds + 1):
        count = share if number else 20  # the first workflows of a worker import everything
        streams = await asyncio.to_thread(bench.load, count)
        bare = await sample("bare", "bare-timer", [_bare(plain) for _ in range(count)])
        ours = await sample("ours", "journey", [told(client, stream) for stream in streams])
        if number:
            speed["ours"].append(ours)
            speed["bare"].append(bare)
        else:
            grown |= {"ours": Grown(), "bare": Grown()}
        print(f"  {running['journey']:,} journeys: {ours:.0f}/s, bare {bare:.0f}/s", flush=True)
    held = share * rounds
    kept = min(held, CACHED)
    whole = bench.memory()

    def memory(what: str, unit: str, ours: float, bare: float) -> Result:
        return Result(PART, what, BARE_IS, unit, [ours], [bare] if bare > 0 else [], better=Better.LOWER)

    return [
        Result(PART, f"started from the log, {AT_ONCE} at once", BARE_IS, "journeys/s", speed["ours"], speed["bare"]),
        memory(f"a worker's memory, {held:,} open, {kept:,} kept in it", "MB", whole[0] / 1024, whole[1] / 1024),
        memory(
            "a worker's memory, more for each kept in it",
            "kB",
            grown["ours"].worker / kept,
            grown["bare"].worker / kept,
        ),
        memory("Temporal's memory, more for each open", "kB", grown["ours"].server / held, grown["bare"].server / held),
    ]


def told(client: Client, stream: str) -> Work:
    """Starts the workflow of a stream as the relay does."""
    return lambda: tell(client, stream, 1, task_queue=TASK_QUEUE)


def _bare(client: Client) -> Work:
    return lambda: client.start_workflow(BareTimer.run, id=f"bare-{uuid4()}", task_queue=BARE_QUEUE)


async def together(work: list[Work], at_once: int = AT_ONCE) -> None:
    """All of it, so much at the same time."""
    waiting = iter(work)

    async def one() -> None:
        for each in waiting:
            await each()

    await asyncio.gather(*(one() for _ in range(at_once)))


async def _until_shown(client: Client, name: str, count: int) -> None:
    """Until so many workflows of this type show when they wake: their timers run."""
    async with asyncio.timeout(_PATIENCE):
        while (await client.count_workflows(_SHOWN.format(name))).count < count:
            await asyncio.sleep(_LOOK)


def resident(pid: int) -> int:
    """Kilobytes of memory that a process holds now."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))
