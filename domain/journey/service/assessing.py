"""Decider: a need is assessed, and an occurrence of a service begins."""

from __future__ import annotations

from domain.codes import Mover
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.service.commands import AssessServiceNeed
from domain.journey.service.events import ServiceNeeded
from domain.journey.service.finding import find_kind
from domain.journey.service.timing import due_from, timed
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.services import Situation
from domain.refusal import Refused


@decides(AssessServiceNeed)
def _assess(journey: Journey, command: AssessServiceNeed, surroundings: Surroundings) -> Decision:
    found = find_kind(command.service, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    kind, services = found
    rule = services.rule(Situation.NEEDED, kind)
    needed = ServiceNeeded(
        service=kind.service,
        occurrence=len(journey.services.occurrences(kind.service)) + 1,
        role=kind.role,
        consent=kind.consent,
        waits_on=Mover.US,
        deadline=due_from(timed(rule, Mover.US), surroundings.now, surroundings),
        covered_by=kind.covered_by,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (needed,)
