"""Interleaved samples, medians, ratios.

The machine may be busy and its speed may drift: so the cases of one comparison take turns within each round, and only
their ratio is a claim. Absolute rates are shown beside it.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

Step = Callable[[], int]
"""Does a little work and says how many units it was."""


class Better(Enum):
    """Which way a figure is better."""

    HIGHER = "≥"
    LOWER = "≤"


class Claim(Enum):
    """What a target is for: the ratio to the bare part, or our own figure."""

    RATIO = "ratio"
    OURS = "ours"


@dataclass(frozen=True)
class Result:
    """One comparison: samples of ours and of the bare part, one a round, in `unit`; no `bare` where there is none."""

    part: str
    what: str
    bare_is: str
    unit: str
    ours: list[float]
    bare: list[float]
    target: float | None = None
    better: Better = Better.HIGHER
    claim: Claim = Claim.RATIO

    @property
    def ratio(self) -> float | None:
        """Ours as a share of the bare part: median by median. None without one."""
        return statistics.median(self.ours) / statistics.median(self.bare) if self.bare else None

    @property
    def spread(self) -> tuple[float, float] | None:
        """The lowest and the highest ratio of a single round."""
        if not self.bare:
            return None
        ratios = [ours / bare for ours, bare in zip(self.ours, self.bare, strict=True)]
        return min(ratios), max(ratios)

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        found = self.ratio if self.claim is Claim.RATIO else statistics.median(self.ours)
        if self.target is None or found is None:
            return None
        return found >= self.target if self.better is Better.HIGHER else found <= self.target


def interleave(cases: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Every case once a round, in turn; the samples of each by its name. One round before is not counted."""
    samples: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, run in cases.items():
            sample = run()
            if number:
                samples[name].append(sample)
    return samples


def rate(make_step: Callable[[], Step], threads: int, seconds: float) -> float:
    """Units per second of all threads together, each with a step of its own that has run once before."""
    steps = [make_step() for _ in range(threads)]
    for step in steps:
        step()
    counts = [0] * threads
    errors: list[BaseException] = []
    stop = threading.Event()

    def work(number: int) -> None:
        try:
            while not stop.is_set():
                counts[number] += steps[number]()
        except BaseException as error:
            errors.append(error)
            stop.set()
            raise

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    started = time.perf_counter()
    for worker in workers:
        worker.start()
    stop.wait(seconds)
    stop.set()
    for worker in workers:
        worker.join()
    if errors:
        raise errors[0]
    return sum(counts) / (time.perf_counter() - started)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
