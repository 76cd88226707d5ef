"""The past: what can be looked at as of another day, and the boards as they stood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from analysis.travel.comparing import compare
from domain.rights.actions import Action
from staff.pages import log_events
from staff.pages.moment_asked import MomentAsked, address, moment_asked, other_asked
from staff.pages.replay_boards import MOST, BoardLine, BoardName, BoardThen, board_then
from staff.rendering import page
from staff.visit import Here, Visit

router = APIRouter()
INDEX = "/replay"
BOARDS = f"{INDEX}/boards"
_DAY = timedelta(days=1)
_BEYOND = (
    (Action.READ_AGGREGATES, "/replay/flow", "flow.title"),
    (Action.READ_AGGREGATES, "/replay/what-if", "whatif.title"),
    (Action.MIGRATE_JOURNEYS, "/replay/migrate", "migration.title"),
    (Action.READ_AGGREGATES, "/replay/releases", "release-table.title"),
    (Action.READ_SUPERVISION, "/replay/reports", "report.index"),
    (Action.READ_ACCESS_LOG, "/replay/exports", "exports.title"),
    (Action.OPEN_JOURNEY, "/replay/imports", "imports.title"),
)
"""What there is besides the boards, with the action that it asks for."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs between two moments of a board, the earlier first; `changed`: the line, and each cell before and
    after, by its column.
    """

    first: datetime
    second: datetime
    came: list[BoardLine]
    went: list[BoardLine]
    changed: list[tuple[BoardLine, list[tuple[str, str, str]]]]


@router.get(INDEX)
async def replay(visit: Here) -> Response:
    """Everything that there is of the past, as far as the person may see it."""
    boards = [board for board in BoardName if board is not BoardName.WORKLOAD or visit.offers(Action.READ_SUPERVISION)]
    beyond = [(log_events.PATH, "events.log")]
    beyond += [(address, title) for action, address, title in _BEYOND if visit.offers(action)]
    return await run_in_threadpool(page, visit, "replay.html", boards=boards, beyond=beyond)


@router.get(f"{BOARDS}/stalled")
async def stalled_then(visit: Here) -> Response:
    """What stood still, as of `?at=…` by `?clock=known|occurred`; with `?other=…` against another day."""
    return await run_in_threadpool(_board, visit, BoardName.STALLED)


@router.get(f"{BOARDS}/list")
async def list_then(visit: Here) -> Response:
    """The list of cases; asked as the stalled board is."""
    return await run_in_threadpool(_board, visit, BoardName.LIST)


@router.get(f"{BOARDS}/hearings")
async def hearings_then(visit: Here) -> Response:
    """The hearings that were owed; asked as the stalled board is."""
    return await run_in_threadpool(_board, visit, BoardName.HEARINGS)


@router.get(f"{BOARDS}/workload")
async def workload_then(visit: Here) -> Response:
    """How much everybody held; asked as the stalled board is."""
    return await run_in_threadpool(_board, visit, BoardName.WORKLOAD)


def _board(visit: Visit, board: BoardName) -> Response:
    here, query = f"{BOARDS}/{board.value}", visit.request.query_params
    asked = moment_asked(query, visit.now)
    shown = board_then(visit, board, asked.moment)
    later = asked.moment.at + _DAY
    return page(
        visit,
        "replay_board.html",
        board=board,
        here=here,
        asked=asked,
        at=asked.moment.at,
        shown=shown,
        left=shown.total - len(shown.lines),
        before=address(here, replace(asked.moment, at=asked.moment.at - _DAY)),
        after=address(here, replace(asked.moment, at=later)) if later <= visit.now else None,
        today=here,
        compared=_compared(visit, board, asked, shown),
        most=MOST,
        other=query.get("other", ""),
    )


def _compared(visit: Visit, board: BoardName, asked: MomentAsked, shown: BoardThen) -> Changed | None:
    moment = other_asked(visit.request.query_params, "other", asked.moment.clock, visit.now)
    if moment is None:
        return None
    other = board_then(visit, board, moment)
    (first, before), (second, after) = sorted(((asked.moment.at, shown), (moment.at, other)), key=lambda pair: pair[0])
    was, became = ({line.key: line for line in each.lines} for each in (before, after))
    found = compare({key: line.cells for key, line in was.items()}, {key: line.cells for key, line in became.items()})
    changed = [
        (became[key], [(c.field, str(c.before), str(c.after)) for c in changes])
        for key, changes in found.changed.items()
    ]
    return Changed(first, second, [became[key] for key in found.came], [was[key] for key in found.went], changed)
