"""Actions on approvals: propose something to a second person, answer as that person, take a proposal back."""

from __future__ import annotations

from domain.codes import ClosingReason
from domain.command import Command
from domain.journey.approval.commands import AskApproval, GiveApproval, RefuseApproval, WithdrawApproval
from domain.journey.approval.state import Objection
from domain.pathway.approvals import ApprovalMatter
from projections.journey_file.approvals import ApprovalRow
from staff.forms.action import Action, Fields, Note, given, note_field, register, titled
from staff.forms.entry import Entry
from staff.forms.field import Field, FieldKind, choices
from staff.forms.scene import NothingHere, Scene


def _matter(scene: Scene) -> ApprovalMatter:
    """The matter in the address, where the pathway asks for a second person."""
    if scene.about not in {rule.matter.value for rule in scene.pathway.approvals}:
        raise NothingHere(scene.about)
    return ApprovalMatter(scene.about)


def _matter_name(scene: Scene) -> str:
    return scene.words.label(_matter(scene))


def _row(scene: Scene) -> ApprovalRow:
    """The approval with the number in the address."""
    rows = scene.file.document.approvals if scene.file else ()
    row = next((row for row in rows if str(row.number) == scene.about), None)
    if row is None:
        raise NothingHere(scene.about)
    return row


def _row_name(scene: Scene) -> str:
    row, words = _row(scene), scene.words
    return words("approval.closure-for", reason=words.label(row.reason)) if row.reason else words.label(row.matter)


def _ask_fields(scene: Scene) -> Fields:
    if _matter(scene) is not ApprovalMatter.CLOSURE:
        return (note_field(scene),)
    label = scene.words("form.closing-reason")
    reason = Field("reason", FieldKind.RADIOS, label, choices=choices(list(ClosingReason), scene.words))
    return (reason, note_field(scene))


def _ask(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    matter, reason = _matter(scene), None
    if matter is ApprovalMatter.CLOSURE:
        reason = entry.code("reason", ClosingReason)
        entry.need("reason", reason)
    return None if entry.faults else AskApproval(**given(matter=matter, reason=reason, note=note))


def _only_note(scene: Scene) -> Fields:
    return (note_field(scene),)


def _give(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return None if entry.faults else GiveApproval(**given(number=_row(scene).number, seen=seen, note=note))


def _refuse_fields(scene: Scene) -> Fields:
    label = scene.words("form.objection")
    objection = Field("objection", FieldKind.RADIOS, label, choices=choices(list(Objection), scene.words))
    return (objection, note_field(scene))


def _refuse(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    objection = entry.code("objection", Objection)
    entry.need("objection", objection)
    if entry.faults:
        return None
    return RefuseApproval(**given(number=_row(scene).number, objection=objection, seen=seen, note=note))


def _withdraw(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return None if entry.faults else WithdrawApproval(**given(number=_row(scene).number, seen=seen, note=note))


def _version(scene: Scene) -> int:
    return _row(scene).version


def _part(scene: Scene) -> str:
    return _row(scene).part


register(Action("ask-approval", titled("action.ask-approval", _matter_name), _ask_fields, _ask))
register(Action("give-approval", titled("action.give-approval", _row_name), _only_note, _give, _version, _part))
register(
    Action("refuse-approval", titled("action.refuse-approval", _row_name), _refuse_fields, _refuse, _version, _part)
)
register(
    Action("withdraw-approval", titled("action.withdraw-approval", _row_name), _only_note, _withdraw, _version, _part)
)
