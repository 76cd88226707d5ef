"""From the ladders of the pathway to the timers of a return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from domain.calendar import add, at_local, calendar_of, local_date
from domain.journey.deciding import Surroundings
from domain.journey.proceedings.ladders import day_deadline, duty_deadline, instant_deadline
from domain.journey.returning.codes import DocumentStatus
from domain.journey.returning.state import ReturnState, Route
from domain.journey.returning.values import ItemTimer, Timers
from domain.journey.state import Journey
from domain.pathway.common import Span, Unit
from domain.pathway.hearings import Side
from domain.pathway.model import Pathway
from domain.pathway.proceedings import AlarmLadder, DutyRule
from domain.pathway.returning import DocumentRule, Preparation, ReturnDirection, ReturningRules, ReturnPurpose
from domain.pathway.returning_items import DEPARTURE, HANDOVER, STOP, WAY_HOME, check_item, document_item


def duty(item: str, rule: DutyRule, surroundings: Surroundings, latest: datetime | None = None) -> ItemTimer:
    """Due within the rule's span from now, and never after `latest`."""
    deadline = duty_deadline(rule, surroundings, latest=latest)
    return ItemTimer(item=item, deadline=deadline, stalled_after=rule.stalled_after)


def dated(item: str, ladder: AlarmLadder, due_at: datetime, surroundings: Surroundings) -> ItemTimer:
    """Due at an instant."""
    deadline = instant_deadline(ladder, due_at, surroundings)
    return ItemTimer(item=item, deadline=deadline, stalled_after=ladder.stalled_after)


def preparation(
    which: Preparation, rules: ReturningRules, surroundings: Surroundings, latest: datetime | None = None
) -> Iterator[ItemTimer]:
    """The timer of one preparation; none where the pathway does not ask for it."""
    rule = rules.find_preparation(which)
    if rule is not None:
        yield duty(which.value, rule, surroundings, latest)


def document(rule: DocumentRule, surroundings: Surroundings, latest: datetime | None = None) -> ItemTimer:
    """The timer of a document that is not there."""
    return duty(document_item(rule.document), rule, surroundings, latest)


def everything(
    direction: ReturnDirection,
    purpose: ReturnPurpose,
    rules: ReturningRules,
    surroundings: Surroundings,
    planned: Mapping[str, datetime],
) -> Iterator[ItemTimer]:
    """What a return needs as it begins; never later than the day on which the hearing's plan asks for it."""
    for rule in rules.preparations:
        yield duty(rule.preparation.value, rule, surroundings, planned.get(rule.preparation.value))
    for rule_of in rules.documents:
        if rule_of.is_for(direction, purpose):
            yield document(rule_of, surroundings, planned.get(document_item(rule_of.document)))


def planned_days(journey: Journey, hearing: int | None) -> Mapping[str, datetime]:
    """By when the plan of a hearing asks for items of a return; empty where no plan was started."""
    state = journey.hearings.get(hearing or 0)
    tasks = state.plan.tasks.values() if state is not None and state.plan else ()
    timed = [(task.clockwork.deadline.due_at, task) for task in tasks if task.clockwork is not None]
    return {item: due_at for due_at, task in timed if task.side is Side.BEFORE for item in task.covered_by}


def lacking(
    journey: Journey, state: ReturnState, rules: ReturningRules, surroundings: Surroundings
) -> Iterator[ItemTimer]:
    """What a return that is taken up again needs: everything but the documents that are there."""
    there = {
        document_item(key)
        for key, found in state.documents.items()
        if found.status in (DocumentStatus.READY, DocumentStatus.NOT_NEEDED)
    }
    planned = planned_days(journey, state.hearing)
    every = everything(state.direction, state.purpose, rules, surroundings, planned)
    return (timer for timer in every if timer.item not in there)


def at_once(which: Preparation, rules: ReturningRules, surroundings: Surroundings) -> Timers:
    """People are told now, and it is to be seen to within hours."""
    return (duty(which.value, rules.at_once, surroundings),)


