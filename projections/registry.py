"""The read models of this release."""

from __future__ import annotations

from projections.attendance.handler import MODEL as ATTENDANCE
from projections.caseload.handler import MODEL as CASELOAD
from projections.contacts.handler import MODEL as CONTACTS
from projections.handovers.handler import MODEL as HANDOVERS
from projections.involvement.handler import MODEL as INVOLVEMENT
from projections.journey_file.handler import MODEL as JOURNEY_FILE
from projections.journey_list.handler import MODEL as JOURNEY_LIST
from projections.missions.handler import MODEL as MISSIONS
from projections.my_day.handler import MODEL as MY_DAY
from projections.past.handler import MODEL as PAST
from projections.read_model import ReadModel
from projections.stalled_board.handler import MODEL as STALLED_BOARD

PRESENT: tuple[ReadModel, ...] = (
    JOURNEY_LIST,
    JOURNEY_FILE,
    MY_DAY,
    STALLED_BOARD,
    CONTACTS,
    MISSIONS,
    CASELOAD,
    ATTENDANCE,
    HANDOVERS,
    INVOLVEMENT,
)
"""What people work with: kept together, a page of events at a time for all of them."""

READ_MODELS: tuple[ReadModel, ...] = (*PRESENT, PAST)
"""All of them. The past writes several rows an event: where it is kept beside the others, it does so by itself."""
