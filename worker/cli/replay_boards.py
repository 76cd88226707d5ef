"""What `putokaz replay board` reads of each board: the queries of the boards themselves, over their past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from projections.reader import Reader


class BoardName(StrEnum):
    LIST = "list"
    STALLED = "stalled"
    HEARINGS = "hearings"
    WORKLOAD = "workload"


class Shown(NamedTuple):
    """Rows for a program, and what of them a person reads."""

    total: int
    rows: object
    columns: tuple[str, ...]
    table: list[list[object]]


def board_then(then: Reader, board: BoardName, now: datetime, limit: int) -> Shown:
    """The first rows of a board, read from `then` as of `now`."""
    from projections.caseload.queries import loads
    from projections.journey_list.queries import JourneyFilter, list_journeys
    from projections.my_day.hearings import hearings
    from projections.stalled_board.queries import StalledFilter, stalled

    match board:
        case BoardName.LIST:
            page = list_journeys(then, JourneyFilter(), limit=limit)
            columns: tuple[str, ...] = ("code", "phase", "stages", "next_step", "next_due_on", "stalled", "opened_at")
            return Shown(page.total, page.rows, columns, _table(columns, page.rows))
        case BoardName.STALLED:
            found = stalled(then, StalledFilter(), now=now, limit=limit)
            columns = ("code", "kind", "what", "stage", "cause", "mover", "next_action", "working_days", "since")
            return Shown(found.total, found.rows, columns, _table(columns, found.rows))
        case BoardName.HEARINGS:
            agenda = hearings(then, now=now, limit=limit)
            columns = ("code", "group", "what", "appointment", "due_at", "owner_staff")
            return Shown(agenda.total, agenda.rows, columns, _table(columns, agenda.rows))
        case BoardName.WORKLOAD:
            held = sorted(loads(then).items(), key=lambda pair: (-pair[1].things, pair[0]))[:limit]
            rows = [
                {"staff": staff, "things": n.things, "streams": n.streams, "stalled": n.stalled} for staff, n in held
            ]
            columns = ("staff", "things", "streams", "stalled")
            return Shown(len(rows), rows, columns, [list(row.values()) for row in rows])


def _table(columns: tuple[str, ...], rows: Sequence[object]) -> list[list[object]]:
    return [[getattr(row, column) for column in columns] for row in rows]
