"""Part: documents of the case at large. Read by whoever may read its notes."""

from __future__ import annotations

from domain.command import Command
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.document.deciding import file_document, with_filed, with_withdrawn, withdraw_document
from domain.journey.document.values import Filing, Withdrawal, WithdrawalOrder, document_part
from domain.journey.folding import evolves
from domain.journey.state import Journey
from domain.sealed import Compartment


class DocumentFiled(Filing, Event, topic="journey.document-filed"):
    """A document of the case at large is in the vault, sealed for `notes`."""

    @property
    def part(self) -> str:
        return document_part(self.document)


class DocumentWithdrawn(Withdrawal, Event, topic="journey.document-withdrawn"):
    """It was filed by mistake: nobody opens it any more, and its content is erased after a while."""

    @property
    def part(self) -> str:
        return document_part(self.document)


class FileDocument(Filing, Command, kind="file-document"):
    """Records a document of the case at large whose content is in the vault already."""


class WithdrawDocument(WithdrawalOrder, Command, kind="withdraw-document"):
    """Says that it was filed by mistake."""


@decides(FileDocument)
def _file(journey: Journey, command: FileDocument, surroundings: Surroundings) -> Decision:
    return file_document(journey, command, surroundings, DocumentFiled)


@decides(WithdrawDocument, in_every_phase=True)
def _withdraw(journey: Journey, command: WithdrawDocument, _: Surroundings) -> Decision:
    return withdraw_document(journey, command, DocumentWithdrawn, Compartment.NOTES)


@evolves(DocumentFiled)
def _filed(journey: Journey, recorded: Recorded[DocumentFiled]) -> Journey:
    return with_filed(journey, recorded, recorded.event, Compartment.NOTES)


@evolves(DocumentWithdrawn)
def _withdrawn(journey: Journey, recorded: Recorded[DocumentWithdrawn]) -> Journey:
    return with_withdrawn(journey, recorded, recorded.event)
