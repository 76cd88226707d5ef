"""The state of the services of a journey: each occurrence, referrals, the search for a client, concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.codes import ConsentPurpose, Mover, Role
from domain.copying import replace
from domain.journey.service.codes import (
    BEFORE_CONSENT,
    OVER,
    Concern,
    CostKind,
    FreezeCause,
    ReferralReason,
    ReferralStatus,
    ServiceEnd,
    ServiceOutcome,
    ServiceStatus,
    UseOfService,
    WouldReturn,
)
from domain.journey.service.record import Detail
from domain.pathway.returning import Trip
from domain.stream.obligation import Clockwork


@dataclass(frozen=True)
class Course:
    """How far it has come: everything that a move changes, and so what a correction brings back."""

    status: ServiceStatus
    waits_on: Mover
    clockwork: Clockwork
    appointment: datetime | None = None
    provider: UUID | None = None
    sessions: int = 0
    """How many were planned; 0 where nobody said."""
    held: int = 0
    missed: int = 0
    follow_ups: int = 0
    outcome: ServiceOutcome | None = None
    end: ServiceEnd | None = None


@dataclass(frozen=True)
class TermState:
    """A term that runs. `key` is its obligation: `term:child-benefit:1:reply`."""

    key: str
    term: str
    waits_on: Mover
    clockwork: Clockwork
    version: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What was paid for it, in dinars. Known by the version of the event that recorded it first."""

    kind: CostKind
    amount: Decimal
    donor: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the client said of the service: 1 (poor) to 5 (good)."""

    rating: int
    would_return: WouldReturn
    at: datetime


@dataclass(frozen=True)
class ServiceState:
    """One occurrence. `key` is its part and its obligation: `service:psychotherapy:1`.

    `moved_version` names the last move, `before` is the course before it: what a correction brings back.
    """

    key: str
    service: str
    occurrence: int
    role: Role
    consent: ConsentPurpose | None
    needed_at: datetime
    version: int
    course: Course
    frozen: FreezeCause | None = None
    moved_version: int | None = None
    before: Course | None = None
    record: Mapping[str, Detail] = field(default_factory=dict)
    terms: Mapping[str, TermState] = field(default_factory=dict)
    costs: Mapping[int, Cost] = field(default_factory=dict)
    feedback: tuple[Feedback, ...] = ()
    covered_by: Trip | None = None

    @property
    def status(self) -> ServiceStatus:
        return self.course.status

    @property
    def is_live(self) -> bool:
        """Whether something is due."""
        return self.status not in OVER

    @property
    def is_agreed(self) -> bool:
        """Whether the client has consented to it and it is not over."""
        return self.is_live and self.status not in BEFORE_CONSENT


@dataclass(frozen=True)
class ReferralState:
    """One referral. `key` is its part and its obligation: `referral:specialist-examination:1:2`."""

    key: str
    service: str
    occurrence: int
    number: int
    recipient: UUID
    reason: ReferralReason
    language: str | None
    status: ReferralStatus
    role: Role
    sent_at: datetime
    version: int
    clockwork: Clockwork

    @property
    def is_open(self) -> bool:
        """Whether an answer of the recipient is awaited."""
        return self.status in (ReferralStatus.SENT, ReferralStatus.ACCEPTED)

    @property
    def is_owed(self) -> bool:
        return self.is_open or self.status is ReferralStatus.RECALLED


@dataclass(frozen=True)
class Search:
    """The client cannot be reached. `attempts` in this round; `is_with_supervisor` once all of them were in vain."""

    since: datetime
    attempts: int
    rounds: int
    role: Role
    is_with_supervisor: bool
    version: int
    clockwork: Clockwork


@dataclass(frozen=True)
class ConcernState:
    """A risk that was raised and not answered yet. `key` is `concern:3`."""

    key: str
    number: int
    concern: Concern
    about: str | None
    role: Role
    raised_at: datetime
    version: int
    clockwork: Clockwork


@dataclass(frozen=True, slots=True)
class Use:
    """That counselling of an anonymous service was offered or used; without any date."""

    use: UseOfService
    consent: ConsentPurpose
    version: int


@dataclass(frozen=True)
class Services:
    """Everything about services in one journey. `concerns` are the open ones; `raised` counts all of them."""

    each: Mapping[str, ServiceState] = field(default_factory=dict)
    referrals: Mapping[str, ReferralState] = field(default_factory=dict)
    uses: Mapping[str, Use] = field(default_factory=dict)
    search: Search | None = None
    concerns: Mapping[str, ConcernState] = field(default_factory=dict)
    raised: int = 0
    searches: int = 0
    """How many dates all searches have had: the next one counts on."""

    def occurrences(self, service: str) -> list[ServiceState]:
        """Every occurrence of a service, oldest first."""
        return [s for s in self.each.values() if s.service == service]

    def referrals_of(self, state: ServiceState) -> list[ReferralState]:
        """The referrals of one occurrence, oldest first."""
        return [r for r in self.referrals.values() if (r.service, r.occurrence) == (state.service, state.occurrence)]

    def with_(self, state: ServiceState) -> Services:
        """With this occurrence changed."""
        return replace(self, each={**self.each, state.key: state})

    def with_referral(self, referral: ReferralState) -> Services:
        """With this referral changed."""
        return replace(self, referrals={**self.referrals, referral.key: referral})


def service_key(service: str, occurrence: int) -> str:
    """The part, and the obligation, of one occurrence of a service."""
    return f"service:{service}:{occurrence}"


def referral_key(service: str, occurrence: int, number: int) -> str:
    """The part, and the obligation, of one referral."""
    return f"referral:{service}:{occurrence}:{number}"


def term_key(service: str, occurrence: int, term: str) -> str:
    """The obligation of a term of a service."""
    return f"term:{service}:{occurrence}:{term}"


def concern_key(number: int) -> str:
    """The part, and the obligation, of a concern."""
    return f"concern:{number}"
