"""What a file shows of a hearing: every date it had, its checklist, its plan, and what is owed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.codes import Role
from domain.journey.hearing.codes import (
    ArrangementStatus,
    Attendance,
    DateEnd,
    DebriefOutcome,
    HearingOutcome,
    HearingReason,
    HearingStatus,
    TaskStatus,
)
from domain.pathway.hearings import Matter, Side


@dataclass(frozen=True, slots=True)
class HearingDateRow:
    """One date of the chain. `place_version` is the event that holds the sealed place, where one was given."""

    starts_at: datetime
    zone: str
    set_at: datetime
    venue: UUID | None = None
    place_version: int | None = None
    ended: DateEnd | None = None
    reason: HearingReason | None = None
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """A line of the checklist; `version` is `ArrangeHearing.seen`."""

    part: str
    version: int
    arrangement: str
    role: Role
    status: ArrangementStatus
    by: UUID | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of the plan; `version` is `SettleHearingTask.seen`. Late where its day had passed when it was planned."""

    part: str
    version: int
    task: str
    role: Role
    side: Side
    status: TaskStatus
    late: bool
    planned_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class DebriefRow:
    """The talk after a sitting; `version` is `DebriefHearing.seen`."""

    part: str
    version: int
    role: Role
    due_at: datetime
    outcome: DebriefOutcome | None = None


@dataclass(frozen=True, slots=True)
class HearingRow:
    """A hearing. `version` is the `seen` of its form, `said_version` and `summoned_version` what can be corrected.

    `due_at`: its date; without one, until when it is to be got. `trap`: why nobody may stay away; `seen_at` and
    `seen_by`, who has said to have seen that.
    """

    part: str
    version: int
    hearing: int
    hearing_kind: str
    matter: Matter
    status: HearingStatus
    owner_role: Role
    owner_staff: UUID | None
    due_at: datetime
    summoned_version: int
    postponements: int
    dates: tuple[HearingDateRow, ...]
    arrangements: tuple[ArrangementRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    debriefs: tuple[DebriefRow, ...] = ()
    said_version: int | None = None
    plan: str | None = None
    trap: str | None = None
    seen_at: datetime | None = None
    seen_by: UUID | None = None
    proceeding: UUID | None = None
    served_on: date | None = None
    outcome: HearingOutcome | None = None
    attendance: Attendance | None = None
