"""Actions on a step: advance, correct, schedule, open, stall, resume."""

from __future__ import annotations

from domain.codes import SETTLING, StallCause, StepOutcome, StepReason
from domain.command import Command
from domain.journey.advancing import NEEDS_REASON, AdvanceStep, OpenStep, ScheduleStep
from domain.journey.correcting import CorrectStep
from domain.journey.stalling import ResumeStep, StallStep
from staff.forms.action import (
    Action,
    Fields,
    Note,
    given,
    happened_field,
    note_field,
    open_part,
    open_version,
    register,
    step_title,
    titled,
)
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.forms.scene import Scene

DID_NOT_HAPPEN = "none"
"""The correction that takes an outcome back: the step is open again."""
_STAYS_OPEN = tuple(o.value for o in StepOutcome if o not in SETTLING)
_WITH_REASON = (*(o.value for o in StepOutcome if o in NEEDS_REASON), StepOutcome.NO_SHOW.value)


def _outcomes(scene: Scene) -> tuple[Choice, ...]:
    words = scene.words
    return tuple(
        Choice(c.value, c.text, words(f"outcome-hint.{c.value}")) for c in choices(list(scene.step.outcomes), words)
    )


def _reason(scene: Scene) -> Field:
    words = scene.words
    return Field(
        "reason",
        FieldKind.SELECT,
        words("form.reason"),
        words("form.reason-hint"),
        choices(list(StepReason), words),
        shown_for=_WITH_REASON,
        optional=True,
    )


def _next(scene: Scene, *, appointment: bool) -> Field:
    words = scene.words
    if appointment:
        return Field(
            "next",
            FieldKind.MOMENT,
            words("form.next-appointment"),
            words("form.next-appointment-hint"),
            shown_for=_STAYS_OPEN,
            earliest=scene.today,
            optional=True,
        )
    return Field(
        "next",
        FieldKind.DAY,
        words("form.next"),
        words("form.next-hint"),
        shown_for=_STAYS_OPEN,
        earliest=scene.today,
        optional=True,
    )


def _advance_fields(scene: Scene) -> Fields:
    outcome = Field("outcome", FieldKind.RADIOS, scene.words("form.outcome"), choices=_outcomes(scene))
    return (
        outcome,
        _reason(scene),
        _next(scene, appointment=scene.has_appointment),
        happened_field(scene),
        note_field(scene),
    )


