"""The agenda of hearings: every one that is owed, whoever has it, with what is still to be seen to for it.

    agenda = hearings(reader, now=now)                          # passed and unsaid, ahead, waiting for a date
    agenda = hearings(reader, now=now, owner=me, since=monday, until=next_monday)

Rows and counts are of one statement. A hearing is owed until somebody says what became of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.codes import ObligationKind, Role, StallCause, StreamName
from projections.owed import Owed
from projections.paging import bounded, count, cursor_after, cut, instant, key_of, only_of
from projections.reader import Reader

_HERE = "projections.my_day"


class HearingGroup(StrEnum):
    """Where a hearing stands in the agenda. PASSED: its date is over, and nobody has said what became of it."""

    PASSED = "passed"
    AHEAD = "ahead"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class ToSeeTo:
    """A line of the checklist, a task of the plan, or the acknowledgement that a date was seen; still open."""

    kind: ObligationKind
    what: str | None
    owner_role: Role
    owner_staff: UUID | None
    due_on: date


@dataclass(frozen=True, slots=True)
class HearingOwed(Owed):
    """A hearing on the wall clock of `zone`. `due_at`: its date; without one, until when one is to be got."""

    owner_role: Role
    owner_staff: UUID | None
    due_at: datetime
    stalled: StallCause | None
    appointment: datetime | None
    zone: str
    group: HearingGroup
    open: tuple[ToSeeTo, ...]

    @property
    def must_be_seen(self) -> bool:
        """Whether absence would be taken for giving up, and nobody has said yet to have seen the date."""
        return any(each.kind is ObligationKind.HEARING_ACKNOWLEDGEMENT for each in self.open)


@dataclass(frozen=True, slots=True)
class Agenda:
    """`total` and `counts` are of all groups, `rows` and `next` of the group asked for, else of all."""

    rows: tuple[HearingOwed, ...]
    total: int
    counts: Mapping[HearingGroup, int]
    next: str | None


def hearings(
    reader: Reader,
    *,
    now: datetime,
    owner: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    group: HearingGroup | None = None,
    only: Sequence[UUID] | None = None,
    cursor: str | None = None,
    limit: int = 100,
) -> Agenda:
    """A page of the agenda, by date, with `only` of these journeys.

    `since` (included) and `until` (not) leave out what has no date.

    `now` is the log's clock. Raises `Unavailable`, `CursorInvalid`.
    """
    after_rank, after, after_stream, after_part = key_of(cursor, count, instant, UUID, str)
    found = reader.rows(
        _HERE,
        "hearings",
        {
            "now": now,
            "owner": owner,
            "since": since,
            "until": until,
            "group": group and group.value,
            "only": only_of(only),
            "after_rank": after_rank,
            "after": after,
            "after_stream": after_stream,
            "after_part": after_part,
            "limit": bounded(limit),
        },
    )
    counts = dict(zip(HearingGroup, found[0][:3], strict=True))
    rows = [_row(columns[3:]) for columns in found if columns[3] is not None]
    shown, following = cut(rows, limit, _cursor)
    return Agenda(shown, sum(counts.values()), counts, following)


def _cursor(row: HearingOwed) -> str:
    undated = row.group is HearingGroup.UNDATED
    return cursor_after(int(undated), row.appointment or row.due_at, row.stream_id, row.part)


def _row(columns: tuple[Any, ...]) -> HearingOwed:
    name, stream, code, part, version, kind, what, stage, role, staff, due_at, stalled, *rest = columns
    appointment, zone, group, _, _, still = rest
    return HearingOwed(
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
        stalled=stalled and StallCause(stalled),
        appointment=appointment,
        zone=zone,
        group=HearingGroup(group),
        open=tuple(_to_see_to(each) for each in still),
    )


def _to_see_to(line: Mapping[str, Any]) -> ToSeeTo:
    staff = line["owner_staff"]
    return ToSeeTo(
        kind=ObligationKind(line["kind"]),
        what=line["what"],
        owner_role=Role(line["owner_role"]),
        owner_staff=UUID(staff) if staff else None,
        due_on=date.fromisoformat(line["due_on"]),
    )
