"""Actions on emergency access: open a case that is not one's own, and review what somebody else opened."""

from __future__ import annotations

from domain.command import Command
from domain.journey.emergency.access import OpenEmergencyAccess, ReviewEmergencyAccess
from domain.journey.emergency.state import EmergencyFinding, EmergencyReason
from projections.journey_file.emergencies import EmergencyRow
from staff.forms.action import Action, Fields, Note, given, note_field, register, titled
from staff.forms.entry import Entry
from staff.forms.field import Field, FieldKind, choices
from staff.forms.scene import NothingHere, Scene


def _row(scene: Scene) -> EmergencyRow:
    """The access with the number in the address."""
    rows = scene.file.document.emergencies if scene.file else ()
    row = next((row for row in rows if str(row.number) == scene.about), None)
    if row is None:
        raise NothingHere(scene.about)
    return row


def _open_fields(scene: Scene) -> Fields:
    words = scene.words
    reason = Field("reason", FieldKind.RADIOS, words("emergency.reason"), choices=choices(list(EmergencyReason), words))
    return (reason, Field("note", FieldKind.NOTE, words("emergency.why"), words("emergency.why-hint")))


def _open(_: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    reason = entry.code("reason", EmergencyReason)
    entry.need("reason", reason)
    entry.need("note", entry.text("note") or None)
    return None if entry.faults else OpenEmergencyAccess(**given(reason=reason, note=note))


def _who(scene: Scene) -> str:
    return scene.visit.name(_row(scene).staff) or scene.words("person.nobody")


def _review_fields(scene: Scene) -> Fields:
    label = scene.words("emergency.finding")
    finding = Field("finding", FieldKind.RADIOS, label, choices=choices(list(EmergencyFinding), scene.words))
    return (finding, note_field(scene))


def _review(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    finding = entry.code("finding", EmergencyFinding)
    entry.need("finding", finding)
    if entry.faults:
        return None
    return ReviewEmergencyAccess(**given(number=_row(scene).number, finding=finding, seen=seen, note=note))


OPENING = register(
    Action(
        "open-emergency-access",
        titled("action.open-emergency-access"),
        _open_fields,
        _open,
        warning=titled("emergency.warning"),
    )
)
register(
    Action(
        "review-emergency-access",
        titled("action.review-emergency-access", _who),
        _review_fields,
        _review,
        lambda scene: _row(scene).version,
        lambda scene: _row(scene).part,
    )
)
