"""The steps of a long work: each said when it begins, with its seconds when it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

Told = Callable[[int, int], None]
"""Told now and then how much is done, of how much; 0 where that is not known."""
Show = Callable[[str], AbstractContextManager[Told]]
"""Shows a step while it lasts."""


@contextmanager
def unseen(name: str) -> Iterator[Told]:
    """For callers that show nothing."""
    yield lambda done, total: None


@dataclass(slots=True)
class Steps:
    """What took how long, in seconds, in order."""

    show: Show = unseen
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[Told]:
        """One step."""
        began = time.monotonic()
        with self.show(name) as told:
            yield told
        self.seconds[name] = round(time.monotonic() - began, 3)
