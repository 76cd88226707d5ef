"""Suppression and rounding: a table of exact counts as it may leave.

First everything below the threshold is hidden, noughts as well. Then more and more, the smallest first, until of no
hidden cell below the threshold it can be computed that somebody is in it, nor that fewer than the threshold are. What
is shown is rounded each by itself, so a total need not be the sum of what stands above it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from analysis.disclosure.audit import Network
from analysis.disclosure.counts import Counts, Key
from domain.release.values import STEP, THRESHOLD


@dataclass(frozen=True, slots=True)
class Protected:
    """Every cell and margin in the order of their definition: rounded, or `None` where hidden."""

    cells: Mapping[Key, int | None]

    @property
    def hidden(self) -> frozenset[Key]:
        """What is not shown."""
        return frozenset(key for key, count in self.cells.items() if count is None)


def protect(counts: Counts, hide: Collection[Key] = ()) -> Protected:
    """The same counts always give the same table. `hide`: what is hidden for another reason (`year_hides`)."""
    hidden = to_hide(counts, hide)
    return Protected({key: None if key in hidden else rounded(value) for key, value in counts.cells.items()})


def rounded(value: int) -> int:
    """To the nearest multiple of the step; a threshold is never shown as less, nor as nought."""
    return STEP * ((value + STEP // 2) // STEP)


def to_hide(counts: Counts, hide: Collection[Key] = ()) -> frozenset[Key]:
    """The cells to hide: those below the threshold, and as many others as protect them."""
    small = [key for key, value in counts.cells.items() if value < THRESHOLD]
    hidden = {*small, *(key for key in hide if key in counts.cells)}
    if counts.everyone is not None:
        # Nothing adds up to anything; but who is not in a cell is a group as well, and all of them are known elsewhere.
        return frozenset(hidden | {key for key, n in counts.cells.items() if counts.everyone - n < THRESHOLD})
    if not small or counts.cells[counts.whole] < THRESHOLD:
        # Nothing to protect, or nothing shown.
        return frozenset(hidden)
    waiting = sorted(small, key=lambda key: (counts.cells[key], key))
    while barring := _barring(counts, hidden, waiting):
        hidden.add(min(barring, key=lambda key: (counts.cells[key], key)))
    return frozenset(hidden)


def _barring(counts: Counts, hidden: set[Key], small: list[Key]) -> frozenset[Key]:
    """Of the first small cell that is not protected, what keeps it from being so; empty once all are.

    The total is known from other tables of the same people, so it never is what hides anybody.
    """
    network = Network(counts, hidden - {counts.whole})
    for key in small:
        if key != counts.whole and (barring := network.span(key, THRESHOLD).barring):
            return barring
    return frozenset()
