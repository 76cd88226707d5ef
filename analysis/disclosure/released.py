"""What has left: the releases of every population, read from their own few streams."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.disclosure.catalogue import Population
from domain.event import Event, Recorded
from domain.release.kind import RELEASES
from domain.release.state import Release, releases_stream

History = Callable[[str], Sequence[Recorded[Event]]]
"""Reads a stream whole."""


def releases_of(population: Population, history: History) -> tuple[Release, ...]:
    """In the order in which they left. Raises what `history` raises."""
    state = RELEASES.fold(history(releases_stream(population.value)))
    return state.tables if state else ()


def every_release(history: History) -> list[Release]:
    """All of them, the newest first."""
    found = [release for population in Population for release in releases_of(population, history)]
    return sorted(found, key=lambda release: (release.at, release.table), reverse=True)
