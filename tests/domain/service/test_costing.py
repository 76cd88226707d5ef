"""What a service cost the organisation, in dinars; nothing is ever charged to the client."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from domain.codes import ClosingReason
from domain.command import COMMAND_TYPES, from_wire, to_wire
from domain.event import EVENT_TYPES
from domain.journey.closing import CloseJourney
from domain.journey.service.codes import CostKind
from domain.journey.service.costing import (
    CorrectServiceCost,
    RecordServiceCost,
    ServiceCostCorrected,
    ServiceCostRecorded,
    sums,
)
from domain.refusal import RefusalCode
from tests.domain.given import MONDAY
from tests.domain.service.told import needed, passed, state


def test_costs_add_up_by_service() -> None:
    """To the para."""
    paid = passed("exam").having(
        RecordServiceCost(service="exam", cost=CostKind.EXAMINATION, amount=Decimal("4500.50"), donor="donor-a"),
        RecordServiceCost(service="exam", cost=CostKind.TRANSPORT, amount=Decimal("0.10")),
    )
    assert sums(paid.state.services) == {"exam": Decimal("4500.60")}
    assert sums(needed("exam").state.services) == {}


def test_a_cost_is_corrected_or_taken_out() -> None:
    """It is known by the event that recorded it, however often it is corrected."""
    recorded = needed("ride").when(RecordServiceCost(service="ride", cost=CostKind.TRANSPORT, amount=Decimal(900)))
    paid = recorded.then(
        ServiceCostRecorded(service="ride", occurrence=1, cost=CostKind.TRANSPORT, amount=Decimal(900))
    )
    version = paid.state.version
    less = paid.when(CorrectServiceCost(service="ride", corrects=version, amount=Decimal(800))).then(
        ServiceCostCorrected(
            service="ride", occurrence=1, corrects=version, cost=CostKind.TRANSPORT, amount=Decimal(800)
        )
    )
    assert sums(less.state.services) == {"ride": Decimal(800)}
    assert sums(less.having(CorrectServiceCost(service="ride", corrects=version)).state.services) == {}
    gone = less.having(CorrectServiceCost(service="ride", corrects=version))
    gone.when(CorrectServiceCost(service="ride", corrects=version)).then_refused(RefusalCode.NOTHING_TO_CORRECT)


def test_bills_come_late() -> None:
    """After the journey was closed, and for what was paid before today."""
    closed = needed("ride").later(days=2).having(CloseJourney(reason=ClosingReason.GOALS_REACHED))
    bill = RecordServiceCost(
        service="ride", cost=CostKind.TRANSPORT, amount=Decimal(900), occurred_at=MONDAY + timedelta(hours=1)
    )
    after = closed.having(bill)
    assert next(iter(state(after, "ride").costs.values())).at == bill.occurred_at
    future = bill.model_copy(update={"occurred_at": MONDAY + timedelta(days=9)})
    closed.when(future).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    closed.when(RecordServiceCost(service="talk", cost=CostKind.FEE, amount=Decimal(1))).then_refused(
        RefusalCode.NO_SUCH_SERVICE
    )


@pytest.mark.parametrize("amount", ["-1", "0.001", "10000000000000", "many"])
def test_an_amount_is_money(amount: str) -> None:
    """Not negative, no parts of a para."""
    with pytest.raises(ValidationError):
        RecordServiceCost(service="ride", cost=CostKind.TRANSPORT, amount=amount)


def test_an_amount_survives_the_wire() -> None:
    """Exactly."""
    command = RecordServiceCost(service="ride", cost=CostKind.TRANSPORT, amount=Decimal("1234567.89"))
    assert from_wire(to_wire(command)) == command


def test_nothing_is_charged_to_the_client() -> None:
    """No field of any event or command speaks of a price, a fee of the client, a debt or a payment by them."""
    words = ("price", "charge", "paid-by", "debt", "invoice", "payer")
    fields = {f for c in (*EVENT_TYPES.values(), *COMMAND_TYPES.values()) for f in c.model_fields}
    assert not [f for f in fields if any(w in f.replace("_", "-") for w in words)]
