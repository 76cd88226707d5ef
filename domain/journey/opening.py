"""Part: the opening of a journey and the pathway that it pins."""

from __future__ import annotations

from domain.codes import Role
from domain.command import Command
from domain.event import Event, Recorded
from domain.journey.assignment import Assigned
from domain.journey.deciding import Decision, Surroundings, opens
from domain.journey.folding import begins
from domain.journey.state import Journey
from domain.journey.timing import CLOCK_TOLERANCE, Instant
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.facts import gives_work
from domain.values import StaffId


class JourneyOpened(Event, topic="journey.opened"):
    """A client's journey began on exactly this version of a pathway."""

    pin: Pin
    note: Sealed[Notes] | None = None


class OpenJourney(Command, kind="open-journey"):
    """Opens a journey; with `caseworker`, assigned at once. `occurred_at` where the help began earlier."""

    pin: Pin
    caseworker: StaffId | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


gives_work(OpenJourney, lambda command: (command.caseworker,))


@opens(OpenJourney)
def _open(command: OpenJourney, surroundings: Surroundings) -> Decision:
    if command.occurred_at and command.occurred_at > surroundings.now + CLOCK_TOLERANCE:
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE)
    opened = JourneyOpened(pin=command.pin, note=command.note, occurred_at=command.occurred_at)
    if command.caseworker is None:
        return (opened,)
    return (opened, Assigned(role=Role.CASEWORKER, staff=command.caseworker))


@begins(JourneyOpened)
def _begin(recorded: Recorded[JourneyOpened]) -> Journey:
    return Journey(
        stream=recorded.stream,
        version=recorded.version,
        pin=recorded.event.pin,
        opened_at=recorded.occurred_at,
        changed_at=recorded.recorded_at,
    )
