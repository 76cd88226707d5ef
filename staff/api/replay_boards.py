"""The boards over HTTP as of a moment: the queries of today over their past, with the scope of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from analysis.travel.boards import board_reader
from analysis.travel.comparing import Fields, compare
from analysis.travel.moment import Moment
from domain.rights.actions import Action
from projections.caseload.queries import loads
from projections.journey_list.queries import JourneyFilter, JourneyRow, list_journeys
from projections.my_day.hearings import hearings
from projections.stalled_board.queries import StalledFilter, stalled
from staff.api.caller import Asker, Asking, Parted
from staff.api.models import AgendaAnswer, BoardAnswer, Listed
from staff.api.moments import At, instant, require_begun
from staff.api.reading import Cursor, Limit
from staff.api.replay import LOST, ComparedAnswer, Other
from staff.pages.replay_boards import MOST, BoardName

router = APIRouter(prefix="/replay/boards")


class WorkloadRow(BaseModel):
    """How much somebody held at the moment."""

    staff: UUID
    things: int
    streams: int
    stalled: int


@router.get("/list", summary="The journeys as of a moment, newest first", responses=LOST)
def list_then(parts: Parted, asking: Asking, at: At, cursor: Cursor = None, limit: Limit = 50) -> Listed[JourneyRow]:
    """Each as it was in the list then."""
    require_begun(parts.reader, at)
    then, only = board_reader(parts.reader, at), asking.scope().streams
    found = list_journeys(then, JourneyFilter(), only=only, cursor=cursor, limit=limit)
    return Listed(rows=found.rows, total=found.total, next=found.next)


@router.get("/stalled", summary="The stalled board as of a moment, oldest first", responses=LOST)
def stalled_then(parts: Parted, asking: Asking, at: At, cursor: Cursor = None, limit: Limit = 50) -> BoardAnswer:
    """`now` is the moment."""
    require_begun(parts.reader, at)
    then, only = board_reader(parts.reader, at), asking.scope(Action.READ_STALLED).streams
    found = stalled(then, StalledFilter(), now=at.at, only=only, cursor=cursor, limit=limit)
    return BoardAnswer(
        rows=found.rows, total=found.total, places=found.places, causes=found.causes, next=found.next, now=at.at
    )


@router.get("/hearings", summary="The agenda of hearings as of a moment, by date", responses=LOST)
def hearings_then(parts: Parted, asking: Asking, at: At, cursor: Cursor = None, limit: Limit = 100) -> AgendaAnswer:
    """`now` is the moment."""
    require_begun(parts.reader, at)
    then, only = board_reader(parts.reader, at), asking.scope(Action.READ_HEARINGS).streams
    found = hearings(then, now=at.at, only=only, cursor=cursor, limit=limit)
    return AgendaAnswer(rows=found.rows, total=found.total, counts=found.counts, next=found.next, now=at.at)


@router.get("/workload", summary="How much everybody held at a moment, for supervisors", responses=LOST)
def workload_then(parts: Parted, asking: Asking, at: At) -> list[WorkloadRow]:
    """Who held most comes first."""
    asking.require(Action.READ_SUPERVISION)
    require_begun(parts.reader, at)
    held = sorted(loads(board_reader(parts.reader, at)).items(), key=lambda pair: (-pair[1].things, pair[0]))
    return [WorkloadRow(staff=staff, things=n.things, streams=n.streams, stalled=n.stalled) for staff, n in held]


@router.get("/{board}/compared", summary="Two moments of a board side by side", responses=LOST)
def board_compared(board: BoardName, parts: Parted, asking: Asking, at: At, other: Other) -> ComparedAnswer:
    """Of the first 500 rows of each moment, as on the page."""
    require_begun(parts.reader, at)
    second = Moment(instant(other, "other", parts.clock()), at.clock)
    first, last = sorted((at, second), key=lambda moment: moment.at)
    before, after = (_rows(board, asking, moment) for moment in (first, last))
    return ComparedAnswer.of(first, last, compare(before, after))


def _rows(board: BoardName, asking: Asker, at: Moment) -> dict[str, Fields]:
    """The rows of a board by a key that is the same at every moment."""
    then = board_reader(asking.parts.reader, at)
    rows: dict[str, Any]
    match board:
        case BoardName.LIST:
            found = list_journeys(then, JourneyFilter(), only=asking.scope().streams, limit=MOST)
            rows = {str(row.journey): row for row in found.rows}
        case BoardName.STALLED:
            only = asking.scope(Action.READ_STALLED).streams
            board_rows = stalled(then, StalledFilter(), now=at.at, only=only, limit=MOST).rows
            rows = {f"{row.stream_id}:{row.part}": row for row in board_rows}
        case BoardName.HEARINGS:
            agenda = hearings(then, now=at.at, only=asking.scope(Action.READ_HEARINGS).streams, limit=MOST)
            rows = {f"{row.stream_id}:{row.part}": row for row in agenda.rows}
        case BoardName.WORKLOAD:
            asking.require(Action.READ_SUPERVISION)
            rows = {str(staff): load for staff, load in loads(then).items()}
    return {key: _fields(row) for key, row in rows.items()}


def _fields(row: Any) -> Mapping[str, object]:
    return asdict(row)
