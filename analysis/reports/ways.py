"""Reports on returns with their follow-up after 3, 6 and 12 months, and on field missions."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.reports.definition import Counted, Definition, Dimension, History, PeriodBy, Scope
from domain.codes import StreamName
from domain.journey import Journey
from domain.journey.returning.codes import CheckOutcome, ReturnStatus, StopReason
from domain.journey.returning.events import ReturnBegun
from domain.journey.returning.way_events import HandoverConfirmed, ReturnChecked
from domain.mission.state import Mission


def _returns(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    begun = {each.event.number: each for each in history if isinstance(each.event, ReturnBegun)}
    for state in journey.returns.values():
        mistaken = state.stopped is StopReason.ENTERED_BY_MISTAKE and state.status is ReturnStatus.STOPPED
        if scope.has(begun[state.number].occurred_at) and not mistaken:
            versions = tuple(sorted({begun[state.number].version, state.status_version}))
            yield Counted((state.direction.value, state.status.value), versions)


def _checks(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    """Of each return that was received in the period: every check, whenever it was or will be held."""
    for state in journey.returns.values():
        if state.handover is None or not scope.has(state.handover.confirmed_at):
            continue
        received = max(
            each.version
            for each in history
            if isinstance(each.event, HandoverConfirmed) and each.event.number == state.number
        )
        for check in state.checks.values():
            held = [
                each.version
                for each in history
                if isinstance(each.event, ReturnChecked)
                and (each.event.number, each.event.check) == (state.number, check.check)
                and each.event.outcome is not CheckOutcome.NOT_REACHED
                and each.version > received
            ]
            how = check.outcome.value if check.outcome else check.status.value
            yield Counted((check.check, how), (received, *held[-1:]))


def _missions(mission: Mission, _: History, scope: Scope) -> Iterator[Counted]:
    if scope.has(mission.plan.departure):
        yield Counted((mission.plan.purpose.value, mission.phase.value), (1,))


REPORTS = (
    Definition(
        code="returns",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.DIRECTION, Dimension.RETURN),
        by=PeriodBy.HAPPENED,
        source="IOM and national rapporteur: returns",
        count=_returns,
    ),
    Definition(
        code="return-checks",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.CHECK, Dimension.CHECKED),
        by=PeriodBy.HAPPENED,
        source="IOM: follow-up after 3, 6 and 12 months",
        count=_checks,
        several=True,
    ),
    Definition(
        code="missions",
        subject=StreamName.MISSION,
        dimensions=(Dimension.MISSION, Dimension.MISSION_PHASE),
        by=PeriodBy.SCHEDULED,
        source="ASTRA, ten years: 804 field actions",
        count=_missions,
    ),
)
