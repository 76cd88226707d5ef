"""The lists of what is owed: the stalled board, the agenda of hearings, my day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from projections.my_day.hearings import HearingGroup, HearingOwed
from projections.my_day.queries import DayGroup, ObligationRow
from projections.stalled_board.queries import StalledRow
from staff.lists.column import Column, List, Table
from staff.owing import OwedTitles
from staff.pages import board, day, hearings
from staff.pages.asking import code
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands still."""

    row: StalledRow
    title: str
    stage: str | None
    cause: str
    mover: str
    action: str
    owner: str | None
    role: str
    limit: str | None


@dataclass(frozen=True, slots=True)
class Hearing:
    """A hearing by its code: no court, no kind of matter."""

    row: HearingOwed
    state: str
    owner: str | None
    role: str
    zone: str | None


@dataclass(frozen=True, slots=True)
class Obligation:
    """What I owe, or nobody has yet of my roles."""

    row: ObligationRow
    title: str
    about: str | None
    group: str
    owner: str | None
    role: str


def _stalled(visit: Visit, query: Mapping[str, str], limit: int) -> Table[Standing]:
    found = board.find(visit, query, limit=limit)
    titles, label = OwedTitles(found.rows, visit.parts, visit.words), visit.words.label
    rows = [
        Standing(
            row=row,
            title=titles.title(row),
            stage=titles.about(row),
            cause=label(row.cause),
            mover=label(row.mover),
            action=label(row.next_action),
            owner=visit.name(row.owner_staff),
            role=label(row.owner_role),
            limit=visit.words.span(row.limit) if row.limit.count else None,
        )
        for row in found.rows
    ]
    return Table(rows, found.total)


def _hearings(visit: Visit, query: Mapping[str, str], limit: int) -> Table[Hearing]:
    found = hearings.find(visit, query, limit=limit)
    only = code(query, "group", HearingGroup)
    rows = [
        Hearing(
            row=row,
            state=visit.words(f"agenda.{row.group.value}"),
            owner=visit.name(row.owner_staff),
            role=visit.words.label(row.owner_role),
            zone=visit.words.place(row.zone) if row.appointment else None,
        )
        for row in found.rows
    ]
    return Table(rows, found.counts[only] if only else found.total)


def _day(visit: Visit, query: Mapping[str, str], limit: int) -> Table[Obligation]:
    found = day.find(visit, query, limit=limit)
    only = code(query, "group", DayGroup)
    titles = OwedTitles(found.rows, visit.parts, visit.words)
    rows = [
        Obligation(
            row=row,
            title=titles.title(row),
            about=titles.about(row),
            group=visit.words.label(row.group),
            owner=visit.name(row.owner_staff),
            role=visit.words.label(row.owner_role),
        )
        for row in found.rows
    ]
    return Table(rows, found.counts[only] if only else found.total)


STALLED: List[Standing] = List(
    title="board.title",
    fetch=_stalled,
    columns=(
        Column("code", "lists.code", lambda s: s.row.code, 12),
        Column("owed", "board.owed", lambda s: s.title, 34),
        Column("stage", "lists.about", lambda s: s.stage, 26),
        Column("days", "lists.working-days", lambda s: s.row.working_days, 12),
        Column("limit", "lists.limit", lambda s: s.limit, 18),
        Column("cause", "board.why", lambda s: s.cause, 22),
        Column("mover", "lists.mover", lambda s: s.mover, 16),
        Column("since", "lists.stalled-since", lambda s: s.row.since, 18),
        Column("due", "list.due", lambda s: s.row.due_on, 12),
        Column("owner", "board.owner", lambda s: s.owner, 22),
        Column("role", "lists.role", lambda s: s.role, 20),
        Column("action", "board.action", lambda s: s.action, 26),
    ),
)
HEARINGS: List[Hearing] = List(
    title="agenda.title",
    fetch=_hearings,
    columns=(
        Column("code", "lists.code", lambda h: h.row.code, 12),
        Column("part", "lists.number", lambda h: h.row.part.partition(":")[2], 10),
        Column("when", "lists.when", lambda h: h.row.appointment, 18),
        Column("zone", "lists.zone", lambda h: h.zone, 16),
        Column("state", "lists.state", lambda h: h.state, 26),
        Column("open", "lists.to-see-to", lambda h: len(h.row.open), 14),
        Column("owner", "board.owner", lambda h: h.owner, 22),
        Column("role", "lists.role", lambda h: h.role, 20),
    ),
)
DAY: List[Obligation] = List(
    title="day.title",
    fetch=_day,
    columns=(
        Column("code", "lists.code", lambda o: o.row.code, 12),
        Column("owed", "board.owed", lambda o: o.title, 34),
        Column("about", "lists.about", lambda o: o.about, 26),
        Column("group", "lists.group", lambda o: o.group, 18),
        Column("due", "list.due", lambda o: o.row.due_on, 12),
        Column("appointment", "lists.when", lambda o: o.row.appointment, 18),
        Column("owner", "board.owner", lambda o: o.owner, 22),
        Column("role", "lists.role", lambda o: o.role, 20),
    ),
)
