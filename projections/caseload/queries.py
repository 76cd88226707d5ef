"""The caseload of a person, and how much everybody holds.

page = caseload(reader, staff)                     # what Mila holds, what is due first at the top
loads(reader)                                      # how many things each person holds, and of how many streams
LevelCaseloads(reader).of(staff)                   # for hand-overs: level with the log, or `Unavailable`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.codes import Role, StreamName
from domain.errors import Unavailable
from domain.stream.facts import Holding
from projections.names import ModelName
from projections.paging import Page, bounded, cursor_after, cut, instant, key_of
from projections.reader import Reader
from projections.status import parked, wait
from projections.versions import TABLES

_HERE = "projections.caseload"
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
LEVEL_WITHIN = 5.0
"""Seconds that a hand-over waits for the read model; then its look is tried again later."""


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One thing that a person holds. `next_due_at`: when the stream owes something next, whoever it is."""

    stream_kind: StreamName
    stream_id: UUID
    code: str
    part: str
    role: Role
    staff: UUID
    next_due_at: datetime | None
    stalled: bool


@dataclass(frozen=True, slots=True)
class Load:
    """How much a person holds: `things` of so many `streams`, of which `stalled` stand still."""

    things: int
    streams: int
    stalled: int


def caseload(reader: Reader, staff: UUID, *, cursor: str | None = None, limit: int = 100) -> Page[CaseloadRow]:
    """What somebody holds, the next due first. Raises `Unavailable`, `CursorInvalid`."""
    after, after_stream, after_part = key_of(cursor, instant, UUID, str)
    parameters = {
        "staff": staff,
        "after": after,
        "after_stream": after_stream,
        "after_part": after_part,
        "limit": bounded(limit),
    }
    found = reader.rows(_HERE, "caseload", parameters)
    rows = [_row(columns[1:]) for columns in found if columns[1] is not None]
    shown, following = cut(rows, limit, lambda r: cursor_after(r.next_due_at or _NEVER, r.stream_id, r.part))
    return Page(shown, found[0][0], following)


def loads(reader: Reader) -> Mapping[UUID, Load]:
    """Everybody who holds something. Raises `Unavailable`."""
    return {staff: Load(things, streams, stalled) for staff, things, streams, stalled in reader.rows(_HERE, "loads")}


class LevelCaseloads:
    """Caseloads as a hand-over needs them: nothing that was recorded before the question is missing."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, staff: UUID, /) -> Sequence[Holding]:
        """Raises `Unavailable` while the read model is behind, and where nothing is found beside streams that it
        cannot read: somebody may hold one of those.
        """
        ((head,),) = self._reader.rows(_HERE, "head")
        if not wait(self._reader, (ModelName.CASELOAD,), head, LEVEL_WITHIN):
            raise Unavailable("the read model of caseloads is behind the log")
        found = self._reader.rows(_HERE, "holdings", {"staff": staff})
        if not found and any(each.model == TABLES[ModelName.CASELOAD] for each in parked(self._reader)):
            raise Unavailable("streams are parked that this person may hold")
        return tuple(Holding(StreamName(kind), stream, part, Role(role)) for kind, stream, part, role in found)


def _row(columns: tuple[Any, ...]) -> CaseloadRow:
    kind, stream, code, part, role, staff, next_due_at, stalled = columns
    return CaseloadRow(StreamName(kind), stream, code, part, Role(role), staff, next_due_at, stalled)
