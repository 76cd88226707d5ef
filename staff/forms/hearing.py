"""A hearing in a form: the one that the address names, the fields that its forms share."""

from __future__ import annotations

from enum import Enum

from domain.journey.hearing.codes import HearingReason
from projections.journey_file.hearing_model import HearingRow
from staff.forms.action import Fields, note_field
from staff.forms.field import Field, FieldKind, choices
from staff.forms.scene import NothingHere, Scene


def _rows(scene: Scene) -> tuple[HearingRow, ...]:
    return scene.file.document.hearings if scene.file else ()


def hearing(scene: Scene) -> HearingRow:
    """The hearing with the number in the address; of `3:interpreter` the third. Raises `NothingHere`."""
    number = scene.about.partition(":")[0]
    row = next((row for row in _rows(scene) if str(row.hearing) == number), None)
    if row is None:
        raise NothingHere(scene.about)
    return row


def hearing_name(scene: Scene) -> str:
    row = hearing(scene)
    return scene.titles.hearing(row.hearing, row.hearing_kind)


def zone_of(row: HearingRow, scene: Scene) -> str:
    """Where it is held: a date is entered by the clock on that wall."""
    return row.dates[-1].zone if row.dates else scene.pathway.zone


def date_field(scene: Scene, *, optional: bool = False) -> Field:
    words = scene.words
    hint = words("hearing-form.date-hint", place=words.place(zone_of(hearing(scene), scene)))
    return Field("starts", FieldKind.MOMENT, words("hearing-form.date"), hint, earliest=scene.today, optional=optional)


def reason_field(scene: Scene) -> Field:
    listed = choices(list(HearingReason), scene.words)
    return Field("reason", FieldKind.SELECT, scene.words("form.reason"), choices=listed)


def radios(name: str, key: str, kind: type[Enum], scene: Scene, *, optional: bool = False) -> Field:
    listed = choices(list(kind), scene.words)
    return Field(name, FieldKind.RADIOS, scene.words(key), choices=listed, optional=optional)


def only_note(scene: Scene) -> Fields:
    return (note_field(scene),)


def hearing_version(scene: Scene) -> int:
    return hearing(scene).version


def hearing_part(scene: Scene) -> str:
    return hearing(scene).part
