"""Part: the contacts at the hotline that belong to this journey. Asked from the contact, recorded on both sides."""

from __future__ import annotations

from uuid import UUID

from domain.codes import Phase
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.state import ContactLink, Journey
from domain.refusal import RefusalCode, Refused


class ContactLinked(Event, topic="journey.contact-linked"):
    """A contact at the hotline belongs to this journey."""

    contact: UUID


class ContactUnlinked(Event, topic="journey.contact-unlinked"):
    """It does not, after all."""

    contact: UUID


class LinkContact(Command, kind="link-contact"):
    """What a contact's workflow asks for after `AttachContact`."""

    contact: UUID


class UnlinkContact(Command, kind="unlink-contact"):
    """What a contact's workflow asks for after `DetachContact`."""

    contact: UUID


@decides(LinkContact, in_every_phase=True)
def _link(journey: Journey, command: LinkContact, _: Surroundings) -> Decision:
    """A closed journey takes it too: somebody who calls again is why journeys are reopened."""
    if journey.phase is Phase.MERGED:
        return Refused(code=RefusalCode.JOURNEY_MERGED, other=journey.merged_into)
    return () if command.contact in journey.contacts else (ContactLinked(contact=command.contact),)


@decides(UnlinkContact, in_every_phase=True)
def _unlink(journey: Journey, command: UnlinkContact, _: Surroundings) -> Decision:
    return (ContactUnlinked(contact=command.contact),) if command.contact in journey.contacts else ()


@evolves(ContactLinked)
def _linked(journey: Journey, recorded: Recorded[ContactLinked]) -> Journey:
    link = ContactLink(recorded.event.contact, recorded.occurred_at, recorded.version)
    return replace(journey, contacts={**journey.contacts, link.contact: link})


@evolves(ContactUnlinked)
def _unlinked(journey: Journey, recorded: Recorded[ContactUnlinked]) -> Journey:
    rest = {key: link for key, link in journey.contacts.items() if key != recorded.event.contact}
    return replace(journey, contacts=rest)
