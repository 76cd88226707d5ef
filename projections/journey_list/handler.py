"""The row of a journey in the list."""

from __future__ import annotations

from dataclasses import fields

from domain.codes import Role
from projections.folded import Folded
from projections.journey_list.queries import JourneyRow
from projections.names import ModelName
from projections.read_model import ReadModel, Rows, Table
from projections.versions import VERSIONS

_COLUMNS = tuple(field.name for field in fields(JourneyRow))


def summary(folded: Folded) -> JourneyRow:
    """What the list, and the head of the file, say of a journey."""
    journey = folded.journey
    first = folded.obligations[0] if folded.obligations else None
    step = journey.steps.get(first.key) if first else None
    stalled = folded.stalled[0].stall if folded.stalled else None
    return JourneyRow(
        journey=folded.id,
        code=folded.code,
        pathway=journey.pin.name,
        pathway_version=journey.pin.version,
        phase=journey.phase,
        stages=tuple([stage.stage for stage in journey.stages.values() if stage.is_active]),
        caseworker=journey.assigned.get(Role.CASEWORKER),
        next_part=first.key if first else None,
        next_step=step.step if step else None,
        next_role=first.owner.role if first else None,
        next_due_at=first.due_at if first else None,
        next_due_on=first.clockwork.deadline.due_on if first else None,
        stalled=stalled.cause if stalled else None,
        stalled_since=stalled.since if stalled else None,
        closing_reason=journey.closing.reason if journey.closing else None,
        opened_at=journey.opened_at,
        changed_at=journey.changed_at,
        version=journey.version,
    )


def rows(folded: Folded) -> Rows:
    """Exactly one."""
    row = summary(folded)
    return {"": {column: getattr(row, column) for column in _COLUMNS}}


MODEL = ReadModel(
    name=ModelName.JOURNEY_LIST,
    version=VERSIONS[ModelName.JOURNEY_LIST],
    package="projections.journey_list",
    tables=(Table("journey_list_v1", rows, keyed=False),),
)
