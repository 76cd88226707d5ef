"""Part: what a service cost the organisation, in dinars. It is free to the client: nothing here is ever charged.

A cost is known by the version of the event that recorded it; a correction names that version.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.service.codes import CostKind
from domain.journey.service.finding import find_service
from domain.journey.service.folding import with_service
from domain.journey.service.state import Cost, Services, service_key
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.refusal import RefusalCode, Refused
from domain.values import Amount, Code, Count, Instant


class ServiceCostRecorded(Event, topic="journey.service-cost-recorded"):
    """The organisation paid for it. `donor`: whose money, by a code of the organisation's books."""

    service: Code
    occurrence: Count
    cost: CostKind
    amount: Amount
    donor: Code | None = None

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class ServiceCostCorrected(Event, topic="journey.service-cost-corrected"):
    """The cost recorded as version `corrects` was wrong; this one stands. Without an amount there was none."""

    service: Code
    occurrence: Count
    corrects: Count
    cost: CostKind
    amount: Amount | None = None
    donor: Code | None = None

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class RecordServiceCost(Command, kind="record-service-cost"):
    """Records what the organisation paid, in dinars."""

    service: Code
    cost: CostKind
    amount: Amount
    donor: Code | None = None
    occurrence: Count | None = None
    occurred_at: Instant | None = None


class CorrectServiceCost(Command, kind="correct-service-cost"):
    """Replaces a cost; without an amount it is taken out of the sums. `corrects` is the version that recorded it."""

    service: Code
    corrects: Count
    cost: CostKind | None = None
    amount: Amount | None = None
    donor: Code | None = None
    occurrence: Count | None = None


@decides(RecordServiceCost, in_every_phase=True)
def _record(journey: Journey, command: RecordServiceCost, surroundings: Surroundings) -> Decision:
    found = find_service(journey, command.service, command.occurrence, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    recorded = ServiceCostRecorded(
        service=found.state.service,
        occurrence=found.state.occurrence,
        cost=command.cost,
        amount=command.amount,
        donor=command.donor,
        occurred_at=command.occurred_at,
    )
    return (recorded,)


@decides(CorrectServiceCost, in_every_phase=True)
def _correct(journey: Journey, command: CorrectServiceCost, surroundings: Surroundings) -> Decision:
    found = find_service(journey, command.service, command.occurrence, surroundings)
    if isinstance(found, Refused):
        return found
    known = found.state.costs.get(command.corrects)
    if known is None:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=found.state.key, part_version=found.state.version)
    corrected = ServiceCostCorrected(
        service=found.state.service,
        occurrence=found.state.occurrence,
        corrects=command.corrects,
        cost=command.cost or known.kind,
        amount=command.amount,
        donor=command.donor,
    )
    return (corrected,)


@evolves(ServiceCostRecorded)
def _recorded(journey: Journey, recorded: Recorded[ServiceCostRecorded]) -> Journey:
    event = recorded.event
    state = journey.services.each[event.part]
    cost = Cost(event.cost, event.amount, event.donor, recorded.occurred_at)
    return with_service(
        journey, replace(state, costs={**state.costs, recorded.version: cost}, version=recorded.version)
    )


@evolves(ServiceCostCorrected)
def _corrected(journey: Journey, recorded: Recorded[ServiceCostCorrected]) -> Journey:
    event = recorded.event
    state = journey.services.each[event.part]
    costs = {version: cost for version, cost in state.costs.items() if version != event.corrects}
    if event.amount is not None:
        costs[event.corrects] = Cost(event.cost, event.amount, event.donor, state.costs[event.corrects].at)
    return with_service(journey, replace(state, costs=costs, version=recorded.version))


def sums(services: Services) -> Mapping[str, Decimal]:
    """What each kind of service has cost so far, in dinars; only kinds that cost something."""
    found: dict[str, Decimal] = {}
    for state in services.each.values():
        for cost in state.costs.values():
            found[state.service] = found.get(state.service, Decimal(0)) + cost.amount
    return found
