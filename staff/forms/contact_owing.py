"""Actions on what a contact owes: the promised call, from promising to calling, and a danger until it has ended."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.contact.calling import PromiseCallBack, RecordCallBack, ReleaseCallBack
from domain.contact.codes import CallOutcome, CallUrgency, DangerOutcome, ReleaseReason
from domain.contact.danger import AcknowledgeDanger, RaiseDanger, SettleDanger
from domain.rights.actions import Action as Right
from staff.forms.action import Fields, Note, given, note_field
from staff.forms.contact_scene import CONTACT_ACTIONS, ContactAction, ContactScene, happened
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices


# ------------------------------------------------------------------------------------------------ the promised call
def _promise_fields(scene: ContactScene) -> Fields:
    words = scene.words
    return (
        Field(
            "who",
            FieldKind.RADIOS,
            words("call.who"),
            choices=(Choice("anyone", words("call.who-anyone")), Choice("me", words("call.who-me"))),
            default="anyone",
        ),
        Field(
            "urgency",
            FieldKind.RADIOS,
            words("call.urgency"),
            choices=choices(list(CallUrgency), words),
            default=scene.row.urgency.value,
        ),
        Field(
            "from", FieldKind.MOMENT, words("call.from"), words("call.from-hint"), optional=True, earliest=scene.today
        ),
        Field(
            "until",
            FieldKind.MOMENT,
            words("call.until"),
            words("call.until-hint"),
            optional=True,
            earliest=scene.today,
        ),
    )


def _promise(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    urgency, starts, ends = entry.code("urgency", CallUrgency), entry.moment("from"), entry.moment("until")
    if starts is not None:
        entry.need("until", ends, "form.fault.call-until")
    staff = scene.visit.person.id if entry.text("who") == "me" else None
    return (
        None if entry.faults else PromiseCallBack(**given(urgency=urgency, from_at=starts, until_at=ends, staff=staff))
    )


def _promise_version(scene: ContactScene) -> int | None:
    return int(scene.promise["version"]) if scene.promise else None


def _call_fields(scene: ContactScene) -> Fields:
    outcome = Field(
        "outcome", FieldKind.RADIOS, scene.words("call.outcome"), choices=choices(list(CallOutcome), scene.words)
    )
    return (outcome, happened(scene), note_field(scene))


def _call(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    outcome = entry.code("outcome", CallOutcome)
    entry.need("outcome", outcome, "form.fault.outcome")
    at = entry.moment("happened")
    if entry.faults or outcome is None:
        return None
    return RecordCallBack(**given(outcome=outcome, note=note, occurred_at=at, seen=seen))


def _release_fields(scene: ContactScene) -> Fields:
    words = scene.words
    reason = Field("reason", FieldKind.RADIOS, words("form.reason"), choices=choices(list(ReleaseReason), words))
    return (reason, note_field(scene))


def _release(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    reason = entry.code("reason", ReleaseReason)
    entry.need("reason", reason)
    if entry.faults or reason is None:
        return None
    return ReleaseCallBack(**given(reason=reason, note=note, seen=seen))


# ------------------------------------------------------------------------------------------------ danger
def sign_field(scene: ContactScene) -> Field:
    words = scene.words
    signs = tuple(Choice(s.sign, words.title(s.title)) for s in scene.hotline.dangers.signs)
    return Field("sign", FieldKind.RADIOS, words("call.sign"), choices=signs)


def _raise_fields(scene: ContactScene) -> Fields:
    return (sign_field(scene), note_field(scene))


def _raise(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    sign = entry.listed(sign_field(scene))
    entry.need("sign", sign)
    return None if entry.faults or sign is None else RaiseDanger(**given(sign=sign, note=note))


def _danger_name(scene: ContactScene) -> str:
    return scene.titles.sign(scene.danger["sign"])


def _danger_version(scene: ContactScene) -> int | None:
    return int(scene.danger["version"])


def _acknowledge_fields(scene: ContactScene) -> Fields:
    me = str(scene.visit.person.id)
    return (Field("staff", FieldKind.SELECT, scene.words("call.has-it"), choices=scene.people(), default=me),)


def _acknowledge(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    [field] = _acknowledge_fields(scene)
    by = entry.listed(field)
    entry.need("staff", by)
    return None if entry.faults or by is None else AcknowledgeDanger(by=UUID(by), number=scene.danger["number"])


def _settle_fields(scene: ContactScene) -> Fields:
    outcome = Field(
        "outcome", FieldKind.RADIOS, scene.words("call.ended"), choices=choices(list(DangerOutcome), scene.words)
    )
    return (outcome, note_field(scene))


def _settle(scene: ContactScene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    outcome = entry.code("outcome", DangerOutcome)
    entry.need("outcome", outcome, "form.fault.outcome")
    if entry.faults or outcome is None:
        return None
    return SettleDanger(**given(outcome=outcome, number=scene.danger["number"], note=note, seen=seen))


_OURS = (
    ContactAction("promise", Right.FOLLOW_UP_CONTACT, "contact.do.promise", _promise_fields, _promise),
    ContactAction("call", Right.FOLLOW_UP_CONTACT, "contact.do.call", _call_fields, _call, _promise_version),
    ContactAction(
        "release", Right.FOLLOW_UP_CONTACT, "contact.do.release", _release_fields, _release, _promise_version
    ),
    ContactAction("danger", Right.RAISE_ALARM, "contact.do.danger", _raise_fields, _raise),
    ContactAction(
        "acknowledge",
        Right.ANSWER_ALARM,
        "contact.do.acknowledge",
        _acknowledge_fields,
        _acknowledge,
        about=_danger_name,
    ),
    ContactAction(
        "settle", Right.ANSWER_ALARM, "contact.do.settle", _settle_fields, _settle, _danger_version, about=_danger_name
    ),
)
for _action in _OURS:
    CONTACT_ACTIONS.register(_action)

PLAIN: dict[str, Command] = {
    "call": RecordCallBack(outcome=CallOutcome.NOT_PERMITTED),
    "release": ReleaseCallBack(reason=ReleaseReason.BY_MISTAKE),
}
"""The plainest command of a form that begins empty: to see whether it may be filled in at all."""
