"""Deciders: court fees and advances, which we pay for the client."""

from __future__ import annotations

from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.commands import OweFee, SettleFee
from domain.journey.proceedings.events import FeeOwed, FeeSettled
from domain.journey.proceedings.finding import find_fee, find_proceedings, rules_of
from domain.journey.proceedings.ladders import day_deadline
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.refusal import Refused


@decides(OweFee)
def _owe(journey: Journey, command: OweFee, surroundings: Surroundings) -> Decision:
    state, rules = find_proceedings(journey, command.proceedings), rules_of(surroundings)
    if isinstance(state, Refused):
        return state
    if isinstance(rules, Refused):
        return rules
    return (
        FeeOwed(
            fee=len(journey.fees) + 1,
            proceedings=state.number,
            kind=command.fee_kind,
            amount=command.amount,
            role=rules.role,
            stalled_after=rules.fee.stalled_after,
            deadline=day_deadline(rules.fee, command.due_on, surroundings),
            note=command.note,
        ),
    )


@decides(SettleFee)
def _settle(journey: Journey, command: SettleFee, surroundings: Surroundings) -> Decision:
    fee = find_fee(journey, command.fee, command.seen)
    if isinstance(fee, Refused):
        return fee
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    return (FeeSettled(fee=fee.number, outcome=command.outcome, note=command.note, occurred_at=command.occurred_at),)
