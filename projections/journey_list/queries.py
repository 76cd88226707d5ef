"""The journey list: one row a journey, newest first or as asked, filtered and counted in one statement.

    page = list_journeys(reader, JourneyFilter(phase=Phase.OPEN, caseworker=me))
    more = list_journeys(reader, JourneyFilter(phase=Phase.OPEN, caseworker=me), cursor=page.next)

A journey's opening never moves, so paging passes every row once, however much changes in between; in another order a
row whose date moves meanwhile may be passed twice or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.codes import ClosingReason, Phase, Role, StallCause
from domain.journey.naming import code_prefix
from projections.paging import Page, bounded, cursor_after, cut, instant, key_of, number, only_of
from projections.reader import Reader

_HERE = "projections.journey_list"


@dataclass(frozen=True, slots=True)
class JourneyRow:
    """`stages` are the active ones; `next_…` is the obligation due first, of whoever owns it; no title, no name.

    `next_step` is None for a review. `stalled` is the cause of the oldest stall. One that is not open owes nothing.
    """

    journey: UUID
    code: str
    pathway: str
    pathway_version: int
    phase: Phase
    stages: tuple[str, ...]
    caseworker: UUID | None
    next_part: str | None
    next_step: str | None
    next_role: Role | None
    next_due_at: datetime | None
    next_due_on: date | None
    stalled: StallCause | None
    stalled_since: datetime | None
    closing_reason: ClosingReason | None
    opened_at: datetime
    changed_at: datetime
    version: int


class JourneySort(StrEnum):
    """What stands first. STALLED: what stands still longest. Whoever has no such date comes last."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"
    CHANGED = "changed"
    STALLED = "stalled"


@dataclass(frozen=True, slots=True)
class JourneyFilter:
    """Every field left None lets everything through. `code` is a code or its beginning as a person types it.

    `cause` is that of the oldest stall; `opened_from` is included, `opened_until` and `due_before` are not.
    """

    phase: Phase | None = None
    stage: str | None = None
    caseworker: UUID | None = None
    stalled: bool | None = None
    code: str | None = None
    pathway: str | None = None
    unassigned: bool = False
    cause: StallCause | None = None
    due_before: datetime | None = None
    opened_from: datetime | None = None
    opened_until: datetime | None = None


def list_journeys(
    reader: Reader,
    wanted: JourneyFilter | None = None,
    *,
    only: Sequence[UUID] | None = None,
    sort: JourneySort = JourneySort.NEWEST,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[JourneyRow]:
    """A page, at most `limit` (1 to 500) rows; with `only` of these journeys. A cursor is of the sort it comes from.

    Raises `Unavailable`, `CursorInvalid`.
    """
    wanted = wanted or JourneyFilter()
    code = None if not wanted.code else code_prefix(wanted.code)
    if wanted.code and code is None:
        return Page((), 0, None)
    after_place, after, after_journey = key_of(cursor, number, instant, UUID)
    found = reader.rows(
        _HERE,
        "list",
        {
            "phase": wanted.phase and wanted.phase.value,
            "stage": wanted.stage,
            "caseworker": wanted.caseworker,
            "stalled": wanted.stalled,
            "code": code,
            "only": only_of(only),
            "pathway": wanted.pathway,
            "unassigned": wanted.unassigned,
            "cause": wanted.cause and wanted.cause.value,
            "due_before": wanted.due_before,
            "opened_from": wanted.opened_from,
            "opened_until": wanted.opened_until,
            "sort": sort.value,
            "after_place": after_place,
            "after": after,
            "after_journey": after_journey,
            "limit": bounded(limit),
        },
    )
    rows: list[tuple[Decimal, JourneyRow]]
    rows = [(columns[1], _row(columns[2:])) for columns in found if columns[2] is not None]
    shown, following = cut(rows, limit, lambda placed: cursor_after(placed[0], placed[1].opened_at, placed[1].journey))
    return Page(tuple(row for _, row in shown), found[0][0], following)


def find_by_code(reader: Reader, code: str) -> tuple[JourneyRow, ...]:
    """The journeys with this code as typed: nearly always one or none, see `domain.journey.naming`."""
    whole = code_prefix(code)
    return _find(reader, code=whole) if whole else ()


def find_journeys(reader: Reader, journeys: Collection[UUID]) -> dict[UUID, JourneyRow]:
    """The rows of these journeys, as for the links of a file; one that does not exist is left out."""
    return {row.journey: row for row in _find(reader, journeys=list(journeys))} if journeys else {}


def _find(reader: Reader, *, code: str | None = None, journeys: list[UUID] | None = None) -> tuple[JourneyRow, ...]:
    return tuple([_row(columns) for columns in reader.rows(_HERE, "find", {"code": code, "journeys": journeys})])


def _row(columns: tuple[Any, ...]) -> JourneyRow:
    journey, code, pathway, version, phase, stages, caseworker, part, step, role, *rest = columns
    due_at, due_on, stalled, since, reason, opened_at, changed_at, stream_version = rest
    return JourneyRow(
        journey=journey,
        code=code,
        pathway=pathway,
        pathway_version=version,
        phase=Phase(phase),
        stages=tuple(stages),
        caseworker=caseworker,
        next_part=part,
        next_step=step,
        next_role=role and Role(role),
        next_due_at=due_at,
        next_due_on=due_on,
        stalled=stalled and StallCause(stalled),
        stalled_since=since,
        closing_reason=reason and ClosingReason(reason),
        opened_at=opened_at,
        changed_at=changed_at,
        version=stream_version,
    )
