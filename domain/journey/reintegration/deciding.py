"""Deciders: reintegration begins, is reviewed, ends, and goes on."""

from __future__ import annotations

from domain.calendar import add, calendar_of, local_date
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.ladders import day_deadline
from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationReopening, ReviewFinding
from domain.journey.reintegration.commands import (
    EndReintegration,
    ReopenReintegration,
    ReviewReintegration,
    StartReintegration,
)
from domain.journey.reintegration.completing import may_complete
from domain.journey.reintegration.events import (
    Note,
    ReintegrationEnded,
    ReintegrationReopened,
    ReintegrationReviewed,
    ReintegrationStarted,
)
from domain.journey.reintegration.finding import find_reintegration
from domain.journey.reintegration.state import REINTEGRATION
from domain.journey.safety.alerts import alert
from domain.journey.safety.state import AlertReason
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.reintegration import ReintegrationRules
from domain.refusal import RefusalCode, Refused


@decides(StartReintegration)
def _start(journey: Journey, command: StartReintegration, surroundings: Surroundings) -> Decision:
    rules = surroundings.pathway.reintegration
    if rules is None:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, part=REINTEGRATION)
    if journey.reintegration is not None:
        version = journey.reintegration.version
        return Refused(code=RefusalCode.REINTEGRATION_RUNNING, part=REINTEGRATION, part_version=version)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    started = ReintegrationStarted(
        role=rules.role,
        goals=rules.goals,
        stalled_after=rules.review.stalled_after,
        deadline=review_deadline(1, rules, surroundings),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (started,)


@decides(ReviewReintegration)
def _review(journey: Journey, command: ReviewReintegration, surroundings: Surroundings) -> Decision:
    found = find_reintegration(journey, command.seen, surroundings, running=True)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    state, rules = found
    back = command.finding is ReviewFinding.SETBACK
    number = state.reviews + 1
    reviewed = ReintegrationReviewed(
        number=number,
        finding=command.finding,
        stalled_after=rules.review.stalled_after,
        deadline=review_deadline(1 if back else number + 1, rules, surroundings),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    raised: tuple[Event, ...] = (alert(journey, AlertReason.RISK_RAISED, surroundings),) if back else ()
    return (reviewed, *raised)


@decides(EndReintegration)
def _end(journey: Journey, command: EndReintegration, surroundings: Surroundings) -> Decision:
    found = find_reintegration(journey, command.seen, surroundings, running=True)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    state, _ = found
    if command.reason is ReintegrationEnd.COMPLETE:
        unmet = may_complete(journey, state, surroundings.pathway, surroundings.now)
        if unmet:
            code = RefusalCode.REINTEGRATION_INCOMPLETE
            return Refused(code=code, part=REINTEGRATION, part_version=state.version, unmet=unmet)
    return (ReintegrationEnded(reason=command.reason, note=command.note, occurred_at=command.occurred_at),)


@decides(ReopenReintegration)
def _reopen(journey: Journey, command: ReopenReintegration, surroundings: Surroundings) -> Decision:
    found = find_reintegration(journey, command.seen, surroundings, running=False)
    if isinstance(found, Refused):
        return found
    return (reopening(command.reason, found.rules, surroundings, note=command.note),)


def reopening(
    reason: ReintegrationReopening, rules: ReintegrationRules, surroundings: Surroundings, *, note: Note = None
) -> ReintegrationReopened:
    """It goes on, with the rhythm of a beginning."""
    return ReintegrationReopened(
        reason=reason,
        stalled_after=rules.review.stalled_after,
        deadline=review_deadline(1, rules, surroundings),
        note=note,
    )


def review_deadline(number: int, rules: ReintegrationRules, surroundings: Surroundings) -> Deadline:
    """By when the review of this number is due, counted from today."""
    pathway = surroundings.pathway
    today, calendar = local_date(surroundings.now, pathway.zone), calendar_of(pathway.calendar)
    return day_deadline(rules.review, add(today, rules.span(number), calendar), surroundings)
