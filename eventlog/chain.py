"""The chain of the log, in Python: the same bytes as `sql/append_link.sql`, so that a copy is verified offline.

Each link is sha256 over the link before and all columns of its row. Numbers are big-endian; times are microseconds
since 2000-01-01 UTC, as PostgreSQL sends them.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from eventlog.decision import StoredRow

GENESIS = bytes(32)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def link(previous: bytes, row: StoredRow) -> bytes:
    """The link of one row, given the link of the row before (`GENESIS` for position 1)."""
    stream, topic = row.stream.encode(), row.topic.encode()
    at = (row.recorded_at - _EPOCH) // _MICROSECOND
    envelope = struct.pack(
        f">qI{len(stream)}sqI{len(topic)}s16s16sqI",
        row.position,
        len(stream),
        stream,
        row.version,
        len(topic),
        topic,
        row.command_id.bytes,
        row.actor.bytes,
        at,
        len(row.state),
    )
    return sha256(previous + envelope + row.state).digest()
