"""One example of every event of proceedings, with every field filled: ids and dates never change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from domain.codes import Role, RungEffect
from domain.deadline import Deadline, Rung
from domain.event import Event
from domain.journey.proceedings.basis import TermBasis, TriggerDay
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
    RecountReason,
    TermOutcome,
    TermOverrideReason,
    WaiverReason,
)
from domain.journey.proceedings.events import (
    FeeOwed,
    FeeSettled,
    PowerForgone,
    PowerGiven,
    PowerMadeUrgent,
    PowerRevoked,
    ProceedingsDescribed,
    ProceedingsEnded,
    ProceedingsLinked,
    ProceedingsMoved,
    ProceedingsResumed,
    ProceedingsStarted,
    ProceedingsUnlinked,
    PropertyClaimRecorded,
    ProtectionRecorded,
)
from domain.journey.proceedings.term_events import (
    DeadlinesRecomputed,
    RecomputedTerm,
    TermConfirmed,
    TermOverridden,
    TermRecounted,
    TermReopened,
    TermSettled,
    TermStarted,
)
from domain.law import (
    Bite,
    CountedReading,
    Duty,
    Interruption,
    InterruptionGround,
    Limitation,
    LimitationReading,
    Reason,
    Severity,
    Standing,
    StatutoryDeadline,
    Suspension,
    SuspensionGround,
    Trigger,
    Weight,
)
from domain.pathway.common import Span
from domain.pathway.hearings import Matter
from domain.sealed import Legal, Notes, Sealed

HAPPENED = datetime(2026, 3, 20, 9, 15, tzinfo=UTC)
DUE = datetime(2026, 4, 4, 14, tzinfo=UTC)
COURT = UUID("00000000-0000-4000-8000-00000000c001")
NOTE: Sealed[Notes] = Sealed.from_bytes(bytes(range(64)))
NAME: Sealed[Legal] = Sealed.from_bytes(bytes(range(1, 65)))
NUMBER: Sealed[Legal] = Sealed.from_bytes(bytes(range(2, 66)))
LADDER = Deadline(
    due_at=DUE,
    due_on=date(2026, 4, 4),
    zone="Europe/Belgrade",
    calendar="rs-0.109",
    article="ZPP 367 (1)",
    rungs=(Rung(rung="due", at=DUE, effect=RungEffect.DUE, to=(Role.SUPERVISOR,)),),
)
READINGS = tuple(
    CountedReading(
        reasons=(Reason.TEXT, reason),
        weight=Weight.ARGUABLE,
        article="ZPP 367 (1)",
        runs_from=Trigger.JUDGMENT_SERVED,
        from_on=date(2026, 3, 20),
        last_day=date(2026, 4, 4),
        due_on=day,
    )
    for reason, day in ((Reason.SATURDAY_WORKS, date(2026, 4, 4)), (Reason.SATURDAY_FREE, date(2026, 4, 6)))
)
COUNTED = StatutoryDeadline(
    rule="zpp-367-appeal",
    article="ZPP 367 (1)",
    calendar="rs-0.109",
    due_on=date(2026, 4, 4),
    readings=READINGS,
    suspended_by=("sg-38-2020",),
    missing=(Trigger.MISSED,),
)
BASIS = TermBasis(
    rule="zpp-367-appeal", days=(TriggerDay(trigger=Trigger.JUDGMENT_SERVED, on=date(2026, 3, 20)),), frame=30
)
LIMITED = Limitation(
    rule="zoo-377-damage-by-crime",
    article="ZOO 376 (1)",
    calendar="rs-0.109",
    ends_on=date(2029, 3, 6),
    bites=Bite.RELATIVE,
    readings=(
        LimitationReading(
            reasons=(Reason.ORDINARY_DAMAGES,),
            article="ZOO 376 (1)",
            relative_on=date(2029, 3, 6),
            absolute_on=date(2030, 1, 1),
            ends_on=date(2029, 3, 6),
            bites=Bite.RELATIVE,
        ),
    ),
    suspended_by=("in-this-case",),
)
LIMITATION_BASIS = TermBasis(
    rule="zoo-377-damage-by-crime",
    days=(TriggerDay(trigger=Trigger.DAMAGE_KNOWN, on=date(2024, 3, 1)),),
    prosecution="kz-103-over-10",
    interruptions=(
        Interruption(on=date(2025, 3, 6), ground=InterruptionGround.CLAIM_FILED, ended_on=date(2026, 3, 6)),
    ),
    of_prosecution=(Interruption(on=date(2025, 1, 6), ground=InterruptionGround.PROCEDURAL_ACT),),
    suspensions=(
        Suspension(
            starts=date(2024, 6, 1),
            ends=date(2024, 6, 9),
            ground=SuspensionGround.CLOSE_RELATION,
            act="in-this-case",
        ),
    ),
)


def proceedings_events() -> tuple[Event, ...]:
    """In the order of the modules that define them."""
    at = HAPPENED
    moved = RecomputedTerm(
        term=3,
        counted=COUNTED,
        was=date(2026, 4, 3),
        due_on=date(2026, 4, 4),
        disputed=True,
        deadline=LADDER,
        confirm_by=LADDER,
    )
    return (
        ProceedingsStarted(
            occurred_at=at,
            proceedings=2,
            matter=Matter.CIVIL,
            standings=(Standing.WITNESS, Standing.PLAINTIFF),
            stage=ProceedingsStage.FILED,
            role=Role.LAWYER,
            court=COURT,
            court_name=NAME,
            case_number=NUMBER,
            note=NOTE,
        ),
        ProceedingsDescribed(
            occurred_at=at,
            proceedings=2,
            standings=(Standing.PLAINTIFF,),
            court=COURT,
            court_name=NAME,
            case_number=NUMBER,
            note=NOTE,
        ),
        ProceedingsMoved(occurred_at=at, proceedings=2, stage=ProceedingsStage.JUDGED, note=NOTE),
        ProceedingsEnded(occurred_at=at, proceedings=2, outcome=ProceedingsOutcome.DEEMED_WITHDRAWN, note=NOTE),
        ProceedingsResumed(occurred_at=at, proceedings=2, corrects=41, note=NOTE),
        ProceedingsLinked(occurred_at=at, proceedings=2, other=1),
        ProceedingsUnlinked(occurred_at=at, proceedings=2, other=1),
        ProtectionRecorded(
            occurred_at=at,
            proceedings=1,
            protection=Protection.ESPECIALLY_SENSITIVE,
            status=ProtectionStatus.GRANTED,
            note=NOTE,
        ),
        PropertyClaimRecorded(
            occurred_at=at,
            proceedings=1,
            status=PropertyClaimStatus.PARTLY_AWARDED,
            amount=Decimal("250000.50"),
            note=NOTE,
        ),
        PowerGiven(
            occurred_at=at,
            proceedings=1,
            power=2,
            holder=COURT,
            holder_kind=HolderKind.PROVIDER,
            given_on=date(2026, 3, 1),
            note=NOTE,
        ),
        PowerRevoked(
            occurred_at=at,
            proceedings=1,
            power=2,
            reason=PowerEnd.ATTORNEY_RESIGNED,
            ended_on=date(2026, 3, 20),
            urgency=PowerUrgency.HIGHEST,
            stalled_after=Span(count=0),
            deadline=LADDER,
            note=NOTE,
        ),
        PowerMadeUrgent(occurred_at=at, proceedings=1, stalled_after=Span(count=0), deadline=LADDER),
        PowerForgone(occurred_at=at, proceedings=1, reason=PowerForgoing.REPRESENTED_BY_OTHERS, note=NOTE),
        FeeOwed(
            occurred_at=at,
            fee=4,
            proceedings=2,
            kind=FeeKind.CLAIM,
            amount=Decimal("19800.00"),
            role=Role.LAWYER,
            stalled_after=Span(count=3),
            deadline=LADDER,
            note=NOTE,
        ),
        FeeSettled(occurred_at=at, fee=4, outcome=FeeOutcome.WAIVED, note=NOTE),
        TermStarted(
            occurred_at=at,
            term=3,
            proceedings=2,
            basis=BASIS,
            counted=COUNTED,
            due_on=date(2026, 4, 4),
            disputed=True,
            duty=Duty.CLIENT,
            severity=Severity.ENDS_A_RIGHT,
            role=Role.LAWYER,
            stalled_after=Span(count=0),
            deadline=LADDER,
            confirm_by=LADDER,
            restores=1,
            note=NOTE,
        ),
        TermRecounted(
            occurred_at=at,
            term=5,
            why=RecountReason.CORRECTED,
            corrects=30,
            basis=LIMITATION_BASIS,
            counted=LIMITED,
            was=date(2027, 3, 1),
            due_on=date(2029, 3, 6),
            disputed=False,
            deadline=LADDER,
            confirm_by=LADDER,
            note=NOTE,
        ),
        TermConfirmed(occurred_at=at, term=3, due_on=date(2026, 4, 4), deadline=LADDER, note=NOTE),
        TermOverridden(
            occurred_at=at,
            term=3,
            was=date(2026, 4, 6),
            due_on=date(2026, 4, 4),
            reason=TermOverrideReason.CAUTION,
            deadline=LADDER,
            note=NOTE,
        ),
        TermSettled(occurred_at=at, term=3, outcome=TermOutcome.WAIVED, reason=WaiverReason.CLIENT_DECIDED, note=NOTE),
        TermReopened(occurred_at=at, term=3, corrects=44, deadline=LADDER, confirm_by=LADDER, note=NOTE),
        DeadlinesRecomputed(occurred_at=at, terms=(moved,), note=NOTE),
    )
