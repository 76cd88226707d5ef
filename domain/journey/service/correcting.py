"""Deciders: the last move was a mistake; a service that rests goes on."""

from __future__ import annotations

from domain.deadline import Deadline, deadline_of_the_rest
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.service.codes import ServiceStatus
from domain.journey.service.commands import CorrectService, ResumeService
from domain.journey.service.events import ServiceCorrected, ServiceResumed
from domain.journey.service.finding import Found, consents_to, find_service, lacking
from domain.journey.service.state import Course
from domain.journey.service.timing import due_soon, timed
from domain.journey.service.transitions import SITUATION, waits_on
from domain.journey.state import Journey
from domain.refusal import RefusalCode, Refused


@decides(CorrectService)
def _correct(journey: Journey, command: CorrectService, surroundings: Surroundings) -> Decision:
    """Where it stood before the mistake it stands again, with what is left of that ladder; the consent must hold."""
    found = find_service(journey, command.service, command.occurrence, surroundings)
    if isinstance(found, Refused):
        return found
    state = found.state
    if state.moved_version != command.corrects or state.before is None:
        later = state.moved_version is not None and state.moved_version > command.corrects
        code = RefusalCode.PART_CHANGED if later else RefusalCode.NOTHING_TO_CORRECT
        return Refused(code=code, part=state.key, part_version=state.version)
    if state.frozen is not None or state.status in (ServiceStatus.STOPPED, ServiceStatus.ENDED):
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=state.key, part_version=state.version)
    needs = state.consent if state.before.status not in (ServiceStatus.NEEDED, ServiceStatus.OFFERED) else None
    if needs is not None and not consents_to(journey, needs):
        return lacking(needs, state.key)
    corrected = ServiceCorrected(
        service=state.service,
        occurrence=state.occurrence,
        corrects=command.corrects,
        deadline=_rest(found, state.before, surroundings),
        note=command.note,
    )
    return (corrected,)


def _rest(found: Found, course: Course, surroundings: Surroundings) -> Deadline:
    """What is left of the ladder that the course had."""
    rule = found.services.rule(SITUATION[course.status], found.kind)
    clockwork = course.clockwork
    return deadline_of_the_rest(
        clockwork.deadline,
        timed(rule, course.waits_on),
        surroundings.pathway,
        now=surroundings.now,
        fired=clockwork.fired,
    )


@decides(ResumeService)
def _resume(journey: Journey, command: ResumeService, surroundings: Surroundings) -> Decision:
    found = find_service(journey, command.service, command.occurrence, surroundings, seen=command.seen)
    if isinstance(found, Refused):
        return found
    state = found.state
    if state.frozen is None:
        return Refused(code=RefusalCode.SERVICE_NOT_FROZEN, part=state.key, part_version=state.version)
    mover = waits_on(state.status, found.kind.waits_on)
    resumed = ServiceResumed(
        service=state.service,
        occurrence=state.occurrence,
        status=state.status,
        waits_on=mover,
        deadline=due_soon(found.services, found.kind, SITUATION[state.status], mover, surroundings),
        note=command.note,
    )
    return (resumed,)
