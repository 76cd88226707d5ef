"""Refusals as the log has kept them: of one stream, of the whole log, or the one of a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.refusal import Refused
from eventlog.decision import Outcome
from eventlog.entry import stored
from projections.paging import Page, bounded, count, cursor_after, cut, instant, key_of
from projections.reader import Reader

_HERE = "analysis.browsing"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One command that was refused. `actor` gave it; `refused` says why."""

    actor: UUID
    outcome: Outcome
    refused: Refused

    @property
    def decided_upon(self) -> int:
        """The version of the stream that was decided upon; 0 where there was none yet."""
        return self.outcome.last_version


def refusals(reader: Reader, stream: str | None = None, *, cursor: str | None = None, limit: int = 50) -> Page[Refusal]:
    """The refusals of a stream, or of the whole log; the latest first. Raises `Unavailable`, `CursorInvalid`.

    The whole log is read for a page of all, since outcomes are kept by stream.
    """
    at, command_id = key_of(cursor, instant, UUID)
    place = {"stream": stream, "at": at, "command_id": command_id, "limit": bounded(limit)}
    found = reader.rows(_HERE, "refusals", place)
    total = count(str(found[0][0])) if found else 0
    rows = [_refusal(row[1:]) for row in found if row[1] is not None]
    page, after = cut(rows, limit, lambda row: cursor_after(row.outcome.decided_at, row.outcome.command_id))
    return Page(page, total, after)


def refusal(reader: Reader, command_id: UUID, stream: str | None = None) -> Refusal | None:
    """The refusal of a command; None where the log knows none, or none of this stream. Raises `Unavailable`.

    Outcomes are kept by stream: without one the whole log is read.
    """
    found = reader.rows(_HERE, "refusal", {"command_id": command_id, "stream": stream})
    return _refusal(found[0]) if found else None


def _refusal(row: tuple[Any, ...]) -> Refusal:
    stream, command_id, actor, *columns = row
    outcome = stored(stream, command_id, tuple(columns), repeated=True)
    assert outcome.refusal is not None
    return Refusal(actor, outcome, outcome.refusal)
