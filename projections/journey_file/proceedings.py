"""Legal proceedings as a journey's file shows them. Court and case number stay in the log, sealed: this says only
whether they are known, and the event that has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

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
from domain.journey.proceedings.state import FeeState, Power, ProceedingsState, TermState, proceedings_id
from domain.law import (
    CountedReading,
    Duty,
    Limitation,
    LimitationReading,
    Reason,
    Severity,
    Standing,
    Trigger,
    Weight,
    traps_for,
)
from domain.pathway.hearings import Matter
from projections.folded import Folded, code
from projections.read_model import Row


@dataclass(frozen=True, slots=True)
class PowerRow:
    """A power of attorney. `holder` is the id of a member of staff or of a provider."""

    number: int
    holder: UUID
    holder_kind: HolderKind
    given_on: date
    ended_on: date | None = None
    end: PowerEnd | None = None


@dataclass(frozen=True, slots=True)
class ProtectionRow:
    """A protected status of the witness, and what became of it."""

    protection: Protection
    status: ProtectionStatus


@dataclass(frozen=True, slots=True)
class ProceedingsRow:
    """One case. `id` is what a summons names, `version` `seen`, `over_version` what a resumption names.

    `traps` threaten at any time.
    """

    id: UUID
    part: str
    version: int
    number: int
    matter: Matter
    standings: tuple[Standing, ...]
    stage: ProceedingsStage
    started_at: datetime
    court: UUID | None
    has_court_name: bool
    has_case_number: bool
    protections: tuple[ProtectionRow, ...]
    linked: tuple[int, ...]
    powers: tuple[PowerRow, ...]
    traps: tuple[str, ...]
    claim: PropertyClaimStatus | None = None
    claim_amount: Decimal | None = None
    power_due_at: datetime | None = None
    power_urgency: PowerUrgency | None = None
    outcome: ProceedingsOutcome | None = None
    over_version: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading: the day it ends on, and why it may be read so. Rejected ones only explain another date."""

    due_on: date
    reasons: tuple[Reason, ...]
    article: str
    weight: Weight = Weight.ARGUABLE


@dataclass(frozen=True, slots=True)
class TriggerRow:
    trigger: Trigger
    on: date


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term or limitation. `version` is `seen`; `counted_version` and `settled_version` are what corrections name.

    `moved` are the days that it had before. `missing`: events nobody has entered that it may run from.
    """

    part: str
    version: int
    counted_version: int
    number: int
    proceedings: int | None
    rule: str
    article: str
    calendar: str
    is_limitation: bool
    status: TermStatus
    due_on: date
    due_at: datetime
    disputed: bool
    duty: Duty
    severity: Severity
    days: tuple[TriggerRow, ...]
    readings: tuple[ReadingRow, ...]
    moved: tuple[date, ...]
    suspended_by: tuple[str, ...]
    missing: tuple[Trigger, ...]
    confirm_by: datetime | None = None
    outcome: TermOutcome | None = None
    settled_version: int | None = None
    restores: int | None = None


@dataclass(frozen=True, slots=True)
class FeeRow:
    """A court fee; `amount` in dinars."""

    part: str
    version: int
    number: int
    proceedings: int
    kind: FeeKind
    amount: Decimal
    due_on: date
    outcome: FeeOutcome | None = None


def proceedings(folded: Folded) -> list[Row]:
    """By number, as are the others here."""
    return [_proceedings(folded.journey.id, state) for _, state in sorted(folded.journey.proceedings.items())]


def terms(folded: Folded) -> list[Row]:
    return [_term(state) for _, state in sorted(folded.journey.terms.items())]


def fees(folded: Folded) -> list[Row]:
    return [_fee(state) for _, state in sorted(folded.journey.fees.items())]


def _proceedings(journey: UUID, state: ProceedingsState) -> Row:
    gap = state.gap
    return {
        "id": proceedings_id(journey, state.number),
        "part": state.key,
        "version": state.version,
        "number": state.number,
        "matter": state.matter.value,
        "standings": [standing.value for standing in state.standings],
        "stage": state.stage.value,
        "started_at": state.started_at,
        "court": state.court,
        "has_court_name": state.court_name is not None,
        "has_case_number": state.case_number is not None,
        "protections": [{"protection": p.value, "status": s.value} for p, s in sorted(state.protections.items())],
        "linked": sorted(state.linked),
        "powers": [_power(power) for _, power in sorted(state.powers.items())],
        "traps": [trap.trap for standing in state.standings for trap in traps_for(None, standing)],
        "claim": state.claim.status.value if state.claim else None,
        "claim_amount": _dinars(state.claim.amount) if state.claim else None,
        "power_due_at": gap.clockwork.deadline.due_at if gap else None,
        "power_urgency": gap.urgency.value if gap else None,
        "outcome": code(state.outcome),
        "over_version": state.over_version,
    }


def _power(power: Power) -> Row:
    return {
        "number": power.number,
        "holder": power.holder,
        "holder_kind": power.holder_kind.value,
        "given_on": power.given_on,
        "ended_on": power.ended_on,
        "end": code(power.end),
    }


def _term(state: TermState) -> Row:
    counted = state.counted
    unconfirmed = state.status is TermStatus.UNCONFIRMED and not state.is_over
    return {
        "part": state.key,
        "version": state.version,
        "counted_version": state.counted_version,
        "number": state.number,
        "proceedings": state.proceedings,
        "rule": state.basis.rule,
        "article": counted.article,
        "calendar": counted.calendar,
        "is_limitation": state.is_limitation,
        "status": state.status.value,
        "due_on": state.due_on,
        "due_at": state.clockwork.deadline.due_at,
        "disputed": counted.disputed,
        "duty": state.duty.value,
        "severity": state.severity.value,
        "days": [{"trigger": day.trigger.value, "on": day.on} for day in state.basis.days],
        "readings": [_reading(reading) for reading in counted.readings],
        "moved": list(state.moved),
        "suspended_by": list(counted.suspended_by),
        "missing": [] if isinstance(counted, Limitation) else [trigger.value for trigger in counted.missing],
        "confirm_by": state.confirmation.deadline.due_at if unconfirmed else None,
        "outcome": code(state.outcome),
        "settled_version": state.settled_version,
        "restores": state.restores,
    }


def _reading(reading: CountedReading | LimitationReading) -> Row:
    row: Row = {"reasons": [reason.value for reason in reading.reasons], "article": reading.article}
    if isinstance(reading, LimitationReading):
        return {**row, "due_on": reading.ends_on, "weight": Weight.ARGUABLE.value}
    return {**row, "due_on": reading.due_on, "weight": reading.weight.value}


def _fee(state: FeeState) -> Row:
    return {
        "part": state.key,
        "version": state.version,
        "number": state.number,
        "proceedings": state.proceedings,
        "kind": state.kind.value,
        "amount": _dinars(state.amount),
        "due_on": state.clockwork.deadline.due_on,
        "outcome": code(state.outcome),
    }


def _dinars(amount: Decimal | None) -> str | None:
    """As text, so that no reader of the JSON makes a binary fraction of it."""
    return None if amount is None else f"{amount:.2f}"
