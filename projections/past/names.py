"""Which boards have a past, and the tables that hold it."""

from __future__ import annotations

from projections.names import ModelName
from projections.versions import VERSIONS

BOARDS = (ModelName.JOURNEY_LIST, ModelName.STALLED_BOARD, ModelName.MY_DAY, ModelName.CASELOAD)
"""The read models that can be read as of any date."""


def past_of(board: ModelName) -> str:
    """The table with the past of a board."""
    return f"{ModelName.PAST.value}_{board.value}_v{VERSIONS[ModelName.PAST]}"


FLOW = f"{ModelName.PAST.value}_flow_v{VERSIONS[ModelName.PAST]}"
"""What journeys go through (`flow.py`): it has a past only."""
LATE = f"{ModelName.PAST.value}_late_v{VERSIONS[ModelName.PAST]}"
"""What was recorded after it had happened (`late.py`)."""
