"""The call form: what is asked while somebody is on the line. Everything but who it is has a default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from domain.calendar import local_date
from domain.codes import Role
from domain.contact.calling import PromiseCallBack
from domain.contact.codes import CallUrgency, HotlineChannel, MayCall, NextStep
from domain.contact.logged import LogContact
from domain.contact.state import SafeContact
from domain.pathway.hotline import Hotline
from domain.pathway.model import Pathway, Pin
from projections.contacts.queries import ContactFilter, list_contacts
from staff.contact_titles import ContactTitles, hours, language
from staff.forms.action import Note, given
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.visit import Visit

NOBODY_IN_DANGER = "no"
PROMISES = ("no", "anyone", "me")
_NUMBER = "form.fault.number"


@dataclass(frozen=True, slots=True)
class CallForm:
    """The form of one call: `contact` is its id from the first drawing on, so that it is logged once."""

    visit: Visit
    contact: UUID
    pin: Pin
    pathway: Pathway
    hotline: Hotline

    @property
    def titles(self) -> ContactTitles:
        return ContactTitles(self.pathway, self.visit.words)

    @property
    def first(self) -> tuple[Field, ...]:
        """Who it is and whether somebody is in danger now: what has to be known first."""
        words = self.visit.words
        callers = tuple(Choice(c.kind, words.title(c.title)) for c in self.hotline.callers)
        signs = tuple(Choice(s.sign, words.title(s.title)) for s in self.hotline.dangers.signs)
        nobody = Choice(NOBODY_IN_DANGER, words("call.nobody-in-danger"))
        return (
            Field("caller", FieldKind.RADIOS, words("call.caller"), choices=callers, focused=True),
            Field("danger", FieldKind.RADIOS, words("call.danger"), choices=(nobody, *signs), default=NOBODY_IN_DANGER),
        )

    @property
    def usual(self) -> tuple[Field, ...]:
        """What most calls have."""
        words = self.visit.words
        topics = tuple(Choice(t.topic, words.title(t.title)) for t in self.hotline.topics)
        promises = tuple(Choice(p, words(f"call.promise-{p}")) for p in PROMISES)
        windows = tuple(Choice(w.window, hours(w, words)) for w in self.hotline.windows)
        may = choices(list(MayCall), words)
        return (
            Field("topic", FieldKind.SELECT, words("call.topic"), choices=topics, optional=True),
            Field(
                "may-call",
                FieldKind.RADIOS,
                words("call.may-call"),
                words("call.may-call-hint"),
                may,
                default=MayCall.NOT_ASKED.value,
            ),
            Field("number", FieldKind.NUMBER, words("call.number"), words("call.number-hint"), optional=True),
            Field("promise", FieldKind.RADIOS, words("call.promise"), choices=promises, default=PROMISES[0]),
            Field("window", FieldKind.SELECT, words("call.window"), choices=windows, default=windows[0].value),
            Field("note", FieldKind.NOTE, words("form.note"), words("form.note-hint"), optional=True),
        )

    @property
    def more(self) -> tuple[Field, ...]:
        """What has a default that is nearly always right, and what only some callers want."""
        words = self.visit.words
        spoken = tuple(Choice(code, language(code, words)) for code in self.hotline.languages)
        today = local_date(self.visit.now, self.pathway.zone)
        wishes = (Choice("recognise", words("call.recognise")), Choice("code", words("call.give-code")))
        return (
            Field(
                "until", FieldKind.MOMENT, words("call.until"), words("call.until-hint"), optional=True, earliest=today
            ),
            Field(
                "urgency",
                FieldKind.RADIOS,
                words("call.urgency"),
                choices=choices(list(CallUrgency), words),
                default=CallUrgency.ORDINARY.value,
            ),
            Field("wishes", FieldKind.CHECKS, words("call.wishes"), words("call.wishes-hint"), wishes, optional=True),
            Field("known-as", FieldKind.CODE, words("call.known-as"), words("call.known-as-hint"), optional=True),
            Field(
                "channel",
                FieldKind.SELECT,
                words("call.channel"),
                choices=choices(list(HotlineChannel), words),
                default=HotlineChannel.PHONE.value,
            ),
            Field("language", FieldKind.SELECT, words("call.language"), choices=spoken, default=spoken[0].value),
            Field("step", FieldKind.SELECT, words("call.step"), choices=choices(list(NextStep), words), optional=True),
            Field(
                "happened",
                FieldKind.MOMENT,
                words("form.happened"),
                words("form.happened-hint"),
                optional=True,
                latest=today,
            ),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        return (*self.first, *self.usual, *self.more)

    def field(self, name: str) -> Field:
        """One of its fields."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Call:
    """What was entered. `promise`: a second command, where a time was agreed; `number` goes to the vault alone."""

    command: LogContact
    promise: PromiseCallBack | None
    number: str | None

    def promise_id(self, command_id: UUID) -> UUID:
        """The id of the second command, the same for every repetition of the first."""
        return uuid5(command_id, "promise")


