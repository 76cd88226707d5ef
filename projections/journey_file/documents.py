"""Documents, as a journey's file shows them: what was filed, when, by whom. Names and titles are in the vault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.journey.document.codes import DocumentKind, FilingMistake, MediaType
from domain.journey.document.state import DocumentState
from domain.sealed import Compartment
from projections.folded import Folded, code
from projections.read_model import Row


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """`version` is what a form sends back as `seen`. `size` in bytes; `sha256` is of the sealed pieces."""

    part: str
    document: UUID
    version: int
    compartment: Compartment
    kind: DocumentKind
    media: MediaType
    size: int
    sha256: str
    filed_at: datetime
    filed_by: UUID
    dated: date | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: UUID | None = None
    mistake: FilingMistake | None = None


def documents(folded: Folded) -> list[Row]:
    """Every document, the latest first, withdrawn ones too."""
    return [_row(one) for one in sorted(folded.journey.documents.values(), key=lambda one: -one.filed_version)]


def _row(one: DocumentState) -> Row:
    return {
        "part": one.part,
        "document": one.id,
        "version": one.version,
        "compartment": one.compartment.value,
        "kind": one.kind.value,
        "media": one.media.value,
        "size": one.size,
        "sha256": one.sha256,
        "filed_at": one.filed_at,
        "filed_by": one.filed_by,
        "dated": one.dated,
        "withdrawn_at": one.withdrawn_at,
        "withdrawn_by": one.withdrawn_by,
        "mistake": code(one.mistake),
    }
