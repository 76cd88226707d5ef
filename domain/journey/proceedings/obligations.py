"""What proceedings owe: terms, their confirmation, limitations, a new power of attorney, court fees.

A term stays owed when its proceedings are over: only a person says that it was met or let pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import Mover, ObligationKind
from domain.copying import replace
from domain.journey.obligation import Turn, owes, owner
from domain.journey.proceedings.codes import TermStatus
from domain.journey.proceedings.state import PROCEEDINGS, TermState, fee_key, proceedings_key, term_key
from domain.journey.state import Journey
from domain.law import Duty
from domain.stream.obligation import Obligation, stall_of

POWER = "power"
CONFIRMATION = "confirmation"

MOVER_OF = {
    Duty.CLIENT: Mover.US,
    Duty.COURT: Mover.COURT,
    Duty.PROSECUTOR: Mover.COURT,
    Duty.OPPOSING_PARTY: Mover.COURT,
    Duty.EXPERT: Mover.PARTNER,
    Duty.AUTHORITY: Mover.PARTNER,
}
"""Whose move a term is. What the client must do by law, our lawyer does."""


def _wind_term(journey: Journey, key: str, turn: Turn) -> Journey:
    _, number, *more = key.split(":")
    state = journey.terms.get(int(number))
    if state is None:
        return journey
    if more:
        turned = replace(state, confirmation=turn(state.confirmation))
    else:
        turned = replace(state, clockwork=turn(state.clockwork))
    return replace(journey, terms={**journey.terms, state.number: turned})


def _running(journey: Journey, *, limitation: bool) -> Iterator[TermState]:
    return (t for t in journey.terms.values() if not t.is_over and t.is_limitation is limitation)


def _owed_term(journey: Journey, state: TermState, kind: ObligationKind) -> Obligation:
    waits_on = MOVER_OF[state.duty]
    return Obligation(
        state.key,
        kind,
        state.clockwork.deadline.due_at,
        owner(journey, state.role),
        state.clockwork,
        version=state.version,
        what=state.basis.rule,
        waits_on=waits_on,
        stall=stall_of(state.clockwork, waits_on, state.version),
        opened_at=state.opened_at,
        stalled_after=state.stalled_after,
    )


@owes(ObligationKind.TERM, winding=_wind_term)
def _terms(journey: Journey) -> Iterator[Obligation]:
    for state in _running(journey, limitation=False):
        yield _owed_term(journey, state, ObligationKind.TERM)


@owes(ObligationKind.LIMITATION, winding=_wind_term)
def _limitations(journey: Journey) -> Iterator[Obligation]:
    for state in _running(journey, limitation=True):
        yield _owed_term(journey, state, ObligationKind.LIMITATION)


@owes(ObligationKind.TERM_CONFIRMATION, winding=_wind_term)
def _confirmations(journey: Journey) -> Iterator[Obligation]:
    for state in journey.terms.values():
        if state.is_over or state.status is not TermStatus.UNCONFIRMED:
            continue
        yield Obligation(
            term_key(state.number, CONFIRMATION),
            ObligationKind.TERM_CONFIRMATION,
            state.confirmation.deadline.due_at,
            owner(journey, state.role),
            state.confirmation,
            version=state.version,
            what=state.basis.rule,
            stall=stall_of(state.confirmation, Mover.US, state.version),
            opened_at=state.opened_at,
            stalled_after=state.stalled_after,
        )


def _wind_power(journey: Journey, key: str, turn: Turn) -> Journey:
    state = journey.proceedings.get(int(key.split(":")[1]))
    if state is None or state.gap is None:
        return journey
    turned = replace(state, gap=replace(state.gap, clockwork=turn(state.gap.clockwork)))
    return replace(journey, proceedings={**journey.proceedings, state.number: turned})


@owes(ObligationKind.POWER_OF_ATTORNEY, winding=_wind_power)
def _powers(journey: Journey) -> Iterator[Obligation]:
    for state in journey.proceedings.values():
        gap = state.gap
        if gap is None or state.is_over:
            continue
        yield Obligation(
            proceedings_key(state.number, POWER),
            ObligationKind.POWER_OF_ATTORNEY,
            gap.clockwork.deadline.due_at,
            owner(journey, state.role),
            gap.clockwork,
            version=state.version,
            what=PROCEEDINGS,
            stall=stall_of(gap.clockwork, Mover.US, gap.version),
            opened_at=gap.since,
            stalled_after=gap.stalled_after,
        )


def _wind_fee(journey: Journey, key: str, turn: Turn) -> Journey:
    fee = journey.fees.get(int(key.split(":")[1]))
    if fee is None:
        return journey
    return replace(journey, fees={**journey.fees, fee.number: replace(fee, clockwork=turn(fee.clockwork))})


@owes(ObligationKind.COURT_FEE, winding=_wind_fee)
def _fees(journey: Journey) -> Iterator[Obligation]:
    for fee in journey.fees.values():
        if fee.outcome is not None:
            continue
        yield Obligation(
            fee_key(fee.number),
            ObligationKind.COURT_FEE,
            fee.clockwork.deadline.due_at,
            owner(journey, fee.role),
            fee.clockwork,
            version=fee.version,
            what=fee.kind.value,
            stall=stall_of(fee.clockwork, Mover.US, fee.version),
            opened_at=fee.opened_at,
            stalled_after=fee.stalled_after,
        )
