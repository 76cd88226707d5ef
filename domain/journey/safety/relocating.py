"""Part: emergency relocation, in one command: contact stops, transport is in doubt, people are told, a plan is owed."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import ObligationKind, Role, StallCause
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, ladder_deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.safety.alerts import alert
from domain.journey.safety.contact import suspended
from domain.journey.safety.rules import Suspension
from domain.journey.safety.state import AlertReason, Relocation
from domain.journey.service.freezing import freeze_for_relocation
from domain.journey.stalling import StepStalled
from domain.journey.state import Journey
from domain.journey.timing import Instant, misdated
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import ObligationKey

CONTACT_PLAN = "contact-plan"


class RelocatedInEmergency(Event, topic="journey.relocated-in-emergency"):
    """The client had to leave at once. Nothing that was agreed about contact may be used until they were asked anew.

    `deadline`: by when there must be a contact plan. `transport`: the arranged rides that go to the wrong place now.
    """

    deadline: Deadline
    transport: tuple[ObligationKey, ...] = ()
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return CONTACT_PLAN


class RelocateInEmergency(Command, kind="relocate-in-emergency"):
    """Says that the client had to leave at once. Where they are now stands in the vault, never here."""

    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


@decides(RelocateInEmergency)
def _relocate(journey: Journey, command: RelocateInEmergency, surroundings: Surroundings) -> Decision:
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    pathway, now = surroundings.pathway, surroundings.now
    rules = pathway.safety.emergency
    rides = [step for name in rules.transport if (step := journey.open_step(name)) is not None]
    moved = RelocatedInEmergency(
        deadline=ladder_deadline(rules.contact_plan, pathway, now=now),
        transport=tuple(step.key for step in rides),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    doubtful = [
        StepStalled(step=step.step, occurrence=step.occurrence, cause=StallCause.WAITING_ON_US)
        for step in rides
        if step.stall is None
    ]
    resting = freeze_for_relocation(journey, surroundings)
    return (moved, *doubtful, *resting, alert(journey, AlertReason.RELOCATION, surroundings))


def _wind(journey: Journey, _: str, turn: Turn) -> Journey:
    known = journey.relocation
    return journey if known is None else replace(journey, relocation=replace(known, clockwork=turn(known.clockwork)))


@owes(ObligationKind.CONTACT_PLAN, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    known = journey.relocation
    if known is not None and known.settled_at is None:
        yield Obligation(
            CONTACT_PLAN,
            ObligationKind.CONTACT_PLAN,
            known.clockwork.deadline.due_at,
            owner(journey, Role.CASEWORKER),
            known.clockwork,
            version=known.version,
        )


@evolves(RelocatedInEmergency)
def _relocated(journey: Journey, recorded: Recorded[RelocatedInEmergency]) -> Journey:
    before = journey.relocation
    moved = Relocation(
        recorded.occurred_at,
        recorded.version,
        Clockwork(recorded.event.deadline, date_version=recorded.version),
        times=before.times + 1 if before else 1,
    )
    return suspended(replace(journey, relocation=moved), Suspension.RELOCATED, recorded)
