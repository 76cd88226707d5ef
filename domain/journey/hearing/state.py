"""The state of a hearing: its chain of dates, its timers, its checklist, its plan, and what is owed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.codes import Role
from domain.journey.hearing.codes import (
    DATED,
    OVER,
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
from domain.sealed import Legal, Sealed
from domain.stream.obligation import Clockwork


def hearing_key(number: int, *more: str) -> str:
    """The part, and the obligation, of a hearing or of something of it: `hearing:2`, `hearing:2:seen`."""
    return ":".join(("hearing", str(number), *more))


@dataclass(frozen=True)
class HearingDate:
    """One date of the chain, with what became of it. `retracted`: that was said by mistake, and the date stood on."""

    starts_at: datetime
    zone: str
    set_at: datetime
    version: int
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    ended: DateEnd | None = None
    reason: HearingReason | None = None
    ended_version: int | None = None
    retracted: bool = False


@dataclass(frozen=True)
class Track:
    """A timer with the role that it belongs to."""

    role: Role
    clockwork: Clockwork


@dataclass(frozen=True)
class ArrangementState:
    """`by`: who sees to it, a member of staff or a provider. No clockwork: nothing is due while there is no date."""

    arrangement: str
    role: Role
    status: ArrangementStatus
    version: int
    clockwork: Clockwork | None = None
    by: UUID | None = None


@dataclass(frozen=True)
class SeenState:
    """That somebody must say "I have seen it", since absence would be taken for giving up; once for each date."""

    role: Role
    clockwork: Clockwork
    seen_at: datetime | None = None
    seen_by: UUID | None = None


@dataclass(frozen=True)
class TaskState:
    """`planned_on` is the day by the plan; where that had passed, the clockwork's due day is later and says so.

    `covered_by`: the items of a return for this hearing that are owed instead of it.
    """

    task: str
    role: Role
    side: Side
    version: int
    status: TaskStatus = TaskStatus.OPEN
    planned_on: date | None = None
    clockwork: Clockwork | None = None
    follows: str | None = None
    covered_by: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether its day had passed already when it was planned."""
        return bool(self.clockwork and self.planned_on and self.clockwork.deadline.due_on > self.planned_on)


@dataclass(frozen=True)
class PlanState:
    plan: str
    started_at: datetime
    version: int
    tasks: Mapping[str, TaskState]

    def is_done(self, task: str | None) -> bool:
        """Whether a task has been done; no task is never done."""
        found = self.tasks.get(task) if task else None
        return found is not None and found.status is TaskStatus.DONE


@dataclass(frozen=True)
class DebriefState:
    """The talk after one sitting."""

    number: int
    role: Role
    version: int
    clockwork: Clockwork
    outcome: DebriefOutcome | None = None


@dataclass(frozen=True)
class Before:
    """What stood before the last thing that was said: what stands again where that was a mistake."""

    status: HearingStatus
    date: HearingDate | None
    debriefs: int
    arrangements: Mapping[str, ArrangementState]
    seen: SeenState | None


@dataclass(frozen=True)
class HearingState:
    """One hearing. `version` is that of its form; checklist, plan and debriefs have versions of their own.

    `date_version` counts the dates it has had, and the times it had none; every timer ahead carries it.
    """

    number: int
    kind: str
    matter: Matter
    status: HearingStatus
    version: int
    summoned_version: int
    dates: tuple[HearingDate, ...]
    date_version: int
    track: Track
    trap: str | None = None
    proceeding: UUID | None = None
    served_on: date | None = None
    companions: Mapping[str, Track] = field(default_factory=dict)
    arrangements: Mapping[str, ArrangementState] = field(default_factory=dict)
    seen: SeenState | None = None
    plan: PlanState | None = None
    debriefs: tuple[DebriefState, ...] = ()
    outcome: HearingOutcome | None = None
    attendance: Attendance | None = None
    said_version: int | None = None
    before: Before | None = None

    @property
    def key(self) -> str:
        return hearing_key(self.number)

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def date(self) -> HearingDate | None:
        """The date that stands; none while one is waited for, or once it is over."""
        return self.dates[-1] if self.status in DATED else None

    @property
    def postponements(self) -> int:
        """How often a date was postponed, mistakes left out."""
        return sum(d.ended is DateEnd.POSTPONED and not d.retracted for d in self.dates)
