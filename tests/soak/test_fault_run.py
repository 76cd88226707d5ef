"""The fault run itself, short: what `make soak` does for an hour keeps working between two soaks."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice

from tests.soak.plan import FaultKind, plan
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
