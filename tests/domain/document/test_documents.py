"""Documents of a case: filed once, withdrawn where that was a mistake, and each part for itself."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.codes import ClosingReason, Role
from domain.journey.closing import CloseJourney
from domain.journey.document.codes import DocumentKind, FilingMistake, MediaType
from domain.journey.document.general import DocumentFiled, DocumentWithdrawn, FileDocument, WithdrawDocument
from domain.journey.document.legal import (
    FileLegalDocument,
    LegalDocumentFiled,
    LegalDocumentWithdrawn,
    WithdrawLegalDocument,
)
from domain.journey.document.parts import DOCUMENT_PARTS, FilePart
from domain.refusal import RefusalCode
from domain.rights.deciding import Stance
from domain.rights.involvement import Footing, Involvement
from domain.rights.parts import hidden_topics, opens_document
from domain.sealed import Compartment
from tests.domain.given import MILA, MONDAY, VERA, Given, begun
from tests.domain.rights.people import somebody, standing

PAPER = UUID("7f3e0000-0000-4000-8000-0000000000d1")
WHAT = {
    "document": PAPER,
    "document_kind": DocumentKind.COURT_DOCUMENT,
    "media": MediaType.PDF,
    "size": 1234,
    "sha256": "a" * 64,
}
FILE = FileLegalDocument(**WHAT, dated=date(1998, 5, 4))
WITHDRAW = WithdrawLegalDocument(document=PAPER, mistake=FilingMistake.WRONG_CLIENT)


def filed() -> Given:
    """A judgment, filed by Mila."""
    return begun().having(FILE).later(hours=1)


def test_a_document_is_filed_with_the_day_that_it_bears() -> None:
    """Long before there was a case: a certificate of birth is one too."""
    begun().when(FILE).then(LegalDocumentFiled(**WHAT, dated=date(1998, 5, 4)))
    paper = filed().state.documents[PAPER]
    assert (paper.compartment, paper.filed_by, paper.filed_at, paper.stands) == (Compartment.LEGAL, MILA, MONDAY, True)


def test_no_document_is_of_tomorrow() -> None:
    """By the calendar of the pathway's place."""
    tomorrow = MONDAY.date() + timedelta(days=1)
    begun().when(FILE.model_copy(update={"dated": tomorrow})).then_refused(
        RefusalCode.DATE_IN_THE_FUTURE, part=f"document:{PAPER}"
    )
    begun().having(FILE.model_copy(update={"dated": MONDAY.date()}))


def test_the_same_document_is_filed_once() -> None:
    """A second sending changes nothing; another content under the same id is refused, in whichever part."""
    filed().when(FILE).then()
    for other in (FILE.model_copy(update={"sha256": "b" * 64}), FileDocument(**{**WHAT, "sha256": "b" * 64})):
        refused = filed().when(other)
        refused.then_refused(
            RefusalCode.DOCUMENT_FILED, part=f"document:{PAPER}", part_version=filed().state.documents[PAPER].version
        )


def test_a_withdrawal_names_the_event_that_it_corrects() -> None:
    """So the timeline shows both, and the document does not stand any more."""
    before = filed().state.documents[PAPER]
    after = filed().by(VERA).having(WITHDRAW)
    event = after.history[-1].event
    assert isinstance(event, LegalDocumentWithdrawn)
    assert (event.corrects, event.mistake) == (before.filed_version, FilingMistake.WRONG_CLIENT)
    paper = after.state.documents[PAPER]
    assert (paper.stands, paper.withdrawn_by, paper.withdrawn_at) == (False, VERA, after.now)
    after.when(WITHDRAW).then()
    after.when(FILE).then_refused(RefusalCode.DOCUMENT_FILED, part=paper.part, part_version=paper.version)


def test_who_saw_another_version_withdraws_nothing() -> None:
    """It may not be the document that they meant."""
    version = filed().state.documents[PAPER].version
    filed().when(WITHDRAW.model_copy(update={"seen": version - 1})).then_refused(
        RefusalCode.PART_CHANGED, part=f"document:{PAPER}", part_version=version
    )
    filed().having(WITHDRAW.model_copy(update={"seen": version}))


def test_a_document_of_another_part_is_not_known() -> None:
    """Whoever may withdraw from one part withdraws nothing from another, and learns nothing of it."""
    other = WithdrawDocument(document=PAPER, mistake=FilingMistake.OTHER)
    filed().when(other).then_refused(RefusalCode.NO_SUCH_DOCUMENT, part=f"document:{PAPER}")
    begun().when(other).then_refused(RefusalCode.NO_SUCH_DOCUMENT, part=f"document:{PAPER}")


def test_a_mistake_is_found_after_the_case_was_closed_as_well() -> None:
    """Filing waits until it is open again."""
    closed = filed().having(CloseJourney(reason=ClosingReason.GOALS_REACHED))
    closed.having(WITHDRAW)
    closed.when(FILE.model_copy(update={"document": UUID(int=7)})).then_refused(RefusalCode.JOURNEY_CLOSED)


def test_every_compartment_has_events_of_its_own() -> None:
    """And they fold into it: no part is mistaken for another."""
    assert [part.compartment for part in DOCUMENT_PARTS] == [Compartment.NOTES, Compartment.LEGAL, Compartment.HEALTH]
    for part, of_part in DOCUMENT_PARTS.items():
        state = begun().having(of_part.file(**WHAT)).state.documents[PAPER]
        assert state.compartment is part.compartment
    assert DOCUMENT_PARTS[FilePart.NOTES].filed is DocumentFiled
    assert DOCUMENT_PARTS[FilePart.NOTES].withdrawn is DocumentWithdrawn


READ = [
    (Role.CASEWORKER, Involvement.ASSIGNED, {Compartment.NOTES}),
    (Role.LAWYER, Involvement.ASSIGNED, {Compartment.LEGAL}),
    (Role.LAWYER, Involvement.COUNSEL, {Compartment.LEGAL}),
    (Role.PSYCHOLOGIST, Involvement.ASSIGNED, {Compartment.NOTES, Compartment.HEALTH}),
    (Role.SUPERVISOR, Involvement.NONE, {Compartment.NOTES, Compartment.LEGAL}),
    (Role.MOBILE_TEAM, Involvement.ASSIGNED, set()),
    (Role.CONSULTANT, Involvement.ASSIGNED, set()),
    (Role.LAWYER, Involvement.NONE, set()),
]


@pytest.mark.parametrize(("role", "involvement", "compartments"), READ)
def test_who_reads_which_documents(role: Role, involvement: Involvement, compartments: set[Compartment]) -> None:
    """Documents at all, and the part that they belong to."""
    stance = Stance(somebody(role), standing(role, involvement))
    assert {each for each in Compartment if opens_document(stance, each)} == compartments


def test_a_lawyer_does_not_learn_that_there_is_a_medical_report() -> None:
    """The timeline hides the events of other parts by their topics."""
    lawyer = Stance(somebody(Role.LAWYER), frozenset({Footing(Role.LAWYER, Involvement.ASSIGNED)}))
    hidden = set(hidden_topics(lawyer))
    assert {"journey.health-document-filed", "journey.health-document-withdrawn"} <= hidden
    assert {"journey.document-filed", "journey.document-withdrawn"} <= hidden
    assert not {"journey.legal-document-filed", "journey.legal-document-withdrawn"} & hidden
