"""Reports on who is helped: opened, in care, formal status, age, exploitation, closed, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from analysis.exports.answers import Answers
from analysis.reports.definition import Absent, Counted, Definition, Dimension, History, PeriodBy, Scope
from domain.codes import ReopeningReason, StreamName
from domain.copying import replace
from domain.journey import Journey
from domain.journey.closing import JourneyClosed, JourneyReopened

_DAY = timedelta(days=1)
_EXPLOITATION = "vic_TypeOfExploitation"


class AgeGroup(StrEnum):
    """Age group on the last day of the period, as far as the log knows: of a child, the day of coming of age."""

    CHILD = "child"
    CAME_OF_AGE = "came-of-age"
    NOT_RECORDED = "not-recorded"


def in_care(history: History, scope: Scope) -> bool:
    """Whether the journey was open at some instant of the period. Closed by mistake is not closed."""
    since: datetime | None = history[0].occurred_at
    ended: datetime | None = None
    for recorded in history:
        if isinstance(recorded.event, JourneyClosed):
            if since is not None and since < scope.ends and recorded.occurred_at >= scope.begins:
                return True
            since, ended = None, since
        elif isinstance(recorded.event, JourneyReopened):
            mistaken = recorded.event.reason is ReopeningReason.CLOSED_BY_MISTAKE
            since = ended if mistaken else recorded.occurred_at
    return since is not None and since < scope.ends


def age_of(journey: Journey, scope: Scope) -> AgeGroup:
    """The age group on the last day of the period."""
    if journey.minority is None:
        return AgeGroup.NOT_RECORDED
    return AgeGroup.CHILD if scope.period.last < journey.minority.adult_on else AgeGroup.CAME_OF_AGE


def _opened(journey: Journey, _: History, scope: Scope) -> Iterator[Counted]:
    if scope.has(journey.opened_at):
        yield Counted((scope.month(journey.opened_at), journey.pin.name), (1,))


def _age(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    if in_care(history, scope):
        yield Counted((age_of(journey, scope).value,), (journey.minority.version if journey.minority else 1,))


def _exploitation(journey: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    if not in_care(history, scope):
        return
    held = tuple(s for s in journey.screenings if s.corrected_by is None and s.held_at < scope.ends)
    codes = Answers(scope.pathways).of(replace(journey, screenings=held)).get(_EXPLOITATION)
    forms = [Absent.NOT_ASKED.value] if codes is None else codes or [Absent.NOT_KNOWN.value]
    versions = tuple(s.version for s in held) or (1,)
    for form in dict.fromkeys(forms):
        yield Counted((form,), versions)


def _closed(journey: Journey, _: History, scope: Scope) -> Iterator[Counted]:
    closing = journey.closing
    if closing is not None and scope.has(closing.at):
        yield Counted((closing.reason.value,), (closing.version,), (closing.at - journey.opened_at) / _DAY)


def _reopened(_: Journey, history: History, scope: Scope) -> Iterator[Counted]:
    for recorded in history:
        event = recorded.event
        if isinstance(event, JourneyReopened) and scope.has(recorded.occurred_at):
            yield Counted((event.reason.value,), (recorded.version,))


REPORTS = (
    Definition(
        code="journeys-opened",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.MONTH, Dimension.PATHWAY),
        by=PeriodBy.OPENED,
        source="ASTRA and Atina, annual figures",
        count=_opened,
    ),
    Definition(
        code="age-groups",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.AGE,),
        by=PeriodBy.IN_CARE,
        source="National rapporteur; Serbia 2023: 62 % children",
        count=_age,
    ),
    Definition(
        code="exploitation",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.EXPLOITATION,),
        by=PeriodBy.IN_CARE,
        source="Eurostat crim_thb; HTCDS 2.0 vic_TypeOfExploitation",
        count=_exploitation,
        several=True,
    ),
    Definition(
        code="journeys-closed",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.CLOSING,),
        by=PeriodBy.HAPPENED,
        source="Primero GBV KPI: case lifetime days",
        count=_closed,
        timed=True,
    ),
    Definition(
        code="journeys-reopened",
        subject=StreamName.JOURNEY,
        dimensions=(Dimension.REOPENING,),
        by=PeriodBy.HAPPENED,
        source="Donors: clients who came back",
        count=_reopened,
    ),
)
