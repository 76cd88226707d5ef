"""What the boards showed at every moment: each of their rows with the span of log positions in which it stood.

The rows are those of the boards themselves, made by the same functions after every event instead of the last one of
a page. So a board as of any date is one query over what stood then, without folding anything.
"""

from __future__ import annotations

from collections.abc import Callable, Container

from domain.codes import StreamName
from domain.streams import OWING
from projections.caseload.handler import HOLDABLE
from projections.caseload.handler import rows as holdings
from projections.folded import Folded
from projections.journey_list.handler import rows as summary
from projections.my_day.handler import rows as owed
from projections.names import ModelName
from projections.past import flow, late
from projections.past.names import FLOW, LATE, past_of
from projections.read_model import ReadModel, Rows, Table
from projections.stalled_board.handler import rows as stalls
from projections.versions import VERSIONS

_JOURNEYS = frozenset({StreamName.JOURNEY})


def _of(kinds: Container[StreamName], rows: Callable[[Folded], Rows]) -> Callable[[Folded], Rows]:
    """The rows of these kinds of stream; none of others."""
    return lambda folded: rows(folded) if folded.kind in kinds else {}


MODEL = ReadModel(
    name=ModelName.PAST,
    version=VERSIONS[ModelName.PAST],
    package="projections.past",
    tables=(
        Table(past_of(ModelName.JOURNEY_LIST), _of(_JOURNEYS, summary), keyed=True),
        Table(past_of(ModelName.STALLED_BOARD), stalls, keyed=True),
        Table(past_of(ModelName.MY_DAY), owed, keyed=True),
        Table(past_of(ModelName.CASELOAD), _of(HOLDABLE, holdings), keyed=True),
        Table(FLOW, _of(_JOURNEYS, flow.rows), keyed=True),
        Table(LATE, late.rows, keyed=True, of_events=True),
    ),
    kinds=OWING,
    keeps_past=True,
)
