"""Part: what people hold of a contact, a promised call or a danger that they have; it may be taken over by another."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Role
from domain.contact.contacts import CONTACTS, Decision, Surroundings
from domain.contact.state import Contact
from domain.copying import replace
from domain.event import Event, Recorded
from domain.refusal import RefusalCode, Refused
from domain.stream.holding import Held, TakeOver
from domain.values import ObligationKey, StaffId


class ContactTakenOver(Event, topic="contact.taken-over"):
    """A promised call, or a danger, is this person's now; by when it is owed stays as it was."""

    part: ObligationKey
    staff: StaffId


def held(contact: Contact) -> Iterator[Held]:
    """What is owed by somebody by name. What whoever has the role owes is held by nobody."""
    promise = contact.promise
    if promise is not None and promise.staff is not None:
        yield Held(promise.key, promise.role, promise.staff)
    for danger in contact.dangers.values():
        if danger.is_open and danger.acknowledged_by is not None:
            yield Held(danger.key, Role.ON_CALL, danger.acknowledged_by)


@CONTACTS.decides(TakeOver)
def _take_over(contact: Contact, command: TakeOver, _: Surroundings) -> Decision:
    holder = next((each.staff for each in held(contact) if each.part == command.part), None)
    if holder is None:
        return Refused(code=RefusalCode.NOT_ASSIGNED, part=command.part)
    if holder == command.successor:
        return ()
    if holder != command.leaver:
        return Refused(code=RefusalCode.HELD_BY_ANOTHER, part=command.part, other=holder)
    return (ContactTakenOver(part=command.part, staff=command.successor),)


@CONTACTS.evolves(ContactTakenOver)
def _taken_over(contact: Contact, recorded: Recorded[ContactTakenOver]) -> Contact:
    event, promise = recorded.event, contact.promise
    if promise is not None and promise.key == event.part:
        return replace(contact, promise=replace(promise, staff=event.staff, version=recorded.version))
    dangers = {
        number: replace(danger, acknowledged_by=event.staff, version=recorded.version)
        if danger.key == event.part
        else danger
        for number, danger in contact.dangers.items()
    }
    return replace(contact, dangers=dangers)
