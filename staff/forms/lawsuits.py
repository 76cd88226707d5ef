"""Actions on legal proceedings: where they stand, the terms that run in them, and court fees."""

from __future__ import annotations

from datetime import date

from domain.codes import ObligationKind
from domain.command import Command
from domain.journey.proceedings.codes import FeeOutcome, ProceedingsStage, WaiverReason
from domain.journey.proceedings.commands import MoveProceedings, SettleFee
from domain.journey.proceedings.term_commands import ConfirmTerm, MeetTerm, MissTerm, StartTerm, WaiveTerm
from domain.law import TERM_RULES, TRIGGERS, Proceedings, Trigger
from domain.pathway.hearings import Matter
from projections.journey_file.proceedings import FeeRow, ProceedingsRow, TermRow
from staff.forms.action import Action, Fields, Note, given, happened_field, note_field, register, titled
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.hearing import radios
from staff.forms.scene import NothingHere, Scene

_LAW = {Matter.CRIMINAL: Proceedings.CRIMINAL, Matter.CIVIL: Proceedings.CIVIL}


def _term(scene: Scene) -> TermRow:
    """The term with the number in the address. Raises `NothingHere`."""
    rows = scene.file.document.terms if scene.file else ()
    row = next((row for row in rows if str(row.number) == scene.about), None)
    if row is None:
        raise NothingHere(scene.about)
    return row


def _term_name(scene: Scene) -> str:
    row = _term(scene)
    kind = ObligationKind.LIMITATION if row.is_limitation else ObligationKind.TERM
    return scene.titles.owed(kind, row.rule)


def _case(scene: Scene) -> ProceedingsRow:
    """The proceedings with the number in the address. Raises `NothingHere`."""
    rows = scene.file.document.proceedings if scene.file else ()
    row = next((row for row in rows if str(row.number) == scene.about), None)
    if row is None:
        raise NothingHere(scene.about)
    return row


def _case_name(scene: Scene) -> str:
    row, words = _case(scene), scene.words
    return words("hearing-form.proceedings", number=row.number, matter=words.label(row.matter))


def _fee(scene: Scene) -> FeeRow:
    rows = scene.file.document.fees if scene.file else ()
    row = next((row for row in rows if str(row.number) == scene.about), None)
    if row is None:
        raise NothingHere(scene.about)
    return row


# -------------------------------------------------------------------------------------------------------- a term begins
def _start_fields(scene: Scene) -> Fields:
    words, law = scene.words, _LAW.get(_case(scene).matter)
    rules = (rule for rule in TERM_RULES.values() if law is None or rule.proceedings is law)
    listed = (Choice(rule.rule, f"{words.title(rule.title)} ({rule.article})") for rule in rules)
    known = sorted(listed, key=lambda choice: choice.text)
    triggers = tuple(Choice(trigger.value, words.title(TRIGGERS[trigger])) for trigger in Trigger)
    return (
        Field("rule", FieldKind.SELECT, words("term-form.rule"), choices=tuple(known)),
        Field("on", FieldKind.DAY, words("term-form.on"), words("term-form.on-hint"), latest=scene.today),
        Field(
            "trigger",
            FieldKind.SELECT,
            words("term-form.trigger"),
            words("term-form.trigger-hint"),
            triggers,
            optional=True,
        ),
        note_field(scene),
    )


