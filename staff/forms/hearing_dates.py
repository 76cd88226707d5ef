"""Actions on the dates of hearings: a summons, another date, none for the time being, none any more."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.journey.hearing.codes import HearingReason
from domain.journey.hearing.commands import (
    AcknowledgeHearing,
    CancelHearing,
    ConfirmHearing,
    MissHearing,
    MoveHearing,
    PostponeHearing,
    SummonHearing,
)
from staff.forms.action import Action, Fields, Note, given, note_field, register, titled
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.hearing import (
    date_field,
    hearing,
    hearing_name,
    hearing_part,
    hearing_version,
    only_note,
    reason_field,
    zone_of,
)
from staff.forms.scene import NothingHere, Scene


def _summon_fields(scene: Scene) -> Fields:
    words, section = scene.words, scene.pathway.hearings
    if section is None:
        raise NothingHere(scene.about)
    kinds = tuple(Choice(kind.hearing, words.title(kind.title)) for kind in section.kinds)
    followed = scene.file.document.proceedings if scene.file else ()
    known = tuple(
        Choice(str(row.id), words("hearing-form.proceedings", number=row.number, matter=words.label(row.matter)))
        for row in followed
        if row.outcome is None
    )
    hint = words("hearing-form.date-hint", place=words.place(scene.pathway.zone))
    fields = [
        Field("kind", FieldKind.SELECT, words("hearing-form.kind"), choices=kinds),
        Field("starts", FieldKind.MOMENT, words("hearing-form.date"), hint, earliest=scene.today),
        Field("served", FieldKind.DAY, words("hearing-form.served"), words("hearing-form.served-hint"), optional=True),
    ]
    if known:
        fields.append(Field("proceeding", FieldKind.SELECT, words("hearing-form.of"), choices=known, optional=True))
    return (*fields, note_field(scene))


def _summon(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    fields = {field.name: field for field in _summon_fields(scene)}
    kind, starts, served = entry.listed(fields["kind"]), entry.moment("starts"), entry.day("served")
    proceeding = entry.listed(fields["proceeding"]) if "proceeding" in fields else None
    entry.need("kind", kind)
    entry.need("starts", starts, "form.fault.day-missing")
    if entry.faults:
        return None
    of = UUID(proceeding) if proceeding else None
    return SummonHearing(**given(hearing_kind=kind, starts_at=starts, served_on=served, proceeding=of, note=note))


def _dated(scene: Scene, entry: Entry) -> Entry:
    """The entry, read by the clock of the place."""
    return Entry(entry.texts, zone_of(hearing(scene), scene), entry.faults)


def _move_fields(scene: Scene) -> Fields:
    return (date_field(scene), reason_field(scene), note_field(scene))


def _move(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    starts, reason = _dated(scene, entry).moment("starts"), entry.code("reason", HearingReason)
    entry.need("starts", starts, "form.fault.day-missing")
    entry.need("reason", reason, "form.fault.reason")
    if entry.faults:
        return None
    number = hearing(scene).hearing
    return MoveHearing(**given(hearing=number, seen=seen, starts_at=starts, reason=reason, note=note))


def _postpone_fields(scene: Scene) -> Fields:
    return (reason_field(scene), date_field(scene, optional=True), note_field(scene))


def _postpone(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    starts, reason = _dated(scene, entry).moment("starts"), entry.code("reason", HearingReason)
    entry.need("reason", reason, "form.fault.reason")
    if entry.faults:
        return None
    number = hearing(scene).hearing
    return PostponeHearing(**given(hearing=number, seen=seen, starts_at=starts, reason=reason, note=note))


def _confirm(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return None if entry.faults else ConfirmHearing(**given(hearing=hearing(scene).hearing, seen=seen, note=note))


def _acknowledge(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return None if entry.faults else AcknowledgeHearing(**given(hearing=hearing(scene).hearing, seen=seen, note=note))


def _reason_fields(scene: Scene) -> Fields:
    return (reason_field(scene), note_field(scene))


def _cancel(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    reason = entry.code("reason", HearingReason)
    entry.need("reason", reason, "form.fault.reason")
    if entry.faults:
        return None
    return CancelHearing(**given(hearing=hearing(scene).hearing, seen=seen, reason=reason, note=note))


def _miss(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    reason = entry.code("reason", HearingReason)
    entry.need("reason", reason, "form.fault.reason")
    if entry.faults:
        return None
    return MissHearing(**given(hearing=hearing(scene).hearing, seen=seen, reason=reason, note=note))


register(Action("summon-hearing", titled("action.summon-hearing"), _summon_fields, _summon))
for word, fields, command in (
    ("confirm-hearing", only_note, _confirm),
    ("move-hearing", _move_fields, _move),
    ("postpone-hearing", _postpone_fields, _postpone),
    ("miss-hearing", _reason_fields, _miss),
    ("cancel-hearing", _reason_fields, _cancel),
    ("acknowledge-hearing", only_note, _acknowledge),
):
    register(Action(word, titled(f"action.{word}", hearing_name), fields, command, hearing_version, hearing_part))
