"""The rows of the steps of a journey that stand still."""

from __future__ import annotations

from domain.calendar import local_date
from domain.codes import Role, RungEffect
from domain.journey.stalling import NEXT_ACTION
from domain.journey.state import StepState
from domain.stream.obligation import Stall
from projections.folded import Folded, mover
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """One for each stalled step; none where the journey is not open."""
    return {step.key: _row(folded, step, step.stall) for step in folded.stalled if step.stall is not None}


def _row(folded: Folded, step: StepState, stall: Stall) -> Row:
    owner, deadline = folded.owner(step.role), step.clockwork.deadline
    # A stall that a person called before the clock did goes on counting from then.
    reached = next((r.at for r in deadline.rungs if r.effect is RungEffect.STALL and r.at <= stall.since), None)
    return {
        "journey": folded.id,
        "part": step.key,
        "code": folded.code,
        "part_version": step.version,
        "step": step.step,
        "stage": step.stage,
        "cause": stall.cause.value,
        "mover": mover(step).value,
        "next_action": NEXT_ACTION[stall.cause].value,
        "owner_role": owner.role.value,
        "owner_staff": owner.staff,
        "caseworker": folded.journey.assigned.get(Role.CASEWORKER),
        "since": stall.since,
        "opened_at": step.opened_at,
        "due_on": deadline.due_on,
        "limit_count": step.stalled_after.count,
        "limit_unit": step.stalled_after.unit.value,
        "limit_reached_on": local_date(reached, deadline.zone) if reached else None,
        "country": deadline.calendar.partition("-")[0],
        "zone": deadline.zone,
    }


MODEL = ReadModel(
    name=ModelName.STALLED_BOARD,
    version=VERSIONS[ModelName.STALLED_BOARD],
    package="projections.stalled_board",
    tables=(Table("stalled_board_v1", rows, keyed=True),),
)
