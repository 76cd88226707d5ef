"""What a journey goes through, as rows that change only when it goes on: what the flow map counts and measures.

One row for the journey, for each stage, each occurrence of a step, each case before a court, and each milestone. In
the past of this table (`handler.py`) each state of each of them is a row with its length.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from domain.journey.state import Journey, StageState, StepState, StepStatus
from projections.folded import Folded, code
from projections.read_model import Row, Rows


class FlowKind(StrEnum):
    """What a row is about: the first word of its part."""

    JOURNEY = "journey"
    STAGE = "stage"
    STEP = "step"
    PROCEEDINGS = "proceedings"
    MILESTONE = "milestone"


ACTIVE = "active"
"""The state of a stage that was not left."""
REACHED = "reached"
"""The state of a milestone."""


def rows(folded: Folded) -> Rows:
    """By part. A journey that was merged into another one keeps its own."""
    journey = folded.journey
    return {str(row["part"]): row for row in _rows(folded, journey)}


def _rows(folded: Folded, journey: Journey) -> Iterator[Row]:
    def row(kind: FlowKind, name: str, state: str, began_at: datetime, at: datetime, **more: object) -> Row:
        return {
            "stream_kind": folded.kind.value,
            "stream_id": folded.id,
            "part": f"{kind.value}:{name}" if name else kind.value,
            "kind": kind.value,
            "what": name or None,
            "stage": None,
            "occurrence": 1,
            "state": state,
            "cause": None,
            "began_at": began_at,
            "at": at,
            "pathway": journey.pin.name,
            "pathway_version": journey.pin.version,
            **more,
        }

    closing = journey.closing
    yield row(
        FlowKind.JOURNEY,
        "",
        journey.phase.value,
        journey.opened_at,
        closing.at if closing else journey.opened_at,
        cause=code(closing.reason) if closing else None,
        occurrence=journey.reopened + 1,
    )
    for stage in journey.stages.values():
        state, since = _stage(stage)
        yield row(FlowKind.STAGE, stage.stage, state, stage.entered_at, since, occurrence=stage.times)
    for step in journey.steps.values():
        stall = step.stall if step.status is StepStatus.OPEN else None
        yield row(
            FlowKind.STEP,
            step.step,
            *_step(step),
            part=step.key,
            stage=step.stage,
            occurrence=step.occurrence,
            cause=code(stall.cause) if stall else None,
        )
    for case in journey.proceedings.values():
        state = case.outcome.value if case.outcome else case.stage.value
        yield row(
            FlowKind.PROCEEDINGS,
            case.matter.value,
            state,
            case.started_at,
            case.started_at,
            part=f"{FlowKind.PROCEEDINGS.value}:{case.number}",
            occurrence=case.number,
        )
    for milestone, at in journey.milestones.items():
        yield row(FlowKind.MILESTONE, milestone, REACHED, at, at)


def _stage(stage: StageState) -> tuple[str, datetime]:
    if stage.left_at is None:
        return ACTIVE, stage.entered_at
    return (stage.exit.value if stage.exit else StepStatus.ENDED.value), stage.left_at


def _step(step: StepState) -> tuple[str, datetime, datetime]:
    """A settled step is in the state of its outcome."""
    if step.stall is not None and step.status is StepStatus.OPEN:
        return step.status.value, step.opened_at, step.stall.since
    if step.status is StepStatus.SETTLED and step.outcome is not None:
        return step.outcome.value, step.opened_at, step.settled_at or step.opened_at
    return step.status.value, step.opened_at, step.settled_at or step.opened_at
