"""My day: everything that a person owes, or that a role owes while nobody has it, by due instant.

    day = my_day(reader, staff=me, roles={Role.LAWYER}, now=now, today=local_date(now, zone))
    day.counts[DayGroup.OVERDUE]
    my_day(reader, code="PM-7QW2M0X", now=now, today=today)     # what that mission owes, whoever owes it

`now` is the log's clock. The counts of the groups and the rows are of one statement; with `group` only that group's
rows come, with all counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.codes import Mover, ObligationKind, Role, StallCause, StreamName
from projections.owed import Owed
from projections.paging import bounded, cursor_after, cut, instant, key_of, only_of
from projections.reader import Reader

_HERE = "projections.my_day"


class DayGroup(StrEnum):
    """Where an obligation stands on the page. WAITING: due later, somebody else's move, no appointment to keep."""

    OVERDUE = "overdue"
    TODAY = "today"
    NEXT_7_DAYS = "next-7-days"
    LATER = "later"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class ObligationRow(Owed):
    """`mover`: whose move, by the stall's cause if it stalls."""

    owner_role: Role
    owner_staff: UUID | None
    due_at: datetime
    due_on: date
    waits_on: Mover
    stalled: StallCause | None
    mover: Mover
    appointment: datetime | None
    group: DayGroup

    @property
    def overdue(self) -> bool:
        """Whether its due instant had passed at the `now` that was asked with."""
        return self.group is DayGroup.OVERDUE


@dataclass(frozen=True, slots=True)
class Day:
    """`total` and `counts` are of everything owed; `rows` and `next` of the group asked for, else of everything."""

    rows: tuple[ObligationRow, ...]
    total: int
    counts: Mapping[DayGroup, int]
    next: str | None


def my_day(
    reader: Reader,
    *,
    staff: UUID | None = None,
    roles: Collection[Role] = (),
    code: str | None = None,
    now: datetime,
    today: date,
    group: DayGroup | None = None,
    only: Sequence[UUID] | None = None,
    reads: UUID | None = None,
    reads_as: Collection[Role] = (),
    cursor: str | None = None,
    limit: int = 200,
) -> Day:
    """What `staff` owes and what nobody has yet of `roles`. `today` is the local day of the office at `now`.

    With `only`, of these streams, and beside them what `reads`, who looks, owes, and what nobody has of their roles
    `reads_as` at the hotline and on missions; of what is owed by whoever is on call, in journeys too.

    With a whole `code` what the streams called so owe instead, whoever owes it: nearly always one.
    Raises `Unavailable`, `CursorInvalid`.
    """
    after, after_stream, after_part = key_of(cursor, instant, UUID, str)
    found = reader.rows(
        _HERE,
        "day",
        {
            "staff": staff,
            "roles": [role.value for role in roles],
            "code": code,
            "now": now,
            "today": today,
            "group": group and group.value,
            "only": only_of(only),
            "reads": reads,
            "reads_as": [role.value for role in reads_as],
            "after": after,
            "after_stream": after_stream,
            "after_part": after_part,
            "limit": bounded(limit),
        },
    )
    total, *counts = found[0][:6]
    rows = [_row(columns[6:]) for columns in found if columns[6] is not None]
    shown, following = cut(rows, limit, lambda row: cursor_after(row.due_at, row.stream_id, row.part))
    return Day(shown, total, dict(zip(DayGroup, counts, strict=True)), following)


def _row(columns: tuple[Any, ...]) -> ObligationRow:
    name, stream, code, part, version, kind, what, stage, role, staff, due_at, due_on, waits_on, *rest = columns
    stalled, mover, appointment, group = rest
    return ObligationRow(
        stream_kind=StreamName(name),
        stream_id=stream,
        code=code,
        part=part,
        part_version=version,
        kind=ObligationKind(kind),
        what=what,
        stage=stage,
        owner_role=Role(role),
        owner_staff=staff,
        due_at=due_at,
        due_on=due_on,
        waits_on=Mover(waits_on),
        stalled=stalled and StallCause(stalled),
        mover=Mover(mover),
        appointment=appointment,
        group=DayGroup(group),
    )
