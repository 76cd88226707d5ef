"""Part: what a contact was, logged in one go; what was entered wrongly is corrected by an event that names it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.calendar import local_date
from domain.command import Command
from domain.contact.calling import promised
from domain.contact.codes import CallUrgency, HotlineChannel, NextStep
from domain.contact.contacts import CONTACTS, Decision, Surroundings, hotline_of, not_listed
from domain.contact.danger import raised
from domain.contact.state import Contact, SafeContact, Sorting
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.timing import CLOCK_TOLERANCE, Instant
from domain.pathway.hotline import Hotline
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.facts import gives_work
from domain.values import Code, Count, Language, StaffId


class ContactLogged(Event, topic="contact.logged"):
    """Somebody called, wrote or came. `on` is the local day, `caller` a code of ours for who may call again.

    `may_recognise`: they agreed that we show each other what the same number told us before.
    """

    pin: Pin
    on: date
    sorting: Sorting
    safe: SafeContact
    caller: UUID | None = None
    may_recognise: bool = False
    note: Sealed[Notes] | None = None


class ContactCorrected(Event, topic="contact.corrected"):
    """What the contact counts as, where it was entered wrongly. `corrects`: the version that said otherwise."""

    corrects: Count
    sorting: Sorting
    note: Sealed[Notes] | None = None


class ContactNoted(Event, topic="contact.noted"):
    """More was written down."""

    note: Sealed[Notes]


class LogContact(Command, kind="log-contact"):
    """Logs a contact; for a silent or prank call or a wrong number `channel` and `caller` are all there is to say.

    `call_back`: a call is promised at once; `danger`: and a danger raised, without a second command.
    """

    pin: Pin
    caller: Code
    channel: HotlineChannel = HotlineChannel.PHONE
    topics: tuple[Code, ...] = Field(default=(), max_length=20)
    language: Language | None = None
    urgency: CallUrgency = CallUrgency.ORDINARY
    next_step: NextStep = NextStep.NONE
    safe: SafeContact = SafeContact()
    known_as: UUID | None = None
    may_recognise: bool = False
    call_back: bool = False
    called_by: StaffId | None = None
    danger: Code | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class CorrectContact(Command, kind="correct-contact"):
    """Corrects what a contact counts as; what is left out stays as it was."""

    caller: Code | None = None
    channel: HotlineChannel | None = None
    topics: tuple[Code, ...] | None = Field(default=None, max_length=20)
    language: Language | None = None
    urgency: CallUrgency | None = None
    next_step: NextStep | None = None
    note: Sealed[Notes] | None = None


class NoteContact(Command, kind="note-contact"):
    """Adds a note."""

    note: Sealed[Notes]


gives_work(LogContact, lambda command: (command.called_by,))


@CONTACTS.opens(LogContact)
def _log(command: LogContact, surroundings: Surroundings) -> Decision:
    hotline = hotline_of(surroundings)
    if isinstance(hotline, Refused):
        return hotline
    if command.occurred_at and command.occurred_at > surroundings.now + CLOCK_TOLERANCE:
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE)
    sorting = Sorting(
        channel=command.channel,
        caller=command.caller,
        topics=tuple(dict.fromkeys(command.topics)),
        language=command.language or hotline.languages[0],
        urgency=command.urgency,
        next_step=command.next_step,
    )
    if refused := misfit(sorting, hotline) or _unsafe_window(command.safe, hotline):
        return refused
    logged = ContactLogged(
        pin=command.pin,
        on=local_date(command.occurred_at or surroundings.now, surroundings.pathway.zone),
        sorting=sorting,
        safe=command.safe,
        caller=command.known_as,
        may_recognise=command.may_recognise,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return _with_promise_and_danger(logged, command, hotline, surroundings)


def _with_promise_and_danger(
    logged: ContactLogged, command: LogContact, hotline: Hotline, surroundings: Surroundings
) -> Decision:
    events: tuple[Event, ...] = (logged,)
    if command.call_back:
        promise = promised(
            command.safe, command.urgency, hotline, surroundings, number=1, staff=command.called_by, agreed=None
        )
        if isinstance(promise, Refused):
            return promise
        events = (*events, promise)
    if command.danger is not None:
        danger = raised(command.danger, hotline, surroundings, number=1)
        if isinstance(danger, Refused):
            return danger
        events = (*events, danger)
    return events


@CONTACTS.decides(CorrectContact, in_every_phase=True)
def _correct(contact: Contact, command: CorrectContact, surroundings: Surroundings) -> Decision:
    hotline = hotline_of(surroundings)
    if isinstance(hotline, Refused):
        return hotline
    said = command.model_dump(exclude={"note"}, exclude_none=True)
    sorting = Sorting.model_validate({**contact.sorting.model_dump(), **said})
    if sorting == contact.sorting:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT)
    if refused := misfit(sorting, hotline):
        return refused
    return (ContactCorrected(corrects=contact.sorted_version, sorting=sorting, note=command.note),)


@CONTACTS.decides(NoteContact, in_every_phase=True)
def _note(_: Contact, command: NoteContact, __: Surroundings) -> Decision:
    return (ContactNoted(note=command.note),)


def misfit(sorting: Sorting, hotline: Hotline) -> Refused | None:
    """A refusal where the pathway does not know the kind of caller or a topic."""
    callers = tuple(c.kind for c in hotline.callers)
    topics = tuple(t.topic for t in hotline.topics)
    if sorting.caller not in callers:
        return not_listed("caller", callers)
    return None if set(sorting.topics) <= set(topics) else not_listed("topics", topics)


def _unsafe_window(safe: SafeContact, hotline: Hotline) -> Refused | None:
    return None if hotline.window(safe.window) else not_listed("window", tuple(w.window for w in hotline.windows))


@CONTACTS.begins(ContactLogged)
def _logged(recorded: Recorded[ContactLogged]) -> Contact:
    event = recorded.event
    return Contact(
        stream=recorded.stream,
        version=recorded.version,
        pin=event.pin,
        contacted_at=recorded.occurred_at,
        contacted_on=event.on,
        changed_at=recorded.recorded_at,
        sorting=event.sorting,
        sorted_version=recorded.version,
        safe=event.safe,
        caller=event.caller,
        may_recognise=event.may_recognise,
    )


@CONTACTS.evolves(ContactCorrected)
def _corrected(contact: Contact, recorded: Recorded[ContactCorrected]) -> Contact:
    return replace(contact, sorting=recorded.event.sorting, sorted_version=recorded.version)


@CONTACTS.evolves(ContactNoted)
def _noted(contact: Contact, _: Recorded[ContactNoted]) -> Contact:
    return contact
