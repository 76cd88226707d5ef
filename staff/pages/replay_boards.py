"""What each board held at a moment, in words: the queries of the boards over their past, with the scope of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.travel.boards import board_reader
from analysis.travel.moment import Moment
from domain.rights.actions import Action
from projections.caseload.queries import loads
from projections.journey_list.queries import JourneyFilter, list_journeys
from projections.my_day.hearings import hearings
from projections.reader import Reader
from projections.stalled_board.queries import StalledFilter, stalled
from staff.guard.scope import scope_of
from staff.owing import OwedTitles
from staff.titles import Titles, titles_of
from staff.visit import Visit

MOST = 500
"""Rows of a board that are shown and compared; how many more there were is said."""


class BoardName(StrEnum):
    """The boards that have a past."""

    STALLED = "stalled"
    LIST = "list"
    HEARINGS = "hearings"
    WORKLOAD = "workload"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """`key` is the same at every moment. `cells` by the name of their column."""

    key: str
    name: str
    about: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BoardThen:
    """`total` is of all rows, `lines` of the first ones."""

    total: int
    columns: tuple[str, ...]
    lines: Sequence[BoardLine]


def board_then(visit: Visit, board: BoardName, moment: Moment) -> BoardThen:
    """A board as of a moment. Raises `RightDenied`, `Unavailable`."""
    read = {
        BoardName.STALLED: _stalled,
        BoardName.LIST: _list,
        BoardName.HEARINGS: _hearings,
        BoardName.WORKLOAD: _workload,
    }[board]
    return read(visit, board_reader(visit.parts.reader, moment), moment)


def _stalled(visit: Visit, then: Reader, moment: Moment) -> BoardThen:
    only, t = scope_of(visit.parts, visit.person.id, Action.READ_STALLED).streams, visit.words
    found = stalled(then, StalledFilter(), now=moment.at, only=only, limit=MOST)
    titles = OwedTitles(found.rows, visit.parts, t)
    lines = [
        BoardLine(
            f"{row.stream_id}:{row.part}",
            row.code,
            titles.title(row),
            {
                "stands": t.count("span.working-days", row.working_days),
                "why": t.label(row.cause),
                "mover": t.label(row.mover),
                "owner": visit.name(row.owner_staff) or t("person.nobody"),
            },
        )
        for row in found.rows
    ]
    return BoardThen(found.total, ("stands", "why", "mover", "owner"), lines)


def _list(visit: Visit, then: Reader, moment: Moment) -> BoardThen:
    only, t = scope_of(visit.parts, visit.person.id, Action.READ_LIST_ROW).streams, visit.words
    found = list_journeys(then, JourneyFilter(), only=only, limit=MOST)
    titles = titles_of(found.rows, visit.parts, t)
    lines = [
        BoardLine(
            str(row.journey),
            row.code,
            "",
            {
                "phase": t.label(row.phase),
                "stage": _stages(titles[row.journey], row.stages),
                "caseworker": visit.name(row.caseworker) or t("person.nobody"),
                "due": t.day(row.next_due_on) if row.next_due_on else "–",
                "stalled": t.label(row.stalled) if row.stalled else "–",
            },
        )
        for row in found.rows
    ]
    return BoardThen(found.total, ("phase", "stage", "caseworker", "due", "stalled"), lines)


def _stages(titles: Titles, stages: Sequence[str]) -> str:
    return ", ".join(titles.stage(stage) for stage in stages) or "–"


def _hearings(visit: Visit, then: Reader, moment: Moment) -> BoardThen:
    only, t = scope_of(visit.parts, visit.person.id, Action.READ_HEARINGS).streams, visit.words
    found = hearings(then, now=moment.at, only=only, limit=MOST)
    titles = OwedTitles(found.rows, visit.parts, t)
    lines = [
        BoardLine(
            f"{row.stream_id}:{row.part}",
            row.code,
            titles.title(row),
            {
                "date": t.moment_there(row.appointment, row.zone) if row.appointment else "–",
                "owner": visit.name(row.owner_staff) or t("person.nobody"),
                "open": str(len(row.open)),
            },
        )
        for row in found.rows
    ]
    return BoardThen(found.total, ("date", "owner", "open"), lines)


def _workload(visit: Visit, then: Reader, moment: Moment) -> BoardThen:
    visit.require(Action.READ_SUPERVISION)
    held = sorted(loads(then).items(), key=lambda pair: (-pair[1].things, pair[0]))
    lines = [
        BoardLine(
            str(staff),
            visit.name(staff) or "",
            "",
            {"things": str(load.things), "streams": str(load.streams), "stalled": str(load.stalled)},
        )
        for staff, load in held
    ]
    return BoardThen(len(lines), ("things", "streams", "stalled"), lines)
