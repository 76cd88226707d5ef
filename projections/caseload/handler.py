"""The rows of what people hold of a stream."""

from __future__ import annotations

from domain.stream.holding import Held
from domain.streams import KINDS, kind_of
from projections.folded import Folded
from projections.names import ModelName
from projections.read_model import ReadModel, Row, Rows, Table
from projections.versions import VERSIONS

HOLDABLE = frozenset(name for name, kind in KINDS.items() if kind.held is not None)
"""The kinds of stream of which people hold something."""


def rows(folded: Folded) -> Rows:
    """One for each thing that somebody holds; none of a stream that is not open."""
    return {each.part: _row(folded, each) for each in kind_of(folded.state.stream).holdings(folded.state)}


def _row(folded: Folded, held: Held) -> Row:
    first = folded.obligations[0] if folded.obligations else None
    return {
        "stream_kind": folded.kind.value,
        "stream_id": folded.id,
        "part": held.part,
        "code": folded.code,
        "role": held.role.value,
        "staff": held.staff,
        "next_due_at": first.due_at if first else None,
        "stalled": bool(folded.stalled),
        "changed_at": folded.state.changed_at,
    }


MODEL = ReadModel(
    name=ModelName.CASELOAD,
    version=VERSIONS[ModelName.CASELOAD],
    package="projections.caseload",
    tables=(Table("caseload_v1", rows, keyed=True),),
    kinds=HOLDABLE,
)
