"""Hand-overs of caseloads, the latest first, and the receipts of one.

page = list_handovers(reader)                 # what is under way and what has ended
page = receipts(reader, row.handover)         # each thing: moved, refused and why, or under way
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.codes import Role, StreamName
from domain.handover.values import HandoverPhase, HandoverReason, ItemStatus
from domain.refusal import RefusalCode
from domain.stream.naming import code_prefix_of
from projections.paging import Page, bounded, count, cursor_after, cut, instant, key_of
from projections.reader import Reader

_HERE = "projections.handovers"


@dataclass(frozen=True, slots=True)
class SuccessorRow:
    """Who takes over; only these roles, where some are named."""

    staff: UUID
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """`refused`: how many things stay with the leaver. `due_at`: by when it is to be done; None once it has ended."""

    handover: UUID
    code: str
    version: int
    leaver: UUID
    successors: tuple[SuccessorRow, ...]
    reason: HandoverReason
    asked_by: UUID
    phase: HandoverPhase
    begun_at: datetime
    ended_at: datetime | None
    rounds: int
    moved: int
    refused: int
    under_way: int
    due_at: datetime | None
    stalled: bool

    @property
    def found(self) -> int:
        """How many things it has found so far."""
        return self.moved + self.refused + self.under_way


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What became of one thing. `refused`: why it stays where it is."""

    item: str
    stream_kind: StreamName
    stream_id: UUID
    code: str
    part: str
    role: Role
    successor: UUID
    status: ItemStatus
    refused: RefusalCode | None
    found_at: datetime
    settled_at: datetime | None


def list_handovers(
    reader: Reader, *, leaver: UUID | None = None, cursor: str | None = None, limit: int = 50
) -> Page[HandoverRow]:
    """A page of the list, the latest first. Raises `Unavailable`, `CursorInvalid`."""
    after, after_handover = key_of(cursor, instant, UUID)
    parameters = {
        "leaver": leaver,
        "after": after,
        "after_handover": after_handover,
        "limit": bounded(limit),
    }
    found = reader.rows(_HERE, "list", parameters)
    rows = [_row(columns[1:]) for columns in found if columns[1] is not None]
    shown, following = cut(rows, limit, lambda row: cursor_after(row.begun_at, row.handover))
    return Page(shown, found[0][0], following)


def find_handover(reader: Reader, handover: UUID) -> HandoverRow | None:
    """The row of a hand-over."""
    rows = reader.rows(_HERE, "find", {"handover": handover, "code": None})
    return _row(rows[0]) if rows else None


def find_handovers_by_code(reader: Reader, code: str) -> tuple[HandoverRow, ...]:
    """The hand-overs with this code as typed: nearly always one or none."""
    whole = code_prefix_of(StreamName.HANDOVER, code)
    if whole is None:
        return ()
    return tuple(_row(columns) for columns in reader.rows(_HERE, "find", {"handover": None, "code": whole}))


def receipts(reader: Reader, handover: UUID, *, cursor: str | None = None, limit: int = 200) -> Page[ReceiptRow]:
    """What became of each thing, what was refused first. Raises `Unavailable`, `CursorInvalid`."""
    after_rank, after_item = key_of(cursor, count, str)
    parameters = {"handover": handover, "rank": after_rank, "item": after_item, "limit": bounded(limit)}
    found = reader.rows(_HERE, "receipts", parameters)
    rows = [_receipt(columns[1:]) for columns in found if columns[1] is not None]
    shown, following = cut(rows, limit, lambda row: cursor_after(_RANKS[row.status], row.item))
    return Page(shown, found[0][0], following)


_RANKS = {ItemStatus.REFUSED: 1, ItemStatus.UNDER_WAY: 2, ItemStatus.MOVED: 3}
"""In which order they are shown, as in `receipts.sql`."""


def _row(columns: tuple[Any, ...]) -> HandoverRow:
    handover, code, version, leaver, successors, reason, asked_by, phase, begun_at, ended_at, *rest = columns
    rounds, moved, refused, under_way, due_at, stalled = rest
    return HandoverRow(
        handover=handover,
        code=code,
        version=version,
        leaver=leaver,
        successors=tuple(
            SuccessorRow(UUID(each["staff"]), tuple(Role(role) for role in each["roles"])) for each in successors
        ),
        reason=HandoverReason(reason),
        asked_by=asked_by,
        phase=HandoverPhase(phase),
        begun_at=begun_at,
        ended_at=ended_at,
        rounds=rounds,
        moved=moved,
        refused=refused,
        under_way=under_way,
        due_at=due_at,
        stalled=stalled,
    )


def _receipt(columns: tuple[Any, ...]) -> ReceiptRow:
    item, kind, stream, code, part, role, successor, status, refused, found_at, settled_at = columns
    return ReceiptRow(
        item=item,
        stream_kind=StreamName(kind),
        stream_id=stream,
        code=code,
        part=part,
        role=Role(role),
        successor=successor,
        status=ItemStatus(status),
        refused=refused and RefusalCode(refused),
        found_at=found_at,
        settled_at=settled_at,
    )
