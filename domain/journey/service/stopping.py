"""What follows for services when a consent ends, when the journey closes, and when it goes on again.

A service past the client's consent is never without the consent that it needs: whatever ends one, in any phase of the
journey, stops the service in the same decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.codes import ConsentPurpose, ReopeningReason
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.deciding import Surroundings
from domain.journey.service.codes import ReferralStatus, ServiceStatus
from domain.journey.service.events import ServiceResumed, ServiceStopped
from domain.journey.service.finding import consents_to
from domain.journey.service.referring import ReferralRecalled, recalls
from domain.journey.service.state import Course, ReferralState, Services, ServiceState
from domain.journey.service.timing import due_at, due_soon, timed
from domain.journey.service.transitions import SITUATION, waits_on
from domain.journey.service.uses import CounsellingForgotten
from domain.journey.state import Journey
from domain.pathway.services import ServiceKind
from domain.pathway.services import Services as Catalogue


def stops(journey: Journey, surroundings: Surroundings) -> tuple[Event, ...]:
    """One event for everything that a consent no longer in force carried: services, referrals, what was noted."""
    return tuple(_stops(journey, surroundings))


def _stops(journey: Journey, surroundings: Surroundings) -> Iterator[Event]:
    for state in journey.services.each.values():
        if not state.is_live:
            continue
        if state.is_agreed and state.consent is not None and not consents_to(journey, state.consent):
            yield ServiceStopped(service=state.service, occurrence=state.occurrence, purpose=state.consent)
            yield from recalls(journey, state, surroundings)
        else:
            yield from _recalled(journey, state, surroundings)
    for service, use in journey.services.uses.items():
        if not consents_to(journey, use.consent):
            yield CounsellingForgotten(service=service)


def _recalled(journey: Journey, state: ServiceState, surroundings: Surroundings) -> Iterator[ReferralRecalled]:
    """Referrals whose recipient may no longer know of the client."""
    without = {
        r.number
        for r in journey.services.referrals_of(state)
        if r.is_open and not consents_to(journey, ConsentPurpose.REFERRAL, r.recipient)
    }
    if without:
        yield from (r for r in recalls(journey, state, surroundings) if r.number in without)


def ended(services: Services, version: int) -> Services:
    """The services of a journey that is closed: nothing is due any more; where each stood is kept."""

    def over(state: ServiceState) -> ServiceState:
        if not state.is_live:
            return state
        course: Course = replace(state.course, status=ServiceStatus.ENDED)
        return replace(state, course=course, before=state.course, moved_version=None, version=version)

    def over_too(referral: ReferralState) -> ReferralState:
        """A recalled one stays: its recipient does not know yet."""
        return replace(referral, status=ReferralStatus.ENDED, version=version) if referral.is_open else referral

    return replace(
        services,
        each={key: over(state) for key, state in services.each.items()},
        referrals={key: over_too(referral) for key, referral in services.referrals.items()},
        search=None,
        concerns={},
    )


def resumed(journey: Journey, reason: ReopeningReason, surroundings: Surroundings) -> Iterator[ServiceResumed]:
    """What the closing ended and still stands in the world: appointments, terms; after a mistake, everything."""
    services, closing = surroundings.pathway.services, journey.closing
    for state in journey.services.each.values():
        kind = services.find(state.service) if services else None
        if services is None or kind is None or closing is None or state.before is None:
            continue
        if state.status is not ServiceStatus.ENDED or state.version != closing.version:
            continue
        course = state.before
        ahead = course.appointment is not None and course.appointment > surroundings.now
        runs = any(t.clockwork.deadline.due_at > surroundings.now for t in state.terms.values())
        if not ahead and not runs and reason is not ReopeningReason.CLOSED_BY_MISTAKE:
            continue
        if state.consent is not None and _was_agreed(course) and not consents_to(journey, state.consent):
            continue
        status = course.status
        if status is ServiceStatus.SCHEDULED and not ahead:
            status = ServiceStatus.PLANNED
        mover = waits_on(status, kind.waits_on)
        appointment = course.appointment if ahead else None
        yield ServiceResumed(
            service=state.service,
            occurrence=state.occurrence,
            status=status,
            waits_on=mover,
            deadline=_due(services, kind, status, appointment, surroundings),
            appointment=appointment,
        )


def _due(
    services: Catalogue,
    kind: ServiceKind,
    status: ServiceStatus,
    appointment: datetime | None,
    surroundings: Surroundings,
) -> Deadline:
    mover, situation = waits_on(status, kind.waits_on), SITUATION[status]
    if appointment is not None:
        return due_at(timed(services.rule(situation, kind), mover), appointment, surroundings)
    return due_soon(services, kind, situation, mover, surroundings)


def _was_agreed(course: Course) -> bool:
    return course.status not in (ServiceStatus.NEEDED, ServiceStatus.OFFERED)