def ready_by(route: Route | None, rules: ReturningRules, pathway: Pathway) -> datetime | None:
    """By when everything is to be there, where the day of departure is known."""
    if route is None:
        return None
    span, zone = rules.ready_before, pathway.zone
    if span.unit is Unit.HOURS:
        return route.departs_at - timedelta(hours=span.count)
    back = Span.model_construct(count=-span.count, unit=span.unit)
    day = add(local_date(route.departs_at, zone), back, calendar_of(pathway.calendar))
    return min(route.departs_at, at_local(day, pathway.day.ends, zone))


def sooner(state: ReturnState, route: Route, rules: ReturningRules, surroundings: Surroundings) -> Iterator[ItemTimer]:
    """What is still missing and would be due too late for this route."""
    latest = ready_by(route, rules, surroundings.pathway)
    if latest is None:
        return
    for rule in rules.preparations:
        known = state.owed.get(rule.preparation.value)
        is_route = rule.preparation is Preparation.ROUTE
        if known is not None and not is_route and known.clockwork.deadline.due_at > latest:
            yield duty(rule.preparation.value, rule, surroundings, latest)
    for paper in rules.documents:
        known, found = state.owed.get(document_item(paper.document)), state.documents.get(paper.document)
        expires = found is not None and found.status is DocumentStatus.READY
        if known is not None and not expires and known.clockwork.deadline.due_at > latest:
            yield document(paper, surroundings, latest)


def departure(route: Route, rules: ReturningRules, surroundings: Surroundings) -> ItemTimer:
    """Somebody has to say that they left."""
    return dated(DEPARTURE, rules.departure, route.departs_at, surroundings)


def handover(arrives_at: datetime, rules: ReturningRules, surroundings: Surroundings) -> ItemTimer:
    """Somebody has to confirm that they were received, so long after they arrive."""
    start = max(arrives_at, surroundings.now)
    return dated(HANDOVER, rules.handover, later(start, rules.handover.within, surroundings), surroundings)


def stop(rules: ReturningRules, surroundings: Surroundings) -> ItemTimer:
    """People are told now that it is off, and have to tell the partners."""
    return duty(STOP, rules.stop, surroundings)


def way_home(after: datetime | None, rules: ReturningRules, surroundings: Surroundings) -> ItemTimer:
    """A way home, so long after the hearing where that lies ahead, else from now."""
    start = max(after or surroundings.now, surroundings.now)
    return dated(WAY_HOME, rules.way_home, later(start, rules.way_home.within, surroundings), surroundings)


def checks(received_at: datetime, rules: ReturningRules, surroundings: Surroundings) -> Iterator[ItemTimer]:
    """Every check, counted from the day on which they were received."""
    day = local_date(received_at, surroundings.pathway.zone)
    for rule in rules.checks:
        if rule.after.unit is Unit.HOURS:
            at = received_at + timedelta(hours=rule.after.count)
            yield dated(check_item(rule.check), rules.check, at, surroundings)
            continue
        due_on = add(day, rule.after, calendar_of(surroundings.pathway.calendar))
        deadline = day_deadline(rules.check, due_on, surroundings)
        yield ItemTimer(item=check_item(rule.check), deadline=deadline, stalled_after=rules.check.stalled_after)


def check_again(check: str, rules: ReturningRules, surroundings: Surroundings) -> ItemTimer:
    """Another attempt."""
    at = later(surroundings.now, rules.check_again, surroundings)
    return dated(check_item(check), rules.check, at, surroundings)


def later(start: datetime, span: Span, surroundings: Surroundings) -> datetime:
    """So many hours after `start`, or the end of the office's day so many days after it; never before `start`."""
    pathway = surroundings.pathway
    if span.unit is Unit.HOURS:
        return start + timedelta(hours=span.count)
    day = add(local_date(start, pathway.zone), span, calendar_of(pathway.calendar))
    return max(start, at_local(day, pathway.day.ends, pathway.zone))
