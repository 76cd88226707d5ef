"""A what-if over a cohort, journey by journey, in constant memory but for what differs.

    found = run(reader, ChangedLimits({"plan": Span(count=3)}), pathway_of, at=now)
    found.summary.whole.stalls.added.number

A history that this release cannot read is named and left out, as the read models do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from analysis.what_if.cohort import ALWAYS, EVERYBODY, Cohort, Period
from analysis.what_if.difference import Changes, Difference
from analysis.what_if.journey import JourneyUnderChange, what_if
from analysis.what_if.reading import source_of
from analysis.what_if.rules import Change, PathwayOf
from analysis.what_if.summary import Summary
from domain.errors import EventUnreadable
from eventlog.bodies import recorded
from projections.reader import Reader

Watch = Callable[[int, int], None]
"""Told how many journeys of how many are done."""


def unwatched(_done: int, _total: int) -> None:
    """For callers that show nothing."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`rows` are the journeys of which something would have been otherwise. `unreadable` are the streams left out."""

    at: datetime
    position: int
    summary: Summary
    rows: tuple[JourneyUnderChange, ...]
    unreadable: tuple[str, ...]


def run(
    reader: Reader,
    change: Change,
    pathway_of: PathwayOf,
    *,
    at: datetime,
    cohort: Cohort = EVERYBODY,
    period: Period = ALWAYS,
    watch: Watch = unwatched,
) -> WhatIf:
    """The recorded history as known `at`, under a change. Writes nothing.

    Raises `RoleMayWrite`, `Unavailable`, `PathwayMissing`.
    """
    source = source_of(reader, cohort, at)
    total, summary = source.count(), Summary()
    rows, unreadable = [], []
    watch(0, total)
    for done, (stream, stored) in enumerate(source.histories(), start=1):
        try:
            one = what_if([recorded(row) for row in stored], change, pathway_of, at)
        except EventUnreadable:
            unreadable.append(stream)
            continue
        finally:
            watch(done, total)
        one = replace(one, difference=within(one.difference, period))
        summary.add(one, at, period)
        if one.difference:
            rows.append(one)
    return WhatIf(at, source.position, summary, tuple(rows), tuple(unreadable))


def within(difference: Difference, period: Period) -> Difference:
    """What of a difference begins in a period: one of two instants is enough for what moved."""
    stalls, told = difference.stalls, difference.escalations
    return Difference(
        Changes(
            tuple([s for s in stalls.added if s.since in period]),
            tuple([s for s in stalls.gone if s.since in period]),
            tuple([m for m in stalls.moved if m.was.since in period or m.would.since in period]),
        ),
        Changes(
            tuple([e for e in told.added if e.at in period]),
            tuple([e for e in told.gone if e.at in period]),
            tuple([m for m in told.moved if m.was.at in period or m.would.at in period]),
        ),
        tuple([block for block in difference.blocks if block.at in period]),
    )
