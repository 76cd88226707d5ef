"""The state of a journey: what its events add up to. Immutable; mappings are copied on change, never altered.

`version` on a part is the stream version of the last event that touched this part: a form shows it and sends it back,
and only a change of that part is a conflict (design §2). What is changed by `copying.replace` has no slots.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from domain.codes import (
    ClosingReason,
    ConsentPurpose,
    Mover,
    Phase,
    Relation,
    Role,
    StageExit,
    StepOutcome,
    StreamName,
)
from domain.journey.approval.state import ApprovalState
from domain.journey.document.state import DocumentState
from domain.journey.emergency.state import EmergencyAccess
from domain.journey.hearing.state import HearingState
from domain.journey.proceedings.state import FeeState, ProceedingsState, TermState
from domain.journey.reintegration.state import ReintegrationState
from domain.journey.residence.state import PermitState
from domain.journey.returning.state import ReturnState
from domain.journey.safety.state import AlertState, AssessmentState, Relocation, SafeContact, SafetyPlan
from domain.journey.screening.state import ScreeningState
from domain.journey.service.state import Services
from domain.journey.service_plan.state import NO_PLAN, IndividualPlan
from domain.journey.standing import ConsentKey, ConsentState, Disclosure, Minority, Untold, stands
from domain.journey.status.state import FormalStatusState
from domain.mission.codes import AbortReason, MissionOutcome, MissionPhase, MissionPurpose
from domain.pathway.model import Pin, Span
from domain.stream.dispatching import Dispatch
from domain.stream.obligation import Clockwork, Stall


class StepStatus(StrEnum):
    """`ended`: its stage or the journey was left before it was settled."""

    OPEN = "open"
    SETTLED = "settled"
    ENDED = "ended"


class LinkStatus(StrEnum):
    """A link is asked for first and agreed once the other journey has recorded its side."""

    UNDER_WAY = "under-way"
    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Dated:
    """The date that a step had before its last outcome: what stands again where that outcome was a mistake."""

    clockwork: Clockwork
    appointment: datetime | None


@dataclass(frozen=True)
class StageState:
    stage: str
    entered_at: datetime
    version: int
    left_at: datetime | None = None
    exit: StageExit | None = None
    times: int = 1

    @property
    def is_active(self) -> bool:
        return self.left_at is None


@dataclass(frozen=True)
class StepState:
    """One occurrence of a step. `key` is its part and its obligation: `step:home-visit:2`."""

    key: str
    step: str
    occurrence: int
    stage: str
    role: Role
    waits_on: Mover
    stalled_after: Span
    status: StepStatus
    opened_at: datetime
    version: int
    clockwork: Clockwork
    appointment: datetime | None = None
    outcome: StepOutcome | None = None
    advanced_version: int | None = None
    settled_at: datetime | None = None
    missed: int = 0
    stall: Stall | None = None
    before: Dated | None = None
    covered_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewState:
    """`unheld_since` is the date version of the first review that nobody has held: this one follows it."""

    role: Role
    scheduled_at: datetime
    version: int
    clockwork: Clockwork
    unheld_since: int


@dataclass(frozen=True)
class LinkState:
    other: UUID
    relation: Relation
    status: LinkStatus
    version: int
    dispatch: UUID | None = None
    """The command whose answer an asked-for link waits for."""


@dataclass(frozen=True)
class MissionNote:
    """What a field mission has told of itself; `mission_version` is the version of its stream that it is of."""

    mission: UUID
    mission_version: int
    purpose: MissionPurpose
    phase: MissionPhase
    departure: datetime
    expected_return: datetime
    zone: str
    aborted: AbortReason | None
    outcome: MissionOutcome | None
    version: int


@dataclass(frozen=True, slots=True)
class ContactLink:
    """A contact at the hotline that belongs to this journey."""

    contact: UUID
    linked_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Closing:
    reason: ClosingReason
    at: datetime
    version: int


@dataclass(frozen=True)
class Journey:
    stream: str
    version: int
    pin: Pin
    opened_at: datetime
    changed_at: datetime
    phase: Phase = Phase.OPEN
    stages: Mapping[str, StageState] = field(default_factory=dict)
    steps: Mapping[str, StepState] = field(default_factory=dict)
    milestones: Mapping[str, datetime] = field(default_factory=dict)
    consents: Mapping[ConsentKey, ConsentState] = field(default_factory=dict)
    assigned: Mapping[Role, UUID] = field(default_factory=dict)
    review: ReviewState | None = None
    reviews: int = 0
    links: Mapping[UUID, LinkState] = field(default_factory=dict)
    hearings: Mapping[int, HearingState] = field(default_factory=dict)
    contacts: Mapping[UUID, ContactLink] = field(default_factory=dict)
    closing: Closing | None = None
    reopened: int = 0
    merged_into: UUID | None = None
    absorbed: frozenset[UUID] = frozenset()
    pending: Mapping[UUID, Dispatch] = field(default_factory=dict)
    services: Services = field(default_factory=Services)
    minority: Minority | None = None
    untold: Mapping[str, Untold] = field(default_factory=dict)
    disclosures: tuple[Disclosure, ...] = ()
    safe_contact: SafeContact | None = None
    relocation: Relocation | None = None
    alerts: Mapping[str, AlertState] = field(default_factory=dict)
    assessments: Mapping[str, AssessmentState] = field(default_factory=dict)
    safety_plan: SafetyPlan | None = None
    plan: IndividualPlan = NO_PLAN
    formal_status: FormalStatusState = field(default_factory=FormalStatusState)
    screenings: tuple[ScreeningState, ...] = ()
    permits: Mapping[int, PermitState] = field(default_factory=dict)
    missions: Mapping[UUID, MissionNote] = field(default_factory=dict)
    proceedings: Mapping[int, ProceedingsState] = field(default_factory=dict)
    terms: Mapping[int, TermState] = field(default_factory=dict)
    fees: Mapping[int, FeeState] = field(default_factory=dict)
    approvals: Mapping[int, ApprovalState] = field(default_factory=dict)
    returns: Mapping[int, ReturnState] = field(default_factory=dict)
    reintegration: ReintegrationState | None = None
    emergencies: Mapping[int, EmergencyAccess] = field(default_factory=dict)
    documents: Mapping[UUID, DocumentState] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return journey_id(self.stream)

    @property
    def is_open(self) -> bool:
        """Whether anything may still be owed."""
        return self.phase is Phase.OPEN

    def occurrences(self, step: str) -> list[StepState]:
        """Every occurrence of a step, oldest first."""
        return [s for s in self.steps.values() if s.step == step]

    def open_step(self, step: str) -> StepState | None:
        """The open occurrence of a step, if there is one; there is at most one."""
        return next((s for s in self.steps.values() if s.step == step and s.status is StepStatus.OPEN), None)

    def consent(self, purpose: ConsentPurpose, recipient: UUID | None = None, *, at: datetime) -> ConsentState | None:
        """The consent that was in force at that instant, as far as the latest one of its key tells."""
        consent = self.consents.get(ConsentKey(purpose, recipient))
        return consent if consent is not None and stands(consent, self.minority, at) else None

    def is_active(self, stage: str) -> bool:
        found = self.stages.get(stage)
        return found is not None and found.is_active


PREFIX = f"{StreamName.JOURNEY.value}-"


def journey_stream(journey: UUID) -> str:
    """The stream, and the workflow id, of a journey."""
    return StreamName.JOURNEY.stream(journey)


@lru_cache(maxsize=4096)  # a projection asks with every event
def journey_id(stream: str) -> UUID:
    """The journey of a stream. Raises `ValueError` for the stream of another kind."""
    if not stream.startswith(PREFIX):
        raise ValueError(f"not the stream of a journey: {stream[:20]}")
    return UUID(stream.removeprefix(PREFIX))
