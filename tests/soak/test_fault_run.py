"""The fault run itself, short: what `make soak` does for an hour keeps working between two soaks."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from itertools import islice

from tests.soak.faults import SEES, Done
from tests.soak.plan import Checkpoint, FaultKind, Part, plan
from tests.soak.run import Size, bench, not_reached
from tests.soak.wire import SIGHTS, Trap
from worker.settings import CHECKOUT

SHORT = "--minutes 0.4 --seed 7 --every 2 --journeys 30 --quiet 15 --clients 12 --controls quick --no-disk"


def test_half_a_minute_of_kills_breaks_no_promise_and_the_controls_are_seen() -> None:
    """Every answer, reminder, timer and row holds against the log; what is broken on purpose is found."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", *SHORT.split()],
        capture_output=True,
        text=True,
        timeout=600,
        cwd=CHECKOUT,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    assert "nothing lost, nothing doubled, nothing forgotten" in done.stdout


def test_the_seed_fixes_the_plan() -> None:
    """The same seed gives the same faults; every kind of the plan comes."""
    first, again, other = (list(islice(plan(seed, every=1.0), 1500)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    outside_the_plan = {FaultKind.TEMPORAL_LOST, FaultKind.DISK_FULL}
    assert {fault.kind for fault in first} == set(FaultKind) - outside_the_plan


def test_a_checkpoint_that_is_seen_no_more_is_told() -> None:
    """A library that packs its requests made two checkpoints invisible, and the report showed empty cells for weeks."""
    at = [Done(FaultKind.KILL_AT, Part.WORKER, 0.0, 1.0, checkpoint) for checkpoint in Checkpoint]
    assert not_reached(at * 100) == []
    unseen = [done for done in at if done.checkpoint is not Checkpoint.TASK_COMPLETING]
    assert not_reached(unseen * 100) == [Checkpoint.TASK_COMPLETING]
    assert not_reached(unseen) == []  # too few to tell


async def test_each_checkpoint_shows_on_the_wire() -> None:
    """Without a fault, a trap for every moment of SIGHTS springs: it is recognised by its bytes."""
    size = Size(seconds=0.0, journeys=6, quiet=2, clients=6, rate=60.0)
    unseen: list[Checkpoint] = []
    async with bench(size, 7, print) as running:
        working = asyncio.create_task(running.people.work(size.clients))
        for checkpoint in SIGHTS:
            seen = asyncio.Event()
            for service in (each for part in SEES[checkpoint] for each in running.system.of(part)):
                for wire in service.wires:
                    wire.trap = Trap(SIGHTS[checkpoint], seen.set)
            try:
                await asyncio.wait_for(seen.wait(), 20.0)
            except TimeoutError:
                unseen.append(checkpoint)
        running.people.stop()
        await working
    assert unseen == []
