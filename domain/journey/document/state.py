"""A document as it is known from its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.journey.document.codes import DocumentKind, FilingMistake, MediaType
from domain.journey.document.values import document_part
from domain.sealed import Compartment


@dataclass(frozen=True)
class DocumentState:
    """`filed_version` is of the event that filed it, `version` of the last one about it. `size` in bytes."""

    id: UUID
    compartment: Compartment
    kind: DocumentKind
    media: MediaType
    size: int
    sha256: str
    dated: date | None
    filed_at: datetime
    filed_by: UUID
    filed_version: int
    version: int
    withdrawn_at: datetime | None = None
    withdrawn_by: UUID | None = None
    mistake: FilingMistake | None = None

    @property
    def part(self) -> str:
        return document_part(self.id)

    @property
    def stands(self) -> bool:
        """Whether it may be opened: it was not filed by mistake."""
        return self.withdrawn_at is None
