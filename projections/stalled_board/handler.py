"""The rows of what stands still in an open stream."""

from __future__ import annotations

from domain.calendar import local_date
from domain.codes import Role, RungEffect
from domain.journey import Journey, Obligation
from domain.journey.stalling import NEXT_ACTION
from domain.stream.obligation import Stall
from domain.streams import OWING
from projections.folded import Folded, mover
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """One for each obligation that stands still; none where the stream is not open."""
    return {o.key: _row(folded, o, o.stall) for o in folded.obligations if o.stall is not None}


def _row(folded: Folded, obligation: Obligation, stall: Stall) -> Row:
    deadline = obligation.clockwork.deadline
    # A stall that a person called before the clock did goes on counting from then.
    reached = next((r.at for r in deadline.rungs if r.effect is RungEffect.STALL and r.at <= stall.since), None)
    return {
        "stream_kind": folded.kind.value,
        "stream_id": folded.id,
        "part": obligation.key,
        "code": folded.code,
        "part_version": obligation.version,
        "kind": obligation.kind.value,
        "what": obligation.what,
        "stage": obligation.stage,
        "cause": stall.cause.value,
        "mover": mover(obligation).value,
        "next_action": NEXT_ACTION[stall.cause].value,
        "owner_role": obligation.owner.role.value,
        "owner_staff": obligation.owner.staff,
        "caseworker": folded.state.assigned.get(Role.CASEWORKER) if isinstance(folded.state, Journey) else None,
        "since": stall.since,
        "opened_at": obligation.opened_at or stall.since,
        "due_on": deadline.due_on,
        "limit_count": obligation.stalled_after.count,
        "limit_unit": obligation.stalled_after.unit.value,
        "limit_reached_on": local_date(reached, deadline.zone) if reached else None,
        "country": deadline.calendar.partition("-")[0],
        "zone": deadline.zone,
        **_nudge(folded, obligation.key, stall),
    }


def _nudge(folded: Folded, key: str, stall: Stall) -> Row:
    """The last reminder that a person sent about it since it stands still."""
    nudges = folded.state.nudges if isinstance(folded.state, Journey) else {}
    found = nudges.get(key)
    nudge = found if found is not None and found.at >= stall.since else None
    return {
        "nudged_at": nudge and nudge.at,
        "nudged_by": nudge and nudge.by,
        "nudged_role": nudge and nudge.role.value,
        "nudged_staff": nudge and nudge.staff,
        "nudge_again_at": nudge and nudge.again_at,
    }


MODEL = ReadModel(
    name=ModelName.STALLED_BOARD,
    version=VERSIONS[ModelName.STALLED_BOARD],
    package="projections.stalled_board",
    tables=(Table("stalled_board_v3", rows, keyed=True),),
    kinds=OWING,
)
