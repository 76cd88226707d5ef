"""Turns about services: information given and closed, regular talks by phone that go on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.codes import Role
from domain.journey.service.codes import CostKind, Move, ServiceEnd, ServiceOutcome, WouldReturn
from domain.journey.service.commands import AdvanceService, AssessServiceNeed
from domain.journey.service.costing import RecordServiceCost
from domain.journey.service.detailing import DetailService
from domain.journey.service.feedback import GiveServiceFeedback
from domain.journey.service.record import Answered, Chosen, Spoken
from worker.demo.tale import Tale


def information_given(tale: Tale) -> None:
    """Asked for, given in the client's language, understood, closed."""
    service = "information-on-support"
    _carried_out(tale, service)
    fields = (Spoken(field="language", language="sr-Latn"), Answered(field="understood", yes=True))
    tale.tell(DetailService(service=service, details=fields), Role.CONSULTANT)
    move(tale, service, Move.RECORD_OUTCOME, outcome=ServiceOutcome.ACHIEVED)
    tale.tell(GiveServiceFeedback(service=service, rating=5, would_return=WouldReturn.YES), Role.CONSULTANT)
    move(tale, service, Move.CLOSE, end=ServiceEnd.COMPLETED)


def talks_by_phone(tale: Tale) -> None:
    """Every fortnight, with the news of the day centre; the next one lies ahead."""
    service = "informal-counselling"
    _carried_out(tale, service)
    fields = (Chosen(field="channel", choice="phone"), Answered(field="day-centre-news", yes=True))
    tale.tell(DetailService(service=service, details=fields), Role.CONSULTANT)
    tale.tell(RecordServiceCost(service=service, cost=CostKind.OTHER, amount=Decimal("350.00")), Role.CONSULTANT)
    move(tale, service, Move.RECORD_OUTCOME, outcome=ServiceOutcome.PARTLY)


def agreed(tale: Tale, service: str, provider: UUID | None = None) -> None:
    """Needed, offered, wanted, planned; `provider` where a partner gives it."""
    tale.tell(AssessServiceNeed(service=service), Role.CONSULTANT)
    move(tale, service, Move.OFFER)
    move(tale, service, Move.CONSENT)
    move(tale, service, Move.PLAN, provider=provider)


def move(tale: Tale, service: str, which: Move, **fields: Any) -> None:
    """One move of the latest occurrence, with what it takes."""
    tale.tell(AdvanceService(service=service, move=which, **fields), Role.CONSULTANT)


def _carried_out(tale: Tale, service: str) -> None:
    agreed(tale, service)
    move(tale, service, Move.CARRY_OUT)
