"""The state of the releases about one population: every table that left, as it left."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from domain.codes import StreamName
from domain.pathway.model import Pin
from domain.release.values import ReleasedCell, ReleasePeriod
from domain.stream.dispatching import Dispatch
from domain.stream.kind import id_of

_POPULATIONS = UUID("6d0c1f54-27a9-4a0e-8f0b-6a7f5b6a91d2")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """One table as it left. `number` is the version of its event, `known_at` the moment that it is as known at."""

    number: int
    table: str
    period: ReleasePeriod
    known_at: datetime
    last_position: int
    cells: Mapping[Key, int | None]
    sha256: str
    by: UUID
    at: datetime

    @property
    def hidden(self) -> frozenset[Key]:
        """What was not shown."""
        return frozenset(key for key, count in self.cells.items() if count is None)


@dataclass(frozen=True)
class Releases:
    """All releases about one population, in the order in which they were made."""

    stream: str
    version: int
    pin: Pin
    changed_at: datetime
    population: str
    tables: tuple[Release, ...] = ()
    pending: Mapping[UUID, Dispatch] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return id_of(self.stream)

    @property
    def is_open(self) -> bool:
        """Never: what has left owes nobody anything."""
        return False


def releases_id(population: str) -> UUID:
    """The id of the stream of the releases about a population."""
    return uuid5(_POPULATIONS, population)


def releases_stream(population: str) -> str:
    """The stream of the releases about a population."""
    return StreamName.RELEASE.stream(releases_id(population))


def file_of(table: str, period: ReleasePeriod, cells: Iterable[ReleasedCell]) -> bytes:
    """The table as the file that leaves, CSV with LF: the same release, the same bytes. A hidden cell is empty."""
    lines = [f"{table},{period}", *(",".join((*cell.key, _text(cell.count))) for cell in cells)]
    return ("\n".join(lines) + "\n").encode("ascii")


def sha256_of(table: str, period: ReleasePeriod, cells: Iterable[ReleasedCell]) -> str:
    """By which it can be said of a file whether it is this one."""
    return hashlib.sha256(file_of(table, period, cells)).hexdigest()


def _text(count: int | None) -> str:
    return "" if count is None else str(count)
