"""Turns about services: information given and closed, regular talks by phone that go on."""

from __future__ import annotations

from decimal import Decimal

from domain.codes import Role
from domain.journey.service.codes import CostKind, Move, ServiceEnd, ServiceOutcome, WouldReturn
from domain.journey.service.commands import AdvanceService, AssessServiceNeed
from domain.journey.service.costing import RecordServiceCost
from domain.journey.service.detailing import DetailService
from domain.journey.service.feedback import GiveServiceFeedback
from domain.journey.service.record import Answered, Chosen, Spoken
from worker.demo.tale import Tale

TO_CARRIED_OUT = (Move.OFFER, Move.CONSENT, Move.PLAN, Move.CARRY_OUT)


def information_given(tale: Tale) -> None:
    """Asked for, given in the client's language, understood, closed."""
    service = "information-on-support"
    _begun(tale, service)
    fields = (Spoken(field="language", language="sr-Latn"), Answered(field="understood", yes=True))
    tale.tell(DetailService(service=service, details=fields), Role.CONSULTANT)
    _move(tale, service, Move.RECORD_OUTCOME, outcome=ServiceOutcome.ACHIEVED)
    tale.tell(GiveServiceFeedback(service=service, rating=5, would_return=WouldReturn.YES), Role.CONSULTANT)
    _move(tale, service, Move.CLOSE, end=ServiceEnd.COMPLETED)


def talks_by_phone(tale: Tale) -> None:
    """Every fortnight, with the news of the day centre; the next one lies ahead."""
    service = "informal-counselling"
    _begun(tale, service)
    fields = (Chosen(field="channel", choice="phone"), Answered(field="day-centre-news", yes=True))
    tale.tell(DetailService(service=service, details=fields), Role.CONSULTANT)
    tale.tell(RecordServiceCost(service=service, cost=CostKind.OTHER, amount=Decimal("350.00")), Role.CONSULTANT)
    _move(tale, service, Move.RECORD_OUTCOME, outcome=ServiceOutcome.PARTLY)


def _begun(tale: Tale, service: str) -> None:
    tale.tell(AssessServiceNeed(service=service), Role.CONSULTANT)
    for move in TO_CARRIED_OUT:
        _move(tale, service, move)


def _move(
    tale: Tale, service: str, move: Move, *, outcome: ServiceOutcome | None = None, end: ServiceEnd | None = None
) -> None:
    tale.tell(AdvanceService(service=service, move=move, outcome=outcome, end=end), Role.CONSULTANT)
