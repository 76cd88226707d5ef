"""Part: whether and when a call is safe, as it changes. Where it is not any more, a promise ends with it."""

from __future__ import annotations

from domain.calendar import local_date
from domain.command import Command
from domain.contact.calling import CallBackReleased
from domain.contact.codes import ReleaseReason
from domain.contact.contacts import CONTACTS, Decision, Surroundings, hotline_of, not_listed
from domain.contact.state import Contact, SafeContact
from domain.copying import replace
from domain.event import Event, Recorded
from domain.refusal import Refused
from domain.sealed import Notes, Sealed


class SafeContactRevised(Event, topic="contact.safe-contact-revised"):
    """What is safe has changed, or was asked at last."""

    safe: SafeContact
    note: Sealed[Notes] | None = None


class ReviseSafeContact(Command, kind="revise-safe-contact"):
    """Records what is safe now. Where no call is allowed any more, a promise ends with it."""

    safe: SafeContact
    note: Sealed[Notes] | None = None


@CONTACTS.decides(ReviseSafeContact, in_every_phase=True)
def _revise(contact: Contact, command: ReviseSafeContact, surroundings: Surroundings) -> Decision:
    hotline = hotline_of(surroundings)
    if isinstance(hotline, Refused):
        return hotline
    if hotline.window(command.safe.window) is None:
        return not_listed("window", tuple(w.window for w in hotline.windows))
    revised = SafeContactRevised(safe=command.safe, note=command.note)
    promise = contact.promise
    if promise is None or command.safe.allows(local_date(surroundings.now, surroundings.pathway.zone)):
        return (revised,)
    return (revised, CallBackReleased(number=contact.promises, reason=ReleaseReason.NOT_PERMITTED))


@CONTACTS.evolves(SafeContactRevised)
def _revised(contact: Contact, recorded: Recorded[SafeContactRevised]) -> Contact:
    return replace(contact, safe=recorded.event.safe)
