"""The whole log, filtered and in pages by position: what was recorded, by whom, in which stream, with its link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from analysis.browsing.cause import Cause, cause_of, may_have_asked
from analysis.browsing.decided import Decided, decisions_of
from analysis.travel.reading import read_histories
from domain.codes import StreamName
from domain.event import Event, Recorded
from domain.message import MessageDropped, MessageSent, message_stream
from eventlog.bodies import recorded
from eventlog.decision import StoredRow
from projections.past.reader import position_at
from projections.reader import Reader

_HERE = "analysis.browsing"
_INSTANT = timedelta(microseconds=1)
MOST = 500
"""Events of a page."""
SHOWN_OF_A_LINK = 6
"""Bytes of a chain link that tell it from every other at a glance; the whole one is in `log verify`."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose events are looked at: all those of some kinds of stream, and of some other streams."""

    kinds: frozenset[StreamName] = frozenset()
    streams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LogFilter:
    """`topic`, and `topics`, of which any will do, are without their schema version. `since` and `until` are times of
    recording, both included. `pathway`: the hash of the rules by which it was decided. `scope`: no other streams.
    """

    kind: StreamName | None = None
    topic: str | None = None
    actor: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    topics: tuple[str, ...] | None = None
    pathway: str | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event and the beginning of its link in the chain, in hexadecimal digits; by which rules it was decided."""

    recorded: Recorded[Event]
    link: str
    pathway_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """The latest first. `older` and `newer` are the positions to go on from, None where the log ends that way."""

    lines: tuple[LogLine, ...]
    older: int | None
    newer: int | None


def browse(
    reader: Reader, wanted: LogFilter, *, before: int | None = None, after: int | None = None, limit: int = 50
) -> LogPage:
    """The events before position `before`, or the next ones after `after`; the latest ones where neither is given.

    Raises `Unavailable`, `EventUnreadable`.
    """
    size = max(1, min(limit, MOST))
    first = 0 if wanted.since is None else position_at(reader, wanted.since - _INSTANT)
    last = None if wanted.until is None else position_at(reader, wanted.until)
    rows = reader.rows(
        _HERE,
        "log_after" if after is not None else "log_before",
        {
            "first": max(first, after or 0),
            "last": last,
            "before": before,
            "prefix": wanted.kind and f"{wanted.kind.value}-%",
            "topics": _topics(wanted),
            "pathway": wanted.pathway,
            "kinds": None if wanted.scope is None else [f"{kind.value}-%" for kind in sorted(wanted.scope.kinds)],
            "streams": None if wanted.scope is None else sorted(wanted.scope.streams),
            "actor": wanted.actor,
            "limit": size + 1,
        },
    )
    goes_on, kept = len(rows) > size, rows[:size]
    if after is not None:
        kept = kept[::-1]
    lines = tuple([_line(row) for row in kept])
    if not lines:
        return LogPage((), None, None)
    oldest, newest = lines[-1].recorded.position, lines[0].recorded.position
    if after is not None:
        return LogPage(lines, oldest, newest if goes_on else None)
    return LogPage(lines, oldest if goes_on else None, newest if before is not None else None)


def _line(row: tuple[Any, ...]) -> LogLine:
    return LogLine(recorded(StoredRow._make(row[:8])), row[8].hex()[: 2 * SHOWN_OF_A_LINK], row[9])


def _topics(wanted: LogFilter) -> list[str] | None:
    asked = wanted.topics if wanted.topic is None else (wanted.topic,)
    return None if asked is None else [f"{_literal(topic)}@%" for topic in asked]


def decisions(reader: Reader, stream: str) -> tuple[Decided, ...]:
    """Every decision of a stream, oldest first; none where there is no such stream.

    Raises `Unavailable`, `EventUnreadable`, `ValueError` for a stream on which nothing is decided.
    """
    return tuple(decisions_of(read_histories(reader, [stream])[stream]))


def cause(reader: Reader, decided: Decided) -> Cause:
    """What caused a decision. Raises `Unavailable`, `EventUnreadable`."""
    named = may_have_asked(decided)
    found = read_histories(reader, list(named), until=decided.events[0].position) if named else {}
    return cause_of(decided, {stream: history for stream, history in found.items() if history})


def receipts(reader: Reader, messages: Sequence[UUID]) -> dict[UUID, tuple[MessageSent | MessageDropped, ...]]:
    """What became of each message; nothing yet of one that is on its way. Raises `Unavailable`, `EventUnreadable`."""
    found = read_histories(reader, [message_stream(message) for message in messages]) if messages else {}
    told = {m: [each.event for each in found[message_stream(m)]] for m in messages}
    return {m: tuple([e for e in events if isinstance(e, MessageSent | MessageDropped)]) for m, events in told.items()}


def _literal(topic: str) -> str:
    """As `LIKE` takes it for itself."""
    return topic.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
