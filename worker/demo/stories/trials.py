"""Before the second instance: what a lawyer enters, and what is taken back because it was entered wrongly."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.codes import Role
from domain.journey.hearing.codes import HearingOutcome, HearingReason
from domain.journey.hearing.commands import (
    AcknowledgeHearing,
    CancelHearing,
    ConfirmHearing,
    CorrectHearing,
    DebriefHearing,
    HoldHearing,
    InterruptHearing,
    MissHearing,
    MoveHearing,
    SummonHearing,
)
from domain.journey.proceedings.codes import (
    HolderKind,
    PowerEnd,
    PowerForgoing,
    ProceedingsOutcome,
    ProceedingsStage,
    TermOverrideReason,
)
from domain.journey.proceedings.commands import (
    DescribeProceedings,
    EndProceedings,
    ForgoPower,
    GivePower,
    LinkProceedings,
    MoveProceedings,
    ResumeProceedings,
    RevokePower,
    StartProceedings,
    UnlinkProceedings,
)
from domain.journey.proceedings.term_commands import (
    ConfirmTerm,
    CorrectTerm,
    MeetTerm,
    OverrideTerm,
    ReopenTerm,
    StartTerm,
)
from domain.law import Standing
from domain.pathway.hearings import Matter
from worker.demo.days import SITTINGS
from worker.demo.stories.hearing import prepare
from worker.demo.stories.turns import until
from worker.demo.tale import Story, Tale

_LAWYER = Role.LAWYER
_HEARING = "judgment"
"""Where it announces; hardly anything has to be arranged for it."""


def appealed(tale: Tale, day: int) -> Story:
    """The term for the appeal: counted from the wrong day, ended a day early to be safe, met, and not met after all."""
    yield from until(tale, day)
    tale.tell(DescribeProceedings(proceedings=1, standings=(Standing.INJURED_PARTY,)), _LAWYER)
    today = tale.days.local(tale.now)
    tale.tell(StartTerm(proceedings=1, rule="zkp-432-appeal", on=today - timedelta(days=1)), _LAWYER)
    counted = tale.here.terms[1].counted_version
    tale.tell(CorrectTerm(term=1, corrects=counted, on=today), _LAWYER, "Povratnica nosi današnji pečat.")
    tale.tell(ConfirmTerm(term=1, on=tale.here.terms[1].due_on), _LAWYER)
    cautious = tale.here.terms[1].due_on - timedelta(days=1)
    tale.tell(OverrideTerm(term=1, on=cautious, reason=TermOverrideReason.CAUTION), _LAWYER)
    yield from until(tale, day + 5)
    tale.tell(MeetTerm(term=1), _LAWYER)
    settled = tale.here.terms[1].settled_version
    assert settled is not None
    tale.tell(ReopenTerm(term=1, corrects=settled), _LAWYER, "Predata je druga žalba, naša još nije.")
    yield from until(tale, day + 7)
    tale.tell(MeetTerm(term=1), _LAWYER)
    tale.tell(MoveProceedings(proceedings=1, stage=ProceedingsStage.ON_APPEAL), _LAWYER)


def without_a_power(tale: Tale, day: int) -> Story:
    """A civil case that was none of ours; then our lawyer may act no longer, and a summons makes that urgent."""
    yield from until(tale, day)
    civil = StartProceedings(matter=Matter.CIVIL, standings=(Standing.PLAINTIFF,), stage=ProceedingsStage.FILED)
    tale.tell(civil, _LAWYER)
    tale.tell(LinkProceedings(proceedings=2, other=1), _LAWYER)
    _power(tale, 2)
    tale.tell(EndProceedings(proceedings=2, outcome=ProceedingsOutcome.ENTERED_BY_MISTAKE), _LAWYER)
    over = tale.here.proceedings[2].over_version
    assert over is not None
    tale.tell(ResumeProceedings(proceedings=2, corrects=over), _LAWYER)
    tale.tell(_revoked(tale, 2, PowerEnd.CLIENT_REVOKED), _LAWYER)
    tale.tell(ForgoPower(proceedings=2, reason=PowerForgoing.REPRESENTED_BY_OTHERS), _LAWYER)
    tale.tell(UnlinkProceedings(proceedings=2, other=1), _LAWYER)
    tale.tell(EndProceedings(proceedings=2, outcome=ProceedingsOutcome.WITHDRAWN), _LAWYER)
    yield from until(tale, day + 10)
    tale.tell(_revoked(tale, 1, PowerEnd.ATTORNEY_UNAVAILABLE), _LAWYER)
    yield from until(tale, day + 12)
    _summoned(tale, day + 43)
    _power(tale, 1)


def heard_again(tale: Tale, day: int) -> Story:
    """Confirmed, moved by the court, interrupted, held; the next is not held after all, and the last one called off."""
    yield from until(tale, day)
    first = len(tale.here.hearings)
    second, third = first + 1, first + 2
    tale.tell(ConfirmHearing(hearing=first), _LAWYER)
    prepare(tale, first)
    later = _sitting(tale, day + 26)
    tale.tell(MoveHearing(hearing=first, starts_at=later, reason=HearingReason.COURT_RESCHEDULED), _LAWYER)
    _seen_and_prepared(tale, first)
    yield from _over(tale, later)
    going_on = _sitting(tale, day + 40)
    tale.tell(InterruptHearing(hearing=first, reason=HearingReason.TIME_RAN_OUT, starts_at=going_on), _LAWYER)
    tale.tell(DebriefHearing(hearing=first))
    _seen_and_prepared(tale, first)
    yield from _over(tale, going_on)
    tale.tell(HoldHearing(hearing=first, outcome=HearingOutcome.CONCLUDED), _LAWYER)
    tale.tell(DebriefHearing(hearing=first))
    following = _summoned(tale, day + 50)
    prepare(tale, second)
    yield from _over(tale, following)
    tale.tell(HoldHearing(hearing=second, outcome=HearingOutcome.OTHER), _LAWYER)
    mistaken = tale.here.hearings[second].said_version
    assert mistaken is not None
    tale.tell(CorrectHearing(hearing=second, corrects=mistaken), _LAWYER)
    tale.tell(MissHearing(hearing=second, reason=HearingReason.PANEL_INCOMPLETE), _LAWYER)
    _summoned(tale, day + 80)
    yield from until(tale, day + 56)
    tale.tell(CancelHearing(hearing=third, reason=HearingReason.COURT_CLOSED), _LAWYER)


def _summoned(tale: Tale, day: int) -> datetime:
    at = _sitting(tale, day)
    tale.tell(SummonHearing(hearing_kind=_HEARING, starts_at=at), _LAWYER)
    _acknowledge(tale, len(tale.here.hearings))
    return at


def _seen_and_prepared(tale: Tale, number: int) -> None:
    _acknowledge(tale, number)
    prepare(tale, number)


def _acknowledge(tale: Tale, number: int) -> None:
    if tale.here.hearings[number].seen is not None:
        tale.tell(AcknowledgeHearing(hearing=number), _LAWYER)


def _sitting(tale: Tale, day: int) -> datetime:
    return tale.days.at(tale.days.near(day), SITTINGS[1])


def _over(tale: Tale, at: datetime) -> Story:
    yield at + timedelta(minutes=90)


def _power(tale: Tale, number: int) -> None:
    holder, today = tale.person(_LAWYER), tale.days.local(tale.now)
    power = GivePower(proceedings=number, holder=holder, holder_kind=HolderKind.STAFF, given_on=today)
    tale.tell(power, _LAWYER)


def _revoked(tale: Tale, number: int, reason: PowerEnd) -> RevokePower:
    power = max(tale.here.proceedings[number].powers)
    return RevokePower(proceedings=number, power=power, reason=reason, ended_on=tale.days.local(tale.now))
