"""The rows of what an open stream owes."""

from __future__ import annotations

from domain.journey import Obligation
from domain.streams import OWING
from projections.folded import Folded, code, mover
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """One for each obligation."""
    return {obligation.key: _row(folded, obligation) for obligation in folded.obligations}


def _row(folded: Folded, obligation: Obligation) -> Row:
    return {
        "stream_kind": folded.kind.value,
        "stream_id": folded.id,
        "part": obligation.key,
        "code": folded.code,
        "part_version": obligation.version,
        "kind": obligation.kind.value,
        "what": obligation.what,
        "stage": obligation.stage,
        "owner_role": obligation.owner.role.value,
        "owner_staff": obligation.owner.staff,
        "due_at": obligation.due_at,
        "due_on": obligation.clockwork.deadline.due_on,
        "waits_on": obligation.waits_on.value,
        "stalled": code(obligation.stall.cause) if obligation.stall else None,
        "mover": mover(obligation).value,
        "appointment": obligation.appointment,
        "date_version": obligation.clockwork.date_version,
        "zone": obligation.clockwork.deadline.zone,
    }


MODEL = ReadModel(
    name=ModelName.MY_DAY,
    version=VERSIONS[ModelName.MY_DAY],
    package="projections.my_day",
    tables=(Table("my_day_v2", rows, keyed=True),),
    kinds=OWING,
)
