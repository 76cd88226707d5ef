"""The open journeys that run by one version of a pathway."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Phase
from projections.journey_list.queries import JourneyFilter, JourneyRow, JourneySort, list_journeys
from projections.reader import Reader


def running_on(reader: Reader, pathway: str, version: int) -> Iterator[JourneyRow]:
    """Each once, oldest first. Raises `Unavailable`."""
    cursor: str | None = None
    wanted = JourneyFilter(phase=Phase.OPEN, pathway=pathway)
    while True:
        page = list_journeys(reader, wanted, sort=JourneySort.OLDEST, cursor=cursor, limit=500)
        yield from (row for row in page.rows if row.pathway_version == version)
        if page.next is None:
            return
        cursor = page.next
