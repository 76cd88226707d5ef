"""Reports on what is given: services, referrals, consents and refusals, plans and goals, what clients say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from analysis.reports.definition import Absent, Counted, Definition, Dimension, History, PeriodBy, Scope
from analysis.reports.people import in_care
from domain.codes import StreamName
from domain.journey import Journey
from domain.journey.consent import ConsentGiven, ConsentWithdrawn
from domain.journey.service.codes import Move, ServiceEnd
from domain.journey.service.events import ServiceCorrected, ServiceMoved, ServiceNeeded
from domain.journey.service.feedback import ServiceFeedbackGiven
from domain.journey.service.referring import ReferralSent
from domain.journey.service_plan.goals import GoalProgressed, GoalSet
from domain.journey.service_plan.reviews import PlanAgreed, PlanReviewed


class ConsentAnswer(StrEnum):
    """What a client said. Declined: a service that needs this consent, which never counts against the client."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


class PlanStanding(StrEnum):
    """How far the individual plan is at the end of the period."""

    NONE = "none"
    GOALS = "goals"
    AGREED = "agreed"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Moved:
    """A move of a service that stands, with its version."""

    event: ServiceMoved
    version: int


def _moves(journey: Journey, history: History, scope: Scope) -> Iterator[Moved]:
    """The moves of services in the period: neither taken back nor of an occurrence recorded by mistake."""
    corrected = {each.event.corrects for each in history if isinstance(each.event, ServiceCorrected)}
    for recorded in history:
        event = recorded.event
        if not isinstance(event, ServiceMoved) or recorded.version in corrected:
            continue
        if scope.has(recorded.occurred_at) and not _is_mistaken(journey, event.part):
            yield Moved(event, recorded.version)


def _is_mistaken(journey: Journey, part: str) -> bool:
    state = journey.services.each.get(part)
    return state is not None and state.course.end is ServiceEnd.RECORDED_BY_MISTAKE


def _services(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    for recorded in history:
        event = recorded.event
        if not isinstance(event, ServiceNeeded) or not scope.has(recorded.occurred_at):
            continue
        if not _is_mistaken(journey, event.part):
            yield Counted((event.service, Absent.NEEDED.value), (recorded.version,))
    for moved in _moves(journey, history, scope):
        yield Counted((moved.event.service, moved.event.move.value), (moved.version,))


def _helped(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    """Each client once for each service that they had at least once."""
    given: dict[str, list[int]] = {}
    for moved in _moves(journey, history, scope):
        if moved.event.move is Move.CARRY_OUT:
            given.setdefault(moved.event.service, []).append(moved.version)
    for service, versions in given.items():
        yield Counted((service,), tuple(versions))


def _referrals(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    for recorded in history:
        event = recorded.event
        if isinstance(event, ReferralSent) and scope.has(recorded.occurred_at):
            state = journey.services.referrals[event.part]
            yield Counted((event.service, state.status.value), tuple(sorted({recorded.version, state.version})))


def _consents(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    for recorded in history:
        event = recorded.event
        if isinstance(event, (ConsentGiven, ConsentWithdrawn)) and scope.has(recorded.occurred_at):
            said = ConsentAnswer.GIVEN if isinstance(event, ConsentGiven) else ConsentAnswer.WITHDRAWN
            yield Counted((event.purpose.value, said.value), (recorded.version,))
    for moved in _moves(journey, history, scope):
        if moved.event.move is Move.DECLINE:
            state = journey.services.each.get(moved.event.part)
            if state is not None and state.consent is not None:
                yield Counted((state.consent.value, ConsentAnswer.DECLINED.value), (moved.version,))


def _plans(_: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    if not in_care(history, scope):
        return
    standing, version = PlanStanding.NONE, 1
    for recorded in scope.until_end(history):
        match recorded.event:
            case GoalSet() if standing is PlanStanding.NONE:
                standing, version = PlanStanding.GOALS, recorded.version
            case PlanAgreed():
                standing, version = PlanStanding.AGREED, recorded.version
            case PlanReviewed():
                standing, version = PlanStanding.REVIEWED, recorded.version
            case _:
                pass
    yield Counted((standing.value,), (version,))


def _goals(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    for goal in journey.plan.goals.values():
        told = [
            each.version
            for each in history
            if isinstance(each.event, (GoalSet, GoalProgressed)) and each.event.number == goal.number
        ]
        if scope.has(goal.set_at):
            yield Counted((goal.goal, goal.progress.value), tuple(sorted({told[0], told[-1]})))


def _feedback(_: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    for recorded in history:
        event = recorded.event
        if isinstance(event, ServiceFeedbackGiven) and scope.has(recorded.occurred_at):
            yield Counted((str(event.rating), event.would_return.value), (recorded.version,))


SERVICES = Definition(
    code="services",
    subject=StreamName.JOURNEY,
    dimensions=(Dimension.SERVICE, Dimension.SERVICE_MOVE),
    by=PeriodBy.HAPPENED,
    source="ASTRA, ten years: services by kind",
    count=_services,
)
REPORTS = (
    SERVICES,
    Definition(
        code="clients-by-service",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.SERVICE,),
        by=PeriodBy.HAPPENED,
        source="Donors: clients by kind of service",
        count=_helped,
        several=True,
    ),
    Definition(
        code="referrals",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.SERVICE, Dimension.REFERRAL),
        by=PeriodBy.HAPPENED,
        source="Primero GBV KPI: referral statuses",
        count=_referrals,
    ),
    Definition(
        code="consents",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.PURPOSE, Dimension.CONSENT),
        by=PeriodBy.HAPPENED,
        source="Data Protection Law 87/2018, art. 15: consent and refusal",
        count=_consents,
    ),
    Definition(
        code="plans",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.PLAN,),
        by=PeriodBy.IN_CARE,
        source="Primero GBV KPI: approved action plan; plan in place and reviewed",
        count=_plans,
    ),
    Definition(
        code="goals",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.GOAL, Dimension.PROGRESS),
        by=PeriodBy.HAPPENED,
        source="Primero GBV KPI: goal progress",
        count=_goals,
    ),
    Definition(
        code="satisfaction",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.RATING, Dimension.WOULD_RETURN),
        by=PeriodBy.HAPPENED,
        source="Primero GBV KPI: satisfaction",
        count=_feedback,
    ),
)
