"""The answer of a journey to which a contact was attached, or which it opened."""

from __future__ import annotations

from domain.contact.codes import AttachStatus
from domain.contact.state import Attachment, Contact
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.contacts import LinkContact, UnlinkContact
from domain.journey.opening import OpenJourney
from domain.stream.dispatching import CommandRelayed, Dispatch, dispatch_id, with_dispatch, without_dispatch


def with_link(contact: Contact, recorded: Recorded[Event], attachment: Attachment) -> Contact:
    """The contact with this attachment, and the journey's side of it under way."""
    dispatch = dispatch_id(recorded, attachment.journey, LinkContact)
    asked = replace(attachment, dispatch=dispatch, status=AttachStatus.UNDER_WAY, refused=None)
    attached = replace(contact, attachments={**contact.attachments, asked.journey: asked})
    return with_dispatch(attached, recorded, asked.journey, LinkContact(contact=contact.id))


def relayed(contact: Contact, recorded: Recorded[CommandRelayed]) -> Contact:
    """A journey has answered: it opened and is linked next, it has linked the contact, or it refused."""
    dispatch = contact.pending.get(recorded.event.dispatch)
    after = without_dispatch(contact, recorded)
    attachment = contact.attachments.get(recorded.event.target)
    if dispatch is None or attachment is None or isinstance(dispatch.command, UnlinkContact):
        return after
    return _answered(after, recorded, attachment, dispatch)


def _answered(
    contact: Contact, recorded: Recorded[CommandRelayed], attachment: Attachment, dispatch: Dispatch
) -> Contact:
    refused = recorded.event.refused
    if isinstance(dispatch.command, OpenJourney) and refused is None:
        return with_link(contact, recorded, replace(attachment, version=recorded.version))
    if attachment.dispatch != dispatch.id:
        return contact
    status = AttachStatus.REFUSED if refused else AttachStatus.AGREED
    answered = replace(attachment, status=status, refused=refused, version=recorded.version)
    return replace(contact, attachments={**contact.attachments, attachment.journey: answered})
