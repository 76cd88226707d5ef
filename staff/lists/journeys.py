"""The journey list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projections.journey_list.queries import JourneyRow, list_journeys
from projections.paging import Page
from staff.guard.scope import scope_of
from staff.lists.column import Column, List, Table
from staff.pages import journey_filters
from staff.pages.journey_filters import Asked
from staff.titles import titles_of
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class ListedJourney:
    """A journey as the list shows it: with the titles of its pathway, and names of staff."""

    row: JourneyRow
    pathway: str
    stages: tuple[str, ...]
    next: str | None
    next_role: str | None
    caseworker: str | None
    overdue: bool
    phase: str
    cause: str | None
    reason: str | None


def find(visit: Visit, asked: Asked, *, cursor: str | None = None, limit: int = 50) -> Page[JourneyRow]:
    """The rows as asked for by whoever looks: the one query behind the page and every file."""
    wanted = asked.filter(visit.person.id, visit.now)
    only = scope_of(visit.parts, visit.person.id).streams
    return list_journeys(visit.parts.reader, wanted, only=only, sort=asked.sort, cursor=cursor, limit=limit)


def listed(rows: Sequence[JourneyRow], visit: Visit) -> list[ListedJourney]:
    """The rows with everything that is said of them."""
    titles, words = titles_of(rows, visit.parts, visit.words), visit.words
    return [
        ListedJourney(
            row=row,
            pathway=words.title(titles[row.journey].pathway.title),
            stages=tuple(titles[row.journey].stage(stage) for stage in row.stages),
            next=titles[row.journey].step(row.next_step) if row.next_part else None,
            next_role=words.label(row.next_role) if row.next_role else None,
            caseworker=visit.name(row.caseworker),
            overdue=row.next_due_at is not None and row.next_due_at < visit.now,
            phase=words.label(row.phase),
            cause=words.label(row.stalled) if row.stalled else None,
            reason=words.label(row.closing_reason) if row.closing_reason else None,
        )
        for row in rows
    ]


def _fetch(visit: Visit, query: Mapping[str, str], limit: int) -> Table[ListedJourney]:
    found = find(visit, journey_filters.read(query), limit=limit)
    return Table(listed(found.rows, visit), found.total)


JOURNEYS: List[ListedJourney] = List(
    title="list.title",
    fetch=_fetch,
    columns=(
        Column("code", "board.case", lambda j: j.row.code, 12),
        Column("opened", "list.opened", lambda j: j.row.opened_at, 18, under="code"),
        Column("pathway", "file.pathway", lambda j: j.pathway, 24, under="stages"),
        Column("stages", "list.stages", lambda j: ", ".join(j.stages), 34),
        Column("next", "list.next", lambda j: j.next, 34),
        Column("next-role", "lists.role", lambda j: j.next_role, 20, under="next"),
        Column("due", "list.due", lambda j: j.row.next_due_on, 12),
        Column("caseworker", "list.caseworker", lambda j: j.caseworker, 22),
        Column("phase", "list.phase", lambda j: j.phase, 12),
        Column("stalled", "list.stalled", lambda j: j.cause, 22),
        Column("stalled-since", "lists.stalled-since", lambda j: j.row.stalled_since, 18, under="stalled"),
        Column("reason", "lists.closing-reason", lambda j: j.reason, 24, under="phase"),
        Column("changed", "file.changed", lambda j: j.row.changed_at, 18, under="phase"),
    ),
)
