"""Histories from the log, whole, for whoever reads them as of a moment."""

from __future__ import annotations

from collections.abc import Sequence

from domain.event import Event, Recorded
from eventlog.bodies import recorded
from projections.reader import Reader
from projections.reading import histories

_ALL = 2**63 - 1


def read_histories(
    reader: Reader, streams: Sequence[str], *, until: int = _ALL
) -> dict[str, tuple[Recorded[Event], ...]]:
    """The events of these streams up to and with log position `until`, in order; those that do not exist are empty.

    Raises `Unavailable`, `EventUnreadable`.
    """
    found = reader.pool.run(lambda connection: histories(connection, list(streams), until))
    return {stream: tuple([recorded(row) for row in rows]) for stream, rows in found.items()}
