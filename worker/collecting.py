"""How often a process looks for garbage in cycles."""

from __future__ import annotations

import gc

_ALLOCATIONS = 20_000


def collect_rarely() -> None:
    """Makes the collector of cycles look every 20,000 new objects instead of every 700. For a process's beginning.

    A history of 500 events is 10,000 objects, none of them in a cycle: looking through them 14 times while they come to
    be took a fifth of the time of reading them. What cycles there are wait a little longer, some MB at most.
    """
    gc.set_threshold(_ALLOCATIONS)
