"""Turns of journeys in court: proceedings that are followed, a term that is counted, a limitation, powers and fees."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from domain.codes import Role
from domain.journey.proceedings.basis import TriggerDay
from domain.journey.proceedings.codes import (
    FeeKind,
    FeeOutcome,
    HolderKind,
    Limits,
    ProceedingsStage,
    PropertyClaimStatus,
    Protection,
    ProtectionStatus,
)
from domain.journey.proceedings.commands import (
    GivePower,
    LinkProceedings,
    MoveProceedings,
    OweFee,
    RecordPropertyClaim,
    RecordProtection,
    SettleFee,
    StartProceedings,
)
from domain.journey.proceedings.term_commands import ConfirmTerm, StartLimitation, StartTerm
from domain.law import Standing, Trigger
from domain.pathway.hearings import Matter
from worker.demo.tale import Tale

_LAWYER = Role.LAWYER


def followed(tale: Tale, stage: ProceedingsStage) -> None:
    """Criminal proceedings with our lawyer, who may act; the client is heard as a witness too."""
    standings = (Standing.INJURED_PARTY, Standing.WITNESS)
    tale.tell(StartProceedings(matter=Matter.CRIMINAL, standings=standings, stage=stage), _LAWYER)
    number = len(tale.here.proceedings)
    given_on = tale.days.local(tale.now)
    holder = tale.person(_LAWYER)
    tale.tell(GivePower(proceedings=number, holder=holder, holder_kind=HolderKind.STAFF, given_on=given_on), _LAWYER)


def judgment_awaited(tale: Tale) -> None:
    """The court is to serve it within a month of the announcement, which was today; the lawyer has confirmed that."""
    tale.tell(StartTerm(proceedings=1, rule="zkp-427-written-judgment", on=tale.days.local(tale.now)), _LAWYER)
    number = len(tale.here.terms)
    tale.tell(ConfirmTerm(term=number, on=tale.here.terms[number].days_read[-1]), _LAWYER)


def appeal_counted(tale: Tale, served_on: date) -> None:
    """The appeal runs from the service; the lawyer has not confirmed its day yet."""
    granted = RecordProtection(
        proceedings=1, protection=Protection.ESPECIALLY_SENSITIVE, status=ProtectionStatus.GRANTED
    )
    tale.tell(granted, _LAWYER)
    tale.tell(StartTerm(proceedings=1, rule="zkp-432-appeal", on=served_on), _LAWYER)


def both_proceedings(tale: Tale) -> None:
    """Judged, referred, and claimed in a civil case: its fee waived, its limitation followed and confirmed."""
    tale.tell(MoveProceedings(proceedings=1, stage=ProceedingsStage.FINAL), _LAWYER)
    for status in (PropertyClaimStatus.FILED, PropertyClaimStatus.REFERRED):
        tale.tell(RecordPropertyClaim(proceedings=1, status=status), _LAWYER)
    civil = StartProceedings(matter=Matter.CIVIL, standings=(Standing.PLAINTIFF,), stage=ProceedingsStage.FILED)
    tale.tell(civil, _LAWYER)
    tale.tell(LinkProceedings(proceedings=2, other=1), _LAWYER)
    today = tale.days.local(tale.now)
    fee = OweFee(proceedings=2, fee_kind=FeeKind.CLAIM, amount=Decimal("19800.00"), due_on=today + timedelta(days=15))
    tale.tell(fee, _LAWYER)
    tale.tell(SettleFee(fee=1, outcome=FeeOutcome.WAIVED), _LAWYER)
    known = TriggerDay(trigger=Trigger.DAMAGE_KNOWN, on=today - timedelta(days=200))
    tale.tell(StartLimitation(limits=Limits.DAMAGES, days=(known,), proceedings=2), _LAWYER)
    tale.tell(ConfirmTerm(term=1, on=tale.here.terms[1].due_on), _LAWYER)
