"""Actions on a contact besides what it owes: more words, what it counts as, safe contact, journeys, reports."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.contact.attaching import AttachContact, BeginJourney, DetachContact
from domain.contact.codes import (
    CallUrgency,
    HotlineChannel,
    MayCall,
    NextStep,
)
from domain.contact.logged import CorrectContact, NoteContact
from domain.contact.reporting import ReportToAuthority
from domain.contact.safe import ReviseSafeContact
from domain.contact.state import SafeContact
from domain.rights.actions import Action as Right
from projections.journey_list.queries import find_by_code, find_journeys
from staff.contact_titles import hours, language
from staff.forms.action import Fields, Note, given, note_field
from staff.forms.contact_scene import CONTACT_ACTIONS, ContactAction, ContactScene, happened
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.forms.scene import NothingHere


# ------------------------------------------------------------------------------------------------ notes, correcting
def _note_fields(scene: ContactScene) -> Fields:
    return (Field("note", FieldKind.NOTE, scene.words("form.note"), scene.words("form.note-hint")),)


def _note(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    entry.need("note", entry.note("note"))
    return None if entry.faults or note is None else NoteContact(note=note)


def topic_field(scene: ContactScene) -> Field:
    words, topics = scene.words, scene.hotline.topics
    offered = tuple(Choice(t.topic, words.title(t.title)) for t in topics)
    default = " ".join(scene.row.topics)
    return Field("topics", FieldKind.CHECKS, words("call.topics"), choices=offered, optional=True, default=default)


def _correct_fields(scene: ContactScene) -> Fields:
    words, row = scene.words, scene.row
    callers = tuple(Choice(c.kind, words.title(c.title)) for c in scene.hotline.callers)
    spoken = tuple(Choice(code, language(code, words)) for code in scene.hotline.languages)
    return (
        Field("caller", FieldKind.SELECT, words("call.caller"), choices=callers, default=row.caller),
        topic_field(scene),
        _codes("channel", words("call.channel"), HotlineChannel, scene, row.channel.value),
        Field("language", FieldKind.SELECT, words("call.language"), choices=spoken, default=row.language),
        _codes("urgency", words("call.urgency"), CallUrgency, scene, row.urgency.value),
        _codes("step", words("call.step"), NextStep, scene, row.next_step.value),
        note_field(scene),
    )


def _codes(
    name: str, label: str, kind: type[HotlineChannel | CallUrgency | NextStep], scene: ContactScene, default: str
) -> Field:
    return Field(name, FieldKind.SELECT, label, choices=choices(list(kind), scene.words), default=default)


def _correct(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    caller, topics, _, spoken, *_ = _correct_fields(scene)
    said = given(
        caller=entry.listed(caller),
        channel=entry.code("channel", HotlineChannel),
        language=entry.listed(spoken),
        urgency=entry.code("urgency", CallUrgency),
        next_step=entry.code("step", NextStep),
        note=note,
    )
    chosen = entry.checked(topics.name, topics.values)
    changed = chosen if set(chosen) != set(scene.row.topics) else None
    return None if entry.faults else CorrectContact(**given(**said, topics=changed))


def safe_fields(scene: ContactScene) -> Fields:
    """What the caller says is safe; as it was said last, where it was."""
    words, said = scene.words, scene.page.details["safe"]
    windows = tuple(Choice(w.window, hours(w, words)) for w in scene.hotline.windows)
    return (
        Field(
            "may-call",
            FieldKind.RADIOS,
            words("call.may-call"),
            words("call.may-call-hint"),
            choices(list(MayCall), words),
            default=said["may_call"],
        ),
        Field(
            "by",
            FieldKind.SELECT,
            words("call.by"),
            choices=choices(list(HotlineChannel), words),
            default=said["channel"] or HotlineChannel.PHONE.value,
        ),
        Field(
            "window",
            FieldKind.SELECT,
            words("call.window"),
            choices=windows,
            default=said["window"] or windows[0].value,
        ),
        Field(
            "message",
            FieldKind.CHECKS,
            words("call.message"),
            choices=(Choice("yes", words("call.message-yes")),),
            optional=True,
            default="yes" if said["leave_message"] else "",
        ),
        Field(
            "valid",
            FieldKind.DAY,
            words("call.valid"),
            words("call.valid-hint"),
            optional=True,
            earliest=scene.today,
            default=said["valid_until"] or "",
        ),
        note_field(scene),
    )


def _revise(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    _, _by, window, message, *_ = safe_fields(scene)
    may = entry.code("may-call", MayCall)
    entry.need("may-call", may)
    channel, valid, chosen = entry.code("by", HotlineChannel), entry.day("valid"), entry.listed(window)
    if entry.faults or may is None:
        return None
    safe = SafeContact(
        **given(
            may_call=may,
            channel=channel,
            window=chosen,
            leave_message=bool(entry.checked(message.name, message.values)),
            valid_until=valid,
        )
    )
    return ReviseSafeContact(**given(safe=safe, note=note))


# ------------------------------------------------------------------------------------------------ journeys, authorities
def _attach_fields(scene: ContactScene) -> Fields:
    words = scene.words
    return (Field("journey", FieldKind.CODE, words("call.journey"), words("call.journey-hint")),)


def _attach(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    found = find_by_code(scene.visit.parts.reader, entry.text("journey"))
    if len(found) != 1:
        entry.faults["journey"] = "form.fault.code-twice" if found else "form.fault.code"
    return None if entry.faults else AttachContact(journey=found[0].journey)


def _attached(scene: ContactScene) -> UUID:
    """The journey in the address. Raises `NothingHere` where the contact does not belong to it."""
    rows = scene.page.details["attachments"]
    if scene.about not in {str(row["journey"]) for row in rows}:
        raise NothingHere(scene.about)
    return UUID(scene.about)


def _attached_code(scene: ContactScene) -> str:
    journey = _attached(scene)
    found = find_journeys(scene.visit.parts.reader, {journey})
    return found[journey].code if journey in found else scene.words("titles.unknown")


def _detach(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return DetachContact(journey=_attached(scene))


def _begin_fields(scene: ContactScene) -> Fields:
    words, me = scene.words, str(scene.visit.person.id)
    people = tuple(c for c in scene.people() if "caseworker" in scene.visit.people[UUID(c.value)].roles)
    default = me if me in {c.value for c in people} else ""
    return (
        Field(
            "caseworker",
            FieldKind.SELECT,
            words("form.caseworker"),
            words("form.caseworker-hint"),
            people,
            optional=True,
            default=default,
        ),
    )


def _begin(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    [field] = _begin_fields(scene)
    caseworker = entry.listed(field)
    return None if entry.faults else BeginJourney(**given(caseworker=caseworker and UUID(caseworker)))


def _report_fields(scene: ContactScene) -> Fields:
    words = scene.words
    duties = tuple(Choice(d.duty, words.title(d.title), d.article or "") for d in scene.hotline.duties)
    return (Field("duty", FieldKind.RADIOS, words("call.duty"), choices=duties), happened(scene), note_field(scene))


def _report(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    duty = entry.listed(_report_fields(scene)[0])
    entry.need("duty", duty)
    at = entry.moment("happened")
    return None if entry.faults or duty is None else ReportToAuthority(**given(duty=duty, note=note, occurred_at=at))


def _nothing(_: ContactScene) -> Fields:
    return ()


_OURS = (
    ContactAction("note", Right.FOLLOW_UP_CONTACT, "contact.do.note", _note_fields, _note, with_note=True),
    ContactAction("correct", Right.FOLLOW_UP_CONTACT, "contact.do.correct", _correct_fields, _correct),
    ContactAction("safe-contact", Right.FOLLOW_UP_CONTACT, "contact.do.safe-contact", safe_fields, _revise),
    ContactAction("attach", Right.ATTACH_CONTACT, "contact.do.attach", _attach_fields, _attach),
    ContactAction("detach", Right.ATTACH_CONTACT, "contact.do.detach", _nothing, _detach, about=_attached_code),
    ContactAction("begin", Right.ATTACH_CONTACT, "contact.do.begin", _begin_fields, _begin),
    ContactAction("report", Right.FOLLOW_UP_CONTACT, "contact.do.report", _report_fields, _report),
)
for _action in _OURS:
    CONTACT_ACTIONS.register(_action)
