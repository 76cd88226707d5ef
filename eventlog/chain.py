"""The chain of the log, in Python: the same bytes as `sql/append_link.sql`, so that a copy is verified offline.

Each link is sha256 over the link before and all columns of its row. Numbers are big-endian; times are microseconds
since 2000-01-01 UTC, as PostgreSQL sends them.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from eventlog.decision import StoredRow

GENESIS = bytes(32)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class RawRow(NamedTuple):
    """A row as PostgreSQL sends it: texts in UTF-8, ids in 16 bytes, `recorded_at` in microseconds since 2000."""

    position: int
    stream: bytes
    version: int
    topic: bytes
    command_id: bytes
    actor: bytes
    recorded_at: int
    state: bytes


def microseconds(at: datetime) -> int:
    """A time as it enters the chain."""
    return (at - _EPOCH) // _MICROSECOND


def moment(at: int) -> datetime:
    """The time of so many microseconds since 2000. Raises `OverflowError` for one beyond any calendar."""
    return _EPOCH + at * _MICROSECOND


def link(previous: bytes, row: StoredRow) -> bytes:
    """The link of one row, given the link of the row before (`GENESIS` for position 1)."""
    raw = RawRow(
        position=row.position,
        stream=row.stream.encode(),
        version=row.version,
        topic=row.topic.encode(),
        command_id=row.command_id.bytes,
        actor=row.actor.bytes,
        recorded_at=microseconds(row.recorded_at),
        state=row.state,
    )
    return raw_link(previous, raw)


def raw_link(previous: bytes, row: RawRow) -> bytes:
    """The same for a row as PostgreSQL sends it."""
    envelope = struct.pack(
        f">qI{len(row.stream)}sqI{len(row.topic)}s16s16sqI",
        row.position,
        len(row.stream),
        row.stream,
        row.version,
        len(row.topic),
        row.topic,
        row.command_id,
        row.actor,
        row.recorded_at,
        len(row.state),
    )
    return sha256(previous + envelope + row.state).digest()
