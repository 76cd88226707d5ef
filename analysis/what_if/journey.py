"""One journey under changed rules, beside what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from analysis.what_if.asking import blocks_of
from analysis.what_if.course import Course
from analysis.what_if.decisions import TIMED
from analysis.what_if.difference import Difference, difference
from analysis.what_if.replaying import History, course_of, rungs_of
from analysis.what_if.rules import Change, PathwayOf, unchanged
from domain.event import Event, Recorded
from domain.journey.state import journey_id
from domain.stream.firing import RungsFired


@dataclass(frozen=True, slots=True)
class JourneyUnderChange:
    """`was` is what happened by the rules that it pins, `would` what would have by the changed ones.

    `behind` counts the rungs that those rules fired and the log has not, or the other way round: those of a time in
    which no worker ran, or of a release that counted otherwise.
    """

    journey: UUID
    was: Course
    would: Course
    difference: Difference
    behind: int


def what_if(
    recorded: Sequence[Recorded[Event]], change: Change, pathway_of: PathwayOf, at: datetime
) -> JourneyUnderChange:
    """A journey's history, known at `at` and not empty, under a change.

    Raises `EventUnreadable`, `PathwayMissing`.
    """
    history = History(recorded, pathway_of)
    was, would = course_of(history, unchanged, at), course_of(history, change, at)
    changes = difference(was, would, blocks_of(history, change))
    return JourneyUnderChange(journey_id(recorded[0].stream), was, would, changes, _behind(recorded, was))


def _behind(recorded: Sequence[Recorded[Event]], was: Course) -> int:
    fired: set[tuple[str, int, str]] = set()
    for each in recorded:
        if isinstance(each.event, RungsFired) and each.event.kind in TIMED:
            fired |= rungs_of(each.event)
    return len(fired ^ was.fired)
