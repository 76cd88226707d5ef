"""The state of a mission: what its events add up to. Frozen, without slots (`copying.replace`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.codes import ObligationKind, StreamName
from domain.mission.codes import OPEN, OUT, AbortReason, AlarmCause, CancelReason, MissionPhase, RiskResult
from domain.mission.values import Costs, JourneyReport, Plan
from domain.pathway.model import Pin
from domain.stream.dispatching import Dispatch
from domain.stream.kind import id_of
from domain.stream.obligation import Clockwork
from domain.values import StaffId

OWED = {
    MissionPhase.PLANNED: (ObligationKind.MISSION_DEPARTURE,),
    MissionPhase.DEPARTED: (ObligationKind.MISSION_CHECK_IN, ObligationKind.MISSION_RETURN),
    MissionPhase.ABORTED: (),
    MissionPhase.RETURNED: (ObligationKind.MISSION_REPORT,),
}
"""What each phase owes. An alarm is owed as long as it is not over, whatever the phase."""


@dataclass(frozen=True)
class Timer:
    """Of one thing that is owed, since `set_at`; `version` is that of the stream when a person last set it."""

    clockwork: Clockwork
    version: int
    set_at: datetime


@dataclass(frozen=True)
class RiskCheck:
    """`override_by`: who lets them go all the same."""

    result: RiskResult | None
    checked_by: StaffId | None
    version: int
    override_by: StaffId | None = None

    @property
    def lets_go(self) -> bool:
        return self.result is RiskResult.CLEAR or self.override_by is not None


@dataclass(frozen=True)
class Mission:
    """`timers` keeps that of everything that was ever owed, so that no date version is used twice.

    `plan_version`: of the last event that touched the plan; `sealed_by`: the command with which its places were sealed.
    """

    stream: str
    version: int
    pin: Pin
    opened_at: datetime
    changed_at: datetime
    plan: Plan
    plan_version: int
    sealed_by: UUID
    phase: MissionPhase = MissionPhase.PLANNED
    timers: Mapping[ObligationKind, Timer] = field(default_factory=dict)
    risk: RiskCheck | None = None
    alarm: AlarmCause | None = None
    departed_at: datetime | None = None
    checked_in_at: datetime | None = None
    returned_at: datetime | None = None
    aborted: AbortReason | None = None
    cancelled: CancelReason | None = None
    reports: Mapping[UUID, JourneyReport] = field(default_factory=dict)
    report_version: int | None = None
    costs: Costs | None = None
    reported_by: StaffId | None = None
    pending: Mapping[UUID, Dispatch] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return id_of(self.stream)

    @property
    def is_open(self) -> bool:
        """Whether anything is owed."""
        return self.phase in OPEN

    @property
    def is_out(self) -> bool:
        """Whether people are out there."""
        return self.phase in OUT

    @property
    def reporter(self) -> StaffId:
        """Who owes the report: the lead, or who took it over."""
        return self.reported_by or self.plan.crew.lead

    @property
    def last_word_at(self) -> datetime | None:
        """When the team was heard of last."""
        return self.checked_in_at or self.departed_at


def mission_stream(mission: UUID) -> str:
    """The stream, and the workflow id, of a mission."""
    return StreamName.MISSION.stream(mission)
