"""The events of proceedings, powers of attorney and court fees; those of terms are in `term_events`.

`proceedings` is their number within the journey. Court and case number are sealed where they are words.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.codes import Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.proceedings.codes import (
    FeeKind,
    FeeOutcome,
    HolderKind,
    PowerEnd,
    PowerForgoing,
    PowerUrgency,
    ProceedingsOutcome,
    ProceedingsStage,
    PropertyClaimStatus,
    Protection,
    ProtectionStatus,
)
from domain.journey.proceedings.state import fee_key, proceedings_key
from domain.law import Standing
from domain.pathway.common import Span
from domain.pathway.hearings import Matter
from domain.sealed import Legal, Notes, Sealed
from domain.values import Count

Dinars = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]
"""An amount in dinars (RSD)."""


class ProceedingsStarted(Event, topic="journey.proceedings-started"):
    """Proceedings in which our client takes part are followed from now on."""

    proceedings: Count
    matter: Matter
    standings: tuple[Standing, ...]
    stage: ProceedingsStage
    role: Role
    court: UUID | None = None
    court_name: Sealed[Legal] | None = None
    case_number: Sealed[Legal] | None = None
    note: Sealed[Notes] | None = None


class ProceedingsDescribed(Event, topic="journey.proceedings-described"):
    """Court, case number or what our client is in them, anew or corrected; what is left out stays as it was."""

    proceedings: Count
    standings: tuple[Standing, ...] | None = None
    court: UUID | None = None
    court_name: Sealed[Legal] | None = None
    case_number: Sealed[Legal] | None = None
    note: Sealed[Notes] | None = None


class ProceedingsMoved(Event, topic="journey.proceedings-moved"):
    """They stand elsewhere now."""

    proceedings: Count
    stage: ProceedingsStage
    note: Sealed[Notes] | None = None


class ProceedingsEnded(Event, topic="journey.proceedings-ended"):
    """They are over. Terms and fees of them stay owed: a last day does not care."""

    proceedings: Count
    outcome: ProceedingsOutcome
    note: Sealed[Notes] | None = None


class ProceedingsResumed(Event, topic="journey.proceedings-resumed"):
    """That they were over was a mistake, or they go on; `corrects` is the version of the end."""

    proceedings: Count
    corrects: Count
    note: Sealed[Notes] | None = None


class ProceedingsLinked(Event, topic="journey.proceedings-linked"):
    """Criminal and civil proceedings about the same thing."""

    proceedings: Count
    other: Count


class ProceedingsUnlinked(Event, topic="journey.proceedings-unlinked"):
    """They have nothing to do with each other after all."""

    proceedings: Count
    other: Count


class ProtectionRecorded(Event, topic="journey.protection-recorded"):
    """A protected status of the witness was asked for, granted, refused, or ended."""

    proceedings: Count
    protection: Protection
    status: ProtectionStatus
    note: Sealed[Notes] | None = None


class PropertyClaimRecorded(Event, topic="journey.property-claim-recorded"):
    """The property claim was filed, or what became of it; `amount` in dinars is what was claimed or awarded."""

    proceedings: Count
    status: PropertyClaimStatus
    amount: Dinars | None = None
    note: Sealed[Notes] | None = None


class PowerGiven(Event, topic="journey.power-given"):
    """The client empowered an attorney. Whoever had one before, keeps it until it is revoked."""

    proceedings: Count
    power: Count
    holder: UUID
    holder_kind: HolderKind
    given_on: date
    note: Sealed[Notes] | None = None


class PowerRevoked(Event, topic="journey.power-revoked"):
    """A power of attorney holds no longer. Where nobody else has one, `deadline` is by when a new one is to be got."""

    proceedings: Count
    power: Count
    reason: PowerEnd
    ended_on: date
    urgency: PowerUrgency | None = None
    stalled_after: Span | None = None
    deadline: Deadline | None = None
    note: Sealed[Notes] | None = None


class PowerMadeUrgent(Event, topic="journey.power-made-urgent"):
    """Something lies ahead at which nobody may act for the client: the new power of attorney is owed at once."""

    proceedings: Count
    stalled_after: Span
    deadline: Deadline


class PowerForgone(Event, topic="journey.power-forgone"):
    """No new power of attorney is needed."""

    proceedings: Count
    reason: PowerForgoing
    note: Sealed[Notes] | None = None


class FeeOwed(Event, topic="journey.fee-owed"):
    """A court fee or an advance, in dinars, that we pay for the client."""

    fee: Count
    proceedings: Count
    kind: FeeKind
    amount: Dinars
    role: Role
    stalled_after: Span
    deadline: Deadline
    note: Sealed[Notes] | None = None


class FeeSettled(Event, topic="journey.fee-settled"):
    """It was paid, the court freed the client of it, or it was never owed."""

    fee: Count
    outcome: FeeOutcome
    note: Sealed[Notes] | None = None


def deadlines_of(event: Event) -> dict[str, Deadline]:
    """The deadlines that an event of this module sets, by the obligation that each is of."""
    match event:
        case FeeOwed():
            return {fee_key(event.fee): event.deadline}
        case PowerRevoked() | PowerMadeUrgent():
            return {proceedings_key(event.proceedings, "power"): event.deadline} if event.deadline else {}
        case _:
            return {}
