"""How long to wait after a message was not taken."""

from __future__ import annotations

from datetime import timedelta

_PAUSES = (5, 30, 120, 600, 1800, 3600, 2 * 3600, 4 * 3600, 6 * 3600)
"""Seconds after the first, second … try; the last one repeats."""
LONGEST = timedelta(seconds=_PAUSES[-1])


def pause(attempts: int, retry_after: float | None = None) -> timedelta:
    """The pause after so many tries, or as long as the partner asks for, up to six hours."""
    usual = timedelta(seconds=_PAUSES[min(max(attempts, 1), len(_PAUSES)) - 1])
    if retry_after is None:
        return usual
    return min(max(usual, timedelta(seconds=retry_after)), LONGEST)
