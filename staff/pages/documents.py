"""Documents in words: the lines of the timeline, and the box of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.event import Event
from domain.journey.document.general import DocumentFiled, DocumentWithdrawn
from domain.journey.document.health import HealthDocumentFiled, HealthDocumentWithdrawn
from domain.journey.document.legal import LegalDocumentFiled, LegalDocumentWithdrawn
from domain.journey.document.parts import FilePart
from domain.journey.state import journey_stream
from domain.rights.parts import opens_document
from projections.journey_file.documents import DocumentRow
from staff.filing.command import parts_to_file_in
from staff.i18n.words import Words
from staff.titles import Titles
from staff.visit import Visit
from vault.errors import RecordBroken, VaultUnavailable

Told = tuple[str, tuple[str, ...]]
_KILO = 1024


def tell(event: Event, titles: Titles) -> Told | None:
    """The line of an event and its details; None where it is about something else."""
    t = titles.words
    match event:
        case DocumentFiled() | LegalDocumentFiled() | HealthDocumentFiled():
            dated = (t("story.document-dated", day=t.day(event.dated)),) if event.dated else ()
            details = (t.label(event.media), size_in_words(event.size, t), *dated)
            return t("story.document-filed", kind=t.label(event.document_kind)), details
        case DocumentWithdrawn() | LegalDocumentWithdrawn() | HealthDocumentWithdrawn():
            return t("story.document-withdrawn", mistake=t.label(event.mistake)), ()
        case _:
            return None


def size_in_words(size: int, t: Words) -> str:
    """In bytes, kilobytes or megabytes, as people see it elsewhere."""
    if size < _KILO:
        return t("document.bytes", count=size)
    if size < _KILO * _KILO:
        return t("document.kilobytes", count=round(size / _KILO))
    return t("document.megabytes", count=round(size / (_KILO * _KILO)))


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """One document: what it is, its title as somebody typed it, how it came here."""

    row: DocumentRow
    kind: str
    title: str | None = field(repr=False)
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentBox:
    """The documents that somebody may read. `away`: their titles cannot be had now."""

    each: Sequence[ShownDocument]
    away: bool
    may_file: bool
    reads: bool


def document_box(journey: UUID, rows: Sequence[DocumentRow], visit: Visit, *, is_open: bool) -> DocumentBox:
    """For the file; asks log and vault. `rows` are theirs to read."""
    stance = visit.stance(journey_stream(journey))
    titles, away = titles_of(journey, rows, visit)
    reads = any(opens_document(stance, part.compartment) for part in FilePart)
    return DocumentBox(
        each=[shown(row, titles, visit) for row in rows],
        away=away,
        may_file=is_open and bool(parts_to_file_in(stance)),
        reads=reads,
    )


def titles_of(journey: UUID, rows: Sequence[DocumentRow], visit: Visit) -> tuple[dict[UUID, str], bool]:
    """The titles of these documents, and whether the vault could not be asked."""
    if not rows:
        return {}, False
    try:
        return visit.parts.documents.titles(journey, {row.compartment.value for row in rows}), False
    except (VaultUnavailable, RecordBroken):
        return {}, True


def shown(row: DocumentRow, titles: dict[UUID, str], visit: Visit) -> ShownDocument:
    """One for people."""
    t = visit.words
    who = visit.name(row.filed_by) or t("person.nobody")
    details = [t.label(row.media), size_in_words(row.size, t), t("document.filed", day=t.day(row.filed_at), who=who)]
    if row.dated:
        details.insert(0, t("story.document-dated", day=t.day(row.dated)))
    if row.withdrawn_at is not None and row.mistake is not None:
        details.append(t("document.withdrawn", day=t.day(row.withdrawn_at), mistake=t.label(row.mistake)))
    return ShownDocument(row, t.label(row.kind), titles.get(row.document) or None, tuple(details))
