"""Actions on what is done at a hearing and around it: how it went, the talk afterwards, the checklist, a plan."""

from __future__ import annotations

from domain.command import Command
from domain.journey.hearing.codes import ArrangementStatus, Attendance, DebriefOutcome, HearingOutcome, TaskStatus
from domain.journey.hearing.commands import ArrangeHearing, DebriefHearing, HoldHearing, SettleHearingTask
from projections.journey_file.hearing_model import ArrangementRow, TaskRow
from staff.forms.action import Action, Fields, Note, given, happened_field, note_field, register, titled
from staff.forms.entry import Entry
from staff.forms.hearing import hearing, hearing_name, hearing_part, hearing_version, radios
from staff.forms.scene import NothingHere, Scene


def _hold_fields(scene: Scene) -> Fields:
    return (
        radios("outcome", "hearing-form.outcome", HearingOutcome, scene),
        radios("attendance", "hearing-form.attendance", Attendance, scene, optional=True),
        happened_field(scene),
        note_field(scene),
    )


def _hold(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    outcome, attendance = entry.code("outcome", HearingOutcome), entry.code("attendance", Attendance)
    happened = entry.moment("happened")
    entry.need("outcome", outcome, "form.fault.outcome")
    if entry.faults:
        return None
    number = hearing(scene).hearing
    return HoldHearing(
        **given(hearing=number, seen=seen, outcome=outcome, attendance=attendance, note=note, occurred_at=happened)
    )


def _debrief_fields(scene: Scene) -> Fields:
    return (radios("outcome", "hearing-form.talk", DebriefOutcome, scene), note_field(scene))


def _debrief(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    outcome = entry.code("outcome", DebriefOutcome)
    entry.need("outcome", outcome, "form.fault.outcome")
    return None if entry.faults else DebriefHearing(**given(hearing=hearing(scene).hearing, outcome=outcome, note=note))


def _line(scene: Scene) -> ArrangementRow:
    """The line of the checklist that the address names: `3:interpreter`."""
    key = scene.about.partition(":")[2]
    row = next((line for line in hearing(scene).arrangements if line.arrangement == key), None)
    if row is None:
        raise NothingHere(scene.about)
    return row


def _task(scene: Scene) -> TaskRow:
    key = scene.about.partition(":")[2]
    row = next((task for task in hearing(scene).tasks if task.task == key), None)
    if row is None:
        raise NothingHere(scene.about)
    return row


def _arrange_fields(scene: Scene) -> Fields:
    return (radios("status", "hearing-form.status", ArrangementStatus, scene), note_field(scene))


def _arrange(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    status = entry.code("status", ArrangementStatus)
    entry.need("status", status)
    if entry.faults:
        return None
    number, key = hearing(scene).hearing, _line(scene).arrangement
    return ArrangeHearing(**given(hearing=number, arrangement=key, status=status, seen=seen, note=note))


def _settle_fields(scene: Scene) -> Fields:
    return (radios("status", "hearing-form.status", TaskStatus, scene), note_field(scene))


def _settle(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    status = entry.code("status", TaskStatus)
    entry.need("status", status)
    if entry.faults:
        return None
    number, key = hearing(scene).hearing, _task(scene).task
    return SettleHearingTask(**given(hearing=number, task=key, status=status, seen=seen, note=note))


register(
    Action(
        "hold-hearing", titled("action.hold-hearing", hearing_name), _hold_fields, _hold, hearing_version, hearing_part
    )
)
register(Action("debrief-hearing", titled("action.debrief-hearing", hearing_name), _debrief_fields, _debrief))
register(
    Action(
        "arrange-hearing",
        titled("action.arrange-hearing", lambda scene: scene.titles.part(_line(scene).part)),
        _arrange_fields,
        _arrange,
        lambda scene: _line(scene).version,
        lambda scene: _line(scene).part,
    )
)
register(
    Action(
        "settle-hearing-task",
        titled("action.settle-hearing-task", lambda scene: scene.titles.part(_task(scene).part)),
        _settle_fields,
        _settle,
        lambda scene: _task(scene).version,
        lambda scene: _task(scene).part,
    )
)
