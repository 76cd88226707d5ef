"""The row of a hand-over, and those of its receipts."""

from __future__ import annotations

from domain.codes import StreamName
from domain.handover.state import Handover, Receipt
from domain.handover.values import ItemStatus
from domain.stream.naming import stream_code
from projections.folded import Folded, code
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """Exactly one."""
    handover = _handover(folded)
    row = {
        "handover": folded.id,
        "code": folded.code,
        "version": handover.version,
        "leaver": handover.leaver,
        "successors": [
            {"staff": successor.staff, "roles": [role.value for role in successor.roles]}
            for successor in handover.successors
        ],
        "reason": handover.reason.value,
        "asked_by": handover.asked_by,
        "phase": handover.phase.value,
        "begun_at": handover.begun_at,
        "ended_at": handover.ended_at,
        "rounds": handover.rounds,
        "moved": handover.count(ItemStatus.MOVED),
        "refused": handover.count(ItemStatus.REFUSED),
        "under_way": handover.count(ItemStatus.UNDER_WAY),
        "due_at": folded.obligations[0].due_at if folded.obligations else None,
        "stalled": bool(folded.stalled),
        "changed_at": handover.changed_at,
    }
    return {"": row}


def receipts(folded: Folded) -> Rows:
    """One for each thing that was found."""
    return {key: _receipt(folded, key, receipt) for key, receipt in _handover(folded).receipts.items()}


def _receipt(folded: Folded, key: str, receipt: Receipt) -> Row:
    item = receipt.item
    return {
        "handover": folded.id,
        "item": key,
        "stream_kind": item.stream_kind.value,
        "stream_id": item.stream_id,
        "code": stream_code(item.stream_kind, item.stream_id),
        "part": item.part,
        "role": item.role.value,
        "successor": item.successor,
        "status": receipt.status.value,
        "refused": code(receipt.refused),
        "found_at": receipt.found_at,
        "settled_at": receipt.settled_at,
    }


def _handover(folded: Folded) -> Handover:
    assert isinstance(folded.state, Handover)
    return folded.state


MODEL = ReadModel(
    name=ModelName.HANDOVERS,
    version=VERSIONS[ModelName.HANDOVERS],
    package="projections.handovers",
    tables=(
        Table("handovers_v1", rows, keyed=False),
        Table("handover_receipts_v1", receipts, keyed=True),
    ),
    kinds=frozenset({StreamName.HANDOVER}),
)
