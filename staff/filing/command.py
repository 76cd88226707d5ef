"""The command that records a document, and who may give it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.command import Command
from domain.journey.document.codes import DocumentKind, FilingMistake
from domain.journey.document.parts import DOCUMENT_PARTS, FilePart
from domain.rights.actions import Action
from domain.rights.commands import action_of
from domain.rights.deciding import Allowed, Stance
from projections.journey_file.documents import DocumentRow
from staff.filing.keeping import Received


def right_to_file(part: FilePart) -> Action:
    """What must be allowed to file in a part, and to withdraw from it."""
    return action_of(DOCUMENT_PARTS[part].file)


def parts_to_file_in(stance: Stance) -> Sequence[FilePart]:
    """The parts in which they may file."""
    return [part for part in DOCUMENT_PARTS if isinstance(stance.may(right_to_file(part)), Allowed)]


def filing(part: FilePart, kind: DocumentKind, dated: date | None, received: Received) -> Command:
    """Of what is in the vault."""
    kept = received.kept
    return DOCUMENT_PARTS[part].file.model_validate(
        {
            "document": kept.document,
            "document_kind": kind,
            "media": received.media,
            "size": kept.size,
            "sha256": kept.sha256,
            "dated": dated,
        }
    )


def withdrawal(row: DocumentRow, mistake: FilingMistake, seen: int | None) -> Command:
    """Of a document that is there."""
    of_part = DOCUMENT_PARTS[FilePart(row.compartment.value)]
    return of_part.withdraw.model_validate({"document": row.document, "mistake": mistake, "seen": seen})
