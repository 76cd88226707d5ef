"""The coded record of a service in a form: one field for each that the catalogue lets it hold."""

from __future__ import annotations

from domain.pathway.services import FieldType, RecordField
from staff.forms.derived.choosing import people, providers
from staff.forms.derived.question import MOST_RADIOS, Asked, Question
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.scene import Scene
from staff.pages.places import countries, languages

_KINDS = {
    FieldType.DATE: FieldKind.DAY,
    FieldType.MOMENT: FieldKind.MOMENT,
    FieldType.NUMBER: FieldKind.CODE,
}
_NAMES = {
    FieldType.CHOICE: "choice",
    FieldType.LANGUAGE: "language",
    FieldType.COUNTRY: "country",
    FieldType.DATE: "on",
    FieldType.MOMENT: "at",
    FieldType.NUMBER: "number",
    FieldType.YES_NO: "yes",
    FieldType.PROVIDER: "id",
    FieldType.STAFF: "id",
}
"""What the value is called in the record."""
_YES, _NO = "yes", "no"


def held_fields(scene: Scene, service: str) -> tuple[RecordField, ...]:
    """The fields that the record of this service holds, in the order of its catalogue entry."""
    section = scene.pathway.services
    kind = section.find(service) if section else None
    if section is None or kind is None:
        return ()
    return tuple(field for name in kind.holds if (field := section.find_field(name)) is not None)


def _listed(scene: Scene, field: RecordField) -> tuple[Choice, ...]:
    words = scene.words
    match field.type:
        case FieldType.CHOICE:
            return tuple(Choice(each.choice, words.title(each.title)) for each in field.choices)
        case FieldType.LANGUAGE:
            return languages(words)
        case FieldType.COUNTRY:
            return countries(words)
        case FieldType.YES_NO:
            return Choice(_YES, words("ask.yes")), Choice(_NO, words("ask.no"))
        case FieldType.PROVIDER:
            return providers(scene)
        case FieldType.STAFF:
            return people(scene)
        case _:
            return ()


def _field(scene: Scene, field: RecordField) -> Field:
    listed = _listed(scene, field)
    chosen = FieldKind.RADIOS if len(listed) <= MOST_RADIOS else FieldKind.SELECT
    kind = _KINDS.get(field.type, chosen)
    return Field(f"details-{field.field}", kind, scene.words.title(field.title), choices=listed, optional=True)


def _service(scene: Scene) -> str:
    return scene.about.partition(":")[0]


def _draw(scene: Scene, _: Asked) -> tuple[Field, ...]:
    return tuple(_field(scene, field) for field in held_fields(scene, _service(scene)))


def _value(scene: Scene, entry: Entry, field: RecordField) -> object | None:
    drawn = _field(scene, field)
    match drawn.kind:
        case FieldKind.DAY:
            return entry.day(drawn.name)
        case FieldKind.MOMENT:
            return entry.moment(drawn.name)
        case FieldKind.CODE:
            number = entry.number(drawn.name)
            if number is None and entry.text(drawn.name):
                entry.faults[drawn.name] = "form.fault.digits"
            return number
        case _:
            chosen = entry.listed(drawn)
            return chosen == _YES if chosen and field.type is FieldType.YES_NO else chosen


def _read(scene: Scene, entry: Entry, _: Asked) -> object | None:
    found = ((field, _value(scene, entry, field)) for field in held_fields(scene, _service(scene)))
    return tuple({"field": f.field, _NAMES[f.type]: value} for f, value in found if value is not None) or None


RECORD = Question(_draw, _read)
