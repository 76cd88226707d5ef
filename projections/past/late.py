"""What was recorded after it had happened: by this, a board as it was is told from the board as it was known.

Between the two instants of such an event the log did not know what had happened already. Only the streams of which
that is so at some moment have to be folded for it; all others were known as they were.
"""

from __future__ import annotations

from projections.folded import Folded
from projections.read_model import Row, Rows


def rows(folded: Folded) -> Rows:
    """One, where the last event was late: it happened before it was recorded, or corrects an event that did."""
    recorded = folded.event
    if recorded is None:
        return {}
    occurred = recorded.event.occurred_at
    if occurred is None and getattr(recorded.event, "corrects", None) is None:
        return {}
    if occurred is not None and occurred >= recorded.recorded_at:
        return {}
    row: Row = {
        "stream_kind": folded.kind.value,
        "stream_id": folded.id,
        "part": "",
        "version": recorded.version,
        "occurred_at": occurred,
    }
    return {"": row}
