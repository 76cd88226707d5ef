"""The chain of the log, in Python: the same bytes as `sql/append_link.sql`, so that a copy is verified offline.

Each link is sha256 over the link before and all columns of its row. Numbers are big-endian; times are microseconds
since 2000-01-01 UTC, as PostgreSQL sends them.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

GENESIS = bytes(32)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def link(
    previous: bytes,
    position: int,
    stream: str,
    version: int,
    topic: str,
    command_id: UUID,
    actor: UUID,
    recorded_at: datetime,
    state: bytes,
) -> bytes:
    """The link of one row, given the link of the row before (`GENESIS` for position 1)."""
    name, kind = stream.encode(), topic.encode()
    head = struct.pack(f">qI{len(name)}sqI{len(kind)}s", position, len(name), name, version, len(kind), kind)
    at = (recorded_at - _EPOCH) // _MICROSECOND
    tail = struct.pack(">16s16sqI", command_id.bytes, actor.bytes, at, len(state))
    return sha256(b"".join((previous, head, tail, state))).digest()
