"""Reports on safety and protection: assessment within days, safety plans, residence permits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

from analysis.reports.definition import Counted, Definition, Dimension, History, PeriodBy, Scope
from analysis.reports.people import in_care
from domain.codes import StreamName
from domain.journey import Journey
from domain.journey.residence.codes import PermitStatus
from domain.journey.residence.events import ResidenceGranted
from domain.journey.safety.assessing import Assessed
from domain.journey.safety.planning import SafetyPlanAgreed, SafetyPlanEnded, SafetyPlanReviewed

_DAY = timedelta(days=1)
WEEK, MONTH = 7 * _DAY, 30 * _DAY
"""Within what a first assessment is looked for after the opening."""


class FirstAssessment(StrEnum):
    """How soon after the opening somebody first assessed risk or needs."""

    WITHIN_WEEK = "within-7-days"
    WITHIN_MONTH = "within-30-days"
    LATER = "later"
    NOT_YET = "not-yet"


class SafetyPlanStanding(StrEnum):
    """How the safety plan stands at the end of the period."""

    NONE = "none"
    AGREED = "agreed"
    REVIEWED = "reviewed"
    ENDED = "ended"


def _assessments(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    if not scope.has(journey.opened_at):
        return
    first = min(
        (each for each in history if isinstance(each.event, Assessed)),
        key=lambda each: (each.occurred_at, each.version),
        default=None,
    )
    if first is None:
        yield Counted((FirstAssessment.NOT_YET.value,), (1,))
        return
    waited = max(timedelta(), first.occurred_at - journey.opened_at)
    soon = FirstAssessment.WITHIN_WEEK if waited <= WEEK else FirstAssessment.WITHIN_MONTH
    how = soon if waited <= MONTH else FirstAssessment.LATER
    yield Counted((how.value,), (1, first.version), waited / _DAY)


def _safety_plans(_: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    if not in_care(history, scope):
        return
    standing, version = SafetyPlanStanding.NONE, 1
    for recorded in scope.until_end(history):
        match recorded.event:
            case SafetyPlanAgreed():
                standing, version = SafetyPlanStanding.AGREED, recorded.version
            case SafetyPlanReviewed():
                standing, version = SafetyPlanStanding.REVIEWED, recorded.version
            case SafetyPlanEnded():
                standing, version = SafetyPlanStanding.ENDED, recorded.version
            case _:
                pass
    yield Counted((standing.value,), (version,))


def _permits(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    granted = {each.event.number: each.version for each in history if isinstance(each.event, ResidenceGranted)}
    for permit in journey.permits.values():
        if permit.status is not PermitStatus.VOID and permit.valid_from in scope.period:
            versions = tuple(sorted({granted[permit.number], permit.version}))
            yield Counted((permit.kind, permit.status.value), versions)


REPORTS = (
    Definition(
        code="assessments",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.ASSESSED,),
        by=PeriodBy.OPENED,
        source="Primero GBV KPI: assessment",
        count=_assessments,
        timed=True,
    ),
    Definition(
        code="safety-plans",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.SAFETY_PLAN,),
        by=PeriodBy.IN_CARE,
        source="Primero GBV KPI: safety plan",
        count=_safety_plans,
    ),
    Definition(
        code="residence-permits",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.PERMIT, Dimension.PERMIT_STATUS),
        by=PeriodBy.DECIDED,
        source="Law on Foreigners 24/2018, arts. 61-63: residence permits",
        count=_permits,
    ),
)
