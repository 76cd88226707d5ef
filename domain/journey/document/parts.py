"""The three parts side by side: which events and commands belong to which compartment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.command import Command
from domain.event import Event
from domain.journey.document.general import DocumentFiled, DocumentWithdrawn, FileDocument, WithdrawDocument
from domain.journey.document.health import (
    FileHealthDocument,
    HealthDocumentFiled,
    HealthDocumentWithdrawn,
    WithdrawHealthDocument,
)
from domain.journey.document.legal import (
    FileLegalDocument,
    LegalDocumentFiled,
    LegalDocumentWithdrawn,
    WithdrawLegalDocument,
)
from domain.sealed import Compartment


class FilePart(StrEnum):
    """The part of a file that a document is filed in, named as its compartment."""

    NOTES = Compartment.NOTES.value
    LEGAL = Compartment.LEGAL.value
    HEALTH = Compartment.HEALTH.value

    @property
    def compartment(self) -> Compartment:
        return Compartment(self.value)


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Events and commands of one part."""

    filed: type[Event]
    withdrawn: type[Event]
    file: type[Command]
    withdraw: type[Command]


DOCUMENT_PARTS: Mapping[FilePart, DocumentPart] = {
    FilePart.NOTES: DocumentPart(DocumentFiled, DocumentWithdrawn, FileDocument, WithdrawDocument),
    FilePart.LEGAL: DocumentPart(LegalDocumentFiled, LegalDocumentWithdrawn, FileLegalDocument, WithdrawLegalDocument),
    FilePart.HEALTH: DocumentPart(
        HealthDocumentFiled, HealthDocumentWithdrawn, FileHealthDocument, WithdrawHealthDocument
    ),
}
"""In the order in which a form offers them."""
FILING_COMMANDS: tuple[type[Command], ...] = tuple(part.file for part in DOCUMENT_PARTS.values())
