"""The rows of what an open journey owes."""

from __future__ import annotations

from domain.codes import Mover
from domain.journey import Obligation
from projections.folded import Folded, mover
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """One for each obligation."""
    return {obligation.key: _row(folded, obligation) for obligation in folded.obligations}


def _row(folded: Folded, obligation: Obligation) -> Row:
    step = folded.journey.steps.get(obligation.key)
    review = folded.journey.review
    version = step.version if step else review.version if review else 0
    return {
        "journey": folded.id,
        "part": obligation.key,
        "code": folded.code,
        "part_version": version,
        "kind": obligation.kind.value,
        "step": step.step if step else None,
        "stage": step.stage if step else None,
        "owner_role": obligation.owner.role.value,
        "owner_staff": obligation.owner.staff,
        "due_at": obligation.due_at,
        "due_on": obligation.clockwork.deadline.due_on,
        "waits_on": (step.waits_on if step else Mover.US).value,
        "stalled": step.stall.cause.value if step and step.stall else None,
        "mover": (mover(step) if step else Mover.US).value,
        "appointment": step.appointment if step else None,
    }


MODEL = ReadModel(
    name=ModelName.MY_DAY,
    version=VERSIONS[ModelName.MY_DAY],
    package="projections.my_day",
    tables=(Table("my_day_v1", rows, keyed=True),),
)