def _start(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    rule, on, trigger = entry.listed(_start_fields(scene)[0]), entry.day("on"), entry.code("trigger", Trigger)
    entry.need("rule", rule)
    entry.need("on", on, "form.fault.day-missing")
    if entry.faults:
        return None
    return StartTerm(**given(proceedings=_case(scene).number, rule=rule, on=on, trigger=trigger, note=note))


# ---------------------------------------------------------------------------------------------------------- … and ends
def _days(row: TermRow) -> list[date]:
    """The days that its readings end on, the earliest first."""
    return sorted({reading.due_on for reading in row.readings} or {row.due_on})


def _confirm_fields(scene: Scene) -> Fields:
    words, days = scene.words, _days(_term(scene))
    listed = tuple(Choice(day.isoformat(), words.day(day)) for day in days)
    hint = words("term-form.confirm-hint")
    return (Field("on", FieldKind.RADIOS, words("term-form.confirm"), hint, listed), note_field(scene))


def _confirm(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    on = entry.listed(_confirm_fields(scene)[0])
    entry.need("on", on)
    if entry.faults or on is None:
        return None
    return ConfirmTerm(**given(term=_term(scene).number, on=date.fromisoformat(on), seen=seen, note=note))


def _happened_fields(scene: Scene) -> Fields:
    return (happened_field(scene), note_field(scene))


def _meet(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    happened = entry.moment("happened")
    if entry.faults:
        return None
    return MeetTerm(**given(term=_term(scene).number, seen=seen, note=note, occurred_at=happened))


def _waive_fields(scene: Scene) -> Fields:
    return (radios("reason", "form.reason", WaiverReason, scene), note_field(scene))


def _waive(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    reason = entry.code("reason", WaiverReason)
    entry.need("reason", reason)
    if entry.faults:
        return None
    return WaiveTerm(**given(term=_term(scene).number, reason=reason, seen=seen, note=note))


def _miss_fields(scene: Scene) -> Fields:
    words = scene.words
    ended = words("term-form.obstacle"), words("term-form.obstacle-hint")
    return (Field("obstacle", FieldKind.DAY, *ended, optional=True, latest=scene.today), note_field(scene))


def _miss(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    ended = entry.day("obstacle")
    if entry.faults:
        return None
    return MissTerm(**given(term=_term(scene).number, obstacle_ended_on=ended, seen=seen, note=note))


# ------------------------------------------------------------------------------------------------- proceedings and fees
def _move_fields(scene: Scene) -> Fields:
    return (radios("stage", "term-form.stage", ProceedingsStage, scene), happened_field(scene), note_field(scene))


def _move(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    stage, happened = entry.code("stage", ProceedingsStage), entry.moment("happened")
    entry.need("stage", stage)
    if entry.faults:
        return None
    number = _case(scene).number
    return MoveProceedings(**given(proceedings=number, stage=stage, seen=seen, note=note, occurred_at=happened))


def _settle_fields(scene: Scene) -> Fields:
    return (radios("outcome", "term-form.fee", FeeOutcome, scene), happened_field(scene), note_field(scene))


def _settle(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    outcome, happened = entry.code("outcome", FeeOutcome), entry.moment("happened")
    entry.need("outcome", outcome, "form.fault.outcome")
    if entry.faults:
        return None
    number = _fee(scene).number
    return SettleFee(**given(fee=number, outcome=outcome, seen=seen, note=note, occurred_at=happened))


register(Action("start-term", titled("action.start-term", _case_name), _start_fields, _start))
register(
    Action(
        "move-proceedings",
        titled("action.move-proceedings", _case_name),
        _move_fields,
        _move,
        lambda scene: _case(scene).version,
        lambda scene: _case(scene).part,
    )
)
register(
    Action(
        "settle-fee",
        titled("action.settle-fee", lambda scene: scene.words.label(_fee(scene).kind)),
        _settle_fields,
        _settle,
        lambda scene: _fee(scene).version,
        lambda scene: _fee(scene).part,
    )
)
for word, fields, command in (
    ("confirm-term", _confirm_fields, _confirm),
    ("meet-term", _happened_fields, _meet),
    ("waive-term", _waive_fields, _waive),
    ("miss-term", _miss_fields, _miss),
):
    register(
        Action(
            word,
            titled(f"action.{word}", _term_name),
            fields,
            command,
            lambda scene: _term(scene).version,
            lambda scene: _term(scene).part,
        )
    )
