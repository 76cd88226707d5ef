"""Reports on formal status: reports by decider and outcome, how long the decision took, who stands where."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.reports.definition import Absent, Counted, Definition, Dimension, History, PeriodBy, Scope
from analysis.reports.people import age_of, in_care
from domain.codes import StreamName
from domain.journey import Journey
from domain.journey.status.state import StatusDecision
from domain.pathway.formal_status import FormalStatus

FINAL = frozenset({FormalStatus.IDENTIFIED, FormalStatus.REJECTED, FormalStatus.STOPPED, FormalStatus.NOT_CONFIRMED})
"""What answers a report."""


def _answer(decisions: tuple[StatusDecision, ...], place: int) -> StatusDecision | None:
    """The first answer to the report at this place; none where the next report comes first."""
    for decision in decisions[place + 1 :]:
        if decision.status in FINAL:
            return decision
        if decision.status is FormalStatus.REPORTED:
            return None
    return None


def _reports(journey: Journey, _: History, scope: Scope) -> Iterator[Counted]:
    decisions = journey.formal_status.decisions
    for place, decision in enumerate(decisions):
        if decision.status is FormalStatus.REPORTED and decision.decided_on in scope.period:
            answer = _answer(decisions, place)
            if answer is None:
                yield Counted((decision.decider, Absent.PENDING.value), (decision.version,))
            else:
                yield Counted((decision.decider, answer.status.value), (decision.version, answer.version))


def _times(journey: Journey, _: History, scope: Scope) -> Iterator[Counted]:
    decisions = journey.formal_status.decisions
    for place, report in enumerate(decisions):
        if report.status is FormalStatus.REPORTED:
            answer = _answer(decisions, place)
            if answer is not None and answer.decided_on in scope.period:
                days = float((answer.decided_on - report.decided_on).days)
                key = (answer.status.value, age_of(journey, scope).value)
                yield Counted(key, (report.version, answer.version), days)


def _standing(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    if not in_care(history, scope):
        return
    by_then = [each for each in journey.formal_status.decisions if each.decided_on <= scope.period.last]
    age = age_of(journey, scope).value
    if by_then:
        yield Counted((by_then[-1].status.value, age), (by_then[-1].version,))
    else:
        yield Counted((Absent.NOT_REPORTED.value, age), (1,))


REPORTS = (
    Definition(
        code="status-reports",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.DECIDER, Dimension.DECISION),
        by=PeriodBy.DECIDED,
        source="Centre for Human Trafficking Victims' Protection, annual reports",
        count=_reports,
    ),
    Definition(
        code="status-times",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.DECISION, Dimension.AGE),
        by=PeriodBy.DECIDED,
        source="National rapporteur: time from report to decision",
        count=_times,
        timed=True,
    ),
    Definition(
        code="status-standing",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.STATUS, Dimension.AGE),
        by=PeriodBy.IN_CARE,
        source="National rapporteur; Serbia 2023 profile",
        count=_standing,
    ),
)
