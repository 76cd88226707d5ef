"""What is asked of every document, and how it is folded; the three parts register their own events with this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.calendar import local_date
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings
from domain.journey.document.state import DocumentState
from domain.journey.document.values import Filing, Withdrawal, WithdrawalOrder, document_part
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused
from domain.sealed import Compartment

Made = Callable[..., Event]
"""The class of the event that is made."""


def file_document(journey: Journey, command: Filing, surroundings: Surroundings, event: Made) -> Decision:
    """The event of a filing. A document that is there already is filed once: with other content it is refused."""
    known = journey.documents.get(command.document)
    if known is not None:
        if known.sha256 == command.sha256 and known.stands:
            return ()
        return Refused(code=RefusalCode.DOCUMENT_FILED, part=known.part, part_version=known.version)
    if command.dated is not None and command.dated > local_date(surroundings.now, surroundings.pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE, part=document_part(command.document))
    return (event(**{name: getattr(command, name) for name in Filing.model_fields}),)


def withdraw_document(journey: Journey, command: WithdrawalOrder, event: Made, compartment: Compartment) -> Decision:
    """The event of a withdrawal; nothing where it was withdrawn before. Another part's document is not known here."""
    known = journey.documents.get(command.document)
    if known is None or known.compartment is not compartment:
        return Refused(code=RefusalCode.NO_SUCH_DOCUMENT, part=document_part(command.document))
    if not known.stands:
        return ()
    if command.seen is not None and command.seen != known.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=known.part, part_version=known.version)
    return (event(document=known.id, corrects=known.filed_version, mistake=command.mistake),)


def with_filed(journey: Journey, recorded: Recorded[Any], filing: Filing, compartment: Compartment) -> Journey:
    """The journey with one document more."""
    state = DocumentState(
        id=filing.document,
        compartment=compartment,
        kind=filing.document_kind,
        media=filing.media,
        size=filing.size,
        sha256=filing.sha256,
        dated=filing.dated,
        filed_at=recorded.recorded_at,
        filed_by=recorded.actor,
        filed_version=recorded.version,
        version=recorded.version,
    )
    return replace(journey, documents={**journey.documents, state.id: state})


def with_withdrawn(journey: Journey, recorded: Recorded[Any], withdrawal: Withdrawal) -> Journey:
    """The journey with one that does not stand any more."""
    state = replace(
        journey.documents[withdrawal.document],
        withdrawn_at=recorded.recorded_at,
        withdrawn_by=recorded.actor,
        mistake=withdrawal.mistake,
        version=recorded.version,
    )
    return replace(journey, documents={**journey.documents, state.id: state})
