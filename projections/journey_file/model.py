"""What a journey's file shows. Codes, ids and instants only: titles come from the pathway, texts from the log.

These are the types of the page and of the stored document alike, so that nothing is written in two forms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.codes import (
    ClosingReason,
    ConsentGiver,
    ConsentPurpose,
    Mover,
    Relation,
    Role,
    StageExit,
    StallCause,
    StepOutcome,
)
from domain.event import Event
from domain.journey.state import LinkStatus, StepStatus
from domain.mission.codes import AbortReason, MissionOutcome, MissionPhase, MissionPurpose
from domain.pathway.model import Span
from projections.journey_file.approvals import ApprovalRow
from projections.journey_file.documents import DocumentRow
from projections.journey_file.emergencies import EmergencyRow
from projections.journey_file.hearing_model import HearingRow
from projections.journey_file.proceedings import FeeRow, ProceedingsRow, TermRow
from projections.journey_file.reintegration import ReintegrationRow
from projections.journey_file.returning import ReturnRow
from projections.journey_file.safety_model import SafetyFile
from projections.journey_file.services_model import Services
from projections.journey_file.standing import FormalStatusRow, PermitRow, ScreeningRow
from projections.journey_list.queries import JourneyRow


@dataclass(frozen=True, slots=True)
class StageRow:
    """`times`: how often it was entered; `entered_at` and `left_at` are of the last time."""

    stage: str
    version: int
    entered_at: datetime
    times: int
    left_at: datetime | None = None
    exit: StageExit | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One occurrence of a step. `version` is what a form sends back as `seen`, `advanced_version` as `corrects`.

    The owner is who answers for it now: the person of `role`, else of the caseworker, else whoever is on call.
    """

    part: str
    version: int
    step: str
    occurrence: int
    stage: str
    role: Role
    owner_role: Role
    owner_staff: UUID | None
    status: StepStatus
    outcome: StepOutcome | None
    opened_at: datetime
    settled_at: datetime | None
    due_at: datetime
    due_on: date
    article: str | None
    appointment: datetime | None
    waits_on: Mover
    stalled: StallCause | None
    stalled_since: datetime | None
    advanced_version: int | None
    missed: int
    limit: Span


@dataclass(frozen=True, slots=True)
class MissionNoteRow:
    """A field mission that serves this journey, as it told of itself last. Its places stay with it."""

    mission: UUID
    code: str
    version: int
    purpose: MissionPurpose
    phase: MissionPhase
    departure: datetime
    expected_return: datetime
    zone: str
    aborted: AbortReason | None
    outcome: MissionOutcome | None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """`part` and `version` as for a step; `recipient` none: towards ourselves.

    `ends_at`: from when it stands no longer, as far as that is known: withdrawn, its last day, a guardian's word.
    """

    part: str
    version: int
    purpose: ConsentPurpose
    giver: ConsentGiver
    given_at: datetime
    withdrawn_at: datetime | None = None
    recipient: UUID | None = None
    guardian: UUID | None = None
    ends_at: datetime | None = None

    def stands(self, at: datetime) -> bool:
        """Whether it is in force at that instant."""
        return self.given_at <= at and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class AssignedRow:
    """Who has a role in this journey."""

    role: Role
    staff: UUID


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A tie to another journey, whose person is this client's `relation`."""

    part: str
    version: int
    other: UUID
    relation: Relation
    status: LinkStatus


@dataclass(frozen=True, slots=True)
class ContactLinkRow:
    """A contact at the hotline that belongs to the journey."""

    contact: UUID
    version: int
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """The review that keeps the journey alive; `version` is `HoldReview.seen`."""

    version: int
    role: Role
    owner_role: Role
    scheduled_at: datetime
    due_at: datetime
    due_on: date
    owner_staff: UUID | None = None


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """How the journey was closed."""

    version: int
    reason: ClosingReason
    at: datetime


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone that was reached."""

    milestone: str
    reached_at: datetime


@dataclass(frozen=True, slots=True)
class Document:
    """Everything of a file but its steps."""

    header: JourneyRow
    pathway_sha256: str
    stages: tuple[StageRow, ...] = ()
    consents: tuple[ConsentRow, ...] = ()
    assigned: tuple[AssignedRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    contacts: tuple[ContactLinkRow, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    missions: tuple[MissionNoteRow, ...] = ()
    absorbed: tuple[UUID, ...] = ()
    reopened: int = 0
    under_way: int = 0
    review: ReviewRow | None = None
    hearings: tuple[HearingRow, ...] = ()
    closing: ClosingRow | None = None
    merged_into: UUID | None = None
    services: Services = field(default_factory=Services)
    safety: SafetyFile = field(default_factory=SafetyFile)
    formal_status: FormalStatusRow | None = None
    screenings: tuple[ScreeningRow, ...] = ()
    permits: tuple[PermitRow, ...] = ()
    proceedings: tuple[ProceedingsRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    fees: tuple[FeeRow, ...] = ()
    approvals: tuple[ApprovalRow, ...] = ()
    returns: tuple[ReturnRow, ...] = ()
    reintegration: ReintegrationRow | None = None
    emergencies: tuple[EmergencyRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class JourneyFile:
    """A journey as known at log `position`, that of its last event. Steps by opening, every occurrence.

    `document.under_way`: commands to other journeys that have not been answered yet.
    """

    journey: UUID
    version: int
    position: int
    document: Document
    steps: tuple[StepRow, ...]

    @property
    def header(self) -> JourneyRow:
        return self.document.header


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event. `body` is the event itself; its sealed fields open with this row's stream and `command_id`.

    `body` is None where this release cannot read the event. `is_system`: done by the clock; pages fold it away.
    `corrected_by` is the version of the event that says that this one was a mistake.
    """

    version: int
    position: int
    topic: str
    recorded_at: datetime
    occurred_at: datetime
    actor: UUID
    command_id: UUID
    is_system: bool
    body: Event | None
    corrected_by: int | None
    stage: str | None
    step: str | None
