"""Services in words: one event, one line; the timeline and the preview say the same."""

from __future__ import annotations

from decimal import Decimal

from domain.event import Event
from domain.journey.service.concerning import ConcernAnswered, ConcernRaised
from domain.journey.service.costing import ServiceCostCorrected, ServiceCostRecorded
from domain.journey.service.detailing import ServiceDetailed, ServiceTermMet, ServiceTermSet
from domain.journey.service.events import (
    ServiceCorrected,
    ServiceFollowUpSet,
    ServiceFrozen,
    ServiceMoved,
    ServiceNeeded,
    ServiceResumed,
    ServiceStopped,
)
from domain.journey.service.feedback import ServiceFeedbackGiven
from domain.journey.service.referring import ReferralAnswered, ReferralRecalled, ReferralSent
from domain.journey.service.searching import ClientReached, ClientSought, ClientUnreachable, SearchReviewed
from domain.journey.service.uses import CounsellingForgotten, CounsellingNoted
from staff.titles import Titles


def of_service(event: Event, titles: Titles) -> str | None:
    """The line of an event about services; none where it is about something else."""
    t = titles.words
    match event:
        case ServiceMoved():
            return t("story.service.moved", service=titles.service(event.service), status=t.label(event.status))
        case ServiceNeeded() | ServiceFollowUpSet() | ServiceCorrected() | ServiceResumed() | ServiceDetailed():
            return t(f"story.service.{_PLAIN[type(event)]}", service=titles.service(event.service))
        case ServiceStopped():
            purpose = t.label(event.purpose)
            return t("story.service.stopped", service=titles.service(event.service), purpose=purpose)
        case ServiceFrozen():
            return t("story.service.frozen", service=titles.service(event.service), cause=t.label(event.cause))
        case ServiceTermSet() | ServiceTermMet():
            key = "term-set" if isinstance(event, ServiceTermSet) else "term-met"
            term = titles.term(event.service, event.term)
            return t(f"story.service.{key}", service=titles.service(event.service), term=term)
        case ServiceFeedbackGiven():
            again = t.label(event.would_return)
            service = titles.service(event.service)
            return t("story.service.feedback", service=service, rating=event.rating, again=again)
        case CounsellingNoted():
            return t("story.service.counselling", service=titles.service(event.service), use=t.label(event.use))
        case CounsellingForgotten():
            return t("story.service.counselling-forgotten", service=titles.service(event.service))
        case _:
            return _paid(event, titles) or _referred(event, titles) or _around(event, titles)


_PLAIN: dict[type[Event], str] = {
    ServiceNeeded: "needed",
    ServiceFollowUpSet: "follow-up",
    ServiceCorrected: "corrected",
    ServiceResumed: "resumed",
    ServiceDetailed: "detailed",
}


def _paid(event: Event, titles: Titles) -> str | None:
    t = titles.words
    match event:
        case ServiceCostRecorded():
            key, amount = "cost", dinars(event.amount)
        case ServiceCostCorrected() if event.amount is not None:
            key, amount = "cost-corrected", dinars(event.amount)
        case ServiceCostCorrected():
            service = titles.service(event.service)
            return t("story.service.cost-removed", service=service, cost=t.label(event.cost))
        case _:
            return None
    return t(f"story.service.{key}", service=titles.service(event.service), cost=t.label(event.cost), amount=amount)


def dinars(amount: Decimal) -> str:
    """An amount with its paras, in digits that every locale reads: `4500.50`."""
    return f"{amount:.2f}"


def _referred(event: Event, titles: Titles) -> str | None:
    t = titles.words
    match event:
        case ReferralSent() | ReferralRecalled():
            key = "referred" if isinstance(event, ReferralSent) else "recalled"
            return t(f"story.service.{key}", service=titles.service(event.service), number=event.number)
        case ReferralAnswered():
            service, answer = titles.service(event.service), t.label(event.answer)
            return t("story.service.answered", service=service, number=event.number, answer=answer)
        case _:
            return None


def _around(event: Event, titles: Titles) -> str | None:
    """What concerns no single service."""
    t = titles.words
    match event:
        case ClientUnreachable():
            return t("story.service.unreachable")
        case ClientSought():
            channel, result = t.label(event.channel), t.label(event.result)
            return t("story.service.sought", attempt=event.attempt, channel=channel, result=result)
        case ClientReached():
            return t("story.service.reached", channel=t.label(event.channel))
        case SearchReviewed():
            return t("story.service.search-reviewed")
        case ConcernRaised():
            return t("story.service.concern", concern=t.label(event.concern))
        case ConcernAnswered():
            return t("story.service.concern-answered", answer=t.label(event.answer))
        case _:
            return None
