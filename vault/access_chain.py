"""The chain of the access log, in Python: the same bytes as `vault.access_link`, so that a copy is verified offline.

Each link is sha256 over the link before and all columns of its row. A cut-off tail leaves a whole chain: it is found
only by whoever knows how long the log was, so keep its `AccessHead` somewhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

GENESIS = bytes(32)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class AccessRow(NamedTuple):
    """A row as it is stored."""

    position: int
    at: datetime
    actor: UUID
    kind: str
    journeys: list[UUID]
    fields: list[str]
    purpose: str | None
    query: bytes | None
    key_id: UUID | None
    sealed: bytes | None
    chain: bytes


class ChainedRow(Protocol):
    """What every chained log has in a row."""

    @property
    def position(self) -> int: ...
    @property
    def chain(self) -> bytes: ...


R = TypeVar("R", bound=ChainedRow)


class AccessFault(StrEnum):
    """What was done to the log: a row edited or moved, rows taken out, its end cut off, or all of it computed anew."""

    ALTERED = "altered"
    MISSING = "missing"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"


class AccessFinding(NamedTuple):
    """One thing that is wrong, and the first position that it is about."""

    fault: AccessFault
    position: int


@dataclass(frozen=True, slots=True)
class AccessHead:
    """How long a log is, and its last link."""

    count: int
    link: bytes


@dataclass(frozen=True, slots=True)
class VerifiedAccesses:
    """The head of a log as it was read, and what is wrong with it."""

    head: AccessHead
    findings: tuple[AccessFinding, ...]


def link(previous: bytes, row: AccessRow) -> bytes:
    """The link of one row, given the link of the row before (`GENESIS` for position 1)."""
    parts = (
        previous,
        row.position.to_bytes(8, "big", signed=True),
        microseconds(row.at),
        row.actor.bytes,
        framed(row.kind.encode()),
        len(row.journeys).to_bytes(4, "big"),
        *(journey.bytes for journey in row.journeys),
        len(row.fields).to_bytes(4, "big"),
        *(framed(field.encode()) for field in row.fields),
        framed(None if row.purpose is None else row.purpose.encode()),
        framed(row.query),
        framed(None if row.key_id is None else row.key_id.bytes),
        framed(row.sealed),
    )
    return sha256(b"".join(parts)).digest()


def verified(rows: Iterable[AccessRow], known: AccessHead | None = None) -> VerifiedAccesses:
    """Recomputes the chain over all rows in the order of their positions, and compares it with a head noted before."""
    return recomputed(rows, link, known)


def recomputed(rows: Iterable[R], link_of: Callable[[bytes, R], bytes], known: AccessHead | None) -> VerifiedAccesses:
    """The same of any chained log; `link_of` makes a row's link from the one before it."""
    findings = []
    position, previous = 0, GENESIS
    for row in rows:
        if row.position != position + 1:
            findings.append(AccessFinding(AccessFault.MISSING, position + 1))  # so nothing is known of this row's link
        elif link_of(previous, row) != row.chain:
            findings.append(AccessFinding(AccessFault.ALTERED, row.position))
        position, previous = row.position, row.chain
        if known is not None and position == known.count and previous != known.link:
            findings.append(AccessFinding(AccessFault.REWRITTEN, position))
    if known is not None and position < known.count:
        findings.append(AccessFinding(AccessFault.TRUNCATED, position + 1))
    return VerifiedAccesses(AccessHead(position, previous), tuple(findings))


def microseconds(at: datetime) -> bytes:
    """An instant as the database counts it, since 2000-01-01 UTC."""
    return ((at - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True)


def framed(content: bytes | None) -> bytes:
    """With its length, or -1 where there is nothing."""
    return b"\xff\xff\xff\xff" if content is None else len(content).to_bytes(4, "big") + content
