"""A document in a case, and the pages about it, for the tests that walk through every page."""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.journey.document.codes import DocumentKind, MediaType
from domain.journey.document.legal import FileLegalDocument
from projections.journey_file.queries import file
from projections.names import ModelName
from projections.status import wait
from staff.parts import Parts
from tests.staff.house import House
from tests.staff.office_files import PDF
from worker.demo.staff import VERA


def document_pages(house: House, journey: UUID | None) -> list[str]:
    """The form, one document, and its withdrawal: Vera has filed it, once."""
    assert journey is not None
    document = uuid5(journey, "a judgment")
    found = file(house.reader, journey)
    if found is not None and document not in {row.document for row in found.document.documents}:
        _file(house, journey, document)
    base = f"/journeys/{journey}/documents"
    return [f"{base}/new", f"{base}/{document}", f"{base}/{document}/withdraw"]


def _file(house: House, journey: UUID, document: UUID) -> None:
    parts: Parts = house.app.state.parts
    upload = parts.documents.begin(journey, "legal", document)
    upload.add(PDF)
    upload.finish()
    kept = parts.documents.keep(upload, name="presuda.pdf", title="Пресуда, први степен")
    command = FileLegalDocument(
        document=document,
        document_kind=DocumentKind.COURT_DOCUMENT,
        media=MediaType.PDF,
        size=kept.size,
        sha256=kept.sha256,
    )
    outcome = house.desk.record(journey, command, uuid5(document, "filed"), VERA.id)
    assert outcome.refusal is None
    assert outcome.position is not None
    assert wait(house.reader, frozenset(ModelName), outcome.position, 10)
