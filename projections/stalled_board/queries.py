"""The stalled board: everything owed that stands still, why, and whose move it is; oldest first.

    board = stalled(reader, StalledFilter(mover=Mover.COURT), now=now)
    board.causes[StallCause.WAITING_ON_COURT]

Counts and rows are of one statement. A count per place (or cause) is what the board would show with that place chosen
and everything else as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.calendar import local_date
from domain.codes import Mover, NextAction, ObligationKind, Role, StallCause, StreamName
from domain.journey.state import Nudge
from domain.pathway.model import Country, Span, Unit
from projections.owed import Owed
from projections.paging import bounded, cursor_after, cut, instant, key_of, only_of
from projections.reader import Reader
from projections.stalled_board.standstill import standstill

_HERE = "projections.stalled_board"


@dataclass(frozen=True, slots=True)
class StalledRow(Owed):
    """`working_days`: how long it stands still at `now`, counted as the pathway's `limit` is; see `standstill`.

    `limit_days` is that limit in working days; `rate` is their ratio, 1.0 when the limit is reached. `nudge`: the last
    reminder that a person sent about it since it stands still.
    """

    cause: StallCause
    mover: Mover
    next_action: NextAction
    owner_role: Role
    owner_staff: UUID | None
    caseworker: UUID | None
    since: datetime
    opened_at: datetime
    due_on: date
    limit: Span
    working_days: int
    limit_days: int
    nudge: Nudge | None = None

    @property
    def place(self) -> str:
        """Where it stands on the board."""
        return place_of(self.kind, self.stage)

    @property
    def rate(self) -> float:
        return self.working_days / max(self.limit_days, 1)


def place_of(kind: ObligationKind, stage: str | None) -> str:
    """The stage of a step; for everything else its kind."""
    return stage or f"kind:{kind.value}"


@dataclass(frozen=True, slots=True)
class StalledFilter:
    """Every field left None lets everything through. `owner` and `owner_role` are of the obligation."""

    place: str | None = None
    mover: Mover | None = None
    cause: StallCause | None = None
    owner: UUID | None = None
    owner_role: Role | None = None
    caseworker: UUID | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the board with its counts; a place or cause without any is left out of them."""

    rows: tuple[StalledRow, ...]
    total: int
    places: Mapping[str, int]
    causes: Mapping[StallCause, int]
    next: str | None


def stalled(
    reader: Reader,
    wanted: StalledFilter | None = None,
    *,
    now: datetime,
    only: Sequence[UUID] | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Board:
    """A page of the board, with `only` of these streams. `now` is the log's clock.

    Raises `Unavailable`, `CursorInvalid`.
    """
    wanted = wanted or StalledFilter()
    after, after_stream, after_part = key_of(cursor, instant, UUID, str)
    found = reader.rows(
        _HERE,
        "board",
        {
            "place": wanted.place,
            "mover": wanted.mover and wanted.mover.value,
            "cause": wanted.cause and wanted.cause.value,
            "owner": wanted.owner,
            "owner_role": wanted.owner_role and wanted.owner_role.value,
            "caseworker": wanted.caseworker,
            "only": only_of(only),
            "after": after,
            "after_stream": after_stream,
            "after_part": after_part,
            "limit": bounded(limit),
        },
    )
    total, places, causes = found[0][:3]
    rows = [_row(columns[3:], now) for columns in found if columns[3] is not None]
    shown, following = cut(rows, limit, lambda row: cursor_after(row.since, row.stream_id, row.part))
    return Board(shown, total, places, {StallCause(cause): n for cause, n in causes.items()}, following)


def _row(columns: tuple[Any, ...], now: datetime) -> StalledRow:
    name, stream, code, part, version, kind, what, stage, *rest = columns
    cause, mover, action, role, staff, caseworker, *rest = rest
    since, opened_at, due_on, count, unit, reached_on, country, zone, *nudged = rest
    limit = Span(count=count, unit=Unit(unit))
    still = standstill(
        limit,
        reached_on=reached_on,
        since=local_date(since, zone),
        today=local_date(now, zone),
        country=Country(country),
    )
    return StalledRow(
        stream_kind=StreamName(name),
        stream_id=stream,
        code=code,
        part=part,
        part_version=version,
        kind=ObligationKind(kind),
        what=what,
        stage=stage,
        cause=StallCause(cause),
        mover=Mover(mover),
        next_action=NextAction(action),
        owner_role=Role(role),
        owner_staff=staff,
        caseworker=caseworker,
        since=since,
        opened_at=opened_at,
        due_on=due_on,
        limit=limit,
        working_days=still.days,
        limit_days=still.limit,
        nudge=_nudge(*nudged),
    )


def _nudge(
    at: datetime | None, by: UUID | None, role: str | None, staff: UUID | None, again_at: datetime | None
) -> Nudge | None:
    if at is None or by is None or role is None or again_at is None:
        return None
    return Nudge(at, by, Role(role), staff, again_at)
