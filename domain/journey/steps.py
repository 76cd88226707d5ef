"""Part: steps. The events of a step and how they fold; its deciders are in `advancing` and `correcting`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import AwareDatetime

from domain.codes import SETTLING, Mover, ObligationKind, Role, StepOutcome, StepReason
from domain.copying import replace
from domain.deadline import Deadline, step_deadline, undated_deadline
from domain.event import Event, Recorded
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.state import Dated, Journey, StepState, StepStatus
from domain.pathway.model import Anchor, Pathway, Span, Stage, Step
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Code, Count


class StepOpened(Event, topic="journey.step-opened"):
    """A step may now be done. Role, mover and deadline are fixed here, so that folding needs no pathway."""

    stage: Code
    step: Code
    occurrence: Count
    role: Role
    waits_on: Mover
    stalled_after: Span
    deadline: Deadline
    covered_by: tuple[Code, ...] = ()


class StepAdvanced(Event, topic="journey.step-advanced"):
    """A person said how a step went. `deadline` is the new one where the outcome leaves it open."""

    step: Code
    occurrence: Count
    outcome: StepOutcome
    reason: StepReason | None = None
    deadline: Deadline | None = None
    appointment: AwareDatetime | None = None
    note: Sealed[Notes] | None = None


class StepScheduled(Event, topic="journey.step-scheduled"):
    """A date was set or moved by us: appointment and every timer of the ladder in one event."""

    step: Code
    occurrence: Count
    deadline: Deadline
    appointment: AwareDatetime | None = None
    note: Sealed[Notes] | None = None


class StepCorrected(Event, topic="journey.step-corrected"):
    """What `corrects` says was a mistake; this stands instead. No outcome: it did not happen, the step is open.

    `deadline` and `appointment` are what holds from now on, where that changes.
    """

    step: Code
    occurrence: Count
    corrects: Count
    outcome: StepOutcome | None = None
    reason: StepReason | None = None
    deadline: Deadline | None = None
    appointment: AwareDatetime | None = None
    note: Sealed[Notes] | None = None


def step_key(step: str, occurrence: int) -> str:
    """The part, and the obligation, of one occurrence of a step."""
    return f"step:{step}:{occurrence}"


def open_step(journey: Journey, stage: Stage, step: Step, pathway: Pathway, now: datetime) -> StepOpened:
    """The event that opens the next occurrence of `step`."""
    return StepOpened(
        stage=stage.stage,
        step=step.step,
        occurrence=len(journey.occurrences(step.step)) + 1,
        role=step.role,
        waits_on=step.waits_on,
        stalled_after=step.stalled_after,
        deadline=first_deadline(journey, stage, step, pathway, now),
        covered_by=step.covered_by,
    )


def first_deadline(journey: Journey, stage: Stage, step: Step, pathway: Pathway, now: datetime) -> Deadline:
    """The deadline of a step that opens now. Without its appointment yet, what is due is to get one."""
    match step.due.after:
        case Anchor.APPOINTMENT:
            return undated_deadline(step, pathway, now=now)
        case Anchor.STEP_OPENED:
            anchor = _settled(journey, step.due.of) or now
        case Anchor.JOURNEY_OPENED:
            anchor = journey.opened_at
        case Anchor.STAGE_ENTERED:
            entered = journey.stages.get(stage.stage)
            anchor = entered.entered_at if entered else now
    return step_deadline(step, pathway, now=now, anchor=anchor)


def _settled(journey: Journey, step: str | None) -> datetime | None:
    """When another step was last settled, on the clock of the world: a term runs from service, not from our entry."""
    return max((s.settled_at for s in journey.steps.values() if s.step == step and s.settled_at), default=None)


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    step = journey.steps[key]
    return _with(journey, replace(step, clockwork=turn(step.clockwork)))


@owes(ObligationKind.STEP, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    for step in journey.steps.values():
        if step.status is StepStatus.OPEN:
            yield Obligation(
                step.key,
                ObligationKind.STEP,
                step.clockwork.deadline.due_at,
                owner(journey, step.role),
                step.clockwork,
                version=step.version,
                what=step.step,
                waits_on=step.waits_on,
                appointment=step.appointment,
                stall=step.stall,
                opened_at=step.opened_at,
                stalled_after=step.stalled_after,
                stage=step.stage,
            )


@evolves(StepOpened)
def _opened(journey: Journey, recorded: Recorded[StepOpened]) -> Journey:
    event = recorded.event
    key = step_key(event.step, event.occurrence)
    step = StepState(
        key=key,
        step=event.step,
        occurrence=event.occurrence,
        stage=event.stage,
        role=event.role,
        waits_on=event.waits_on,
        stalled_after=event.stalled_after,
        status=StepStatus.OPEN,
        opened_at=recorded.occurred_at,
        version=recorded.version,
        clockwork=Clockwork(event.deadline),
        covered_by=event.covered_by,
    )
    return replace(journey, steps={**journey.steps, key: step})


@evolves(StepAdvanced)
def _advanced(journey: Journey, recorded: Recorded[StepAdvanced]) -> Journey:
    event = recorded.event
    step = journey.steps[step_key(event.step, event.occurrence)]
    settled = event.outcome in SETTLING
    changed = replace(
        step,
        status=StepStatus.SETTLED if settled else StepStatus.OPEN,
        outcome=event.outcome,
        settled_at=recorded.occurred_at if settled else None,
        missed=step.missed + (event.outcome is StepOutcome.NO_SHOW),
        advanced_version=recorded.version,
        clockwork=_redated(step, event.deadline),
        appointment=event.appointment if event.deadline else step.appointment,
        before=Dated(step.clockwork, step.appointment),
        stall=None,
        version=recorded.version,
    )
    return _with(journey, changed)


@evolves(StepScheduled)
def _scheduled(journey: Journey, recorded: Recorded[StepScheduled]) -> Journey:
    event = recorded.event
    step = journey.steps[step_key(event.step, event.occurrence)]
    changed = replace(
        step,
        clockwork=_redated(step, event.deadline),
        appointment=event.appointment,
        before=None,
        stall=None,
        version=recorded.version,
    )
    return _with(journey, changed)


@evolves(StepCorrected)
def _corrected(journey: Journey, recorded: Recorded[StepCorrected]) -> Journey:
    event = recorded.event
    step = journey.steps[step_key(event.step, event.occurrence)]
    settled = event.outcome in SETTLING
    changed = replace(
        step,
        status=StepStatus.SETTLED if settled else StepStatus.OPEN,
        outcome=event.outcome,
        settled_at=recorded.occurred_at if settled else None,
        missed=max(step.missed - (step.outcome is StepOutcome.NO_SHOW), 0) + (event.outcome is StepOutcome.NO_SHOW),
        advanced_version=recorded.version if event.outcome else None,
        clockwork=_redated(step, event.deadline),
        appointment=event.appointment if event.deadline else step.appointment,
        before=step.before if event.outcome else None,
        stall=None,
        version=recorded.version,
    )
    return _with(journey, changed)


def _redated(step: StepState, deadline: Deadline | None) -> Clockwork:
    return step.clockwork if deadline is None else step.clockwork.moved(deadline)


def _with(journey: Journey, step: StepState) -> Journey:
    return replace(journey, steps={**journey.steps, step.key: step})
