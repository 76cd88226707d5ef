"""What is said of a document wherever it is filed."""

from __future__ import annotations

from uuid import UUID

from domain.journey.document.codes import DocumentKind, FilingMistake, MediaType
from domain.values import Count, Day, Sha256, Value


class Filing(Value):
    """`size` in bytes. `sha256` is of the sealed pieces in the vault, in their order, not of the content.

    So the log tells whether the vault still holds what was filed, and somebody who has a copy of a file cannot prove
    from the log that it was in this case. `dated`: the day that the document itself bears, often long before.
    """

    document: UUID
    document_kind: DocumentKind
    media: MediaType
    size: Count
    sha256: Sha256
    dated: Day | None = None


class Withdrawal(Value):
    """`corrects` is the version of the event that filed it."""

    document: UUID
    corrects: Count
    mistake: FilingMistake


class WithdrawalOrder(Value):
    """`seen` is the version of the document on the form."""

    document: UUID
    mistake: FilingMistake
    seen: Count | None = None


def document_part(document: UUID) -> str:
    """The part key of a document."""
    return f"document:{document}"
