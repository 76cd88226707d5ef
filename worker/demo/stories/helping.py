"""Help that does not go straight on: a referral, papers from an office, a search, a withdrawal, a flight by night."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from domain.codes import ConsentPurpose, Role
from domain.journey.advancing import OpenStep
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.disclosure import Disclose
from domain.journey.safety.alerts import AcknowledgeAlert
from domain.journey.safety.contact import SuspendSafeContact, VerifySafeContact
from domain.journey.safety.relocating import RelocateInEmergency
from domain.journey.safety.rules import Suspension
from domain.journey.service.codes import (
    Concern,
    ConcernAnswer,
    CostKind,
    Move,
    ReferralAnswer,
    SearchChannel,
    SearchResult,
    ServiceEnd,
    ServiceOutcome,
    UseOfService,
)
from domain.journey.service.commands import CorrectService, ResumeService
from domain.journey.service.concerning import AnswerConcern, RaiseConcern
from domain.journey.service.costing import CorrectServiceCost, RecordServiceCost
from domain.journey.service.detailing import DetailService
from domain.journey.service.record import On
from domain.journey.service.referring import AnswerReferral, SendReferral
from domain.journey.service.searching import ReportUnreachable, ReviewSearch, SeekClient
from domain.journey.service.uses import NoteCounselling
from domain.journey.stalling import ResumeStep
from domain.journey.standing import DataCategory
from domain.journey.withdrawal import NotifyWithdrawal
from worker.demo.days import SITTINGS
from worker.demo.habits import appointment
from worker.demo.providers import POLYCLINIC, THERAPIST
from worker.demo.stories.contact import by_daylight
from worker.demo.stories.services import agreed, move
from worker.demo.stories.turns import until
from worker.demo.tale import Story, Tale

_SOON = timedelta(minutes=35)


def examined(tale: Tale, day: int) -> Story:
    """A specialist, by a referral; what was entered by mistake on the way is corrected beside the mistake."""
    service = "specialist-examination"
    yield from until(tale, day)
    tale.tell(GiveConsent(purpose=ConsentPurpose.MEDICAL, giver=tale.giver))
    tale.tell(NoteCounselling(service="anonymous-testing", use=UseOfService.COUNSELLING_OFFERED), Role.CONSULTANT)
    agreed(tale, service, POLYCLINIC)
    tale.tell(SendReferral(service=service, recipient=POLYCLINIC, language="sr"))
    yield from until(tale, day + 3)
    tale.tell(AnswerReferral(service=service, answer=ReferralAnswer.ACCEPTED))
    at = tale.days.at(tale.days.near(day + 17), SITTINGS[2])
    move(tale, service, Move.SCHEDULE, appointment=at)
    _mistaken(tale, service)
    yield from until(tale, day + 18)
    move(tale, service, Move.CARRY_OUT)
    tale.tell(AnswerReferral(service=service, answer=ReferralAnswer.DONE))
    tale.tell(RecordServiceCost(service=service, cost=CostKind.EXAMINATION, amount=Decimal("6500.00")))
    paid = max(tale.here.services.occurrences(service)[-1].costs)
    tale.tell(CorrectServiceCost(service=service, corrects=paid, amount=Decimal("5600.00")))
    move(tale, service, Move.RECORD_OUTCOME, outcome=ServiceOutcome.ACHIEVED)
    yield from until(tale, day + 30)
    move(tale, service, Move.HOLD_FOLLOW_UP, outcome=ServiceOutcome.ACHIEVED)
    move(tale, service, Move.CLOSE, end=ServiceEnd.COMPLETED)


def _mistaken(tale: Tale, service: str) -> None:
    """The polyclinic called about somebody else."""
    move(tale, service, Move.CANCEL_BY_PROVIDER)
    wrong = tale.here.services.occurrences(service)[-1].moved_version
    assert wrong is not None
    tale.tell(CorrectService(service=service, corrects=wrong), note="Otkazan je pregled druge osobe.")


def benefit_asked_for(tale: Tale, day: int) -> Story:
    """Child benefit: the office answers in time, and nobody needs to appeal."""
    service = "child-benefit"
    yield from until(tale, day)
    agreed(tale, service)
    tale.tell(DetailService(service=service, details=(_on(tale, "filed-on"),)))
    yield from until(tale, day + 24)
    tale.tell(DetailService(service=service, details=(_on(tale, "decision-served-on"),)))
    tale.tell(DetailService(service=service, details=(_on(tale, "appeal-settled-on"),)))
    move(tale, service, Move.CARRY_OUT)
    move(tale, service, Move.RECORD_OUTCOME, outcome=ServiceOutcome.ACHIEVED)
    move(tale, service, Move.CLOSE, end=ServiceEnd.COMPLETED)


def _on(tale: Tale, field: str) -> On:
    return On(field=field, on=tale.days.local(tale.now))


def flees(tale: Tale, day: int) -> Story:
    """Her phone is lost, then somebody watches the house: she is moved at once, and everything is arranged anew."""
    service = "specialist-examination"
    yield from until(tale, day)
    tale.tell(by_daylight())
    yield from until(tale, day + 3)
    tale.tell(SuspendSafeContact(reason=Suspension.DEVICE_LOST))
    yield tale.now + 2 * _SOON
    tale.tell(VerifySafeContact())
    agreed(tale, service, POLYCLINIC)
    move(tale, service, Move.SCHEDULE, appointment=appointment(tale))
    tale.tell(OpenStep(step="transport", appointment=appointment(tale)))
    yield from until(tale, day + 5)
    tale.tell(RaiseConcern(concern=Concern.BEING_WATCHED, about=service), note="Isti auto treći dan.")
    tale.tell(AnswerConcern(answer=ConcernAnswer.PLAN_CHANGED), Role.SUPERVISOR)
    tale.tell(RelocateInEmergency())
    yield tale.now + _SOON
    tale.tell(AcknowledgeAlert(number=len(tale.here.alerts)), Role.SUPERVISOR)
    tale.tell(by_daylight())
    tale.tell(ResumeStep(step="transport"))
    tale.tell(ResumeService(service=service))
    move(tale, service, Move.SCHEDULE, appointment=appointment(tale))


def out_of_reach(tale: Tale, day: int) -> Story:
    """Three attempts in vain, the supervisor, another round."""
    yield from until(tale, day)
    tale.tell(ReportUnreachable())
    for after, channel in ((6, SearchChannel.PHONE), (13, SearchChannel.TRUSTED_PERSON), (28, SearchChannel.VISIT)):
        yield from until(tale, day + after)
        tale.tell(SeekClient(channel=channel, result=SearchResult.NOT_REACHED))
    yield from until(tale, day + 30)
    tale.tell(ReviewSearch(), Role.SUPERVISOR)


def reached_again(tale: Tale, day: int) -> Story:
    """Not reached for some days; then her neighbour knows."""
    yield from until(tale, day)
    tale.tell(ReportUnreachable())
    yield from until(tale, day + 4)
    tale.tell(SeekClient(channel=SearchChannel.PHONE, result=SearchResult.NOT_REACHED))
    yield from until(tale, day + 9)
    tale.tell(SeekClient(channel=SearchChannel.TRUSTED_PERSON, result=SearchResult.REACHED))


def counselled(tale: Tale) -> None:
    """Psychotherapy at a partner's, who is told what it needs; and a talk about testing, of which no more is kept."""
    tale.tell(GiveConsent(purpose=ConsentPurpose.MEDICAL))
    tale.tell(NoteCounselling(service="anonymous-testing", use=UseOfService.COUNSELLING_USED), Role.CONSULTANT)
    agreed(tale, "psychotherapy", THERAPIST)
    tale.tell(SendReferral(service="psychotherapy", recipient=THERAPIST, language="sr"))
    tale.tell(GiveConsent(purpose=ConsentPurpose.PSYCHOLOGICAL, recipient=THERAPIST))
    _tell(tale, THERAPIST)


def _tell(tale: Tale, provider: UUID) -> None:
    categories = (DataCategory.HEALTH,)
    tale.tell(Disclose(categories=categories, recipient=provider, purpose=ConsentPurpose.PSYCHOLOGICAL))


def wants_no_more(tale: Tale) -> Story:
    """She withdraws what the counselling rested on: it stops with her word, and the partner is told on the next day."""
    tale.tell(WithdrawConsent(purpose=ConsentPurpose.MEDICAL))
    tale.tell(WithdrawConsent(purpose=ConsentPurpose.PSYCHOLOGICAL, recipient=THERAPIST))
    tale.tell(WithdrawConsent(purpose=ConsentPurpose.PSYCHOLOGICAL))
    yield tale.now + _SOON
    tale.tell(NotifyWithdrawal(purpose=ConsentPurpose.PSYCHOLOGICAL, recipient=THERAPIST))
    tale.tell(AnswerReferral(service="psychotherapy", answer=ReferralAnswer.TOLD))
