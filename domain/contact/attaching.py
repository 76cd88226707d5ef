"""Part: the journey that a contact belongs to, an old one or one that begins with it. Both sides record the tie."""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.command import Command
from domain.contact.attachment import with_link
from domain.contact.codes import AttachStatus
from domain.contact.contacts import CONTACTS, Decision, Surroundings
from domain.contact.state import Attachment, Contact
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.contacts import UnlinkContact
from domain.journey.opening import OpenJourney
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from domain.stream.dispatching import dispatch_id, with_dispatch
from domain.stream.facts import gives_work
from domain.values import StaffId


class ContactAttached(Event, topic="contact.attached"):
    """The contact belongs to this journey; the journey is asked to record it too."""

    journey: UUID


class ContactDetached(Event, topic="contact.detached"):
    """That was a mistake."""

    journey: UUID


class JourneyBegun(Event, topic="contact.journey-begun"):
    """A journey is opened from this contact, and then records that it began here."""

    journey: UUID
    journey_pin: Pin
    caseworker: StaffId | None = None


class AttachContact(Command, kind="attach-contact"):
    """Attaches the contact to a journey that exists. After a refusal it may be asked again."""

    journey: UUID


class DetachContact(Command, kind="detach-contact"):
    """Takes back an attachment."""

    journey: UUID


class BeginJourney(Command, kind="begin-journey"):
    """Opens a journey from the contact. Without `journey_pin` on the pathway of the contact itself."""

    journey_pin: Pin | None = None
    caseworker: StaffId | None = None


gives_work(BeginJourney, lambda command: (command.caseworker,))


def attachment_part(journey: UUID) -> str:
    """The part key of an attachment."""
    return f"attachment:{journey}"


def begun_journey(contact: UUID, number: int) -> UUID:
    """The id of the n-th journey that begins with a contact: the same for every repetition."""
    return uuid5(contact, f"journey-{number}")


@CONTACTS.decides(AttachContact, in_every_phase=True)
def _attach(contact: Contact, command: AttachContact, _: Surroundings) -> Decision:
    known = contact.attachments.get(command.journey)
    if known is not None and known.status is not AttachStatus.REFUSED:
        part = attachment_part(command.journey)
        return Refused(code=RefusalCode.ALREADY_ATTACHED, part=part, part_version=known.version)
    return (ContactAttached(journey=command.journey),)


@CONTACTS.decides(DetachContact, in_every_phase=True)
def _detach(contact: Contact, command: DetachContact, _: Surroundings) -> Decision:
    if command.journey not in contact.attachments:
        return Refused(code=RefusalCode.NOT_ATTACHED)
    return (ContactDetached(journey=command.journey),)


@CONTACTS.decides(BeginJourney, in_every_phase=True)
def _begin(contact: Contact, command: BeginJourney, _: Surroundings) -> Decision:
    journey = begun_journey(contact.id, contact.opened + 1)
    pin = command.journey_pin or contact.pin
    return (JourneyBegun(journey=journey, journey_pin=pin, caseworker=command.caseworker),)


@CONTACTS.evolves(ContactAttached)
def _attached(contact: Contact, recorded: Recorded[ContactAttached]) -> Contact:
    attachment = Attachment(recorded.event.journey, AttachStatus.UNDER_WAY, recorded.version)
    return with_link(contact, recorded, attachment)


@CONTACTS.evolves(ContactDetached)
def _detached(contact: Contact, recorded: Recorded[ContactDetached]) -> Contact:
    journey = recorded.event.journey
    rest = {key: each for key, each in contact.attachments.items() if key != journey}
    return with_dispatch(replace(contact, attachments=rest), recorded, journey, UnlinkContact(contact=contact.id))


@CONTACTS.evolves(JourneyBegun)
def _begun(contact: Contact, recorded: Recorded[JourneyBegun]) -> Contact:
    event = recorded.event
    attachment = Attachment(
        event.journey,
        AttachStatus.UNDER_WAY,
        recorded.version,
        dispatch=dispatch_id(recorded, event.journey, OpenJourney),
        opened=True,
    )
    begun = replace(contact, attachments={**contact.attachments, event.journey: attachment}, opened=contact.opened + 1)
    command = OpenJourney(pin=event.journey_pin, caseworker=event.caseworker)
    return with_dispatch(begun, recorded, event.journey, command)
