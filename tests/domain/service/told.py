"""Short ways to tell how a service goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.codes import ClosingReason, ConsentPurpose
from domain.journey import obligations
from domain.journey.closing import CloseJourney
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.service.codes import Move, ServiceEnd, ServiceOutcome, ServiceReason, ServiceStatus
from domain.journey.service.commands import AdvanceService, AssessServiceNeed
from domain.journey.service.state import ServiceState
from domain.stream.obligation import Obligation
from tests.domain.given import Given, begun

CLINIC = UUID("9a1c0000-0000-4000-8000-000000000001")
OTHER_CLINIC = UUID("9a1c0000-0000-4000-8000-000000000002")


def advance(service: str, move: Move, **fields: Any) -> AdvanceService:
    """One move."""
    return AdvanceService(service=service, move=move, **fields)


def willing() -> Given:
    """A journey whose client has consented to everything that a service may need."""
    return begun().having(*(GiveConsent(purpose=purpose) for purpose in ConsentPurpose))


def needed(service: str) -> Given:
    """A need for the service was assessed."""
    return willing().having(AssessServiceNeed(service=service))


def consented(service: str) -> Given:
    """It was offered, and the client agreed."""
    return needed(service).having(advance(service, Move.OFFER), advance(service, Move.CONSENT))


def scheduled(service: str, days: int = 3) -> Given:
    """It was planned with the clinic, and there is an appointment in so many days."""
    before = consented(service).having(advance(service, Move.PLAN, provider=CLINIC))
    return before.having(advance(service, Move.SCHEDULE, appointment=before.now + timedelta(days=days)))


def passed(service: str) -> Given:
    """The appointment has passed by an hour."""
    return scheduled(service).later(days=3, hours=1)


def stands(service: str, status: ServiceStatus) -> Given:
    """A service that stands where it is wanted, by commands only."""
    match status:
        case ServiceStatus.NEEDED:
            return needed(service)
        case ServiceStatus.OFFERED:
            return needed(service).having(advance(service, Move.OFFER))
        case ServiceStatus.CONSENTED:
            return consented(service)
        case ServiceStatus.PLANNED:
            return consented(service).having(advance(service, Move.PLAN, provider=CLINIC))
        case ServiceStatus.SCHEDULED:
            return passed(service)
        case ServiceStatus.DECLINED:
            return consented(service).having(advance(service, Move.DECLINE))
        case ServiceStatus.CARRIED_OUT:
            return passed(service).having(advance(service, Move.CARRY_OUT))
        case ServiceStatus.NO_SHOW:
            return passed(service).having(advance(service, Move.NO_SHOW))
        case ServiceStatus.CANCELLED_BY_CLIENT:
            return passed(service).having(advance(service, Move.CANCEL_BY_CLIENT))
        case ServiceStatus.CANCELLED_BY_PROVIDER:
            return passed(service).having(advance(service, Move.CANCEL_BY_PROVIDER))
        case ServiceStatus.ABORTED:
            return passed(service).having(advance(service, Move.ABORT, reason=ServiceReason.NOT_SAFE))
        case _:
            return _late(service, status)


def _late(service: str, status: ServiceStatus) -> Given:
    held = stands(service, ServiceStatus.CARRIED_OUT)
    recorded = held.having(advance(service, Move.RECORD_OUTCOME, outcome=ServiceOutcome.ACHIEVED))
    match status:
        case ServiceStatus.FOLLOW_UP_DUE:
            return recorded if state(recorded, service).status is status else recorded.having(_follow_up(recorded))
        case ServiceStatus.OUTCOME_RECORDED:
            if state(recorded, service).status is ServiceStatus.FOLLOW_UP_DUE:  # a rhythm of one: see the catalogue
                recorded = recorded.having(advance(service, Move.HOLD_FOLLOW_UP, outcome=ServiceOutcome.ACHIEVED))
            assert state(recorded, service).status is status, f"the follow-ups of {service} never end"
            return recorded
        case ServiceStatus.CLOSED:
            return recorded.having(advance(service, Move.CLOSE, end=ServiceEnd.COMPLETED))
        case ServiceStatus.STOPPED:
            purpose = state(held, service).consent
            assert purpose is not None, "a service that needs no consent is never stopped"
            return held.having(WithdrawConsent(purpose=purpose))
        case _:
            return held.having(CloseJourney(reason=ClosingReason.GOALS_REACHED))


def _follow_up(recorded: Given) -> AdvanceService:
    day = (recorded.now + timedelta(days=10)).date()
    return advance(next(iter(recorded.state.services.each.values())).service, Move.SET_FOLLOW_UP, on=day)


def state(given: Given, service: str, occurrence: int = 1) -> ServiceState:
    """One occurrence."""
    return given.state.services.each[f"service:{service}:{occurrence}"]


def owed(given: Given, key: str) -> Obligation | None:
    """The obligation of that key, if there is one."""
    return next((o for o in obligations(given.state) if o.key == key), None)
