"""What a journey's file shows of services. Of an anonymous one: two words, and no date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.codes import ConsentPurpose, Mover, Role, StallCause
from domain.journey.service.codes import (
    Concern,
    CostKind,
    FreezeCause,
    ReferralStatus,
    ServiceEnd,
    ServiceOutcome,
    ServiceStatus,
    UseOfService,
    WouldReturn,
)


@dataclass(frozen=True, slots=True)
class DetailRow:
    """A field of the record; `value` is a code, a day, an instant, a number, yes or no, or an id, as text."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term that runs."""

    part: str
    term: str
    due_on: date
    article: str | None


@dataclass(frozen=True, slots=True)
class CostRow:
    """What was paid; `version` is `CorrectServiceCost.corrects`. Dinars."""

    version: int
    cost: CostKind
    amount: Decimal
    at: datetime
    donor: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """What the client said: 1 poor, 5 good."""

    rating: int
    would_return: WouldReturn
    at: datetime


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One occurrence. `version` is what a form sends back as `seen`, `moved_version` as `corrects`.

    `due_on` is None where nothing is due any more.
    """

    part: str
    version: int
    service: str
    occurrence: int
    role: Role
    owner_role: Role
    owner_staff: UUID | None
    status: ServiceStatus
    needed_at: datetime
    waits_on: Mover
    due_at: datetime | None
    due_on: date | None
    consent: ConsentPurpose | None
    appointment: datetime | None
    provider: UUID | None
    sessions: int
    held: int
    missed: int
    follow_ups: int
    outcome: ServiceOutcome | None
    end: ServiceEnd | None
    frozen: FreezeCause | None
    stalled: StallCause | None
    moved_version: int | None
    record: tuple[DetailRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    costs: tuple[CostRow, ...] = ()
    feedback: tuple[FeedbackRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral of one occurrence to a provider."""

    part: str
    version: int
    service: str
    occurrence: int
    number: int
    recipient: UUID
    status: ReferralStatus
    sent_at: datetime
    due_on: date | None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class UseRow:
    """All that is known of an anonymous service."""

    service: str
    use: UseOfService
    version: int


@dataclass(frozen=True, slots=True)
class SearchRow:
    """The client cannot be reached since then."""

    version: int
    since: datetime
    attempts: int
    rounds: int
    is_with_supervisor: bool
    due_on: date


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """A risk that nobody has assessed yet."""

    part: str
    version: int
    number: int
    concern: Concern
    raised_at: datetime
    due_on: date
    about: str | None = None


@dataclass(frozen=True, slots=True)
class SumRow:
    """What one kind of service has cost so far, in dinars."""

    service: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Services:
    """Everything about services in the file of a journey."""

    each: tuple[ServiceRow, ...] = ()
    referrals: tuple[ReferralRow, ...] = ()
    uses: tuple[UseRow, ...] = ()
    search: SearchRow | None = None
    concerns: tuple[ConcernRow, ...] = ()
    costs: tuple[SumRow, ...] = ()
