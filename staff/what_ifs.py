"""What-ifs that run in this process: one at a time, a few kept, so that a page can show how far one is.

Another process that is asked the same question runs it as well: what it is about stands whole in the question.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Semaphore, Thread
from time import sleep

from analysis.what_if.running import WhatIf
from domain.errors import PutokazError, Unavailable

_KEPT = 8
_AT_WORK = 3
_BREATH = 0.002  # seconds after each journey: whoever waits for a page goes first

Watching = Callable[[int, int], None]


@dataclass(slots=True)
class Run:
    """One what-if. `found` once it has ended well, `failed` where it has not."""

    done: int = 0
    total: int = 0
    found: WhatIf | None = None
    failed: PutokazError | None = None

    @property
    def is_over(self) -> bool:
        return self.found is not None or self.failed is not None


@dataclass(slots=True)
class WhatIfs:
    """The runs by their question. Safe for many threads."""

    runs: OrderedDict[str, Run] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _turn: Semaphore = field(default_factory=lambda: Semaphore(1))

    def ask(self, question: str, work: Callable[[Watching], WhatIf]) -> Run:
        """The run of this question, begun where there is none. Raises `Unavailable` while too many are under way."""
        with self._lock:
            known = self.runs.get(question)
            if known is not None:
                self.runs.move_to_end(question)
                return known
            if sum(not run.is_over for run in self.runs.values()) >= _AT_WORK:
                raise Unavailable("several what-ifs are under way already")
            run = self.runs[question] = Run()
            while len(self.runs) > _KEPT:
                self.runs.popitem(last=False)
        Thread(target=self._work, args=(run, work), name="what-if", daemon=True).start()
        return run

    def _work(self, run: Run, work: Callable[[Watching], WhatIf]) -> None:
        def watch(done: int, total: int) -> None:
            run.done, run.total = done, total
            sleep(_BREATH)

        with self._turn:
            try:
                run.found = work(watch)
            except PutokazError as error:
                run.failed = error
            finally:
                if not run.is_over:
                    run.failed = Unavailable("the what-if broke off")
