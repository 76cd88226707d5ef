"""The events of a service's course. Role, mover, state and deadline are fixed in them: folding needs no rule."""

from __future__ import annotations

from pydantic import AwareDatetime

from domain.codes import ConsentPurpose, Mover, Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.service.codes import (
    FreezeCause,
    Move,
    ServiceEnd,
    ServiceOutcome,
    ServiceReason,
    ServiceStatus,
)
from domain.journey.service.state import service_key
from domain.pathway.returning import Trip
from domain.sealed import Notes, Sealed
from domain.values import Code, Count, ProviderId


class ServiceNeeded(Event, topic="journey.service-needed"):
    """A need was assessed, and with it one occurrence of a service begins. `consent`: the purpose that it needs."""

    service: Code
    occurrence: Count
    role: Role
    consent: ConsentPurpose | None = None
    waits_on: Mover
    deadline: Deadline
    covered_by: Trip | None = None
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class ServiceMoved(Event, topic="journey.service-moved"):
    """A person said how it goes on: `move` brought it to `status`. Without a deadline nothing is due any more."""

    service: Code
    occurrence: Count
    move: Move
    status: ServiceStatus
    waits_on: Mover
    deadline: Deadline | None = None
    appointment: AwareDatetime | None = None
    provider: ProviderId | None = None
    sessions: Count | None = None
    reason: ServiceReason | None = None
    outcome: ServiceOutcome | None = None
    end: ServiceEnd | None = None
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class ServiceFollowUpSet(Event, topic="journey.service-follow-up-set"):
    """After an outcome the rhythm of the service says when somebody is to follow up."""

    service: Code
    occurrence: Count
    status: ServiceStatus
    waits_on: Mover
    deadline: Deadline

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class ServiceCorrected(Event, topic="journey.service-corrected"):
    """The last move, recorded as version `corrects`, was a mistake: where it stood before, it stands again."""

    service: Code
    occurrence: Count
    corrects: Count
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class ServiceStopped(Event, topic="journey.service-stopped"):
    """The consent that it needs was withdrawn: it stops at once. What was done under the consent stays lawful."""

    service: Code
    occurrence: Count
    purpose: ConsentPurpose

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class ServiceFrozen(Event, topic="journey.service-frozen"):
    """It rests, and an appointment falls away; by `deadline` somebody decides whether it goes on."""

    service: Code
    occurrence: Count
    cause: FreezeCause
    status: ServiceStatus
    deadline: Deadline

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class ServiceResumed(Event, topic="journey.service-resumed"):
    """It goes on where it stood: after a freeze, or since the journey was closed by mistake."""

    service: Code
    occurrence: Count
    status: ServiceStatus
    waits_on: Mover
    deadline: Deadline
    appointment: AwareDatetime | None = None
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)
