"""Part: documents of the legal part. Read by lawyers of the case and supervisors."""

from __future__ import annotations

from domain.command import Command
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.document.deciding import file_document, with_filed, with_withdrawn, withdraw_document
from domain.journey.document.values import Filing, Withdrawal, WithdrawalOrder, document_part
from domain.journey.folding import evolves
from domain.journey.state import Journey
from domain.sealed import Compartment


class LegalDocumentFiled(Filing, Event, topic="journey.legal-document-filed"):
    """A document of the legal part is in the vault, sealed for `legal`."""

    @property
    def part(self) -> str:
        return document_part(self.document)


class LegalDocumentWithdrawn(Withdrawal, Event, topic="journey.legal-document-withdrawn"):
    """It was filed by mistake: nobody opens it any more, and its content is erased after a while."""

    @property
    def part(self) -> str:
        return document_part(self.document)


class FileLegalDocument(Filing, Command, kind="file-legal-document"):
    """Records a document of the legal part whose content is in the vault already."""


class WithdrawLegalDocument(WithdrawalOrder, Command, kind="withdraw-legal-document"):
    """Says that it was filed by mistake."""


@decides(FileLegalDocument)
def _file(journey: Journey, command: FileLegalDocument, surroundings: Surroundings) -> Decision:
    return file_document(journey, command, surroundings, LegalDocumentFiled)


@decides(WithdrawLegalDocument, in_every_phase=True)
def _withdraw(journey: Journey, command: WithdrawLegalDocument, _: Surroundings) -> Decision:
    return withdraw_document(journey, command, LegalDocumentWithdrawn, Compartment.LEGAL)


@evolves(LegalDocumentFiled)
def _filed(journey: Journey, recorded: Recorded[LegalDocumentFiled]) -> Journey:
    return with_filed(journey, recorded, recorded.event, Compartment.LEGAL)


@evolves(LegalDocumentWithdrawn)
def _withdrawn(journey: Journey, recorded: Recorded[LegalDocumentWithdrawn]) -> Journey:
    return with_withdrawn(journey, recorded, recorded.event)
