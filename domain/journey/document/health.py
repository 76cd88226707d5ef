"""Part: documents of the medical and psychological part. Read by psychologists of the case."""

from __future__ import annotations

from domain.command import Command
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.document.deciding import file_document, with_filed, with_withdrawn, withdraw_document
from domain.journey.document.values import Filing, Withdrawal, WithdrawalOrder, document_part
from domain.journey.folding import evolves
from domain.journey.state import Journey
from domain.sealed import Compartment


class HealthDocumentFiled(Filing, Event, topic="journey.health-document-filed"):
    """A document of the medical and psychological part is in the vault, sealed for `health`."""

    @property
    def part(self) -> str:
        return document_part(self.document)


class HealthDocumentWithdrawn(Withdrawal, Event, topic="journey.health-document-withdrawn"):
    """It was filed by mistake: nobody opens it any more, and its content is erased after a while."""

    @property
    def part(self) -> str:
        return document_part(self.document)


class FileHealthDocument(Filing, Command, kind="file-health-document"):
    """Records a document of the medical and psychological part whose content is in the vault already."""


class WithdrawHealthDocument(WithdrawalOrder, Command, kind="withdraw-health-document"):
    """Says that it was filed by mistake."""


@decides(FileHealthDocument)
def _file(journey: Journey, command: FileHealthDocument, surroundings: Surroundings) -> Decision:
    return file_document(journey, command, surroundings, HealthDocumentFiled)


@decides(WithdrawHealthDocument, in_every_phase=True)
def _withdraw(journey: Journey, command: WithdrawHealthDocument, _: Surroundings) -> Decision:
    return withdraw_document(journey, command, HealthDocumentWithdrawn, Compartment.HEALTH)


@evolves(HealthDocumentFiled)
def _filed(journey: Journey, recorded: Recorded[HealthDocumentFiled]) -> Journey:
    return with_filed(journey, recorded, recorded.event, Compartment.HEALTH)


@evolves(HealthDocumentWithdrawn)
def _withdrawn(journey: Journey, recorded: Recorded[HealthDocumentWithdrawn]) -> Journey:
    return with_withdrawn(journey, recorded, recorded.event)
