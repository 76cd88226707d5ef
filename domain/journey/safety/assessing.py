"""Part: assessments of risk and needs, by the pathway's domains. A level that rises is told to people at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from domain.codes import ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, ladder_deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.returning.codes import LIVE
from domain.journey.safety.alerts import AlertRaised, alert
from domain.journey.safety.state import AlertReason, AssessmentState
from domain.journey.state import Journey
from domain.journey.timing import Instant, misdated
from domain.pathway.assessment import Level
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Code, Count, Value


class DomainLevel(Value):
    """What was found in one domain."""

    domain: Code
    level: Level


Levels = Annotated[tuple[DomainLevel, ...], Field(min_length=1, max_length=60)]


class Assessed(Event, topic="journey.assessed"):
    """Somebody assessed, with the client where it can be. `deadline`: by when to look again."""

    assessment: Code
    levels: Levels
    overall: Level
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return f"assessment:{self.assessment}"


class Assess(Command, kind="assess"):
    """Records an assessment: a level for every domain of the pathway, each once."""

    assessment: Code
    levels: Levels
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


@decides(Assess)
def _assess(journey: Journey, command: Assess, surroundings: Surroundings) -> Decision:
    pathway = surroundings.pathway
    form = next((a for a in pathway.assessments if a.assessment == command.assessment), None)
    if form is None:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, allowed=tuple(a.assessment for a in pathway.assessments))
    known = journey.assessments.get(form.assessment)
    if known is not None and command.seen is not None and command.seen != known.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=known.key, part_version=known.version)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    wanted = tuple(d.domain for d in form.domains)
    if sorted(one.domain for one in command.levels) != sorted(wanted):
        return Refused(code=RefusalCode.ASSESSMENT_INCOMPLETE, part=f"assessment:{form.assessment}", allowed=wanted)
    levels = {one.domain: one.level for one in command.levels}
    overall = max(levels.values(), key=lambda level: level.rank)
    assessed = Assessed(
        assessment=form.assessment,
        levels=command.levels,
        overall=overall,
        deadline=ladder_deadline(form.review_at(overall), pathway, now=surroundings.now),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    raised: tuple[AlertRaised, ...] = ()
    if form.alerts and has_risen(known.levels if known else None, levels):
        raised = (alert(journey, AlertReason.RISK_RAISED, surroundings, overall),)
    return (assessed, *raised)


def has_risen(before: Mapping[str, Level] | None, levels: Mapping[str, Level]) -> bool:
    """Whether any domain's level is higher than before; of a first assessment, whether any is `high` or above."""
    if before is None:
        return any(level.rank >= Level.HIGH.rank for level in levels.values())
    return any(level.rank > before.get(domain, Level.NONE).rank for domain, level in levels.items())


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    known = journey.assessments.get(key.partition(":")[2])
    return journey if known is None else _with(journey, replace(known, clockwork=turn(known.clockwork)))


@owes(ObligationKind.ASSESSMENT, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    for known in journey.assessments.values():
        if not _is_looked_at_again(journey, known):
            continue
        yield Obligation(
            known.key,
            ObligationKind.ASSESSMENT,
            known.clockwork.deadline.due_at,
            owner(journey, Role.CASEWORKER),
            known.clockwork,
            version=known.version,
            what=known.assessment,
        )


def _is_looked_at_again(journey: Journey, known: AssessmentState) -> bool:
    """The form of returns is looked at again only while one is prepared or under way."""
    of_returns = [state for state in journey.returns.values() if state.form == known.assessment]
    return not of_returns or any(state.status in LIVE for state in of_returns)


@evolves(Assessed)
def _assessed(journey: Journey, recorded: Recorded[Assessed]) -> Journey:
    event = recorded.event
    before = journey.assessments.get(event.assessment)
    found = AssessmentState(
        event.assessment,
        {one.domain: one.level for one in event.levels},
        event.overall,
        recorded.occurred_at,
        recorded.version,
        Clockwork(event.deadline, date_version=recorded.version),
        times=before.times + 1 if before else 1,
    )
    return _with(journey, found)


def _with(journey: Journey, found: AssessmentState) -> Journey:
    return replace(journey, assessments={**journey.assessments, found.assessment: found})
