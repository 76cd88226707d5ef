"""A part of the log by when its journeys were opened: the cohort that an export of whole journeys is of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from analysis.exports.cut import Cut, LogReader, Streams
from analysis.what_if.cohort import ALWAYS, Period
from domain.codes import StreamName
from projections.reader import Reader


def period_of(since: date | None, before: date | None, zone: str) -> Period:
    """From the first moment of `since` to the first of `before`, local days of the zone."""
    if since is None and before is None:
        return ALWAYS
    beginning, end = (datetime.combine(day, time(), ZoneInfo(zone)) if day else None for day in (since, before))
    return Period(beginning, end)


def count_opened(reader: Reader, position: int, period: Period) -> int:
    """How many journeys opened in a period were known at a position. Raises `Unavailable`."""
    place: dict[str, object] = {"position": position, "since": period.since, "before": period.before}
    return int(reader.rows("analysis.exports", "count_journeys", place)[0][0])


class OpenedIn(LogReader):
    """Reads the journeys alone that were opened in a period; of the other kinds everything."""

    def __init__(self, reader: Reader, cut: Cut, period: Period) -> None:
        super().__init__(reader, cut)
        self._period = period

    def streams(self, kind: StreamName, after: str | None = None) -> Iterator[Streams]:
        """As `LogReader.streams`. A group may be empty: the next one begins behind it all the same."""
        for streams in super().streams(kind, after):
            if kind is not StreamName.JOURNEY:
                yield streams
                continue
            kept = {
                stream: history
                for stream, history in streams.histories.items()
                if history and history[0].occurred_at in self._period
            }
            yield Streams(kept, streams.last, streams.share)
