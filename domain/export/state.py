"""The state of an export: what was asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.codes import StreamName
from domain.export.codes import ExportFormat, ExportPurpose, ExportTable
from domain.pathway.model import Pin
from domain.stream.dispatching import Dispatch
from domain.stream.kind import id_of


@dataclass(frozen=True, slots=True)
class MadeFile:
    """What left the house: rows, bytes, SHA-256."""

    rows: int
    size: int
    sha256: str
    at: datetime


@dataclass(frozen=True)
class Export:
    """`known_at`: as known when the event at log position `last_position` was recorded. `by`: who asked for it."""

    stream: str
    version: int
    pin: Pin
    begun_at: datetime
    changed_at: datetime
    by: UUID
    format: ExportFormat
    table: ExportTable | None
    purpose: ExportPurpose
    known_at: datetime
    last_position: int
    since: date | None = None
    before: date | None = None
    made: MadeFile | None = None
    pending: Mapping[UUID, Dispatch] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return id_of(self.stream)

    @property
    def is_open(self) -> bool:
        """Never: one that is not made owes nobody anything."""
        return False


def export_stream(export: UUID) -> str:
    """The stream of an export."""
    return StreamName.EXPORT.stream(export)
