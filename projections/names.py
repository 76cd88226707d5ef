"""The read models by name."""

from __future__ import annotations

from enum import StrEnum


class ModelName(StrEnum):
    """A read model, whatever its version."""

    JOURNEY_LIST = "journey_list"
    JOURNEY_FILE = "journey_file"
    MY_DAY = "my_day"
    STALLED_BOARD = "stalled_board"
    CONTACTS = "contacts"
    MISSIONS = "missions"
    CASELOAD = "caseload"
    ATTENDANCE = "attendance"
    HANDOVERS = "handovers"
    INVOLVEMENT = "involvement"
    PAST = "past"


PRESENT = frozenset(ModelName) - {ModelName.PAST}
"""What shows the work as it is now: what a page waits for after a command."""