def _advance(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    outcome = entry.code("outcome", StepOutcome)
    entry.need("outcome", outcome, "form.fault.outcome")
    reason = entry.code("reason", StepReason) if _matters(outcome, _WITH_REASON) else None
    next_on = next_at = None
    if _matters(outcome, _STAYS_OPEN):
        if scene.has_appointment:
            next_at = entry.moment("next")
        else:
            next_on = entry.day("next")
            entry.need("next", next_on, "form.fault.next-missing")
    if outcome in NEEDS_REASON:
        entry.need("reason", reason, "form.fault.reason")
    happened = entry.moment("happened")
    if entry.faults or outcome is None:
        return None
    return AdvanceStep(
        **given(
            step=scene.about,
            outcome=outcome,
            seen=seen,
            reason=reason,
            next_on=next_on,
            next_at=next_at,
            note=note,
            occurred_at=happened,
        )
    )


def _matters(outcome: StepOutcome | None, shown_for: tuple[str, ...]) -> bool:
    """Whether a field that is shown for some outcomes counts: what a script hid is not sent by mistake."""
    return outcome is not None and outcome.value in shown_for


def _correct_fields(scene: Scene) -> Fields:
    words = scene.words
    nothing = Choice(DID_NOT_HAPPEN, words("form.did-not-happen"), words("form.did-not-happen-hint"))
    outcome = Field("outcome", FieldKind.RADIOS, words("form.correct-to"), choices=(*_outcomes(scene), nothing))
    after = _next(scene, appointment=False)
    return (outcome, _reason(scene), after, happened_field(scene), note_field(scene))


def _correct(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    undone = entry.text("outcome") == DID_NOT_HAPPEN
    outcome = None if undone else entry.code("outcome", StepOutcome)
    if not undone:
        entry.need("outcome", outcome, "form.fault.outcome")
    entry.need("outcome", seen, "form.fault.nothing-to-correct")
    reason = entry.code("reason", StepReason) if _matters(outcome, _WITH_REASON) else None
    next_on = entry.day("next") if _matters(outcome, _STAYS_OPEN) else None
    happened = entry.moment("happened")
    if entry.faults or seen is None:
        return None
    return CorrectStep(
        **given(
            step=scene.about,
            corrects=seen,
            outcome=outcome,
            reason=reason,
            next_on=next_on,
            note=note,
            occurred_at=happened,
        )
    )


def _appointment(scene: Scene, *, optional: bool) -> Field:
    words = scene.words
    hint = words("form.appointment-hint")
    return Field(
        "appointment",
        FieldKind.MOMENT,
        words("form.appointment"),
        hint,
        earliest=scene.today,
        optional=optional,
    )


def _schedule_fields(scene: Scene) -> Fields:
    words = scene.words
    if scene.has_appointment:
        return (_appointment(scene, optional=False), note_field(scene))
    on = Field("on", FieldKind.DAY, words("form.new-due"), words("form.new-due-hint"), earliest=scene.today)
    return (on, note_field(scene))


def _schedule(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    on = appointment = None
    if scene.has_appointment:
        appointment = entry.moment("appointment")
        entry.need("appointment", appointment, "form.fault.day-missing")
    else:
        on = entry.day("on")
        entry.need("on", on, "form.fault.day-missing")
    if entry.faults:
        return None
    return ScheduleStep(**given(step=scene.about, seen=seen, on=on, appointment=appointment, note=note))


def _open_fields(scene: Scene) -> Fields:
    return (_appointment(scene, optional=True),) if scene.has_appointment else ()


def _open(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    appointment = entry.moment("appointment") if scene.has_appointment else None
    return None if entry.faults else OpenStep(**given(step=scene.step.step, appointment=appointment))


def _stall_fields(scene: Scene) -> Fields:
    cause = Field("cause", FieldKind.RADIOS, scene.words("form.cause"), choices=choices(list(StallCause), scene.words))
    return (cause, note_field(scene))


def _stall(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    cause = entry.code("cause", StallCause)
    entry.need("cause", cause)
    return None if entry.faults else StallStep(**given(step=scene.about, cause=cause, seen=seen, note=note))


def _resume(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return None if entry.faults else ResumeStep(**given(step=scene.about, seen=seen, note=note))


def _corrected_version(scene: Scene) -> int | None:
    return scene.advanced_step.advanced_version if scene.advanced_step else None


def _corrected_part(scene: Scene) -> str | None:
    return scene.advanced_step.part if scene.advanced_step else None


def _unsafe_call(scene: Scene) -> str | None:
    """A reminder, wherever the client is to be reached, of what was agreed about reaching them."""
    row = scene.open_step
    waits = row is not None and (row.stalled is StallCause.WAITING_ON_CLIENT or row.waits_on.value == "client")
    return scene.words("form.reach-safely") if waits else None


ADVANCE = register(
    Action(
        "advance",
        titled("action.advance", step_title),
        _advance_fields,
        _advance,
        open_version,
        open_part,
        _unsafe_call,
    )
)
CORRECT = register(
    Action(
        "correct", titled("action.correct", step_title), _correct_fields, _correct, _corrected_version, _corrected_part
    )
)
SCHEDULE = register(
    Action("schedule", titled("action.schedule", step_title), _schedule_fields, _schedule, open_version, open_part)
)
OPEN = register(Action("open-step", titled("action.open-step", step_title), _open_fields, _open))
STALL = register(
    Action("stall", titled("action.stall", step_title), _stall_fields, _stall, open_version, open_part, _unsafe_call)
)
RESUME = register(
    Action(
        "resume",
        titled("action.resume", step_title),
        lambda scene: (note_field(scene),),
        _resume,
        open_version,
        open_part,
    )
)
