"""Part: what a client says of a service. Coded, with a sealed text if they wish, never by name."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.service.codes import WouldReturn
from domain.journey.service.finding import find_service
from domain.journey.service.folding import with_service
from domain.journey.service.state import Feedback, service_key
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.values import Code, Count, Instant

Rating = Annotated[int, Field(ge=1, le=5)]
"""1 poor, 5 good."""


class ServiceFeedbackGiven(Event, topic="journey.service-feedback-given"):
    """The client said how it was. `note` in their words, sealed."""

    service: Code
    occurrence: Count
    rating: Rating
    would_return: WouldReturn = WouldReturn.NOT_SAID
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class GiveServiceFeedback(Command, kind="give-service-feedback"):
    """Records what the client says of a service that was carried out, also after the journey was closed."""

    service: Code
    rating: Rating
    would_return: WouldReturn = WouldReturn.NOT_SAID
    occurrence: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


@decides(GiveServiceFeedback, in_every_phase=True)
def _give(journey: Journey, command: GiveServiceFeedback, surroundings: Surroundings) -> Decision:
    found = find_service(journey, command.service, command.occurrence, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if not found.state.course.held:
        return Refused(code=RefusalCode.SERVICE_NOT_HELD, part=found.state.key, part_version=found.state.version)
    given = ServiceFeedbackGiven(
        service=found.state.service,
        occurrence=found.state.occurrence,
        rating=command.rating,
        would_return=command.would_return,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (given,)


@evolves(ServiceFeedbackGiven)
def _given(journey: Journey, recorded: Recorded[ServiceFeedbackGiven]) -> Journey:
    event = recorded.event
    state = journey.services.each[event.part]
    feedback = Feedback(event.rating, event.would_return, recorded.occurred_at)
    return with_service(journey, replace(state, feedback=(*state.feedback, feedback)))
