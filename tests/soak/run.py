"""One run: clients work, faults come, both end, the system comes to rest, the oracle judges."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from tests.soak.clients import Clients, Memory
from tests.soak.commands import Caseload, Client
from tests.soak.faults import Done, Faults
from tests.soak.journal import Journal, Told
from tests.soak.oracle import judge, until_rest
from tests.soak.plan import KILLING, Checkpoint
from tests.soak.plan import Fault as PlannedFault
from tests.soak.processes import Ended
from tests.soak.system import System, running
from tests.soak.verdict import Fault, Verdict
from worker.development.progress import Progress
from worker.development.state import open_state

Say = Callable[[str], None]
_TELL = 15.0
"""Seconds between two lines of progress."""
_MANY = 500
"""Kills of a run in which each checkpoint has its share."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run is. `rate`: log seconds in a second, so that timers of days run out within minutes."""

    seconds: float
    journeys: int = 300
    quiet: int = 90
    clients: int = 64
    rate: float = 1440.0
    quiet_every: float = 150.0


@dataclass
class Ran:
    """What a run was, and what the oracle says of it."""

    size: Size
    seed: int
    began: datetime
    verdict: Verdict = field(default_factory=Verdict)
    faults: list[Done] = field(default_factory=list)
    unasked: list[Ended] = field(default_factory=list)
    minutes: float = 0.0


@dataclass
class Bench:
    """A running system with its clients."""

    system: System
    clients: list[Client]
    journal: Journal
    people: Clients
    say: Say


@asynccontextmanager
async def bench(
    size: Size, seed: int, say: Say, *, memory: Memory = Memory.KEEPS_KEY, before: Callable[[Path], None] | None = None
) -> AsyncIterator[Bench]:
    """The system with its journeys opened. `before` may prepare the state folder."""
    folder = Path(tempfile.mkdtemp(prefix="putokaz-soak-"))
    folder.chmod(0o711)  # as root, PostgreSQL's account must get through
    try:
        if before is not None:
            before(folder)
        with open_state(folder) as state:
            async with running(state, Progress()) as system:
                system.set_clock(size.rate)
                began, real = datetime.now(UTC), time.monotonic()

                def log_now() -> datetime:
                    return began + timedelta(seconds=(time.monotonic() - real) * size.rate)

                random = Random(seed)
                clients = [
                    Client(
                        UUID(int=random.getrandbits(128), version=4),
                        quiet=number < size.quiet,
                        next_at=random.uniform(0, size.quiet_every),
                    )
                    for number in range(size.journeys)
                ]
                journal = Journal(folder / "journal.jsonl")
                caseload = Caseload(random, clients, size.quiet_every)
                people = Clients(journal, caseload, system.web_ports, log_now, random=random, memory=memory)
                await people.open_all(16)
                say(f"{len(clients)} journeys opened")
                yield Bench(system, clients, journal, people, say)
                journal.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def under_faults(
    bench: Bench,
    plan: Iterable[PlannedFault],
    size: Size,
    *,
    also: Callable[[Faults], Coroutine[None, None, None]] | None = None,
) -> Faults:
    """Clients decide while faults come, for `size.seconds`; then the faults end, and every decision gets its answer."""
    faults = Faults(bench.system)
    work = asyncio.create_task(bench.people.work(size.clients))
    havoc = asyncio.create_task(faults.carry_out(plan))
    began = time.monotonic()
    extra = asyncio.create_task(also(faults)) if also is not None else None
    while time.monotonic() - began < size.seconds and not havoc.done() and not work.done():
        await asyncio.sleep(min(_TELL, size.seconds))
        _tell(bench, faults, time.monotonic() - began)
    faults.stop()
    bench.people.stop()
    await havoc
    if extra is not None:
        await extra
    await work
    return faults


async def judged(bench: Bench, faults: Faults, size: Size, seed: int, began: datetime) -> Ran:
    """Waits for rest, and has the oracle judge."""
    ran = Ran(size, seed, began, faults=faults.done)
    bench.system.set_clock(1.0)
    unrest = await until_rest(bench.system, bench.clients, bench.say)
    ran.verdict = await judge(bench.system, bench.journal, bench.clients, faults.done, bench.say)
    if unrest is not None:
        ran.verdict.add(Fault.NOT_QUIET, unrest)
    ran.unasked = [ended for service in bench.system.services for ended in service.unasked]
    ran.verdict.figures |= figures(bench.journal, faults)
    ran.minutes = (datetime.now(UTC) - began).total_seconds() / 60
    return ran


def not_reached(faults: Sequence[Done]) -> list[Checkpoint]:
    """Checkpoints at which nothing died though there was time for it: their sights show nothing any more."""
    kills = Counter(done.checkpoint for done in faults if done.kind in KILLING)
    return [each for each in Checkpoint if not kills[each]] if kills.total() >= _MANY else []


def figures(journal: Journal, faults: Faults) -> dict[str, int | float | str]:
    """What the clients saw, as figures."""
    told = [sent for sent in journal.sent if sent.told is not None]
    waits = sorted(sent.longest for sent in told) or [0.0]
    whole = sorted((sent.answered_at or sent.sent_at) - sent.sent_at for sent in told) or [0.0]
    return {
        "kills": faults.kills,
        "decisions acknowledged": len(told),
        "recorded": journal.count(Told.RECORDED),
        "refused": journal.count(Told.REFUSED),
        "true already": journal.count(Told.NOTHING),
        "of the recorded, around a workflow that did not answer": sum(sent.directly for sent in told),
        "requests": sum(sent.tries for sent in journal.sent),
        "told 'unavailable, send again'": sum(sent.unavailable for sent in journal.sent),
        "connections lost by the client": sum(sent.lost for sent in journal.sent),
        "wait for one answer, p50 s": round(statistics.median(waits), 3),
        "wait for one answer, p99 s": round(waits[int(len(waits) * 0.99)], 3),
        "wait for one answer, longest s": round(waits[-1], 3),
        "until the decision was answered, p99 s": round(whole[int(len(whole) * 0.99)], 3),
        "until the decision was answered, longest s": round(whole[-1], 3),
    }


def _tell(bench: Bench, faults: Faults, seconds: float) -> None:
    told = sum(sent.told is not None for sent in bench.journal.sent)
    bench.say(
        f"{seconds / 60:5.1f} min  {told:7d} answered ({told / seconds:4.0f}/s)  {faults.kills:5d} kills  "
        f"{len(faults.done) - faults.kills:4d} other faults  {len(bench.system.mailbox.letters):5d} letters  "
        f"{len(bench.journal.wrong)} wrong"
    )
