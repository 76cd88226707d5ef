"""How the events of a service's course change the journey."""

from __future__ import annotations

from domain.codes import Mover
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Recorded
from domain.journey.folding import evolves
from domain.journey.service.codes import OVER, Move, ServiceStatus
from domain.journey.service.events import (
    ServiceCorrected,
    ServiceFollowUpSet,
    ServiceFrozen,
    ServiceMoved,
    ServiceNeeded,
    ServiceResumed,
    ServiceStopped,
)
from domain.journey.service.state import Course, ServiceState
from domain.journey.state import Journey
from domain.stream.obligation import Clockwork


def with_service(journey: Journey, state: ServiceState) -> Journey:
    """The journey with this occurrence changed."""
    return replace(journey, services=journey.services.with_(state))


@evolves(ServiceNeeded)
def _needed(journey: Journey, recorded: Recorded[ServiceNeeded]) -> Journey:
    event = recorded.event
    state = ServiceState(
        key=event.part,
        service=event.service,
        occurrence=event.occurrence,
        role=event.role,
        consent=event.consent,
        needed_at=recorded.occurred_at,
        version=recorded.version,
        course=Course(ServiceStatus.NEEDED, event.waits_on, Clockwork(event.deadline)),
        covered_by=event.covered_by,
    )
    return with_service(journey, state)


@evolves(ServiceMoved)
def _moved(journey: Journey, recorded: Recorded[ServiceMoved]) -> Journey:
    event = recorded.event
    state = journey.services.each[event.part]
    course = replace(
        state.course,
        status=event.status,
        waits_on=event.waits_on,
        clockwork=_redated(state.course, event.deadline),
        appointment=event.appointment,
        provider=event.provider or state.course.provider,
        sessions=state.course.sessions if event.sessions is None else event.sessions,
        held=state.course.held + (event.move is Move.CARRY_OUT),
        missed=state.course.missed + (event.move is Move.NO_SHOW),
        follow_ups=state.course.follow_ups + (event.move is Move.HOLD_FOLLOW_UP),
        outcome=event.outcome or state.course.outcome,
        end=event.end,
    )
    changed = replace(
        state,
        course=course,
        version=recorded.version,
        moved_version=recorded.version,
        before=state.course,
        frozen=None if event.status in OVER else state.frozen,
    )
    return with_service(journey, changed)


def _redated(course: Course, deadline: Deadline | None) -> Clockwork:
    return course.clockwork if deadline is None else course.clockwork.moved(deadline)


@evolves(ServiceFollowUpSet)
def _follow_up(journey: Journey, recorded: Recorded[ServiceFollowUpSet]) -> Journey:
    """It belongs to the outcome before: a correction of that takes back both."""
    event = recorded.event
    state = journey.services.each[event.part]
    clockwork = state.course.clockwork.moved(event.deadline)
    course = replace(state.course, status=event.status, waits_on=event.waits_on, clockwork=clockwork)
    return with_service(journey, replace(state, course=course, version=recorded.version))


@evolves(ServiceCorrected)
def _corrected(journey: Journey, recorded: Recorded[ServiceCorrected]) -> Journey:
    event = recorded.event
    state = journey.services.each[event.part]
    before = state.before or state.course
    # Dates are counted on: a letter about the mistaken date must not pass for one about this.
    course = replace(before, clockwork=state.course.clockwork.moved(event.deadline))
    return with_service(
        journey, replace(state, course=course, before=None, moved_version=None, version=recorded.version)
    )


@evolves(ServiceStopped)
def _stopped(journey: Journey, recorded: Recorded[ServiceStopped]) -> Journey:
    state = journey.services.each[recorded.event.part]
    course = replace(state.course, status=ServiceStatus.STOPPED, waits_on=Mover.US, appointment=None)
    return with_service(
        journey,
        replace(state, course=course, before=None, moved_version=None, frozen=None, version=recorded.version),
    )


@evolves(ServiceFrozen)
def _frozen(journey: Journey, recorded: Recorded[ServiceFrozen]) -> Journey:
    event = recorded.event
    state = journey.services.each[event.part]
    course = replace(
        state.course,
        status=event.status,
        waits_on=Mover.US,
        appointment=None,
        clockwork=state.course.clockwork.moved(event.deadline),
    )
    return with_service(
        journey,
        replace(state, course=course, frozen=event.cause, before=None, moved_version=None, version=recorded.version),
    )


@evolves(ServiceResumed)
def _resumed(journey: Journey, recorded: Recorded[ServiceResumed]) -> Journey:
    event = recorded.event
    state = journey.services.each[event.part]
    course = replace(
        state.course,
        status=event.status,
        waits_on=event.waits_on,
        appointment=event.appointment,
        clockwork=state.course.clockwork.moved(event.deadline),
    )
    return with_service(
        journey,
        replace(state, course=course, frozen=None, before=None, moved_version=None, version=recorded.version),
    )