def read_call(form: CallForm, entry: Entry, note: Note) -> Call | None:
    """The call as entered; None where the entry has faults."""
    entry.check(form.fields)
    caller = entry.listed(form.field("caller"))
    entry.need("caller", caller)
    danger, topic = entry.listed(form.field("danger")), entry.listed(form.field("topic"))
    safe = _safe(form, entry)
    promised = entry.listed(form.field("promise")) or PROMISES[0]
    agreed = _agreed(form, entry) if promised != PROMISES[0] else None
    staff = form.visit.person.id if promised == "me" else None
    number = _number(form, entry)
    asked = form.field("wishes")
    wishes = entry.checked(asked.name, asked.values)
    step = entry.code("step", NextStep)
    said = given(
        channel=entry.code("channel", HotlineChannel),
        language=entry.listed(form.field("language")),
        urgency=entry.code("urgency", CallUrgency),
        next_step=step or (NextStep.CALL_BACK if promised != PROMISES[0] else None),
        known_as=_known_as(form, entry) or (form.contact if "code" in wishes else None),
        danger=None if danger == NOBODY_IN_DANGER else danger,
        called_by=staff if agreed is None else None,
        note=note,
        occurred_at=entry.moment("happened"),
    )
    if entry.faults or caller is None:
        return None
    command = LogContact(
        pin=form.pin,
        caller=caller,
        topics=(topic,) if topic else (),
        safe=safe,
        may_recognise="recognise" in wishes,
        call_back=promised != PROMISES[0] and agreed is None,
        **said,
    )
    promise = PromiseCallBack(**given(until_at=agreed, staff=staff)) if agreed is not None else None
    return Call(command, promise, number)


def _safe(form: CallForm, entry: Entry) -> SafeContact:
    may = entry.code("may-call", MayCall) or MayCall.NOT_ASKED
    if may is not MayCall.ALLOWED:
        return SafeContact(may_call=may)
    window = entry.listed(form.field("window"))
    return SafeContact(may_call=may, channel=HotlineChannel.PHONE, window=window)


def _agreed(form: CallForm, entry: Entry) -> datetime | None:
    """The instant by which a call was agreed. It lies ahead, and a call is safe: else the promise could not be kept."""
    agreed = entry.moment("until")
    if agreed is None:
        return None
    if agreed <= form.visit.now:
        entry.faults["until"] = "form.fault.call-past"
    if entry.text("may-call") != MayCall.ALLOWED.value:
        entry.faults["may-call"] = "form.fault.call-unsafe"
    return agreed


def _number(form: CallForm, entry: Entry) -> str | None:
    typed = entry.text("number")
    if typed and not form.visit.parts.hotline.is_number(typed):
        entry.faults["number"] = _NUMBER
    return typed or None


def _known_as(form: CallForm, entry: Entry) -> UUID | None:
    """Behind the code that a caller names stands the first contact that has it."""
    typed = entry.text("known-as")
    if not typed:
        return None
    parts = form.visit.parts
    found = list_contacts(parts.reader, ContactFilter(known_as=typed), limit=1).rows
    known = parts.hotline.caller(found[0].contact) if found else None
    if known is None:
        entry.faults["known-as"] = "form.fault.known-as"
    return known


def call_form(visit: Visit, contact: UUID) -> CallForm | None:
    """The form by the newest rules of the first pathway that has a hotline; None where none has."""
    for pin, pathway in visit.parts.desk.pathways():
        if pathway.hotline is not None:
            return CallForm(visit, contact, pin, pathway, pathway.hotline)
    return None


def chain(form: CallForm) -> tuple[Role, ...]:
    """Who is called when somebody is in danger, in this order."""
    return tuple(form.hotline.dangers.chain.call)
