"""The chain of the staff register's log, in Python: the same bytes as `vault.staff_change_link`.

A cut-off tail leaves a whole chain: it is found only by whoever knows how long the log was.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from vault.access_chain import AccessHead, VerifiedAccesses, framed, microseconds, recomputed


class StaffChangeRow(NamedTuple):
    """A row as it is stored."""

    position: int
    at: datetime
    actor: UUID
    staff: UUID
    kind: str
    command_id: UUID
    key_id: UUID
    sealed: bytes
    chain: bytes


def link(previous: bytes, row: StaffChangeRow) -> bytes:
    """The link of one row, given the link of the row before (`GENESIS` for position 1)."""
    parts = (
        previous,
        row.position.to_bytes(8, "big", signed=True),
        microseconds(row.at),
        row.actor.bytes,
        row.staff.bytes,
        framed(row.kind.encode()),
        row.command_id.bytes,
        row.key_id.bytes,
        framed(row.sealed),
    )
    return sha256(b"".join(parts)).digest()


def verified(rows: Iterable[StaffChangeRow], known: AccessHead | None = None) -> VerifiedAccesses:
    """Recomputes the chain over all rows in the order of their positions, and compares it with a head noted before."""
    return recomputed(rows, link, known)
