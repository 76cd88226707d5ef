"""The whole log in pages: every event once, in order, either way, and only what was asked for."""

from __future__ import annotations

from uuid import uuid4

from analysis.browsing.log import LogFilter, LogLine, browse
from domain.codes import StreamName
from domain.streams import name_of
from projections.reader import Reader
from tests.analysis.test_refusals_again import at_random, reader
from tests.fix_engine import MILA, Bench

__all__ = ["reader"]


def backwards(reader: Reader, wanted: LogFilter, limit: int) -> list[LogLine]:
    """From the latest to the first."""
    page = browse(reader, wanted, limit=limit)
    found = list(page.lines)
    while page.older is not None:
        page = browse(reader, wanted, before=page.older, limit=limit)
        found += page.lines
    return found


def forwards(reader: Reader, wanted: LogFilter, limit: int) -> list[LogLine]:
    """From the first to the latest, by the way back."""
    after: int | None = 0
    found: list[LogLine] = []
    while after is not None:
        page = browse(reader, wanted, after=after, limit=limit)
        found += reversed(page.lines)
        after = page.newer
    return found


def test_every_event_once_either_way(bench: Bench, reader: Reader) -> None:
    """And with each filter exactly those that it names; the link is the beginning of the chain's."""
    at_random(bench, 7, commands=60)
    everything = LogFilter()
    whole = backwards(reader, everything, 7)
    assert [line.recorded.position for line in whole] == list(range(bench.log.head(), 0, -1))
    assert forwards(reader, everything, 7) == whole[::-1]
    for line in whole:
        link = bench.log.link(line.recorded.position)
        assert link is not None
        assert link.hex().startswith(line.link)
    middle = whole[len(whole) // 2].recorded
    for wanted, keeps in (
        (LogFilter(kind=StreamName.STAFF), lambda r: name_of(r.stream) is StreamName.STAFF),
        (LogFilter(topic=middle.event.topic), lambda r: r.event.topic == middle.event.topic),
        (LogFilter(actor=MILA), lambda r: r.actor == MILA),
        (LogFilter(since=middle.recorded_at), lambda r: r.recorded_at >= middle.recorded_at),
        (LogFilter(until=middle.recorded_at), lambda r: r.recorded_at <= middle.recorded_at),
        (LogFilter(actor=uuid4()), lambda r: False),
        (LogFilter(topic="%"), lambda r: False),
    ):
        kept = [line for line in whole if keeps(line.recorded)]
        assert backwards(reader, wanted, 5) == kept, wanted
        assert forwards(reader, wanted, 5) == kept[::-1], wanted
