"""The chain of the staff register's log, in Python: the same bytes as `vault.staff_change_link`.

A cut-off tail leaves a whole chain: it is found only by whoever knows how long the log was.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from vault.access_chain import AccessFault, AccessFinding, AccessHead, VerifiedAccesses, framed, microseconds

GENESIS = bytes(32)


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
    findings = []
    position, previous = 0, GENESIS
    for row in rows:
        if row.position != position + 1:
            findings.append(AccessFinding(AccessFault.MISSING, position + 1))
        elif link(previous, row) != row.chain:
            findings.append(AccessFinding(AccessFault.ALTERED, row.position))
        position, previous = row.position, row.chain
        if known is not None and position == known.count and previous != known.link:
            findings.append(AccessFinding(AccessFault.REWRITTEN, position))
    if known is not None and position < known.count:
        findings.append(AccessFinding(AccessFault.TRUNCATED, position + 1))
    return VerifiedAccesses(AccessHead(position, previous), tuple(findings))
