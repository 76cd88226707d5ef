"""One example of every event of documents, with every field filled."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.event import Event
from domain.journey.document.codes import DocumentKind, FilingMistake, MediaType
from domain.journey.document.general import DocumentFiled, DocumentWithdrawn
from domain.journey.document.health import HealthDocumentFiled, HealthDocumentWithdrawn
from domain.journey.document.legal import LegalDocumentFiled, LegalDocumentWithdrawn

PAPER = UUID("7f3e0000-0000-4000-8000-0000000000d1")


def document_events(at: datetime) -> tuple[Event, ...]:
    """Ids and dates never change."""
    found: list[Event] = []
    for filed, withdrawn in (
        (DocumentFiled, DocumentWithdrawn),
        (LegalDocumentFiled, LegalDocumentWithdrawn),
        (HealthDocumentFiled, HealthDocumentWithdrawn),
    ):
        found.append(
            filed(
                occurred_at=at,
                document=PAPER,
                document_kind=DocumentKind.COURT_DOCUMENT,
                media=MediaType.PDF,
                size=123_456,
                sha256="a" * 64,
                dated=date(2025, 11, 3),
            )
        )
        found.append(
            withdrawn(occurred_at=at, document=PAPER, corrects=4, mistake=FilingMistake.WRONG_CLIENT),
        )
    return tuple(found)
