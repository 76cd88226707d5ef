"""The commands of proceedings, powers of attorney and court fees; those of terms are in `term_commands`.

`seen` is the version of the part that the form showed.
"""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.journey.proceedings.codes import (
    FeeKind,
    FeeOutcome,
    HolderKind,
    PowerEnd,
    PowerForgoing,
    ProceedingsOutcome,
    ProceedingsStage,
    PropertyClaimStatus,
    Protection,
    ProtectionStatus,
)
from domain.journey.proceedings.events import Dinars
from domain.journey.timing import Day, Instant
from domain.law import Standing
from domain.pathway.hearings import Matter
from domain.sealed import Legal, Notes, Sealed
from domain.values import Count


class StartProceedings(Command, kind="start-proceedings"):
    """Follows proceedings from now on. `court` is the id of a provider; where it has none, its name is sealed."""

    matter: Matter
    standings: tuple[Standing, ...]
    stage: ProceedingsStage = ProceedingsStage.PREPARATION
    court: UUID | None = None
    court_name: Sealed[Legal] | None = None
    case_number: Sealed[Legal] | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class DescribeProceedings(Command, kind="describe-proceedings"):
    """Says court, case number or what the client is in them; what is left out stays."""

    proceedings: Count
    seen: Count | None = None
    standings: tuple[Standing, ...] | None = None
    court: UUID | None = None
    court_name: Sealed[Legal] | None = None
    case_number: Sealed[Legal] | None = None
    note: Sealed[Notes] | None = None


class MoveProceedings(Command, kind="move-proceedings"):
    """Says where they stand now."""

    proceedings: Count
    stage: ProceedingsStage
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class EndProceedings(Command, kind="end-proceedings"):
    """Says how they ended. Terms and fees stay owed until somebody settles them."""

    proceedings: Count
    outcome: ProceedingsOutcome
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class ResumeProceedings(Command, kind="resume-proceedings"):
    """Says that they are not over; `corrects` is the version of the end."""

    proceedings: Count
    corrects: Count
    note: Sealed[Notes] | None = None


class LinkProceedings(Command, kind="link-proceedings"):
    """Ties criminal proceedings to civil ones about the same thing."""

    proceedings: Count
    other: Count


class UnlinkProceedings(Command, kind="unlink-proceedings"):
    """Takes that tie away."""

    proceedings: Count
    other: Count


class RecordProtection(Command, kind="record-protection"):
    """Records that a protected status of the witness was asked for, granted, refused, or ended."""

    proceedings: Count
    protection: Protection
    status: ProtectionStatus
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class RecordPropertyClaim(Command, kind="record-property-claim"):
    """Records the property claim in criminal proceedings, or what became of it. `amount` in dinars."""

    proceedings: Count
    status: PropertyClaimStatus
    amount: Dinars | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class GivePower(Command, kind="give-power"):
    """Records a power of attorney: of one of us (`staff`), or of an attorney outside (`provider`)."""

    proceedings: Count
    holder: UUID
    holder_kind: HolderKind
    given_on: Day
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class RevokePower(Command, kind="revoke-power"):
    """Records that a power of attorney holds no longer, whoever ended it. Where it was the last, a new one is owed."""

    proceedings: Count
    power: Count
    reason: PowerEnd
    ended_on: Day
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class ForgoPower(Command, kind="forgo-power"):
    """Says that no new power of attorney is needed."""

    proceedings: Count
    reason: PowerForgoing
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class OweFee(Command, kind="owe-fee"):
    """Enters a court fee or an advance, in dinars, with the day by which it is to be paid."""

    proceedings: Count
    fee_kind: FeeKind
    amount: Dinars
    due_on: Day
    note: Sealed[Notes] | None = None


class SettleFee(Command, kind="settle-fee"):
    """Says that it was paid or waived, or never owed."""

    fee: Count
    outcome: FeeOutcome
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None
