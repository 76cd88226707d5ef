"""The state of legal proceedings and of their terms. Numbers count within the journey: they are what people say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from domain.codes import Role
from domain.journey.proceedings.basis import Counted, TermBasis
from domain.journey.proceedings.codes import (
    FeeKind,
    FeeOutcome,
    HolderKind,
    PowerEnd,
    PowerUrgency,
    ProceedingsOutcome,
    ProceedingsStage,
    PropertyClaimStatus,
    Protection,
    ProtectionStatus,
    TermOutcome,
    TermStatus,
)
from domain.law import Duty, Limitation, Severity, Standing
from domain.pathway.common import Span
from domain.pathway.hearings import Matter
from domain.sealed import Legal, Sealed
from domain.stream.obligation import Clockwork

PROCEEDINGS = "proceedings"


def proceedings_key(number: int, *more: str) -> str:
    """The part of proceedings, and the obligations of their own: `proceedings:1`, `proceedings:1:power`."""
    return ":".join((PROCEEDINGS, str(number), *more))


def proceedings_id(journey: UUID, number: int) -> UUID:
    """The id of proceedings, by which another part names them: a hearing does. The same whenever it is asked for."""
    return uuid5(journey, proceedings_key(number))


def term_key(number: int, *more: str) -> str:
    """The part, and the obligation, of a term or limitation: `term:3`; its confirmation: `term:3:confirmation`."""
    return ":".join(("term", str(number), *more))


def fee_key(number: int) -> str:
    """The part, and the obligation, of a court fee: `fee:2`."""
    return f"fee:{number}"


@dataclass(frozen=True, slots=True)
class Power:
    """A power of attorney. `holder` is the id of a member of staff or of a provider."""

    number: int
    holder: UUID
    holder_kind: HolderKind
    given_on: date
    ended_on: date | None = None
    end: PowerEnd | None = None

    @property
    def in_force(self) -> bool:
        return self.end is None


@dataclass(frozen=True)
class PowerGap:
    """Nobody may act for the client any more: a new power of attorney is to be got."""

    since: datetime
    urgency: PowerUrgency
    stalled_after: Span
    clockwork: Clockwork
    version: int


@dataclass(frozen=True, slots=True)
class PropertyClaim:
    """`amount` in dinars; none where it was not said."""

    status: PropertyClaimStatus
    at: datetime
    amount: Decimal | None = None


@dataclass(frozen=True)
class ProceedingsState:
    """One case before a court. `over_version` is what a reopening names."""

    number: int
    matter: Matter
    standings: tuple[Standing, ...]
    stage: ProceedingsStage
    role: Role
    started_at: datetime
    version: int
    court: UUID | None = None
    court_name: Sealed[Legal] | None = None
    case_number: Sealed[Legal] | None = None
    protections: Mapping[Protection, ProtectionStatus] = field(default_factory=dict)
    claim: PropertyClaim | None = None
    linked: frozenset[int] = frozenset()
    powers: Mapping[int, Power] = field(default_factory=dict)
    gap: PowerGap | None = None
    outcome: ProceedingsOutcome | None = None
    over_version: int | None = None

    @property
    def key(self) -> str:
        return proceedings_key(self.number)

    @property
    def is_over(self) -> bool:
        return self.outcome is not None

    @property
    def is_represented(self) -> bool:
        return any(power.in_force for power in self.powers.values())


@dataclass(frozen=True)
class FeeState:
    """A court fee; `amount` in dinars."""

    number: int
    proceedings: int
    kind: FeeKind
    amount: Decimal
    role: Role
    opened_at: datetime
    stalled_after: Span
    clockwork: Clockwork
    version: int
    outcome: FeeOutcome | None = None

    @property
    def key(self) -> str:
        return fee_key(self.number)


@dataclass(frozen=True)
class TermState:
    """A term of procedure or a limitation.

    `due_on` is the day that the alarm follows: the earliest reading until a lawyer confirms one or overrides them.
    `counted_version` is that of the event that counted it last, `settled_version` of the one that ended it: what
    corrections name. `moved` are the days that it had before, oldest first.
    """

    number: int
    proceedings: int | None
    basis: TermBasis
    counted: Counted
    due_on: date
    duty: Duty
    severity: Severity
    role: Role
    opened_at: datetime
    stalled_after: Span
    clockwork: Clockwork
    confirmation: Clockwork
    version: int
    counted_version: int
    status: TermStatus = TermStatus.UNCONFIRMED
    outcome: TermOutcome | None = None
    settled_version: int | None = None
    restores: int | None = None
    moved: tuple[date, ...] = ()

    @property
    def key(self) -> str:
        return term_key(self.number)

    @property
    def is_over(self) -> bool:
        return self.outcome is not None

    @property
    def is_limitation(self) -> bool:
        return isinstance(self.counted, Limitation)

    @property
    def days_read(self) -> tuple[date, ...]:
        """The days on which arguable readings end, earliest first, each once."""
        return days_read(self.counted)


def days_read(counted: Counted) -> tuple[date, ...]:
    """The days on which arguable readings end, earliest first, each once."""
    if isinstance(counted, Limitation):
        return tuple(sorted({reading.ends_on for reading in counted.readings}))
    return tuple(sorted({reading.due_on for reading in counted.arguable}))
