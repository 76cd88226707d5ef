"""What a journey's file shows of disclosures, safety and the individual plan: codes, ids, instants and sealed texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.codes import ConsentPurpose, Role
from domain.journey.safety.rules import Agreement
from domain.journey.safety.state import AlertReason
from domain.journey.service_plan.state import GoalProgress
from domain.journey.standing import DataCategory
from domain.pathway.assessment import Level
from domain.pathway.consent import LegalGround
from domain.pathway.plan import Approval


@dataclass(frozen=True, slots=True)
class UntoldRow:
    """Somebody who is still to be told of a withdrawal."""

    part: str
    version: int
    purpose: ConsentPurpose
    recipient: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """Something that left the house, under the consent of this part and version, or by this article."""

    version: int
    purpose: ConsentPurpose
    recipient: UUID
    at: datetime
    categories: tuple[DataCategory, ...]
    consent: str | None = None
    consent_version: int | None = None
    ground: LegalGround | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class MinorityRow:
    """`part` and `version` as for a step."""

    part: str
    version: int
    adult_on: date
    guardian_until: datetime


@dataclass(frozen=True, slots=True)
class SafeContactRow:
    """`agreement` answers `may_contact`. The sealed texts open with `command_id`."""

    part: str
    version: int
    agreement: Agreement
    agreed_at: datetime
    verified_at: datetime
    verify_by: date
    command_id: UUID
    neutral_name: str | None = None
    code_word: str | None = None


@dataclass(frozen=True, slots=True)
class AlertRow:
    """`number` is what a command answers."""

    part: str
    version: int
    number: int
    reason: AlertReason
    raised_at: datetime
    level: Level | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The level of one domain."""

    domain: str
    level: Level


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """The latest of its kind."""

    part: str
    version: int
    assessment: str
    overall: Level
    levels: tuple[LevelRow, ...]
    assessed_at: datetime
    review_by: date
    times: int


@dataclass(frozen=True, slots=True)
class SafetyPlanRow:
    """The plan itself is in the log, sealed."""

    part: str
    version: int
    agreed_at: datetime
    reviewed_at: datetime
    review_by: date
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RelocationRow:
    """The last one. While it is not settled a contact plan is owed by `plan_by`."""

    part: str
    version: int
    at: datetime
    plan_by: datetime
    times: int
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """The text is sealed and opens with `command_id`."""

    part: str
    version: int
    number: int
    goal: str
    measures: tuple[str, ...]
    role: Role
    target_on: date
    progress: GoalProgress
    command_id: UUID
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The individual plan; `agreed_at` is missing while its goals are being gathered."""

    part: str
    version: int
    approval: Approval
    goals: tuple[GoalRow, ...] = ()
    agreed_at: datetime | None = None
    reviewed_at: datetime | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class SafetyFile:
    """Everything of these parts."""

    untold: tuple[UntoldRow, ...] = ()
    disclosures: tuple[DisclosureRow, ...] = ()
    minority: MinorityRow | None = None
    safe_contact: SafeContactRow | None = None
    alerts: tuple[AlertRow, ...] = ()
    assessments: tuple[AssessmentRow, ...] = ()
    safety_plan: SafetyPlanRow | None = None
    relocation: RelocationRow | None = None
    plan: PlanRow | None = None
