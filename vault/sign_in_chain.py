"""The chain of the sign-in record, in Python: the same bytes as `vault.sign_in_link`.

A cut-off tail leaves a whole chain: it is found only by whoever knows how long the record was.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from vault.access_chain import AccessHead, VerifiedAccesses, framed, microseconds, recomputed


class SignInRow(NamedTuple):
    """A row as it is stored."""

    position: int
    at: datetime
    staff: UUID
    actor: UUID
    act: str
    proof: str | None
    device: str | None
    session: UUID | None
    chain: bytes


def link(previous: bytes, row: SignInRow) -> bytes:
    """The link of one row, given the link of the row before (`GENESIS` for position 1)."""
    parts = (
        previous,
        row.position.to_bytes(8, "big", signed=True),
        microseconds(row.at),
        row.staff.bytes,
        row.actor.bytes,
        framed(row.act.encode()),
        framed(None if row.proof is None else row.proof.encode()),
        framed(None if row.device is None else row.device.encode()),
        framed(None if row.session is None else row.session.bytes),
    )
    return sha256(b"".join(parts)).digest()


def verified(rows: Iterable[SignInRow], known: AccessHead | None = None) -> VerifiedAccesses:
    """Recomputes the chain over all rows in the order of their positions, and compares it with a head noted before."""
    return recomputed(rows, link, known)
