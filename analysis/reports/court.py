"""Reports on hearings and proceedings: held and postponed, protected witnesses, claims, how long trials took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from analysis.reports.definition import Absent, Counted, Definition, Dimension, History, PeriodBy, Scope
from domain.codes import StreamName
from domain.journey import Journey
from domain.journey.hearing.codes import DateEnd, HearingReason
from domain.journey.hearing.state import HearingDate, HearingState
from domain.journey.proceedings.codes import JUDGED, ProceedingsOutcome, ProceedingsStage, Protection
from domain.journey.proceedings.events import (
    ProceedingsMoved,
    ProceedingsStarted,
    PropertyClaimRecorded,
    ProtectionRecorded,
)
from domain.journey.proceedings.state import ProceedingsState
from domain.pathway.hearings import Matter

_DAY = timedelta(days=1)
_YEAR = 365.25
"""Days: a duration of three calendar years has one leap day at most."""
_BEFORE_COURT = frozenset(
    {
        ProceedingsStage.CHARGED,
        ProceedingsStage.FILED,
        ProceedingsStage.PREPARATORY,
        ProceedingsStage.MAIN_HEARING,
    }
)
"""It stands before the court, and no judgment was announced yet."""


class Length(StrEnum):
    """From when it stood before the court, as far as was recorded, to the first judgment, as ASTRA counts it."""

    UP_TO_ONE_YEAR = "up-to-1-year"
    ONE_TO_THREE_YEARS = "1-to-3-years"
    OVER_THREE_YEARS = "over-3-years"


def _dates(journey: Journey, scope: Scope) -> Iterator[tuple[HearingState, HearingDate]]:
    """The dates in the period that there were: none that was said or ended by mistake."""
    for hearing in journey.hearings.values():
        for date in hearing.dates:
            mistaken = date.retracted or date.ended is DateEnd.MISTAKEN
            if scope.has(date.starts_at) and not mistaken and date.reason is not HearingReason.ENTERED_WRONGLY:
                yield hearing, date


def _hearings(journey: Journey, _: History, scope: Scope) -> Iterator[Counted]:
    for hearing, date in _dates(journey, scope):
        ended = date.ended.value if date.ended else Absent.NOT_SAID.value
        versions = (date.version,) if date.ended_version is None else (date.version, date.ended_version)
        yield Counted((hearing.matter.value, ended), tuple(sorted(set(versions))))


def _postponed(journey: Journey, _: History, scope: Scope) -> Iterator[Counted]:
    for hearing, date in _dates(journey, scope):
        if date.ended is DateEnd.POSTPONED and date.reason is not None and date.ended_version is not None:
            yield Counted((hearing.matter.value, date.reason.value), (date.ended_version,))


def _cases(journey: Journey) -> Iterator[ProceedingsState]:
    """The proceedings that there are; what was entered by mistake never was."""
    mistaken = ProceedingsOutcome.ENTERED_BY_MISTAKE
    return (case for case in journey.proceedings.values() if case.outcome is not mistaken)


def _ended_at(case: ProceedingsState, history: History) -> datetime | None:
    if case.over_version is None:
        return None
    return next(each.occurred_at for each in history if each.version == case.over_version)


def _protection(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    """Of each criminal case that was under way in the period, at its end."""
    for case in _cases(journey):
        ended = _ended_at(case, history)
        if case.matter is not Matter.CRIMINAL or case.started_at >= scope.ends:
            continue
        if ended is not None and ended < scope.begins:
            continue
        status, version = Absent.NOT_APPLIED_FOR.value, _started(case.number, history)
        for recorded in scope.until_end(history):
            event = recorded.event
            if not isinstance(event, ProtectionRecorded) or event.proceedings != case.number:
                continue
            if event.protection is Protection.ESPECIALLY_SENSITIVE:
                status, version = event.status.value, recorded.version
        yield Counted((status,), (version,))


def _started(number: int, history: History) -> int:
    return next(
        each.version
        for each in history
        if isinstance(each.event, ProceedingsStarted) and each.event.proceedings == number
    )


def _claims(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    cases = {case.number for case in _cases(journey)}
    for recorded in history:
        event = recorded.event
        if isinstance(event, PropertyClaimRecorded) and event.proceedings in cases and scope.has(recorded.occurred_at):
            yield Counted((event.status.value,), (recorded.version,))


def _trials(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    """Each case by its first judgment, where that lies in the period and the way to it was recorded."""
    for case in _cases(journey):
        stages = [
            (each.occurred_at, each.version, each.event.stage)
            for each in history
            if isinstance(each.event, (ProceedingsStarted, ProceedingsMoved)) and each.event.proceedings == case.number
        ]
        judged = min(((at, version) for at, version, stage in stages if stage in JUDGED), default=None)
        begun = min(((at, version) for at, version, stage in stages if stage in _BEFORE_COURT), default=None)
        if judged is None or begun is None or not scope.has(judged[0]) or judged[0] < begun[0]:
            continue
        days = (judged[0] - begun[0]) / _DAY
        yield Counted((case.matter.value, length_of(days).value), tuple(sorted({begun[1], judged[1]})), days)


def length_of(days: float) -> Length:
    """The group of a duration in days."""
    if days <= _YEAR:
        return Length.UP_TO_ONE_YEAR
    return Length.ONE_TO_THREE_YEARS if days <= 3 * _YEAR else Length.OVER_THREE_YEARS


def _outcomes(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    for case in _cases(journey):
        ended = _ended_at(case, history)
        if case.outcome is not None and case.over_version is not None and ended is not None and scope.has(ended):
            yield Counted((case.matter.value, case.outcome.value), (case.over_version,))


REPORTS = (
    Definition(
        code="hearings",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.MATTER, Dimension.SITTING),
        by=PeriodBy.SCHEDULED,
        source="ASTRA court monitoring: hearings held and postponed",
        count=_hearings,
    ),
    Definition(
        code="postponements",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.MATTER, Dimension.REASON),
        by=PeriodBy.SCHEDULED,
        source="ASTRA court monitoring: hearings postponed",
        count=_postponed,
    ),
    Definition(
        code="sensitive-witnesses",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.PROTECTION,),
        by=PeriodBy.IN_CARE,
        source="Criminal Procedure Code, arts. 103-104: especially sensitive witness",
        count=_protection,
    ),
    Definition(
        code="claims",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.CLAIM,),
        by=PeriodBy.HAPPENED,
        source="Donors and the national rapporteur: claims filed, awarded, paid",
        count=_claims,
    ),
    Definition(
        code="trial-durations",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.MATTER, Dimension.LENGTH),
        by=PeriodBy.HAPPENED,
        source="ASTRA 2019: up to 1 year 56 %, 1 to 3 years 19 %, over 3 years 25 %",
        count=_trials,
        timed=True,
    ),
    Definition(
        code="outcomes",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.MATTER, Dimension.OUTCOME),
        by=PeriodBy.HAPPENED,
        source="Eurostat crim_thb: outcomes of proceedings",
        count=_outcomes,
    ),
)
